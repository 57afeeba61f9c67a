"""What was read from feeds, and how each feed was read last."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable
from datetime import datetime
from functools import lru_cache
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import bindparam, delete, select, update
from sqlmodel import col

from domain.calendar.blackouts import Blackout, BlackoutKind, Scope
from domain.calendar.imports import FeedFault, FeedState, Held, Imported
from domain.types import Environment, ReleaseType
from storage.db import Prepared, Tx
from storage.people import upsert
from storage.tables import FeedRow, ImportedRow

_FAULTS: TypeAdapter[tuple[FeedFault, ...]] = TypeAdapter(tuple[FeedFault, ...])
_KEYS = ["project", "feed", "uid", "occurrence"]
_BLACKOUTS = Prepared(
    select(
        col(ImportedRow.id),
        col(ImportedRow.feed),
        col(ImportedRow.name),
        col(ImportedRow.starts_at),
        col(ImportedRow.ends_at),
        col(ImportedRow.kind),
        col(ImportedRow.types),
        col(ImportedRow.environments),
        col(ImportedRow.added_at),
        col(ImportedRow.revision),
        col(FeedRow.by_hand),
    )
    .join(
        FeedRow,
        (col(FeedRow.project) == col(ImportedRow.project)) & (col(FeedRow.name) == col(ImportedRow.feed)),
    )
    .where(
        col(ImportedRow.project) == bindparam("project"),
        col(ImportedRow.removed_at).is_(None),
        col(ImportedRow.ends_at) > bindparam("since"),
    )
    .order_by(col(ImportedRow.starts_at), col(ImportedRow.id))
)


def id_of(project: str, feed: str, imported: Imported) -> str:
    """The same whenever this time is read again."""
    text = "\x00".join((project, feed, *imported.key))
    return f"{feed}-{hashlib.sha256(text.encode()).hexdigest()[:16]}"


# --- times ------------------------------------------------------------------------------------------------


def blackouts(tx: Tx, project: str, feeds: Collection[str], since: datetime) -> tuple[Blackout, ...]:
    """The times of these feeds, and of files imported by hand, that end after `since`, by start."""
    rows = _BLACKOUTS.all(tx, project=project, since=since)
    return tuple(_blackout(row) for row in rows if row[-1] or row[1] in feeds)


@lru_cache(maxsize=4096)
def _blackout(row: tuple[Any, ...]) -> Blackout:
    """The same row is the same frozen value: a calendar is put together far more often than it changes."""
    id_, feed, name, start, end, kind, types, environments, added_at, revision, _ = row
    return Blackout(
        id=id_,
        name=name,
        start=start,
        end=end,
        added_at=added_at,
        kind=BlackoutKind(kind),
        scope=_scope(types, environments),
        revision=revision,
        feed=feed,
    )


def held(tx: Tx, project: str, feed: str, since: datetime) -> dict[tuple[str, str], Held]:
    """The times of one feed that end after `since`, by UID and occurrence."""
    query = select(ImportedRow.__table__).where(  # type: ignore[attr-defined]  # set by SQLModel
        col(ImportedRow.project) == project,
        col(ImportedRow.feed) == feed,
        col(ImportedRow.removed_at).is_(None),
        col(ImportedRow.ends_at) > since,
    )
    found = (_held(row) for row in tx.execute(query).mappings())
    return {one.imported.key: one for one in found}


def former_revisions(tx: Tx, project: str, feed: str) -> dict[tuple[str, str], int]:
    """The last revision of what was taken away: should it come back, it goes on from there."""
    query = select(col(ImportedRow.uid), col(ImportedRow.occurrence), col(ImportedRow.revision)).where(
        col(ImportedRow.project) == project,
        col(ImportedRow.feed) == feed,
        col(ImportedRow.removed_at).is_not(None),
    )
    return {(row.uid, row.occurrence): row.revision for row in tx.execute(query)}


def put(tx: Tx, project: str, feed: str, found: Iterable[Held]) -> None:
    rows = [
        {
            "id": one.id,
            "project": project,
            "feed": feed,
            "uid": one.imported.uid,
            "occurrence": one.imported.occurrence,
            "name": one.imported.name,
            "starts_at": one.imported.start,
            "ends_at": one.imported.end,
            "kind": one.kind.value,
            "types": _joined(one.scope.types),
            "environments": _joined(one.scope.environments),
            "added_at": one.added_at,
            "revision": one.revision,
            "removed_at": None,
        }
        for one in found
    ]
    upsert(tx, ImportedRow, rows, _KEYS)


def remove(tx: Tx, ids: Iterable[str], at: datetime) -> None:
    tx.execute(update(ImportedRow).where(col(ImportedRow.id).in_(list(ids))).values(removed_at=at))


def _held(row: Any) -> Held:
    return Held(
        id=row["id"],
        imported=Imported(
            uid=row["uid"],
            occurrence=row["occurrence"],
            name=row["name"],
            start=row["starts_at"],
            end=row["ends_at"],
        ),
        kind=BlackoutKind(row["kind"]),
        scope=_scope(row["types"], row["environments"]),
        added_at=row["added_at"],
        revision=row["revision"],
    )


@lru_cache(maxsize=64)
def _scope(types: str, environments: str) -> Scope:
    return Scope(
        types=frozenset(ReleaseType(name) for name in types.split()),
        environments=frozenset(Environment(name) for name in environments.split()),
    )


def _joined(values: Iterable[str]) -> str:
    return " ".join(sorted(values))


# --- feeds ------------------------------------------------------------------------------------------------


def states(tx: Tx, project: str) -> dict[str, FeedState]:
    """How each feed of a project was read last, by its name."""
    query = select(FeedRow.__table__).where(col(FeedRow.project) == project)  # type: ignore[attr-defined]  # set by SQLModel
    return {row["name"]: _state(row) for row in tx.execute(query.order_by(col(FeedRow.name))).mappings()}


def lock(tx: Tx, project: str, fresh: FeedState) -> FeedState:
    """The state of the feed of this name for change; where there is none, `fresh` is put there.

    Two replicas that read a new feed at the same time meet at its key: the later one runs again.
    """
    query = select(FeedRow.__table__).where(col(FeedRow.project) == project, col(FeedRow.name) == fresh.name)  # type: ignore[attr-defined]  # set by SQLModel
    if tx.dialect == "postgresql":
        query = query.with_for_update()
    row = tx.execute(query).mappings().first()
    if row is not None:
        return _state(row)
    put_state(tx, project, fresh)
    return fresh


def put_state(tx: Tx, project: str, state: FeedState) -> None:
    row = {
        "project": project,
        "name": state.name,
        "by_hand": state.by_hand,
        "settings": state.settings,
        "tried_at": state.tried_at,
        "read_at": state.read_at,
        "seen_until": state.seen_until,
        "content": state.content,
        "etag": state.etag,
        "modified": state.modified,
        "failures": state.failures,
        "faults": _FAULTS.dump_json(state.faults).decode(),
        "told": _FAULTS.dump_json(state.told).decode(),
    }
    upsert(tx, FeedRow, [row], ["project", "name"])


def forget(tx: Tx, project: str, feed: str) -> None:
    tx.execute(delete(FeedRow).where(col(FeedRow.project) == project, col(FeedRow.name) == feed))


def _state(row: Any) -> FeedState:
    return FeedState(
        name=row["name"],
        by_hand=row["by_hand"],
        settings=row["settings"],
        tried_at=row["tried_at"],
        read_at=row["read_at"],
        seen_until=row["seen_until"],
        content=row["content"],
        etag=row["etag"],
        modified=row["modified"],
        failures=row["failures"],
        faults=_FAULTS.validate_json(row["faults"]),
        told=_FAULTS.validate_json(row["told"]),
    )
