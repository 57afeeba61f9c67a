"""What the verbs of a war room load before they decide, always in the same order: release, then room."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from commands import context
from commands.context import Case
from domain.people import Origin, Role, Roster
from domain.policy import RollbackPolicy
from domain.project import Project
from domain.refusals import Gone, NotAllowed, NotAMember, Refused
from domain.release import Release
from domain.rollback import Room
from storage import people, rooms
from storage.db import Tx


@dataclass(frozen=True)
class RoomCase:
    """A war room under change; `case` is its release's, None for a room about no release."""

    project: Project
    room: Room
    roster: Roster
    at: datetime
    case: Case | None = None

    @property
    def release(self) -> Release | None:
        return self.case.release if self.case else None

    @property
    def policy(self) -> RollbackPolicy:
        return self.project.policy.rollback

    def asked_inside(self, origin: Origin) -> bool:
        """Whether it was asked in the room's own channel."""
        return bool(origin.channel) and origin.channel == self.room.channel


def room_case(tx: Tx, room: str) -> RoomCase:
    """Lock and load a war room with its release. Raises Refused(Gone)."""
    known = rooms.get(tx, room)
    if known is None:
        raise Refused(Gone("room"))
    case = context.case(tx, known.release) if known.release else None
    found = locked(tx, room)
    if found.release != known.release:  # a rollback was declared in it meanwhile
        case = context.case(tx, found.release)
    if case is not None:
        return RoomCase(case.project, found, case.roster, case.at, case)
    project = context.project_of(tx, found.project)
    return RoomCase(project, found, people.roster(tx, project.key), tx.now())


def locked(tx: Tx, room: str) -> Room:
    """The room, locked after its release. Raises Refused(Gone)."""
    found = rooms.lock(tx, room)
    if found is None:
        raise Refused(Gone("room"))
    return found


def require_role(
    found: RoomCase, origin: Origin, what: str, *roles: Role, also: tuple[str, ...] = ()
) -> None:
    """A role, the commander's seat, or one of `also`. Raises Refused(NotAllowed) with the people who may."""
    user = origin.actor.user
    if user and user in {found.room.commander, *also}:
        return
    if not found.roster.roles_of(user) & set(roles):
        seated = {found.room.commander} - {""}
        raise Refused(NotAllowed(what, roles, tuple(sorted(found.roster.anyone(roles) | seated))))


def require_part(tx: Tx, found: RoomCase, origin: Origin) -> None:
    """Whoever holds a role, was invited, or speaks from inside the room. Raises Refused(NotAMember)."""
    user = origin.actor.user
    if found.roster.roles_of(user) or user in found.room.invited:
        return
    if not found.asked_inside(origin):
        context.require_member(tx, origin, found.project)
        return
    person = people.get(tx, user)
    if person is None or person.stranger:
        raise Refused(NotAMember("stranger", found.room.channel))
    if not person.counts:
        raise Refused(NotAMember("guest" if person.guest else "bot", found.room.channel))
