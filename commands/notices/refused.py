"""Slack did not take a notice somewhere: who sent it is told, and the thread, which said that it was sent.

So it is with a downtime, which Naru tells the same people by itself.
"""

from __future__ import annotations

from commands.notices.about import about
from commands.record import record, send
from domain.errands import Downtime, DowntimeCalledOff, DowntimeOverrun, Notice, ToPerson
from domain.events import NoticeNotSent
from domain.notices import NoticeKind
from domain.people import BOT, Origin, Via
from storage.db import Tx

_BY_SLACK = Origin(BOT, Via.BOT)
OUTWARD = Notice | Downtime | DowntimeOverrun | DowntimeCalledOff
"""What people outside of a release are told of it."""


def was_refused(tx: Tx, said: OUTWARD, *, channel: str, by: str, code: str) -> None:
    """`by` is who sent it, empty for Naru itself."""
    room = said.room if isinstance(said, Notice) else ""
    found = about(tx, said.release, room)
    event = NoticeNotSent(
        release=said.release,
        version=found.version,
        kind=_kind(said),
        channel=channel,
        code=code,
        room=room,
    )
    record(tx, _BY_SLACK, found.project, [event], release=found.release)
    if by:
        send(tx, found.project, _BY_SLACK, [(ToPerson(by), event)])


def _kind(said: OUTWARD) -> NoticeKind:
    """As what a person would send it."""
    match said:
        case Notice():
            return said.kind
        case Downtime():
            return NoticeKind.AHEAD if said.ahead else NoticeKind.DONE if said.over else NoticeKind.STARTED
        case DowntimeOverrun():
            return NoticeKind.DELAYED
        case DowntimeCalledOff():
            return NoticeKind.ABORTED
