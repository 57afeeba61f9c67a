"""Rehearsals of rollbacks: kept for good, the newest that went well counts."""

from __future__ import annotations

from sqlalchemy import insert, select, true
from sqlmodel import col

from domain.rehearsals import Rehearsal
from storage.db import Tx
from storage.tables import RehearsalRow

_COLUMNS = tuple(col(getattr(RehearsalRow, name)) for name in Rehearsal.__dataclass_fields__)


def add(tx: Tx, rehearsal: Rehearsal) -> None:
    tx.execute(insert(RehearsalRow).values(**vars(rehearsal)))


def newest(tx: Tx, project: str) -> Rehearsal | None:
    """The newest one of the project that succeeded."""
    query = (
        select(*_COLUMNS)
        .where(col(RehearsalRow.project) == project, col(RehearsalRow.succeeded) == true())
        .order_by(col(RehearsalRow.at).desc(), col(RehearsalRow.id).desc())
        .limit(1)
    )
    row = tx.execute(query).mappings().first()
    return Rehearsal(**row) if row else None
