"""Releases: row <-> domain value, with stage times beside them."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Select, bindparam, func, insert, or_, select, update
from sqlmodel import col

from domain.release import Release
from domain.situation import Other
from domain.types import ENDED, ReleaseType, Stage
from domain.versions import Version
from storage.codec import adapter
from storage.db import Prepared, Tx
from storage.tables import ReleaseRow, StageTimeRow

_BODY = adapter(Release)


class Stale(Exception):
    """The release was changed by somebody else since it was loaded."""


@lru_cache(maxsize=1024)
def _load(body: str) -> Release:
    """The same text is the same frozen value: most releases are read far more often than they change."""
    found: Release = _BODY.validate_json(body)
    return found


def _dump(release: Release) -> str:
    return _BODY.dump_json(release).decode()


def _bodies(tx: Tx, query: Select[Any]) -> list[Release]:
    return [_load(str(row[0])) for row in tx.execute(query)]


_ALL = select(col(ReleaseRow.body))
_ONE = _ALL.where(col(ReleaseRow.id) == bindparam("release"))
_BY_ID = Prepared(_ONE)
_LOCKED = Prepared(_ONE, _ONE.with_for_update())


def get(tx: Tx, release: str) -> Release | None:
    return _one(tx, _BY_ID, release)


def lock(tx: Tx, release: str) -> Release | None:
    """Load for change: on PostgreSQL the row is locked, on SQLite the writer is alone anyway."""
    return _one(tx, _LOCKED, release)


def _one(tx: Tx, query: Prepared, release: str) -> Release | None:
    found = query.first(tx, release=release)
    return _load(found[0]) if found else None


def by_version(tx: Tx, project: str, version: Version) -> Release | None:
    query = _ALL.where(col(ReleaseRow.project) == project, col(ReleaseRow.version) == str(version))
    return next(iter(_bodies(tx, query)), None)


_OPEN = _ALL.where(*(col(ReleaseRow.stage) != stage.value for stage in sorted(ENDED))).order_by(
    col(ReleaseRow.created_at), col(ReleaseRow.id)
)
_EVERY_OPEN = Prepared(_OPEN)
_OPEN_OF = Prepared(_OPEN.where(col(ReleaseRow.project) == bindparam("project")))


def live(tx: Tx, project: str | None = None) -> list[Release]:
    """Releases that have not ended, oldest first."""
    found = _EVERY_OPEN.all(tx) if project is None else _OPEN_OF.all(tx, project=project)
    return [_load(str(row[0])) for row in found]


def ended(tx: Tx, project: str, limit: int) -> list[Release]:
    """The releases that ended last."""
    query = _ALL.where(
        col(ReleaseRow.project) == project, col(ReleaseRow.stage).in_([stage.value for stage in ENDED])
    )
    return _bodies(tx, query.order_by(col(ReleaseRow.stage_since).desc()).limit(limit))


def count_ended(tx: Tx, project: str) -> int:
    query = (
        select(func.count())
        .select_from(ReleaseRow)
        .where(col(ReleaseRow.project) == project, col(ReleaseRow.stage).in_([s.value for s in ENDED]))
    )
    return int(tx.execute(query).scalar_one())


def versions(tx: Tx, project: str) -> list[Version]:
    """Every version ever taken by a release of the project: none is used again (spec 2.3)."""
    query = select(col(ReleaseRow.version)).where(col(ReleaseRow.project) == project)
    return [Version.parse(str(row[0])) for row in tx.execute(query)]


def in_production(tx: Tx, project: str) -> Release | None:
    """The newest released or closed release that was not rolled back (spec 2.3)."""
    stages = [Stage.RELEASED.value, Stage.CLOSED.value]
    query = _ALL.where(col(ReleaseRow.project) == project, col(ReleaseRow.stage).in_(stages))
    found = _bodies(tx, query.order_by(col(ReleaseRow.stage_since).desc()).limit(20))
    return max(found, key=lambda release: release.deployed_at or release.stage_since, default=None)


def rolled_back(tx: Tx, project: str, limit: int = 5) -> list[Release]:
    """The releases that were rolled back last."""
    query = _ALL.where(col(ReleaseRow.project) == project, col(ReleaseRow.stage) == Stage.ROLLED_BACK.value)
    return _bodies(tx, query.order_by(col(ReleaseRow.stage_since).desc()).limit(limit))


def others(tx: Tx, release: Release) -> tuple[Other, ...]:
    """The unfinished releases of the same project, as the cross-release rules look at them."""
    query = select(col(ReleaseRow.body)).where(
        col(ReleaseRow.project) == release.project,
        col(ReleaseRow.id) != release.id,
        col(ReleaseRow.stage).not_in([stage.value for stage in ENDED]),
    )
    return tuple(
        Other(
            id=other.id,
            version=str(other.version),
            type=other.type,
            stage=other.stage,
            older=other.version < release.version,
            parent=other.parent,
        )
        for other in _bodies(tx, query)
    )


_DEPLOY_DAYS = Prepared(
    select(col(ReleaseRow.deploy_at)).where(
        col(ReleaseRow.project) == bindparam("project"),
        col(ReleaseRow.deploy_at).is_not(None),
        col(ReleaseRow.type) == ReleaseType.REGULAR.value,
    )
)


def mending(tx: Tx, release: Release) -> tuple[Release, ...]:
    """The hotfixes that were started to mend it and not cancelled, oldest first."""
    query = _ALL.where(
        col(ReleaseRow.project) == release.project,
        col(ReleaseRow.type) == ReleaseType.HOTFIX.value,
        col(ReleaseRow.stage) != Stage.CANCELLED.value,
        col(ReleaseRow.created_at) >= release.created_at,
    )
    found = _bodies(tx, query.order_by(col(ReleaseRow.created_at), col(ReleaseRow.id)))
    return tuple(one for one in found if one.parent == release.id)


def deploy_days(tx: Tx, project: str) -> list[datetime]:
    """The deploy times of all regular releases: their days are taken, whatever became of them."""
    return [row[0] for row in _DEPLOY_DAYS.all(tx, project=project)]


def dated(tx: Tx, project: str, since: datetime, until: datetime) -> list[Release]:
    """The releases whose deploy is dated from `since` until before `until`, but the cancelled ones."""
    query = _ALL.where(
        col(ReleaseRow.project) == project,
        col(ReleaseRow.deploy_at) >= since,
        col(ReleaseRow.deploy_at) < until,
        col(ReleaseRow.stage) != Stage.CANCELLED.value,
    )
    return _bodies(tx, query.order_by(col(ReleaseRow.deploy_at), col(ReleaseRow.id)))


def branches(tx: Tx, project: str, since: datetime) -> frozenset[str]:
    """The branches of the hotfixes that are under way, or changed their stage since a moment."""
    query = _ALL.where(
        col(ReleaseRow.project) == project,
        col(ReleaseRow.type) == ReleaseType.HOTFIX.value,
        or_(
            col(ReleaseRow.stage_since) >= since,
            col(ReleaseRow.stage).not_in([stage.value for stage in ENDED]),
        ),
    )
    return frozenset(release.branch for release in _bodies(tx, query) if release.branch)


def add(tx: Tx, release: Release) -> None:
    """Insert. Raises IntegrityError when the version is taken: the caller runs again and sees it."""
    tx.execute(insert(ReleaseRow).values(**_columns(release)))
    tx.execute(
        insert(StageTimeRow).values(
            release=release.id,
            stage=release.stage.value,
            entered_at=release.stage_since,
            by=release.started_by,
        )
    )


def save(tx: Tx, before: Release, after: Release, by: str) -> Release:
    """Write the next revision, and the stage time when the stage changed. Raises Stale."""
    saved = replace(after, revision=before.revision + 1)
    changed = tx.execute(
        update(ReleaseRow)
        .where(col(ReleaseRow.id) == before.id, col(ReleaseRow.revision) == before.revision)
        .values(**_columns(saved))
    )
    if changed.rowcount != 1:
        raise Stale(before.id)
    if saved.stage is not before.stage:
        _move(tx, saved, by)
    return saved


def _move(tx: Tx, release: Release, by: str) -> None:
    tx.execute(
        update(StageTimeRow)
        .where(col(StageTimeRow.release) == release.id, col(StageTimeRow.left_at).is_(None))
        .values(left_at=release.stage_since)
    )
    tx.execute(
        insert(StageTimeRow).values(
            release=release.id, stage=release.stage.value, entered_at=release.stage_since, by=by
        )
    )


def _columns(release: Release) -> dict[str, Any]:
    return {
        "id": release.id,
        "project": release.project,
        "version": str(release.version),
        "type": release.type.value,
        "stage": release.stage.value,
        "created_at": release.created_at,
        "stage_since": release.stage_since,
        "deploy_at": release.deploy_at,
        "revision": release.revision,
        "body": _dump(release),
    }


def stage_times(tx: Tx, release: str) -> list[tuple[Stage, datetime, datetime | None]]:
    query = (
        select(col(StageTimeRow.stage), col(StageTimeRow.entered_at), col(StageTimeRow.left_at))
        .where(col(StageTimeRow.release) == release)
        .order_by(col(StageTimeRow.id))
    )
    return [(Stage(row.stage), row.entered_at, row.left_at) for row in tx.execute(query)]
