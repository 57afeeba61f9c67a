"""Lines of the rollout steps that are out or have failed, and of the downtime that a rollout brings."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from domain import errands as e
from domain import events as v
from domain.deploys.model import DeployWhy
from domain.rollout.fine import Breached, NoReading, NotFine, OutOfRange, Unmeasured
from domain.rollout.steady import Gap, NotLong
from domain.types import Action
from messages import names
from messages.criteria.words import breach as breach_words
from messages.dates import duration
from messages.deploys import words
from messages.health.words import metric as metric_name
from messages.health.words import said as reading_words
from messages.lines.lifecycle import head, noted
from messages.parts import bullets, quote, when
from messages.texts import Reader

StepSaid = v.StepLive | v.StepFailed


def step_line(reader: Reader, said: StepSaid) -> str:
    match said:
        case v.StepLive():
            return "\n".join(_live(reader, said))
        case v.StepFailed():
            return _failed(reader, said)
        case _:
            assert_never(said)


def step(reader: Reader, key: str) -> str:
    return quote(names.rollout_step(reader, key), 80)


def watch_over(reader: Reader, said: e.StepOver) -> str:
    """The go begins the next step; why it did not go on by itself, where it was to."""
    t = reader.t
    lines = [
        t(
            "{release} *{step} has been watched for {time}*",
            release=head(said.version),
            step=step(reader, said.step),
            time=duration(reader, said.lasts),
        )
    ]
    if said.not_fine:
        lines.append(t("It does not go on by itself:"))
        lines.append(bullets(_not_fine(reader, one) for one in said.not_fine))
    if said.held:
        lines.append(
            t(
                "All well? Then the step is done; the next one waits: {step}. If not: declare a rollback.",
                step=step(reader, said.next),
            )
        )
    elif said.next:
        lines.append(
            t(
                "All well? Then go on: {step}. If not: pause, or declare a rollback.",
                step=step(reader, said.next),
            )
        )
    else:
        lines.append(t("All well? Then go on: it was the last step. If not: pause, or declare a rollback."))
    return "\n".join(lines)


def _not_fine(reader: Reader, of: NotFine) -> str:
    match of:
        case NoReading(metric=metric):
            return reader.t("No reading of {metric}: nothing is guessed.", metric=metric_name(reader, metric))
        case OutOfRange(reading=reading) | Unmeasured(reading=reading):
            return reading_words(reader, reading)
        case NotLong(reading=reading, lasts=lasts):
            return reader.t(
                "{reading} ({at}): it has to be fine for {time}.",
                reading=reading_words(reader, reading),
                at=when(reader, reading.at),
                time=duration(reader, lasts),
            )
        case Gap(metric=metric, since=since, until=until):
            return reader.t(
                "No reading of {metric} from {since} to {until}: nothing is guessed.",
                metric=metric_name(reader, metric),
                since=when(reader, since),
                until=when(reader, until),
            )
        case Breached(breach=breach):
            return breach_words(reader, breach)
        case _:
            assert_never(of)


def _live(reader: Reader, said: v.StepLive) -> Iterator[str]:
    t = reader.t
    live = t("{release} *{step} is live*", release=head(said.version), step=step(reader, said.step))
    yield live + noted(said.note)
    if said.paused:
        yield from _still_paused(reader, said)
    elif said.until and said.by_itself:
        yield t("Watched until {at}; then it goes on by itself, if all is fine.", at=when(reader, said.until))
    elif said.until:
        yield t("Watched until {at}; then it waits for the go.", at=when(reader, said.until))
    elif said.by_itself:
        yield t("It goes on by itself, if all is fine.")
    else:
        yield t("It waits for the go.")


def _still_paused(reader: Reader, said: v.StepLive) -> Iterator[str]:
    """What came out after all; by the continue it is watched anew."""
    t = reader.t
    yield t("The rollout is still paused: {reason}", reason=quote(words(reader, said.paused)))
    yield t(
        "Look at what runs there, then press “{button}”: it is watched from then on. If it is not well, "
        "declare a rollback.",
        button=names.action(reader, Action.CONTINUE),
    )
    yield t("Who can continue: {who}", who=names.roles(reader, said.roles))


def _failed(reader: Reader, said: v.StepFailed) -> str:
    t = reader.t
    text = t(
        "{release} *{step} failed*; the rollout is paused.",
        release=head(said.version),
        step=step(reader, said.step),
    )
    then = t("Continue to try the step once more, or declare a rollback.")
    why = noted(words(reader, said.why))
    if said.why != DeployWhy.SILENT:
        return f"{text} {then}{why}"
    seen = t("If it is out, say so on the card, with a reason.")
    return f"{text} {then} {seen}{why}"
