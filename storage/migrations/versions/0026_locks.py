"""A deploy lock belongs to the release that set it: several can stand in a project."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

_FIELDS = ("project", "release", "reason", "since", "by")


def upgrade() -> None:
    """Written anew: a primary key cannot be changed in place on every database."""
    before = sa.table("deploy_lock", *(sa.column(name) for name in _FIELDS))
    standing = [dict(row) for row in op.get_bind().execute(sa.select(before)).mappings()]
    op.drop_table("deploy_lock")
    op.create_table(
        "deploy_lock",
        sa.Column("project", sa.String(), nullable=False),
        sa.Column("release", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("project", "release", name="pk_deploy_lock"),
    )
    if standing:
        op.bulk_insert(before, standing)
