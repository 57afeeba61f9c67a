"""A war room with its surroundings, for whoever only looks."""

from __future__ import annotations

from commands import context
from commands.rollback.case import RoomCase
from commands.show.look import look
from domain.refusals import Gone, Refused
from storage import people, rooms
from storage.db import Tx


def room_look(tx: Tx, room_id: str) -> RoomCase:
    """A war room with its release as they are now, without a lock. Raises Refused(Gone)."""
    room = rooms.get(tx, room_id)
    if room is None:
        raise Refused(Gone("room"))
    if room.release:
        case = look(tx, room.release)
        return RoomCase(case.project, room, case.roster, case.at, case)
    project = context.project_of(tx, room.project)
    return RoomCase(project, room, people.roster(tx, project.key), tx.now())
