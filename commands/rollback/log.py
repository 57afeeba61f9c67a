"""Write a line to the timeline of a war room."""

from __future__ import annotations

from commands.requests import LogLine
from commands.rollback.case import RoomCase, require_part, room_case
from commands.rollback.keep import keep
from domain.events import Logged
from domain.people import Origin
from domain.refusals import AlreadySo, Refused, TextMissing, TooLong
from domain.rollback import RoomState
from domain.views import Happened
from storage.db import Tx

LONGEST = 2000


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


def may_log(tx: Tx, found: RoomCase, origin: Origin) -> None:
    """Raises Refused."""
    require_part(tx, found, origin)
    if found.room.state is RoomState.CLOSED:
        raise Refused(AlreadySo("resolved"))
