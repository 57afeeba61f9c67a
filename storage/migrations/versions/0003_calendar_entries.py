"""Blackouts of a kind, for some, every year; single occurrences moved or cancelled."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    for column in (
        sa.Column("kind", sa.String(), nullable=False, server_default="blackout"),
        sa.Column("yearly", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("zone", sa.String(), nullable=False, server_default="UTC"),
        sa.Column("types", sa.String(), nullable=False, server_default=""),
        sa.Column("environments", sa.String(), nullable=False, server_default="production"),
        sa.Column("revision", sa.Integer(), nullable=False, server_default="0"),
    ):
        op.add_column("blackout", column)
    op.create_table(
        "calendar_change",
        sa.Column("project", sa.String(), nullable=False),
        sa.Column("of", sa.String(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("project", "of", "day", name="pk_calendar_change"),
    )
