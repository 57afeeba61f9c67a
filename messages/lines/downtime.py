"""Lines of the downtime that a rollout brings: to the team and to whoever else the policy wants told."""

from __future__ import annotations

from collections.abc import Mapping
from typing import assert_never

from domain import errands as e
from domain.rollout.downtime import WhyOff
from messages import names
from messages.dates import duration
from messages.lines.lifecycle import head
from messages.names import word
from messages.parts import when
from messages.texts import Reader

DowntimeSaid = e.Downtime | e.DowntimeOverrun | e.DowntimeCalledOff

_WHY: Mapping[WhyOff, str] = {
    WhyOff.MOVED: word("The deploy was moved to another time."),
    WhyOff.CANCELLED: word("The release was cancelled."),
}


def downtime_line(reader: Reader, said: DowntimeSaid) -> str:
    match said:
        case e.Downtime():
            return _downtime(reader, said)
        case e.DowntimeOverrun():
            return _overrun(reader, said)
        case e.DowntimeCalledOff():
            text = reader.t(
                "{release} *The downtime is called off*: it was planned from {since} until {until}.",
                **_times(reader, said),
            )
            return f"{text} {reader.t(_WHY[said.why])}"
        case _:
            assert_never(said)


def _times(reader: Reader, said: DowntimeSaid) -> dict[str, str]:
    return {
        "release": head(said.version),
        "since": when(reader, said.since),
        "until": when(reader, said.until),
        "time": duration(reader, said.until - said.since),
    }


def _downtime(reader: Reader, said: e.Downtime) -> str:
    t, times = reader.t, _times(reader, said)
    if said.over:
        return t("{release} *The service is back*: it was down for {time}, from {since} to {until}", **times)
    if said.ahead:
        return t("{release} *Downtime ahead*: from {since}, planned for {time}, until {until}", **times)
    return t("{release} *The service is down* since {since}, planned for {time}, until {until}", **times)


def _overrun(reader: Reader, said: e.DowntimeOverrun) -> str:
    t = reader.t
    text = t(
        "{release} *The service is still down*: since {since}, planned for {time}, until {until}.",
        **_times(reader, said),
    )
    told = t("You are told when the service is back.")
    if not said.roles:
        return f"{text} {told}"
    who = t("Who can bring it back: {who}", who=names.roles(reader, said.roles))
    return f"{text} {told}\n{who}"
