"""Whether some of a baseline is still to be asked for."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("health_round") as batch:
        batch.add_column(sa.Column("partial", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("health_round") as batch:
        batch.alter_column("partial", server_default=None)
