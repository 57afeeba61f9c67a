"""What a notice is about: a release, the war room that leads its rollback, or an incident without one."""

from __future__ import annotations

from dataclasses import dataclass

from commands import context
from commands.rollback.case import RoomCase, room_case
from commands.rollback.look import room_look
from commands.show.look import look
from domain.people import Roster
from domain.project import Project
from domain.release import Release
from domain.rollback import Room, RoomState
from storage import rooms
from storage.db import Tx


@dataclass(frozen=True)
class About:
    """`led` is the war room, if there is one."""

    project: Project
    roster: Roster
    release: Release | None = None
    led: RoomCase | None = None

    @property
    def room(self) -> Room | None:
        return self.led.room if self.led else None

    @property
    def version(self) -> str:
        return str(self.release.version) if self.release else ""


def about(tx: Tx, release: str, room: str) -> About:
    """Under change: a release's own war room is meant as long as it is not closed. Raises Refused(Gone)."""
    if found := room or _led(tx, release):
        return _of_room(room_case(tx, found))
    case = context.case(tx, release)
    return About(case.project, case.roster, case.release)


def looked(tx: Tx, release: str, room: str) -> About:
    """The same without a lock."""
    if found := room or _led(tx, release):
        return _of_room(room_look(tx, found))
    case = look(tx, release)
    return About(case.project, case.roster, case.release)


def _led(tx: Tx, release: str) -> str:
    """The room that leads its rollback, or led it and still looks back on it."""
    found = rooms.active_of(tx, release) or rooms.rolled_back(tx, release)
    return found.id if found and found.state is not RoomState.CLOSED else ""


def _of_room(found: RoomCase) -> About:
    return About(found.project, found.roster, found.release, found)
