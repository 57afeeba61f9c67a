"""How alembic finds the database and writes what it compares. `schema.upgrade` hands over its connection;

`alembic -x url=sqlite:///x.db revision --autogenerate` (with this folder as script_location) opens its own.
"""

from __future__ import annotations

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy import Connection, create_engine
from sqlmodel import SQLModel
from sqlmodel.sql.sqltypes import AutoString, UTCDateTime

import storage.tables  # noqa: F401 - fills the metadata


def render_item(kind: str, value: Any, _context: AutogenContext) -> str | Literal[False]:
    """SQLModel's own types are written as SQLAlchemy's: a revision must not change with SQLModel."""
    if kind == "type" and isinstance(value, AutoString):
        return "sa.String()"
    if kind == "type" and isinstance(value, UTCDateTime):
        return "sa.DateTime(timezone=True)"
    return False


def run(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=SQLModel.metadata,
        render_as_batch=connection.dialect.name == "sqlite",
        render_item=render_item,
        compare_type=True,
        transactional_ddl=True,
    )
    with context.begin_transaction():
        context.run_migrations()


given = context.config.attributes.get("connection")
if given is not None:
    run(given)
else:
    with create_engine(context.get_x_argument(as_dictionary=True)["url"]).begin() as opened:
        run(opened)
