"""The database as the command line opens it: it must be there and speak this program's schema."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from bot.cli.mistakes import Mistake, reader, say
from bot.clock import Clock, FileClock, SystemClock
from bot.settings import Settings
from messages.cli import Code, said
from storage import schema
from storage.db import Database
from storage.db.engines import sqlite_path


def clock_of(settings: Settings) -> Clock:
    """Business time. Raises ClockFileBroken."""
    return FileClock(settings.clock_file) if settings.clock_file else SystemClock()


@contextmanager
def opened(settings: Settings) -> Iterator[Database]:
    """For reading. Raises Mistake when there is nothing to read, or it must be migrated first."""
    path = sqlite_path(settings.database)
    if path is not None and not path.exists():
        raise Mistake(Code.NO_DATABASE, file=str(path))
    database = Database(settings.database, now=clock_of(settings))
    try:
        match schema.state(database.engine):
            case schema.State.EMPTY | schema.State.BEHIND:
                raise Mistake(Code.DATABASE_BEHIND)
            case schema.State.NEWER:
                raise schema.NewerDatabase("?")
            case schema.State.CURRENT:
                yield database
    finally:
        database.close()


def migrate(settings: Settings) -> None:
    schema.upgrade(settings.database)
    say(said(reader(), Code.MIGRATED, revision=schema.head()))
