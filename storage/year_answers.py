"""What was answered to the proposals and the dates of a coming year."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime

from sqlalchemy import delete, select
from sqlmodel import col

from domain.calendar.rollover.model import Answer, Choice
from storage.db import Tx
from storage.people import upsert
from storage.tables import YearAnswerRow


def answers(tx: Tx, project: str, since: datetime) -> tuple[Answer, ...]:
    """Those given since a moment, in the order in which they were given."""
    query = (
        select(YearAnswerRow.__table__)  # type: ignore[attr-defined]  # set by SQLModel
        .where(col(YearAnswerRow.project) == project, col(YearAnswerRow.at) >= since)
        .order_by(col(YearAnswerRow.at), col(YearAnswerRow.key))
    )
    return tuple(
        Answer(
            key=row["key"],
            choice=Choice(row["choice"]),
            by=row["by"],
            at=row["at"],
            blackout=row["blackout"],
        )
        for row in tx.execute(query).mappings()
    )


def put(tx: Tx, project: str, answer: Answer) -> None:
    """The last answer to a thing is the one that stands."""
    row = {"project": project, **asdict(answer), "choice": answer.choice.value}
    upsert(tx, YearAnswerRow, [row], ["project", "key"])


def remove(tx: Tx, project: str, key: str) -> None:
    tx.execute(
        delete(YearAnswerRow).where(col(YearAnswerRow.project) == project, col(YearAnswerRow.key) == key)
    )
