"""What people answered to their reminders: one answer per person and matter, the last one."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, select
from sqlmodel import col

from domain.reminders import Answer, Reminder
from storage.db import Tx
from storage.people import upsert
from storage.reminders import KEPT
from storage.tables import AnswerRow

_KEYS = ("project", "matter", "person")


def of_matter(tx: Tx, project: str, reminder: Reminder) -> dict[str, Answer]:
    """By user id."""
    query = select(col(AnswerRow.person), col(AnswerRow.answered_at), col(AnswerRow.until)).where(
        col(AnswerRow.project) == project, col(AnswerRow.matter) == reminder.matter
    )
    return {str(user): Answer(at=at, until=until) for user, at, until in tx.execute(query)}


def put(tx: Tx, project: str, reminder: Reminder, user: str, answer: Answer) -> None:
    row = {"project": project, "matter": reminder.matter, "person": user}
    upsert(tx, AnswerRow, [row | {"answered_at": answer.at, "until": answer.until}], _KEYS)


def remove(tx: Tx, project: str, reminder: Reminder, user: str) -> None:
    tx.execute(
        delete(AnswerRow).where(
            col(AnswerRow.project) == project,
            col(AnswerRow.matter) == reminder.matter,
            col(AnswerRow.person) == user,
        )
    )


def forget_old(tx: Tx, at: datetime) -> None:
    """Nothing is said of a matter as long ago."""
    tx.execute(delete(AnswerRow).where(col(AnswerRow.answered_at) < at - KEPT))
