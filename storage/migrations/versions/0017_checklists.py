"""Checklists of releases and war rooms, the states of their items, and reports of checks."""

from __future__ import annotations

import json

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "checklist",
        sa.Column("owner", sa.String(), nullable=False),
        sa.Column("phase", sa.String(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("owner", "phase", name="pk_checklist"),
    )
    op.create_table(
        "item_state",
        sa.Column("owner", sa.String(), nullable=False),
        sa.Column("phase", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("owner", "phase", "key", name="pk_item_state"),
    )
    op.create_table(
        "check_result",
        sa.Column("project", sa.String(), nullable=False),
        sa.Column("sha", sa.String(), nullable=False),
        sa.Column("check_name", sa.String(), nullable=False),
        sa.Column("passed", sa.Boolean(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("evidence", sa.String(), nullable=False),
        sa.Column("link", sa.String(), nullable=False),
        sa.Column("value", sa.Float(), nullable=True),
        sa.PrimaryKeyConstraint("project", "sha", "check_name", name="pk_check_result"),
    )
    _without_confirmed_lists()


_GONE = ("pre_release_items", "post_release_items")


def _without_confirmed_lists() -> None:
    """Two items stood for whole lists and were confirmed at once: no program knows them any more."""
    release = sa.table("release", sa.column("id", sa.String()), sa.column("body", sa.Text()))
    named = sa.or_(*(release.c.body.contains(f'"{name}"') for name in _GONE))
    link = op.get_bind()
    for key, body in link.execute(sa.select(release.c.id, release.c.body).where(named)).all():
        found = json.loads(body)
        found["confirmations"] = [one for one in found.get("confirmations", ()) if one["item"] not in _GONE]
        written = json.dumps(found, ensure_ascii=False, separators=(",", ":"))
        link.execute(sa.update(release).where(release.c.id == key).values(body=written))
    # What is only on its way to be told, or to be answered again, is not worth more than the program's start.
    for name in ("outbox", "inbox"):
        column = sa.column("body", sa.Text()) if name == "outbox" else sa.column("answer", sa.Text())
        waiting = sa.table(name, column)
        link.execute(sa.delete(waiting).where(sa.or_(*(column.contains(f'"{gone}"') for gone in _GONE))))
