"""Moments at which something is to be said: kept as rows, found by a query, each done or skipped once."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import col

from domain.reminders import Reminder
from storage.codec import adapter
from storage.db import Tx
from storage.tables import ReminderRow

_REMINDER = adapter(Reminder)
KEPT = timedelta(days=400)
"""Longer than a clock can be wrong: what was said is not said again once it is set right."""


def plan(tx: Tx, project: str, subject: str, wanted: Iterable[Reminder], *, after: datetime) -> None:
    """Make the reminders of a subject that are due after a moment exactly these.

    What is due already stays in place: whoever fires it looks whether it still holds, and records if not.
    """
    tx.execute(
        delete(ReminderRow).where(
            col(ReminderRow.project) == project,
            col(ReminderRow.subject) == subject,
            col(ReminderRow.state) == "waiting",
            col(ReminderRow.due) > after,
        )
    )
    add(tx, project, (reminder for reminder in wanted if reminder.due > after))


def add(tx: Tx, project: str, wanted: Iterable[Reminder]) -> None:
    """Add reminders; one whose key is there, waiting or over, stays as it is."""
    rows = [
        {
            "key": f"{project}:{reminder.key}",
            "project": project,
            "subject": reminder.subject,
            "kind": reminder.kind.value,
            "due": reminder.due,
            "expires": reminder.expires,
            "state": "waiting",
            "body": _REMINDER.dump_json(reminder).decode(),
        }
        for reminder in wanted
    ]
    if rows:
        dialect = postgresql if tx.dialect == "postgresql" else sqlite
        tx.execute(dialect.insert(ReminderRow).on_conflict_do_nothing(index_elements=["key"]), rows)


def due(tx: Tx, at: datetime, limit: int) -> list[tuple[str, Reminder]]:
    """(project, reminder) of what is due, earliest first; locked on PostgreSQL, skipping a neighbour's."""
    query = (
        select(col(ReminderRow.project), col(ReminderRow.body))
        .where(col(ReminderRow.state) == "waiting", col(ReminderRow.due) <= at)
        .order_by(col(ReminderRow.due), col(ReminderRow.key))
        .limit(limit)
    )
    if tx.dialect == "postgresql":
        query = query.with_for_update(skip_locked=True)
    return [(str(row[0]), _REMINDER.validate_json(str(row[1]))) for row in tx.execute(query)]


def get(tx: Tx, project: str, key: str, *, lock: bool = False) -> Reminder | None:
    """Waiting or over. `lock` for whoever answers it: a reading transaction may not."""
    query = select(col(ReminderRow.body)).where(col(ReminderRow.key) == f"{project}:{key}")
    if lock and tx.dialect == "postgresql":
        query = query.with_for_update()
    body = tx.execute(query).scalar()
    return _REMINDER.validate_json(str(body)) if body is not None else None


def was_said(tx: Tx, project: str, key: str) -> bool:
    """Whether it has come, and was not skipped."""
    query = select(col(ReminderRow.state)).where(col(ReminderRow.key) == f"{project}:{key}")
    return tx.execute(query).scalar() == "done"


def end(tx: Tx, project: str, reminder: Reminder, state: str) -> None:
    """`state` is done or skipped."""
    tx.execute(
        update(ReminderRow).where(col(ReminderRow.key) == f"{project}:{reminder.key}").values(state=state)
    )


def next_due(tx: Tx) -> datetime | None:
    """When the next reminder is due (business time), None when none waits."""
    return tx.execute(
        select(func.min(col(ReminderRow.due))).where(col(ReminderRow.state) == "waiting")
    ).scalar()


def forget_old(tx: Tx, at: datetime) -> None:
    tx.execute(
        delete(ReminderRow).where(col(ReminderRow.state) != "waiting", col(ReminderRow.due) < at - KEPT)
    )
