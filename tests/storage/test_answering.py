"""A database that cannot be asked is told apart from one that was asked something wrong."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError, ProgrammingError
from sqlalchemy.exc import TimeoutError as NoConnectionFree

from storage.db import Database, NotAnswering, answering


def _of_sqlite(code: int) -> OperationalError:
    told = sqlite3.OperationalError("told")
    told.sqlite_errorcode = code
    return OperationalError("SELECT 1", {}, told)


AWAY: dict[str, Exception] = {
    "busy": _of_sqlite(sqlite3.SQLITE_BUSY),
    "busy with a snapshot": _of_sqlite(sqlite3.SQLITE_BUSY_SNAPSHOT),
    "locked": _of_sqlite(sqlite3.SQLITE_LOCKED),
    "read only": _of_sqlite(sqlite3.SQLITE_READONLY),
    "disk error": _of_sqlite(sqlite3.SQLITE_IOERR_READ),
    "disk full": _of_sqlite(sqlite3.SQLITE_FULL),
    "cannot open": _of_sqlite(sqlite3.SQLITE_CANTOPEN),
    "connection refused": OperationalError("SELECT 1", {}, Exception("told")),
    "connection closed": InterfaceError("SELECT 1", {}, Exception("told")),
    "connection lost": DBAPIError("SELECT 1", {}, Exception("told"), connection_invalidated=True),
    "no connection free": NoConnectionFree("told"),
}
WRONG: dict[str, Exception] = {
    "no such table": _of_sqlite(sqlite3.SQLITE_ERROR),
    "syntax": ProgrammingError("SELEC 1", {}, Exception("told")),
    "a bug of ours": ZeroDivisionError("told"),
}


@pytest.mark.parametrize("error", AWAY.values(), ids=AWAY)
def test_what_cannot_be_asked_is_told_with_the_driver_s_words(error: Exception) -> None:
    with pytest.raises(NotAnswering, match=r"^told$"), answering():
        raise error


@pytest.mark.parametrize("error", WRONG.values(), ids=WRONG)
def test_what_was_asked_wrong_stays_what_it_is(error: Exception) -> None:
    with pytest.raises(type(error)) as raised, answering():
        raise error
    assert raised.value is error


def test_a_port_that_nobody_listens_at_does_not_answer() -> None:
    database = Database("postgresql://naru@127.0.0.1:1/naru")
    with pytest.raises(NotAnswering, match="Connection refused"), answering():
        database.read_now(lambda tx: tx.execute(text("SELECT 1")))
    database.close()


def test_a_table_that_is_not_there_is_a_bug(database: Database) -> None:
    with pytest.raises(DBAPIError), answering():
        database.read_now(lambda tx: tx.execute(text("SELECT * FROM nowhere")))


def test_a_file_that_cannot_be_opened_does_not_answer(tmp_path: Path) -> None:
    path = tmp_path / "naru.db"
    database = Database(f"sqlite:///{path}")
    path.unlink()
    path.mkdir()
    with pytest.raises(NotAnswering, match="unable to open database file"), answering():
        database.read_now(lambda tx: tx.execute(text("SELECT 1")))
    database.close()
