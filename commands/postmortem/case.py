"""What every verb of a post-mortem does around its decision: load the room, save it, tell who must know."""

from __future__ import annotations

from collections.abc import Iterable

from commands.record import send
from commands.rollback.case import RoomCase, require_part, room_case
from commands.rollback.keep import keep, write
from domain.errands import ToPerson
from domain.events import Event
from domain.people import Origin
from domain.refusals import Gone, Refused
from domain.rollback import Room, RoomState
from storage.db import Tx


def of_room(tx: Tx, room: str, origin: Origin) -> RoomCase:
    """The room of a post-mortem, for somebody who takes part in it. Raises Refused."""
    found = room_case(tx, room)
    may_take_part(tx, found, origin)
    return found


def may_take_part(tx: Tx, found: RoomCase, origin: Origin) -> None:
    """Before it is resolved there is nothing to look back on. Raises Refused."""
    if found.room.state not in {RoomState.RESOLVED, RoomState.CLOSED}:
        raise Refused(Gone("postmortem"))
    require_part(tx, found, origin)


def kept(tx: Tx, found: RoomCase, after: Room, origin: Origin, event: Event) -> Room:
    """Said in the room while its channel is there; a closed room's is archived and takes nothing more."""
    if found.room.state is RoomState.CLOSED:
        return write(tx, found, after, origin, [event])
    return keep(tx, found, after, origin, [event])


def tell_people(tx: Tx, found: RoomCase, origin: Origin, event: Event, users: Iterable[str]) -> None:
    """Everybody of `users` but who did it."""
    others = [user for user in dict.fromkeys(users) if user and user != origin.actor.user]
    send(tx, found.project, origin, [(ToPerson(user), event) for user in others])
