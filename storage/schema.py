"""Brings a database to the schema that this program speaks, and tells whether it is there."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, text

from storage.db.engines import Turnstile, postgres_engine, sqlite_engine, sqlite_path

MIGRATIONS = Path(__file__).parent / "migrations"
_MIGRATION_LOCK = 0x6D696772  # "migr"; two replicas that start together migrate once


class State(StrEnum):
    """How a database stands to this program."""

    EMPTY = "empty"
    BEHIND = "behind"
    CURRENT = "current"
    NEWER = "newer"


class NewerDatabase(Exception):
    """The database was migrated by a newer program; `args[0]` is its revision."""


class BrokenReferences(Exception):
    """After a migration rows point at rows that are not there; nothing was committed."""


def upgrade(target: str | Engine) -> None:
    """Migrate to the newest revision in one transaction: a migration killed midway leaves the old schema.

    Raises NewerDatabase, BrokenReferences, and what the driver raises when it cannot be reached.
    """
    engine = target if isinstance(target, Engine) else _engine(target)
    try:
        with _turn(engine):
            _upgrade(engine)
    finally:
        if engine is not target:
            engine.dispose()


def is_current(engine: Engine) -> bool:
    return state(engine) is State.CURRENT


def state(engine: Engine) -> State:
    with engine.connect() as connection:
        return _state(connection)


def head() -> str:
    """The revision that this program speaks."""
    return _scripts().get_current_head() or ""


def _engine(url: str) -> Engine:
    path = sqlite_path(url)
    if path is None:
        return postgres_engine(url)
    path.parent.mkdir(parents=True, exist_ok=True)
    return sqlite_engine(url, write=True)


@contextmanager
def _turn(engine: Engine) -> Iterator[None]:
    """On SQLite replicas that start together queue before they connect: a new file turns to WAL at the first
    connection, and who comes upon that is told "locked" at once, without SQLite's waiting.
    """
    path = sqlite_path(engine.url)
    if path is None:
        yield
        return
    turnstile = Turnstile(path)
    try:
        with turnstile.held():
            yield
    finally:
        turnstile.close()


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    return config


def _scripts() -> ScriptDirectory:
    return ScriptDirectory.from_config(_config())


def _state(connection: Connection) -> State:
    at = MigrationContext.configure(connection).get_current_revision()
    if at is None:
        return State.EMPTY
    if at == head():
        return State.CURRENT
    known = {script.revision for script in _scripts().walk_revisions()}
    return State.BEHIND if at in known else State.NEWER


def _upgrade(engine: Engine) -> None:
    with _without_foreign_keys(engine) as connection, connection.begin():
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)").bindparams(key=_MIGRATION_LOCK))
        if _state(connection) is State.NEWER:
            raise NewerDatabase(MigrationContext.configure(connection).get_current_revision())
        config = _config()
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        if connection.dialect.name == "sqlite":
            _check_references(connection)


@contextmanager
def _without_foreign_keys(engine: Engine) -> Iterator[Connection]:
    """On SQLite a batch migration drops and renames tables: with foreign keys on, children would be deleted.

    The switch works only outside a transaction, so it is thrown on the driver's connection.
    """
    with engine.connect() as connection:
        driver = connection.connection.driver_connection
        if connection.dialect.name != "sqlite" or driver is None:
            yield connection
            return
        driver.execute("PRAGMA foreign_keys=OFF")
        try:
            yield connection
        finally:
            driver.execute("PRAGMA foreign_keys=ON")


def _check_references(connection: Connection) -> None:
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    if broken:
        raise BrokenReferences(", ".join(sorted({str(row[0]) for row in broken})))
