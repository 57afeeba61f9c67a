"""What was published in a project's feeds, by the key of each item."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select
from sqlmodel import col

from domain.calendar.published import Edition
from storage.db import Tx
from storage.people import upsert
from storage.tables import PublishedRow


def editions(tx: Tx, project: str) -> dict[str, Edition]:
    """The last edition of everything that was ever published; on PostgreSQL locked for the next."""
    query = select(PublishedRow.__table__).where(col(PublishedRow.project) == project)  # type: ignore[attr-defined]  # set by SQLModel
    if tx.dialect == "postgresql":
        query = query.with_for_update()
    return {
        row["key"]: Edition(row["content"], row["sequence"], row["revised_at"])
        for row in tx.execute(query).mappings()
    }


def put(tx: Tx, project: str, found: Mapping[str, Edition]) -> None:
    rows = [
        {
            "project": project,
            "key": key,
            "content": one.content,
            "sequence": one.sequence,
            "revised_at": one.revised_at,
        }
        for key, one in found.items()
    ]
    upsert(tx, PublishedRow, rows, ["project", "key"])
