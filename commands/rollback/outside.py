"""A channel that became a war room, and in which Naru is not: who made it one is told to invite it."""

from __future__ import annotations

from commands.context import project_of
from commands.record import send
from domain.errands import RoomOutside, ToPerson
from domain.people import BOT, Origin, Via
from storage import rooms
from storage.db import Tx


def is_adopted(tx: Tx, room: str) -> bool:
    """Rooms of Naru's own making are never closed to it."""
    found = rooms.get(tx, room)
    return found is not None and found.adopted and found.active


def tell(tx: Tx, room: str) -> None:
    found = rooms.get(tx, room)
    if found is not None:
        said = RoomOutside(room=found.id, channel=found.channel)
        project = project_of(tx, found.project)
        send(tx, project, Origin(BOT, Via.BOT), [(ToPerson(found.adopted_by or found.opened_by), said)])
