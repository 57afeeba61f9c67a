"""Where the branches under a code freeze were last seen, and what came onto them that is no fix."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "watched_branch",
        sa.Column("project", sa.String(), nullable=False),
        sa.Column("branch", sa.String(), nullable=False),
        sa.Column("head", sa.String(), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("project", "branch", name="pk_watched_branch"),
    )
    op.create_table(
        "frozen_commit",
        sa.Column("project", sa.String(), nullable=False),
        sa.Column("sha", sa.String(), nullable=False),
        sa.Column("branch", sa.String(), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("project", "sha", name="pk_frozen_commit"),
    )
