"""What people answer to their reminders: seen, or later."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "reminder_answer",
        sa.Column("project", sa.String(), nullable=False),
        sa.Column("matter", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("project", "matter", "person", name=op.f("pk_reminder_answer")),
    )
