"""The progress of a rollout on the card: each step as planned and as it went, and the end to expect."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from domain.release import Release
from domain.rollout.model import StepIs, StepTimes
from domain.rollout.rollout import Rollout
from domain.rollout.timing import Planned, ends_about, planned
from domain.types import Stage
from messages import names
from messages.parts import fitting, labelled, quote, stamp, when
from messages.texts import Reader

_MARKS = {
    StepIs.DONE: "✔",
    StepIs.RUNNING: "▶",
    StepIs.WATCHED: "▶",
    StepIs.FAILED: "✖",
    StepIs.WAITING: "○",
}
_SHOWN = 7
_LONGEST = 2600
_KEPT = frozenset({Stage.DEPLOYING, Stage.VERIFYING, Stage.RELEASED})


def timetable(reader: Reader, release: Release, at: datetime) -> Iterator[str]:
    """Sections of mrkdwn; none for a rollout that was recorded without its plan. `at` is now."""
    rollout = release.rollout
    if rollout is None or not (meant := planned(rollout)):
        return
    if release.stage is not Stage.RELEASED:
        lines = [_line(reader, rollout, index, meant[index]) for index in _around(rollout)]
        yield labelled(reader.t("Steps"), fitting(reader, lines, _LONGEST))
    if told := list(_of_the_whole(reader, release, rollout, at)):
        yield "\n".join(told)


def _around(rollout: Rollout) -> range:
    """All steps; of a long rollout those around the one under way."""
    first = max(0, min(rollout.done - 1, len(rollout.steps) - _SHOWN))
    return range(first, min(first + _SHOWN, len(rollout.steps)))


def _of_the_whole(reader: Reader, release: Release, rollout: Rollout, at: datetime) -> Iterator[str]:
    t = reader.t
    if release.stage is Stage.DEPLOYING:
        yield reached(reader, rollout)
        if down := _downtime(reader, rollout):
            yield down
        if ends := ends_about(rollout, at):
            yield t("Probably over {at}", at=when(reader, ends))
    if rollout.keeps_blue and release.stage in _KEPT:
        yield _blue(reader, release, at)


def reached(reader: Reader, rollout: Rollout) -> str:
    """How many have the new version, as far as it is known."""
    t = reader.t
    batches = rollout.planned(0).of
    if batches:
        live = rollout.done + (1 if rollout.live else 0)
        return t("{n} of {total} batches have the new version.", n=live, total=batches)
    sure, most = rollout.percent, rollout.at_most
    if sure == most:
        return t("{percent} % of the users have the new version.", percent=sure)
    if not sure:
        return t("Up to {percent} % of the users may have the new version by now.", percent=most)
    return t("{percent} to {most} % of the users have the new version by now.", percent=sure, most=most)


def _downtime(reader: Reader, rollout: Rollout) -> str:
    """As planned, until somebody says that the rollout is complete; a big bang has one step."""
    if not rollout.downtime:
        return ""
    meant = planned(rollout)[0]
    return reader.t(
        "The service is down since {since}, planned until {until}.",
        since=when(reader, meant.begins),
        until=when(reader, meant.ends),
    )


def _blue(reader: Reader, release: Release, at: datetime) -> str:
    t, until = reader.t, release.monitoring_until
    if until is None:
        return t("Blue is kept for the way back until monitoring ends.")
    if at < until:
        return t("Blue is kept for the way back until {at}.", at=when(reader, until))
    return t("Monitoring is over: once the release is closed, blue may go.")


def _line(reader: Reader, rollout: Rollout, index: int, meant: Planned) -> str:
    """`▶ Canary 10 % · live since 14:05, watched until 14:20 · planned 14:00 to 14:20`"""
    t = reader.t
    state, times = rollout.state(index), rollout.times_of(index)
    parts = [f"{_MARKS[state]} {quote(names.rollout_step(reader, rollout.steps[index]), 80)}"]
    if went := _went(reader, rollout, state, times):
        parts.append(went)
    parts.append(
        t("planned {since} to {until}", since=stamp(reader, meant.begins), until=stamp(reader, meant.ends))
    )
    return " · ".join(parts)


def _went(reader: Reader, rollout: Rollout, state: StepIs, times: StepTimes) -> str:
    t = reader.t
    if state is StepIs.FAILED:
        return t("failed")
    if times.began is None:
        return ""
    if times.ended:
        return t("was {since} to {until}", since=stamp(reader, times.began), until=stamp(reader, times.ended))
    until = rollout.watch_until
    if times.live is None or until is None:
        return t("since {at}", at=stamp(reader, times.began))
    if not rollout.planned(rollout.done).watch:
        return t("live since {since}", since=stamp(reader, times.live))
    return t(
        "live since {since}, watched until {until}",
        since=stamp(reader, times.live),
        until=stamp(reader, until),
    )
