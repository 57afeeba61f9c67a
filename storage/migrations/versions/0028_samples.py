"""More requests than 32 bits can count."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # SQLite counts in 64 bits anyhow.
    if op.get_bind().dialect.name == "postgresql":
        op.alter_column("reading", "samples", type_=sa.BigInteger())
