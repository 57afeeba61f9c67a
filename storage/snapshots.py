"""Snapshots of releases in their war rooms: written once, never changed."""

from __future__ import annotations

from sqlalchemy import insert, select
from sqlmodel import col

from domain.rollback.snapshot import Snapshot
from storage.codec import adapter
from storage.db import Tx
from storage.tables import SnapshotRow

_BODY = adapter(Snapshot)


def add(tx: Tx, snapshot: Snapshot) -> None:
    tx.execute(
        insert(SnapshotRow).values(
            id=snapshot.id,
            room=snapshot.room,
            at=snapshot.at,
            body=_BODY.dump_json(snapshot).decode(),
        )
    )


def get(tx: Tx, snapshot: str) -> Snapshot | None:
    row = tx.execute(select(col(SnapshotRow.body)).where(col(SnapshotRow.id) == snapshot)).first()
    return _BODY.validate_json(str(row[0])) if row else None


def of_room(tx: Tx, room: str) -> tuple[Snapshot, ...]:
    """Oldest first."""
    query = select(col(SnapshotRow.body)).where(col(SnapshotRow.room) == room)
    rows = tx.execute(query.order_by(col(SnapshotRow.at), col(SnapshotRow.id)))
    return tuple(_BODY.validate_json(str(row[0])) for row in rows)
