"""A database that cannot be asked is another thing than one that was asked something wrong."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnectionFree

_NOT_NOW = frozenset(
    {
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_PROTOCOL,
    }
)


class NotAnswering(Exception):
    """It could not be asked, or did not answer; `args[0]` is what the driver said of it."""


@contextmanager
def answering() -> Iterator[None]:
    """Raises NotAnswering for a database that is away, locked or full; what else it raises is a bug."""
    try:
        yield
    except NoConnectionFree as error:
        raise NotAnswering(str(error)) from error
    except DBAPIError as error:
        if not _cannot_be_asked(error):
            raise
        raise NotAnswering(str(error.orig)) from error


def _cannot_be_asked(error: DBAPIError) -> bool:
    """SQLite has one kind of error for an unknown table and for a full disk, with different codes."""
    code = getattr(error.orig, "sqlite_errorcode", None)
    if code is not None:
        return code & 0xFF in _NOT_NOW
    return error.connection_invalidated or isinstance(error, (OperationalError, InterfaceError))


__all__ = ["NotAnswering", "answering"]
