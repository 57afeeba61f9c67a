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
from domain.people import Origin, Role, Roster
from domain.refusals import AlreadySo, Refused, TooLong
from domain.rollback import Room
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
    room, event = calling_in(found.room, found.roster, role, request.note)
    room, new = with_people(room, event.users)
    saved = keep(tx, found, room, origin, [event])
    invite(tx, saved, new)
    tell(tx, found, event, origin)
    return Happened(event)


def calling_in(room: Room, roster: Roster, role: Role, note: str) -> tuple[Room, Escalated]:
    """The room as it is once the role was called."""
    users = tuple(sorted(roster.holders(role)))
    event = Escalated(room=room.id, to=role, users=users, note=note.strip())
    called = room.called if role in room.called else (*room.called, role)
    return replace(room, called=called), event


def tell(tx: Tx, found: RoomCase, event: Escalated, origin: Origin) -> None:
    """Whoever is called in is written to, besides the line in the room."""
    send(tx, found.project, origin, [(ToPerson(user), event) for user in event.users])


def may_escalate(tx: Tx, found: RoomCase, origin: Origin) -> None:
    """Raises Refused."""
    require_part(tx, found, origin)
    if not found.room.active:
        raise Refused(AlreadySo("resolved"))
