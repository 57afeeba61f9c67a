"""Write a line to the timeline of a war room."""

from __future__ import annotations

from datetime import UTC, datetime

from commands.requests import LogLine, LogMessage
from commands.rollback.case import RoomCase, require_part, room_case
from commands.rollback.keep import keep
from domain.events import Logged
from domain.people import Origin
from domain.refusals import AlreadySo, Refused, TextMissing, TooLong
from domain.rollback import RoomState
from domain.views import Happened
from storage import room_marks
from storage.db import Tx

LONGEST = 2000
_SECONDS = 10


def log_line(tx: Tx, request: LogLine, origin: Origin) -> Happened:
    """Anybody who takes part may, until the room is closed. Raises Refused."""
    found = room_case(tx, request.room)
    may_log(tx, found, origin)
    text = request.text.strip()
    if not text:
        raise Refused(TextMissing("text"))
    if len(text) > LONGEST:
        raise Refused(TooLong("text", LONGEST))
    event = Logged(room=found.room.id, text=text)
    keep(tx, found, found.room, origin, [event])
    return Happened(event)


def log_message(tx: Tx, request: LogMessage, origin: Origin) -> Happened:
    """Put a message of the room on its timeline, once, whoever else marks it. Raises Refused."""
    found = room_case(tx, request.room)
    may_log(tx, found, origin)
    text = request.text.strip()
    if not text:
        raise Refused(TextMissing("text"))
    text = text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
    event = Logged(room=found.room.id, text=text, said_by=request.author, said_at=_said_at(request.ts))
    if not room_marks.is_marked(tx, found.room.id, request.ts):
        room_marks.mark(tx, found.room.id, request.ts)
        keep(tx, found, found.room, origin, [event])
    return Happened(event)


def _said_at(ts: str) -> datetime | None:
    """Slack's `ts` begins with unix seconds; None for one that is none."""
    seconds = ts.partition(".")[0]
    known = seconds.isascii() and seconds.isdecimal() and len(seconds) <= _SECONDS
    return datetime.fromtimestamp(int(seconds), UTC) if known else None


def may_log(tx: Tx, found: RoomCase, origin: Origin) -> None:
    """Raises Refused."""
    require_part(tx, found, origin)
    if found.room.state is RoomState.CLOSED:
        raise Refused(AlreadySo("resolved"))
