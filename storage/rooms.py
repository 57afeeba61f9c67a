"""War rooms and their timelines: row <-> domain value."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Select, insert, select, update
from sqlmodel import col

from domain.events import Event
from domain.release import Release
from domain.rollback import Entry, Room, RoomState
from domain.types import BEFORE_DEPLOY, REACHED_PRODUCTION, Stage
from domain.versions import Version
from storage.audit import EVENTS
from storage.codec import adapter
from storage.db import Tx
from storage.releases import Stale
from storage.tables import ProjectRow, ReleaseRow, RoomEntryRow, RoomRow

_BODY = adapter(Room)
_RELEASE = adapter(Release)
_ALL = select(col(RoomRow.body))
_ACTIVE = (RoomState.OPEN.value, RoomState.ROLLING_BACK.value)
_OVER = (RoomState.RESOLVED.value, RoomState.CLOSED.value)


def _rooms(tx: Tx, query: Select[Any]) -> list[Room]:
    return [_BODY.validate_json(str(row[0])) for row in tx.execute(query)]


def _first(tx: Tx, query: Select[Any]) -> Room | None:
    return next(iter(_rooms(tx, query.limit(1))), None)


def get(tx: Tx, room: str) -> Room | None:
    return _first(tx, _ALL.where(col(RoomRow.id) == room))


def lock(tx: Tx, room: str) -> Room | None:
    """Load for change: on PostgreSQL the row is locked, on SQLite the writer is alone anyway."""
    query = _ALL.where(col(RoomRow.id) == room)
    return _first(tx, query.with_for_update() if tx.dialect == "postgresql" else query)


def of_channel(tx: Tx, channel: str) -> Room | None:
    """The war room that this channel is, or was last."""
    query = _ALL.where(col(RoomRow.channel) == channel)
    return _first(tx, query.order_by(col(RoomRow.opened_at).desc(), col(RoomRow.id).desc()))


def active_of(tx: Tx, release: str) -> Room | None:
    """The open war room of a release."""
    query = _ALL.where(col(RoomRow.release) == release, col(RoomRow.state).in_(_ACTIVE))
    return _first(tx, query.order_by(col(RoomRow.opened_at).desc(), col(RoomRow.id).desc()))


def rolled_back(tx: Tx, release: str) -> Room | None:
    """The last war room in which a release was rolled back."""
    query = _ALL.where(col(RoomRow.release) == release).order_by(col(RoomRow.opened_at).desc())
    return next((room for room in _rooms(tx, query) if room.postmortem_due is not None), None)


def active_incident(tx: Tx, project: str) -> Room | None:
    """The open war room of a project that is about no release. Locks the project: two cannot open at once."""
    if tx.dialect == "postgresql":
        tx.execute(select(col(ProjectRow.key)).where(col(ProjectRow.key) == project).with_for_update())
    query = _ALL.where(
        col(RoomRow.project) == project, col(RoomRow.release) == "", col(RoomRow.state).in_(_ACTIVE)
    )
    return _first(tx, query.order_by(col(RoomRow.opened_at), col(RoomRow.id)))


def live(tx: Tx, project: str | None = None) -> list[Room]:
    """Rooms that are not closed, oldest first: resolved ones still wait for their post-mortem."""
    query = _ALL.where(col(RoomRow.state) != RoomState.CLOSED.value)
    if project is not None:
        query = query.where(col(RoomRow.project) == project)
    return _rooms(tx, query.order_by(col(RoomRow.opened_at), col(RoomRow.id)))


def owing(tx: Tx, project: str | None = None) -> list[Room]:
    """Rooms with open action items, closed ones too, oldest first."""
    query = _ALL.where(col(RoomRow.owed) > 0)
    if project is not None:
        query = query.where(col(RoomRow.project) == project)
    return _rooms(tx, query.order_by(col(RoomRow.opened_at), col(RoomRow.id)))


def add(tx: Tx, room: Room) -> None:
    tx.execute(insert(RoomRow).values(**_columns(room)))


def save(tx: Tx, before: Room, after: Room) -> Room:
    """Write the next revision. Raises Stale."""
    saved = replace(after, revision=before.revision + 1)
    changed = tx.execute(
        update(RoomRow)
        .where(col(RoomRow.id) == before.id, col(RoomRow.revision) == before.revision)
        .values(**_columns(saved))
    )
    if changed.rowcount != 1:
        raise Stale(before.id)
    return saved


def _columns(room: Room) -> dict[str, Any]:
    return {
        "id": room.id,
        "project": room.project,
        "release": room.release,
        "channel": room.channel,
        "state": room.state.value,
        "opened_at": room.opened_at,
        "revision": room.revision,
        "owed": len(room.owed),
        "body": _BODY.dump_json(room).decode(),
    }


# --- the timeline -------------------------------------------------------------------------------------------


def add_entries(tx: Tx, room: str, at: datetime, user: str, events: Iterable[Event]) -> None:
    """Write lines of the timeline; `user` is empty for the bot."""
    rows = [{"room": room, "at": at, "user": user, "body": EVENTS.dump(event)} for event in events]
    if rows:
        tx.execute(insert(RoomEntryRow), rows)


def entries(tx: Tx, room: str) -> tuple[Entry, ...]:
    """The timeline, oldest first."""
    query = (
        select(col(RoomEntryRow.at), col(RoomEntryRow.user), col(RoomEntryRow.body))
        .where(col(RoomEntryRow.room) == room)
        .order_by(col(RoomEntryRow.id))
    )
    return tuple(
        Entry(row["at"], row["user"], EVENTS.load(row["body"])) for row in tx.execute(query).mappings()
    )


# --- where a rollback can go --------------------------------------------------------------------------------


def stages(tx: Tx, project: str) -> Mapping[Version, Stage]:
    """What became of every version that was ever taken by a release of the project."""
    query = select(col(ReleaseRow.version), col(ReleaseRow.stage)).where(col(ReleaseRow.project) == project)
    rows = tx.execute(query).mappings()
    return {Version.parse(row["version"]): Stage(row["stage"]) for row in rows}


def good_before(tx: Tx, release: Release, limit: int = 20) -> list[Version]:
    """Versions that were in production before this release and were not rolled back, the last one first.

    What a rollback went back to was in production again from then on. Of a release whose deploy lies ahead
    these are all.
    """
    query = (
        select(col(ReleaseRow.body))
        .where(
            col(ReleaseRow.project) == release.project,
            col(ReleaseRow.id) != release.id,
            col(ReleaseRow.stage).in_([stage.value for stage in REACHED_PRODUCTION]),
        )
        .order_by(col(ReleaseRow.stage_since).desc())
        .limit(limit)
    )
    found = [_RELEASE.validate_json(str(row[0])) for row in tx.execute(query)]
    ahead = release.place in BEFORE_DEPLOY
    before = None if ahead else release.deploy_started_at or release.stage_since
    earlier = [(r.deployed_at or r.stage_since, r.version) for r in found]
    earlier += ways_back(tx, release.project, limit)
    return [version for at, version in sorted(earlier, reverse=True) if before is None or at <= before]


def ways_back(tx: Tx, project: str, limit: int = 20) -> list[tuple[datetime, Version]]:
    """Since when which version was in production by a rollback that was completed, the last one first."""
    query = (
        _ALL.where(col(RoomRow.project) == project, col(RoomRow.state).in_(_OVER))
        .order_by(col(RoomRow.opened_at).desc(), col(RoomRow.id).desc())
        .limit(limit)
    )
    found = [
        (room.recovered_at, Version.parse(room.target))
        for room in _rooms(tx, query)
        if room.recovered_at and room.target
    ]
    return sorted(found, reverse=True)
