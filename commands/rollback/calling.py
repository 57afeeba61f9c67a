"""Who is called into a war room, and when the commander's seat is asked for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from commands.rollback.notices import reached
from domain.people import Role, Roster
from domain.release import ConfirmItem, Release
from domain.rollback import Room
from storage.db import Tx

CALLED = (
    Role.INCIDENT_COMMANDER,
    Role.DEVOPS,
    Role.ONCALL,
    Role.TECH_LEAD,
    Role.DBA,
    Role.QA_LEAD,
)


def called(roster: Roster, *users: str) -> tuple[str, ...]:
    """The user ids to invite: the roles of spec 6.2, and `users` (who declared, who commands)."""
    return tuple(sorted(roster.anyone(CALLED) | {user for user in users if user}))


def at_it(tx: Tx, release: Release) -> list[str]:
    """Who is at this very deploy, whatever their roles: its captain, and who said that they stand by."""
    said = (release.confirmed(item) for item in ConfirmItem)
    return reached(tx, filter(None, (release.captain, *(one.by for one in said if one))))


def with_people(room: Room, users: Iterable[str]) -> tuple[Room, tuple[str, ...]]:
    """The room with more people invited, and those who are new in it."""
    new = tuple(user for user in dict.fromkeys(users) if user and user not in room.invited)
    return replace(room, invited=(*room.invited, *new)), new


def asking(room: Room, at: datetime) -> Room:
    """The empty seat is asked for as soon as there is a channel to ask in."""
    if room.commander or not room.channel or room.seat_asked_at or not room.active:
        return room
    return replace(room, seat_asked_at=at)
