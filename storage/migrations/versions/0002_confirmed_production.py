"""What a person confirmed to run in production before a project's first release."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("project", sa.Column("production", sa.String(), nullable=True))
    op.add_column("project", sa.Column("production_by", sa.String(), nullable=True))
    op.add_column("project", sa.Column("production_at", sa.DateTime(timezone=True), nullable=True))
