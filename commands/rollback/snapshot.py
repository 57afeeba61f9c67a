"""Keep what a release was like when its room was opened or its rollback declared, and attach it there."""

from __future__ import annotations

from commands import production
from commands.context import Case
from commands.rollback.lanes import in_room
from commands.show.checklists import progress
from domain.criteria.model import BreachState
from domain.errands import PostBreach, PostSnapshot
from domain.health.model import Reading
from domain.health.newest import newest
from domain.release import Release
from domain.rollback import Room
from domain.rollback.snapshot import Carried, Snapshot, Span, Taken
from domain.types import Environment
from storage import breaches, calendar, outbox, people, readings, releases, scopes, snapshots
from storage.db import Tx
from storage.ids import new_id
from storage.outbox import Waiting


def take(
    tx: Tx,
    room: Room,
    case: Case | None,
    taken: Taken,
) -> Snapshot:
    """Store the state as it is now. Call it before the state changes, with the room stored already."""
    release = case.release if case else None
    lock = calendar.lock(tx, room.project)
    running = production.running(tx, room.project)
    snapshot = Snapshot(
        id=new_id(),
        room=room.id,
        project=room.project,
        taken=taken,
        at=tx.now(),
        release=release,
        production=str(running) if running else "",
        stages=_stages(tx, release),
        carried=_carried(tx, release),
        lists=progress(tx, case) if case else (),
        readings=_readings(tx, room.project),
        lock=lock.reason if lock else "",
        names=_names(tx, release),
    )
    snapshots.add(tx, snapshot)
    return snapshot


def _readings(tx: Tx, project: str) -> tuple[Reading, ...]:
    """The newest of production, by their metrics."""
    found = newest(readings.newest_of_each(tx, project, Environment.PRODUCTION))
    return tuple(found[metric] for metric in sorted(found))


def attach(tx: Tx, room: Room) -> None:
    """Post what was kept last; a room without a channel gets it with everything else."""
    if room.channel:
        outbox.add(tx, _kept(tx, room)[-1:])


def attach_charts(tx: Tx, room: Room) -> None:
    """The same of what the rollback was declared for."""
    if room.channel:
        outbox.add(tx, _charts(tx, room))


def waiting(tx: Tx, room: Room) -> list[Waiting]:
    """All that was kept of the room, each to be posted once in its channel."""
    return [*_kept(tx, room), *_charts(tx, room)]


def _kept(tx: Tx, room: Room) -> list[Waiting]:
    kept = snapshots.of_room(tx, room.id)
    return [in_room(room, f"snapshot:{one.id}:{room.channel}", PostSnapshot(room.id, one.id)) for one in kept]


def _charts(tx: Tx, room: Room) -> list[Waiting]:
    """Of the breaches that the rollback was declared for, as far as they are measured."""
    found = breaches.of_release(tx, room.release) if room.release else ()
    shown = [one for one in found if one.metric and one.state is BreachState.DECLARED]
    return [
        in_room(
            room,
            f"chart:{room.id}:{one.id}:{room.channel}",
            PostBreach(project=room.project, release=room.release, breach=one.id, room=room.id),
        )
        for one in shown
    ]


def _stages(tx: Tx, release: Release | None) -> tuple[Span, ...]:
    times = releases.stage_times(tx, release.id) if release else []
    return tuple(Span(stage=stage, since=since, until=until) for stage, since, until in times)


def _carried(tx: Tx, release: Release | None) -> Carried | None:
    scope = scopes.now(tx, release) if release else None
    if scope is None:
        return None
    return Carried(counts=scope.counts, migrations=scope.migrations, variables=len(scope.variables))


def _names(tx: Tx, release: Release | None) -> dict[str, str]:
    """A file has no mentions: people are named."""
    if release is None:
        return {}
    users = {release.started_by, release.captain, *(one.owner for one in release.conditions)} - {""}
    return {user: person.name for user, person in people.many(tx, sorted(users)).items()}
