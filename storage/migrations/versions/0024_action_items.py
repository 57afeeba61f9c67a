"""How many action items of a post-mortem are still open."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("room") as batch:
        batch.add_column(sa.Column("owed", sa.Integer(), nullable=False, server_default="0"))
    with op.batch_alter_table("room") as batch:
        batch.alter_column("owed", server_default=None)
