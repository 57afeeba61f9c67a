"""What was entered in a project's calendar: blackouts, changes, windows, the deploy lock."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import TypeAdapter
from sqlalchemy import RowMapping, delete, literal, or_, select, union_all, update
from sqlmodel import col

from domain.calendar.blackouts import LAST_YEAR, Blackout, BlackoutKind, Scope, YearlyBlackout
from domain.calendar.changes import Change
from domain.calendar.entries import DeployLock
from domain.calendar.rules import WeeklyWindow
from domain.types import Environment, ReleaseType
from storage.db import Tx
from storage.people import upsert
from storage.tables import BlackoutRow, ChangeRow, LockRow, WindowsRow

KEPT = timedelta(days=60)


def blackouts(tx: Tx, project: str, since: datetime) -> tuple[Blackout | YearlyBlackout, ...]:
    """Those entered in Slack that end after `since`, and all yearly ones; by start."""
    query = (
        select(BlackoutRow.__table__)  # type: ignore[attr-defined]  # set by SQLModel
        .where(
            col(BlackoutRow.project) == project,
            col(BlackoutRow.removed_at).is_(None),
            or_(col(BlackoutRow.ends_at) > since, col(BlackoutRow.yearly)),
        )
        .order_by(col(BlackoutRow.starts_at), col(BlackoutRow.id))
    )
    return tuple(_blackout(row) for row in tx.execute(query).mappings())


def blackout(tx: Tx, project: str, id_: str) -> Blackout | YearlyBlackout | None:
    """One that was entered in Slack and not removed."""
    query = select(BlackoutRow.__table__).where(  # type: ignore[attr-defined]  # set by SQLModel
        col(BlackoutRow.id) == id_, col(BlackoutRow.project) == project, col(BlackoutRow.removed_at).is_(None)
    )
    row = tx.execute(query).mappings().first()
    return _blackout(row) if row else None


def _blackout(row: RowMapping) -> Blackout | YearlyBlackout:
    if not row["yearly"]:
        return Blackout(start=row["starts_at"], end=row["ends_at"], **_shared(row))
    zone = ZoneInfo(row["zone"])
    begins, ends = (row[name].astimezone(zone).replace(tzinfo=None) for name in ("starts_at", "ends_at"))
    return YearlyBlackout(begins=begins, ends=ends, zone=row["zone"], **_shared(row))


def _shared(row: RowMapping) -> dict[str, Any]:
    """What both kinds of blackout have."""
    types = (ReleaseType(name) for name in row["types"].split(",") if name)
    environments = (Environment(name) for name in row["environments"].split(",") if name)
    kept = {name: row[name] for name in ("id", "name", "reason", "added_by", "added_at", "revision")}
    scope = Scope(types=frozenset(types), environments=frozenset(environments))
    return {**kept, "kind": BlackoutKind(row["kind"]), "scope": scope}


def put_blackout(tx: Tx, project: str, entry: Blackout | YearlyBlackout) -> None:
    """Add it, or change the one with its id."""
    row = {
        "id": entry.id,
        "project": project,
        "name": entry.name,
        "reason": entry.reason,
        "added_by": entry.added_by,
        "added_at": entry.added_at,
        "kind": entry.kind.value,
        "types": ",".join(sorted(entry.scope.types)),
        "environments": ",".join(sorted(entry.scope.environments)),
        "revision": entry.revision,
        **_times(entry),
    }
    upsert(tx, BlackoutRow, [row], ["id"])


def _times(entry: Blackout | YearlyBlackout) -> dict[str, object]:
    if isinstance(entry, Blackout):
        return {"starts_at": entry.start, "ends_at": entry.end, "yearly": False, "zone": "UTC"}
    first = next(entry.occurrences(entry.begins.year, LAST_YEAR))
    return {"starts_at": first.start, "ends_at": first.end, "yearly": True, "zone": entry.zone}


def remove_blackout(tx: Tx, blackout: str, at: datetime) -> None:
    tx.execute(update(BlackoutRow).where(col(BlackoutRow.id) == blackout).values(removed_at=at))


# --- windows and single occurrences -------------------------------------------------------------------------


_WINDOWS: TypeAdapter[tuple[WeeklyWindow, ...]] = TypeAdapter(tuple[WeeklyWindow, ...])
_CHANGE = TypeAdapter(Change)


def set_in_slack(tx: Tx, project: str) -> tuple[tuple[WeeklyWindow, ...] | None, tuple[Change, ...]]:
    """The windows, None while the policy's hold, and the changed occurrences by day: in one statement."""
    windows = select(literal("windows").label("what"), col(WindowsRow.body)).where(
        col(WindowsRow.project) == project
    )
    changed = select(literal("change").label("what"), col(ChangeRow.body)).where(
        col(ChangeRow.project) == project
    )
    found = [(row[0], str(row[1])) for row in tx.execute(union_all(windows, changed))]
    changes = (_CHANGE.validate_json(body) for what, body in found if what == "change")
    return (
        next((_WINDOWS.validate_json(body) for what, body in found if what == "windows"), None),
        tuple(sorted(changes, key=lambda change: (change.day, change.of))),
    )


def put_change(tx: Tx, project: str, change: Change, by: str, at: datetime) -> None:
    body = _CHANGE.dump_json(change, by_alias=True).decode()
    row = {"project": project, "of": change.of, "day": change.day, "body": body, "by": by, "at": at}
    upsert(tx, ChangeRow, [row], ["project", "of", "day"])


def remove_change(tx: Tx, project: str, of: str, day: date) -> None:
    tx.execute(
        delete(ChangeRow).where(
            col(ChangeRow.project) == project, col(ChangeRow.of) == of, col(ChangeRow.day) == day
        )
    )


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
