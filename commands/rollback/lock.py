"""Lift a deploy lock that a rollback has set: one of those that stand."""

from __future__ import annotations

from commands import context
from commands.record import record, send
from commands.requests import LiftLock
from commands.rollback import stage
from domain.errands import InChannel
from domain.events import LockLifted
from domain.people import Origin
from domain.project import Project
from domain.refusals import Gone, NotAllowed, Refused, TextMissing, TooLong, WhichRelease
from domain.release import WHO_LIFTS
from domain.rollback import Room, RoomState
from domain.views import Happened, StandingLock
from storage import calendar, people, releases, rooms
from storage.db import Tx

LONGEST = 2000


def lift_lock(tx: Tx, request: LiftLock, origin: Origin) -> Happened:
    """With a reason, see `may_lift`. Raises Refused."""
    project = may_lift(tx, request.project, origin, release=request.release)
    reason = request.reason.strip()
    if not reason:
        raise Refused(TextMissing("reason"))
    if len(reason) > LONGEST:
        raise Refused(TooLong("reason", LONGEST))
    event = lifted(tx, project.key, _which(tx, project.key, request.release), reason)
    record(tx, origin, project, [event])
    stage.locked_or_not(tx, project)
    send(tx, project, origin, [(InChannel(project.channel), event)])
    return Happened(event)


def lifted(tx: Tx, project: str, release: str, reason: str) -> LockLifted:
    """The lock of that release is gone; what others have set stays."""
    calendar.lift_lock(tx, project, release)
    still = (version_of(tx, lock.release_id) for lock in calendar.locks(tx, project))
    return LockLifted(reason=reason, version=version_of(tx, release), still=tuple(still))


def version_of(tx: Tx, release: str) -> str:
    found = releases.get(tx, release)
    return str(found.version) if found else ""


def standing(tx: Tx, project: str) -> tuple[StandingLock, ...]:
    """The locks that stand, the oldest first, for who chooses among them."""
    return tuple(
        StandingLock(lock.release_id, version_of(tx, lock.release_id), lock.reason)
        for lock in calendar.locks(tx, project)
    )


def _which(tx: Tx, project: str, release: str) -> str:
    """The id of the release whose lock is meant. Raises Refused."""
    standing = [lock.release_id for lock in calendar.locks(tx, project)]
    if release in standing:
        return release
    if release:
        raise Refused(Gone("lock"))
    if len(standing) > 1:
        raise Refused(WhichRelease(tuple(f"v{version_of(tx, one)}" for one in standing)))
    return standing[0]


def may_lift(tx: Tx, key: str, origin: Origin, *, release: str = "") -> Project:
    """The project, if its deploys are locked and this person may lift one of the locks, or just that of
    `release`: a release manager, or who leads incidents by role or has led that rollback (spec 6.1). Raises
    Refused.
    """
    project = context.project_of(tx, key)
    standing = calendar.locks(tx, project.key)
    led = _led(tx, [one.release_id for one in standing if release in {"", one.release_id}])
    may = people.roster(tx, project.key).anyone(WHO_LIFTS) | led
    if origin.actor.user not in may:
        raise Refused(NotAllowed("lock", WHO_LIFTS, tuple(sorted(may))))
    if not standing:
        raise Refused(Gone("lock"))
    return project


def _led(tx: Tx, locked: list[str]) -> set[str]:
    """Whoever holds, or held last, the seat of the war rooms that set these locks."""
    led = {room.seats[-1].user for one in locked if (room := _declared(tx, one)) is not None and room.seats}
    return {user for user, person in people.many(tx, led).items() if person.counts}


def _declared(tx: Tx, release: str) -> Room | None:
    """The war room of the rollback that runs, else of the last one."""
    active = rooms.active_of(tx, release)
    running = active is not None and active.state is RoomState.ROLLING_BACK
    return active if running else rooms.rolled_back(tx, release)
