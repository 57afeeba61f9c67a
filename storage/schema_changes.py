"""Changes of the schema over several releases: one JSON body each."""

from __future__ import annotations

from sqlalchemy import select
from sqlmodel import col

from domain.schema_changes import SchemaChange, SchemaState
from storage.codec import adapter
from storage.db import Tx
from storage.people import upsert
from storage.tables import SchemaChangeRow

_CHANGE = adapter(SchemaChange)


def opened(tx: Tx, project: str) -> tuple[SchemaChange, ...]:
    """Those that are open, oldest first."""
    query = (
        select(col(SchemaChangeRow.body))
        .where(col(SchemaChangeRow.project) == project, col(SchemaChangeRow.state) == SchemaState.OPEN.value)
        .order_by(col(SchemaChangeRow.started_at), col(SchemaChangeRow.id))
    )
    return tuple(_CHANGE.validate_json(str(row[0])) for row in tx.execute(query))


def get(tx: Tx, id_: str, *, lock: bool = False) -> SchemaChange | None:
    """`lock` for whoever will change it: a reading transaction may not."""
    query = select(col(SchemaChangeRow.body)).where(col(SchemaChangeRow.id) == id_)
    if lock and tx.dialect == "postgresql":
        query = query.with_for_update()
    body = tx.execute(query).scalar()
    return _CHANGE.validate_json(str(body)) if body is not None else None


def put(tx: Tx, change: SchemaChange) -> None:
    row = {
        "id": change.id,
        "project": change.project,
        "state": change.state.value,
        "started_at": change.started_at,
        "body": _CHANGE.dump_json(change).decode(),
    }
    upsert(tx, SchemaChangeRow, [row], ["id"])
