"""What was entered in a project's calendar: blackouts, changes, windows, the deploy lock."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import TypeAdapter
from sqlalchemy import bindparam, delete, literal, or_, select, union_all, update
from sqlmodel import col

from domain.calendar.blackouts import LAST_YEAR, Blackout, BlackoutKind, Scope, YearlyBlackout
from domain.calendar.changes import Change
from domain.calendar.entries import DeployLock, together
from domain.calendar.rules import WeeklyWindow
from domain.types import Environment, ReleaseType
from storage.db import Prepared, Tx
from storage.people import upsert
from storage.tables import BlackoutRow, ChangeRow, LockRow, WindowsRow

KEPT = timedelta(days=60)


_BLACKOUT = select(
    col(BlackoutRow.id),
    col(BlackoutRow.name),
    col(BlackoutRow.reason),
    col(BlackoutRow.added_by),
    col(BlackoutRow.added_at),
    col(BlackoutRow.revision),
    col(BlackoutRow.kind),
    col(BlackoutRow.types),
    col(BlackoutRow.environments),
    col(BlackoutRow.starts_at),
    col(BlackoutRow.ends_at),
    col(BlackoutRow.yearly),
    col(BlackoutRow.zone),
).where(col(BlackoutRow.project) == bindparam("project"), col(BlackoutRow.removed_at).is_(None))
_BLACKOUTS = Prepared(
    _BLACKOUT.where(or_(col(BlackoutRow.ends_at) > bindparam("since"), col(BlackoutRow.yearly))).order_by(
        col(BlackoutRow.starts_at), col(BlackoutRow.id)
    )
)
_BY_ID = Prepared(_BLACKOUT.where(col(BlackoutRow.id) == bindparam("id")))


def blackouts(tx: Tx, project: str, since: datetime) -> tuple[Blackout | YearlyBlackout, ...]:
    """Those entered in Slack that end after `since`, and all yearly ones; by start."""
    return tuple(_blackout(row) for row in _BLACKOUTS.all(tx, project=project, since=since))


def blackout(tx: Tx, project: str, id_: str) -> Blackout | YearlyBlackout | None:
    """One that was entered in Slack and not removed."""
    row = _BY_ID.first(tx, project=project, id=id_)
    return _blackout(row) if row else None


_NAMES = tuple(str(column.key) for column in _BLACKOUT.selected_columns)


def _blackout(found: tuple[Any, ...]) -> Blackout | YearlyBlackout:
    row = dict(zip(_NAMES, found, strict=True))
    if not row["yearly"]:
        return Blackout(start=row["starts_at"], end=row["ends_at"], **_shared(row))
    zone = ZoneInfo(row["zone"])
    begins, ends = (row[name].astimezone(zone).replace(tzinfo=None) for name in ("starts_at", "ends_at"))
    return YearlyBlackout(begins=begins, ends=ends, zone=row["zone"], **_shared(row))


def _shared(row: dict[str, Any]) -> dict[str, Any]:
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


_SET_IN_SLACK = Prepared(
    union_all(
        select(literal("windows"), col(WindowsRow.body)).where(
            col(WindowsRow.project) == bindparam("project")
        ),
        select(literal("change"), col(ChangeRow.body)).where(col(ChangeRow.project) == bindparam("project")),
    )
)


def set_in_slack(tx: Tx, project: str) -> tuple[tuple[WeeklyWindow, ...] | None, tuple[Change, ...]]:
    """The windows, None while the policy's hold, and the changed occurrences by day: in one statement."""
    found = _SET_IN_SLACK.all(tx, project=project)
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


# --- the locks --------------------------------------------------------------------------------------------


_LOCK = Prepared(
    select(col(LockRow.reason), col(LockRow.since), col(LockRow.release))
    .where(col(LockRow.project) == bindparam("project"))
    .order_by(col(LockRow.since), col(LockRow.release))
)


def locks(tx: Tx, project: str) -> tuple[DeployLock, ...]:
    """Those that stand, the oldest first: each belongs to the release that set it."""
    rows = _LOCK.all(tx, project=project)
    return tuple(DeployLock(reason=row[0], since=row[1], release_id=row[2]) for row in rows)


def lock(tx: Tx, project: str) -> DeployLock | None:
    """What locks deploys now: all that stand, as one."""
    return together(locks(tx, project))


def set_lock(tx: Tx, project: str, found: DeployLock, by: str) -> None:
    """Its release's lock; those of others stay as they are."""
    row = {
        "project": project,
        "release": found.release_id,
        "reason": found.reason,
        "since": found.since,
        "by": by,
    }
    upsert(tx, LockRow, [row], ["project", "release"])


def lift_lock(tx: Tx, project: str, release: str) -> None:
    tx.execute(delete(LockRow).where(col(LockRow.project) == project, col(LockRow.release) == release))
