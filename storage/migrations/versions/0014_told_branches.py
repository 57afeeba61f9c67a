"""Which branches beside main were told to be stale, and that there were many."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "told_branch",
        sa.Column("project", sa.String(), nullable=False),
        sa.Column("branch", sa.String(), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("project", "branch", name="pk_told_branch"),
    )
