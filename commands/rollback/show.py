"""What a war room and the rollback modal show, as it is now."""

from __future__ import annotations

from commands import context
from commands.notices.show import mapped
from commands.readiness import readiness_of, targets_of
from commands.rollback.look import room_look
from commands.rollback.sides import which_stands
from commands.show.checklists import room_progress
from commands.show.look import look, project_view
from domain.criteria.model import Breach
from domain.people import Role
from domain.readiness import migrates, ways_of
from domain.refusals import Gone, Refused
from domain.release import Release
from domain.rollback.seat import may_take
from domain.types import Environment
from domain.views import RollbackForm, RoomView
from domain.ways_back import REPORTED, MigrationWay
from storage import breaches, people, releases, rooms, scopes
from storage.db import Tx


def room_view(tx: Tx, room_id: str) -> RoomView:
    """Raises Refused(Gone)."""
    room = rooms.get(tx, room_id)
    if room is None:
        raise Refused(Gone("room"))
    project = context.project_of(tx, room.project)
    roster = people.roster(tx, project.key)
    at = tx.now()
    release = releases.get(tx, room.release) if room.release else None
    return RoomView(
        project=project_view(project),
        room=room,
        release=release,
        contacts=project.policy.rollback.contacts,
        members={role: tuple(sorted(roster.holders(role))) for role in Role if roster.holders(role)},
        may_take=may_take(room, project.policy.rollback, at),
        entries=rooms.entries(tx, room.id),
        core_functions=project.policy.core_functions,
        at=at,
        redeploy=releases.get(tx, room.redeploy) if room.redeploy else None,
        ways=_ways(tx, release) if release and room.migration else (),
        lists=room_progress(tx, room_look(tx, room_id)),
        breaches=breaches.of_release(tx, release.id) if release else (),
        audiences=mapped(project),
    )


def _ways(tx: Tx, release: Release) -> tuple[MigrationWay, ...]:
    """The migrations of what is taken back, with their ways back; one that nobody knew of is among them."""
    scope = scopes.of(tx, release.id, release.rc)
    return ways_of(release, scope.migrations if scope else ()) or (MigrationWay(REPORTED),)


def _met(tx: Tx, release: str, breach: str) -> tuple[Breach, ...]:
    """What the form was opened for, then all else that is breached; what cannot be judged is no evidence."""
    standing = [one for one in breaches.live(tx, release) if one.counts and not one.unclear]
    asked = breaches.get(tx, breach) if breach else None
    first = [asked] if asked else []
    return (*first, *(one for one in standing if one.id != breach))


def _is_open(tx: Tx, room: str) -> bool:
    """A room that is over takes on no rollback: a new one is opened."""
    found = rooms.get(tx, room) if room else None
    return found is not None and found.active


def rollback_form(tx: Tx, release_id: str, room: str = "", by: str = "", breach: str = "") -> RollbackForm:
    """`by` opens the form: who may take command is proposed for it, nobody else; `breach` is the id of what
    it is declared for, where it was opened there. Raises Refused(Gone).
    """
    found = look(tx, release_id)
    release = found.release
    ready = readiness_of(tx, found.project, release, found.at)
    targets = targets_of(tx, release)
    production = found.project.policy.deploy.of(Environment.PRODUCTION)
    commands = by in found.roster.holders(Role.INCIDENT_COMMANDER)
    return RollbackForm(
        project=project_view(found.project),
        release=release,
        targets=targets,
        commanders=(by,) if commands else (),
        room=room if _is_open(tx, room) else "",
        migration=migrates(release, ready),
        database_first=ready.database_first,
        breaches=_met(tx, release.id, breach),
        standing=which_stands(tx, found.project, release, targets, found.at),
        by_deployer=production.automatic and bool(targets),
    )
