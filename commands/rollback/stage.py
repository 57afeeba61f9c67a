"""The release's side of a rollback: its step in the lifecycle, the deploy lock, who is told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from commands import context
from commands.advance import announce_lifted, lifted
from commands.change import plan_calendar, save
from commands.context import Case
from commands.record import refresh
from commands.rollback.case import RoomCase
from domain.calendar.entries import DeployLock
from domain.events import Advanced, Event
from domain.lifecycle import row_for, who_may
from domain.people import Origin, Role
from domain.project import Project
from domain.refusals import NotAllowed, Refused
from domain.release import Release
from domain.situation import Situation
from domain.steps import advanced, step
from domain.types import Action
from storage import audit, calendar, outbox, releases
from storage.db import Tx
from storage.ids import new_id


def situation(tx: Tx, found: RoomCase, case: Case, origin: Origin, **facts: object) -> Situation:
    """The facts for who asks; whoever has the commander's seat acts as incident commander."""
    now = context.situation(tx, case, origin, **facts)
    if not origin.actor.user or origin.actor.user != found.room.commander:
        return now
    return replace(now, roles=now.roles | {Role.INCIDENT_COMMANDER})


def may_take(found: RoomCase, case: Case, action: Action, origin: Origin) -> None:
    """Stage and role of a step that is taken in the room, or the commander's seat. Raises Refused."""
    roles = who_may(case.release, row_for(case.release, action))
    held = context.roles_in(case.release, case.roster, origin.actor.user)
    if origin.actor.user and origin.actor.user == found.room.commander:
        held |= {Role.INCIDENT_COMMANDER}
    if not held & set(roles):
        raise Refused(NotAllowed(action, roles, tuple(sorted(case.roster.anyone(roles)))))


def taken(case: Case, action: Action, now: Situation) -> Release:
    """The release after the step. Raises Refused."""
    return step(case.release, action, now, case.project.policy)


def write(
    tx: Tx,
    case: Case,
    after: Release,
    action: Action,
    origin: Origin,
    events: Sequence[Event],
    *,
    answered: bool,
) -> Release:
    """Save the release. `events` go to its thread; the step is audited in any case.

    The first event answers who pressed, unless that is `answered` by the line in the room.
    """
    ended = lifted(case.release, after, action)
    saved = save(tx, case, after, origin, [*events, *ended], answered=answered)
    announce_lifted(tx, case, origin, ended)
    if not any(isinstance(event, Advanced) for event in events):
        audit.append(tx, origin, case.project.key, [advanced(case.release, after, action)])
    return saved


# --- the lock -----------------------------------------------------------------------------------------------


def set_lock(tx: Tx, case: Case, reason: str, origin: Origin) -> None:
    """No deploys of the project until the lock is lifted (spec 6.1)."""
    lock = DeployLock(reason=reason, since=case.at, release_id=case.release.id)
    calendar.set_lock(tx, case.project.key, lock, origin.actor.user)
    locked_or_not(tx, case.project)


def locked_or_not(tx: Tx, project: Project) -> None:
    """Every card shows whether deploys are locked, and announcements of windows depend on it."""
    for release in releases.live(tx, project.key):
        outbox.add(tx, refresh(project, release, new_id()))
    plan_calendar(tx, project)
