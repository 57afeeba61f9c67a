"""A room's errands go one after the other, in a lane of their own."""

from __future__ import annotations

from commands.record import lane
from domain.errands import Errand
from domain.rollback import Room
from storage.outbox import Waiting


def in_room(room: Room, dedupe: str, errand: Errand) -> Waiting:
    return lane(lane_of(room), dedupe, errand)


def lane_of(room: Room) -> str:
    return f"room:{room.id}"
