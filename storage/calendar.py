"""The entries of a project's calendar: blackouts, windows set in Slack, exceptions, the deploy lock."""

from __future__ import annotations

from datetime import datetime, timedelta

from pydantic import TypeAdapter
from sqlalchemy import delete, insert, select, update
from sqlmodel import col

from domain.calendar.blackouts import Blackout
from domain.calendar.entries import DeployLock
from domain.calendar.exceptions import FreezeException
from domain.calendar.rules import WeeklyWindow
from storage.codec import adapter
from storage.db import Tx
from storage.people import upsert
from storage.tables import BlackoutRow, ExceptionRow, LockRow, WindowsRow

_WINDOWS: TypeAdapter[tuple[WeeklyWindow, ...]] = TypeAdapter(tuple[WeeklyWindow, ...])
KEPT = timedelta(days=60)


def blackouts(tx: Tx, project: str, since: datetime) -> tuple[Blackout, ...]:
    """Blackouts that end after `since`, by start."""
    query = (
        select(BlackoutRow.__table__)  # type: ignore[attr-defined]  # set by SQLModel
        .where(
            col(BlackoutRow.project) == project,
            col(BlackoutRow.removed_at).is_(None),
            col(BlackoutRow.ends_at) > since,
        )
        .order_by(col(BlackoutRow.starts_at), col(BlackoutRow.id))
    )
    return tuple(
        Blackout(
            id=row["id"],
            name=row["name"],
            start=row["starts_at"],
            end=row["ends_at"],
            reason=row["reason"],
            added_by=row["added_by"],
            added_at=row["added_at"],
        )
        for row in tx.execute(query).mappings()
    )


def add_blackout(tx: Tx, project: str, blackout: Blackout) -> None:
    tx.execute(
        insert(BlackoutRow).values(
            id=blackout.id,
            project=project,
            name=blackout.name,
            reason=blackout.reason,
            starts_at=blackout.start,
            ends_at=blackout.end,
            added_by=blackout.added_by,
            added_at=blackout.added_at,
        )
    )


def remove_blackout(tx: Tx, blackout: str, at: datetime) -> None:
    tx.execute(update(BlackoutRow).where(col(BlackoutRow.id) == blackout).values(removed_at=at))


def windows(tx: Tx, project: str) -> tuple[WeeklyWindow, ...] | None:
    """The windows that were set in Slack, None while the policy's hold."""
    body = tx.execute(select(col(WindowsRow.body)).where(col(WindowsRow.project) == project)).scalar()
    return _WINDOWS.validate_json(str(body)) if body is not None else None


def set_windows(tx: Tx, project: str, wanted: tuple[WeeklyWindow, ...]) -> None:
    body = _WINDOWS.dump_json(wanted, by_alias=True).decode()
    upsert(tx, WindowsRow, [{"project": project, "body": body}], ["project"])


# --- the lock ---------------------------------------------------------------------------------------------


def lock(tx: Tx, project: str) -> DeployLock | None:
    row = tx.execute(
        select(col(LockRow.reason), col(LockRow.since), col(LockRow.release)).where(
            col(LockRow.project) == project
        )
    ).first()
    return DeployLock(reason=row.reason, since=row.since, release_id=row.release) if row else None


def set_lock(tx: Tx, project: str, found: DeployLock, by: str) -> None:
    row = {
        "project": project,
        "release": found.release_id,
        "reason": found.reason,
        "since": found.since,
        "by": by,
    }
    upsert(tx, LockRow, [row], ["project"])


def lift_lock(tx: Tx, project: str) -> None:
    tx.execute(delete(LockRow).where(col(LockRow.project) == project))


# --- exceptions -------------------------------------------------------------------------------------------


_EXCEPTION = adapter(FreezeException)


def exceptions(tx: Tx, project: str, release: str = "") -> tuple[FreezeException, ...]:
    query = select(col(ExceptionRow.body)).where(col(ExceptionRow.project) == project)
    if release:
        query = query.where(col(ExceptionRow.release) == release)
    rows = tx.execute(query.order_by(col(ExceptionRow.asked_at)))
    return tuple(_EXCEPTION.validate_json(str(row[0])) for row in rows)


def exception(tx: Tx, id_: str, *, lock: bool = False) -> FreezeException | None:
    """`lock` for whoever will change it: a reading transaction may not."""
    query = select(col(ExceptionRow.body)).where(col(ExceptionRow.id) == id_)
    if lock and tx.dialect == "postgresql":
        query = query.with_for_update()
    body = tx.execute(query).scalar()
    return _EXCEPTION.validate_json(str(body)) if body is not None else None


def put_exception(tx: Tx, found: FreezeException) -> None:
    row = {
        "id": found.id,
        "project": found.project,
        "release": found.release,
        "state": found.state,
        "asked_at": found.asked_at,
        "body": _EXCEPTION.dump_json(found).decode(),
    }
    upsert(tx, ExceptionRow, [row], ["id"])
