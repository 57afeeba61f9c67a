"""Exceptions from any restriction of the calendar, not only from blackouts; merges need no release."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_EXCEPTION = sa.table(
    "freeze_exception",
    sa.column("id", sa.String()),
    sa.column("state", sa.String()),
    sa.column("body", sa.Text()),
)
_BLACKOUT = sa.table(
    "blackout",
    sa.column("id", sa.String()),
    sa.column("name", sa.String()),
    sa.column("ends_at", sa.DateTime(timezone=True)),
)


def upgrade() -> None:
    with op.batch_alter_table("freeze_exception") as table:
        table.alter_column("release", existing_type=sa.String(), nullable=True)
    bind = op.get_bind()
    blackouts = {row.id: row for row in bind.execute(sa.select(_BLACKOUT))}
    for row in bind.execute(sa.select(_EXCEPTION)).all():
        old = json.loads(row.body)
        if "blackout" in old:
            body = json.dumps(_generalised(old, blackouts.get(old["blackout"])), ensure_ascii=False)
            bind.execute(sa.update(_EXCEPTION).where(_EXCEPTION.c.id == row.id).values(body=body))


def _generalised(old: dict[str, Any], blackout: Any) -> dict[str, Any]:
    """An exception from a blackout as one from a restriction."""
    restriction = {
        "rule": "blackout",
        "subject": old["blackout"],
        "name": blackout.name if blackout else "",
        "names": None,
    }
    kept = {name: value for name, value in old.items() if name != "blackout"}
    return kept | {
        "restriction": restriction,
        "closed_until": _iso(blackout.ends_at) if blackout else None,
        "decided_at": old.get("since") or (old["asked_at"] if old.get("decided_by") else None),
        "used_at": old.get("since") if old["state"] == "used" else None,
        "ended_at": old.get("since") if old["state"] == "used" else None,
    }


def _iso(at: datetime) -> str:
    """SQLite has no zones: there it is UTC without saying so."""
    return (at if at.tzinfo else at.replace(tzinfo=UTC)).isoformat()
