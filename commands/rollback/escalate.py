"""Call in more people: the next role of the escalation path, or the one that was named."""

from __future__ import annotations

from dataclasses import replace

from commands.record import send
from commands.requests import Escalate
from commands.rollback.calling import with_people
from commands.rollback.case import RoomCase, require_part, room_case
from commands.rollback.keep import invite, keep
from domain.errands import ToPerson
from domain.events import Escalated
from domain.people import Origin
from domain.refusals import AlreadySo, Refused, TooLong
from domain.rollback.escalation import next_role
from domain.views import Happened
from storage.db import Tx

LONGEST = 2000


def escalate(tx: Tx, request: Escalate, origin: Origin) -> Happened:
    """Anybody who takes part may call for help. Raises Refused."""
    found = room_case(tx, request.room)
    may_escalate(tx, found, origin)
    if len(request.note) > LONGEST:
        raise Refused(TooLong("note", LONGEST))
    role = request.role or next_role(found.room, found.roster)
    users = tuple(sorted(found.roster.holders(role)))
    event = Escalated(room=found.room.id, to=role, users=users, note=request.note.strip())
    room, new = with_people(found.room, users)
    if role not in room.called:
        room = replace(room, called=(*room.called, role))
    saved = keep(tx, found, room, origin, [event])
    invite(tx, saved, new)
    send(tx, found.project, origin, [(ToPerson(user), event) for user in users])
    return Happened(event)


def may_escalate(tx: Tx, found: RoomCase, origin: Origin) -> None:
    """Raises Refused."""
    require_part(tx, found, origin)
    if not found.room.active:
        raise Refused(AlreadySo("resolved"))
