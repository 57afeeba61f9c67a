"""Snapshots in war rooms, messages put on their timelines by emoji, and who was told what they are about."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "room_snapshot",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("room", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_room_snapshot"),
        sa.ForeignKeyConstraint(["room"], ["room.id"], name="fk_room_snapshot_room_room"),
    )
    op.create_index("ix_room_snapshot_room", "room_snapshot", ["room"])
    op.create_table(
        "room_marked",
        sa.Column("room", sa.String(), nullable=False),
        sa.Column("ts", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("room", "ts", name="pk_room_marked"),
        sa.ForeignKeyConstraint(["room"], ["room.id"], name="fk_room_marked_room_room"),
    )
    op.create_table(
        "room_briefed",
        sa.Column("room", sa.String(), nullable=False),
        sa.Column("user", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("room", "user", name="pk_room_briefed"),
        sa.ForeignKeyConstraint(["room"], ["room.id"], name="fk_room_briefed_room_room"),
    )
