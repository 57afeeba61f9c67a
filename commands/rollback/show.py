"""What a war room and the rollback modal show, as it is now."""

from __future__ import annotations

from commands import context
from commands.readiness import targets_of
from commands.rollback.case import RoomCase
from commands.show.release import look, project_view
from domain.people import Role
from domain.refusals import Gone, Refused
from domain.rollback.seat import may_take
from domain.views import RollbackForm, RoomView
from storage import breaches, people, releases, rooms
from storage.db import Tx


def room_view(tx: Tx, room_id: str) -> RoomView:
    """Raises Refused(Gone)."""
    room = rooms.get(tx, room_id)
    if room is None:
        raise Refused(Gone("room"))
    project = context.project_of(tx, room.project)
    roster = people.roster(tx, project.key)
    at = tx.now()
    return RoomView(
        project=project_view(project),
        room=room,
        release=releases.get(tx, room.release) if room.release else None,
        contacts=project.policy.rollback.contacts,
        members={role: tuple(sorted(roster.holders(role))) for role in Role if roster.holders(role)},
        may_take=may_take(room, project.policy.rollback, at),
        entries=rooms.entries(tx, room.id),
        core_functions=project.policy.core_functions,
        at=at,
    )


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


def rollback_form(tx: Tx, release_id: str, room: str = "", by: str = "", breach: str = "") -> RollbackForm:
    """`by` opens the form: who may take command is proposed for it, nobody else; `breach` is the id of what
    it is declared for. Raises Refused(Gone).
    """
    found = look(tx, release_id)
    release = found.release
    commands = by in found.roster.holders(Role.INCIDENT_COMMANDER)
    return RollbackForm(
        project=project_view(found.project),
        release=release,
        targets=targets_of(tx, release),
        commanders=(by,) if commands else (),
        room=room,
        migration=release.qa.migration if release.qa else None,
        breach=breaches.get(tx, breach) if breach else None,
    )
