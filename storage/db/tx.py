"""One unit of work: a connection inside a transaction, and the clocks as they stand inside it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Executable
from sqlalchemy.engine import CursorResult
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

Rows = Mapping[str, Any] | Sequence[Mapping[str, Any]] | None


class NoWayBack(Exception):
    """Something was written that only a savepoint could take back, and there is none: run again with one."""


class Tx:
    """What storage functions get. `execute` speaks Core; `session` is an ORM session on the same transaction.

    `now` is business time and may be moved; `wall` is the machine's time and may not (design, two clocks).
    Both are asked inside the transaction, after its locks.
    """

    def __init__(self, connection: Connection, now: Callable[[], datetime]) -> None:
        self.connection = connection
        self.now = now
        self.dialect = connection.dialect.name
        self._driver: Any = connection.connection.dbapi_connection
        self._session: Session | None = None
        self._savepoint = False
        self.wrote = False
        self.wrote_outbox = False

    @property
    def session(self) -> Session:
        self.wrote = True  # it does not tell what it flushes
        if self._session is None:
            self._session = Session(bind=self.connection, join_transaction_mode="create_savepoint")
        return self._session

    def execute(self, statement: Executable, rows: Rows = None) -> CursorResult[*tuple[Any, ...]]:
        """Run a Core statement, after whatever the ORM session still holds back."""
        if self._session is not None:
            self._session.flush()
        self.wrote = self.wrote or not statement.is_select
        return self.connection.execute(statement, rows)

    def drive(self, text: str, values: Any = ()) -> Any:
        """Run SQL in the driver's own words and return its cursor; errors are those of `execute`."""
        if self._session is not None:
            self._session.flush()
        try:
            return self._driver.execute(text, values)
        except self.connection.dialect.loaded_dbapi.Error as error:
            raise self._told(error, text, values) from error

    def drive_many(self, text: str, rows: Sequence[Any]) -> None:
        """The same for many rows."""
        self.wrote = True
        if self._session is not None:
            self._session.flush()
        try:
            self._driver.cursor().executemany(text, rows)
        except self.connection.dialect.loaded_dbapi.Error as error:
            raise self._told(error, text, rows) from error

    def wall(self) -> datetime:
        return datetime.now(UTC)

    def open_savepoint(self) -> None:
        self.drive("SAVEPOINT unit")
        self._savepoint = True

    def undo(self) -> None:
        """Take back all that this unit of work wrote, and go on inside the same transaction.

        Raises NoWayBack when something was written and there is no savepoint.
        """
        self._end_session(keep=False)
        if self._savepoint:
            self.drive("ROLLBACK TO SAVEPOINT unit")
        elif self.wrote:
            raise NoWayBack
        self.wrote = self.wrote_outbox = False

    def finish(self, *, keep: bool) -> None:
        """Release or roll back this unit of work's savepoint."""
        self._end_session(keep=keep)
        if not self._savepoint:
            return
        if not keep:
            self.drive("ROLLBACK TO SAVEPOINT unit")
        self.drive("RELEASE SAVEPOINT unit")
        self._savepoint = False

    def abandon(self) -> None:
        """Let go of what is held: the whole transaction is about to be rolled back."""
        self._end_session(keep=False)

    def _end_session(self, *, keep: bool) -> None:
        if self._session is None:
            return
        if keep:
            self._session.commit()
        self._session.close()
        self._session = None

    def _told(self, error: Exception, text: str, values: Any) -> BaseException:
        """The driver's error as SQLAlchemy tells it; a connection that is gone leaves the pool."""
        dialect = self.connection.dialect
        lost = dialect.is_disconnect(error, self._driver, None)  # type: ignore[arg-type]  # only errors come here
        if lost:
            self.connection.invalidate(error)
        return DBAPIError.instance(
            text, values, error, dialect.loaded_dbapi.Error, connection_invalidated=lost, dialect=dialect
        )
