"""The database as the rest of the program sees it: run a unit of work, or read."""

from __future__ import annotations

import asyncio
import sqlite3
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any, TypeVar

from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError

from storage.db.engines import Turnstile, postgres_engine, sqlite_engine, sqlite_path
from storage.db.landing import Landing
from storage.db.turns import turn_of
from storage.db.tx import Tx
from storage.db.writer import Job, NotStarted, Unavailable, Writer

T = TypeVar("T")
READERS = 4
WRITERS = 8
TRIES = 5

__all__ = ["Database", "NotStarted", "Unavailable"]


def _snapshot(tx: Tx) -> object:
    """PostgreSQL's next transaction number: every writing transaction moves it on."""
    return tx.execute(text("SELECT pg_snapshot_xmax(pg_current_snapshot())::text")).scalar()


def _machine_time() -> datetime:
    return datetime.now(UTC)


class Database:
    """`run` writes (one transaction per call), `read` reads; both take a function of a `Tx`.

    `now` is business time. `on_outbox` is called, on some thread, after a commit that added outbox rows.
    """

    def __init__(self, url: str, now: Callable[[], datetime] = _machine_time) -> None:
        self.url = url
        self.now = now
        self._on_outbox: Callable[[], None] = lambda: None
        path = sqlite_path(url)
        self._writer: Writer | None = None
        self._landing: Landing | None = None
        self._turnstile: Turnstile | None = None
        self._freshness: sqlite3.Connection | None = None
        if path is not None:
            path.parent.mkdir(parents=True, exist_ok=True)
            self.engine: Engine = sqlite_engine(url, write=True)
            self._read_engine = sqlite_engine(url, write=False)
            self._turnstile = Turnstile(path)
            self._freshness = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
        else:
            self.engine = postgres_engine(url)
            self._read_engine = self.engine.execution_options(
                isolation_level="REPEATABLE READ", postgresql_readonly=True
            )
        self._pool = ThreadPoolExecutor(READERS if path else WRITERS, thread_name_prefix="naru-db")

    @property
    def is_sqlite(self) -> bool:
        return self._turnstile is not None

    @property
    def alive(self) -> bool:
        """Whether a write can be accepted: false when the writer thread died."""
        return self._writer is None or self._writer.alive

    async def stamp(self) -> object:
        """A value that is another one after anybody committed anything: cheap enough for every request."""
        if self._freshness is not None:
            return self._freshness.execute("PRAGMA data_version").fetchone()[0]
        return await self.read(_snapshot)

    def listen(self, on_outbox: Callable[[], None]) -> None:
        self._on_outbox = on_outbox

    async def run(self, work: Callable[..., T], *args: Any, deadline: float | None = None) -> T:
        """Run `work(tx, *args)` in its own transaction. Resolves after COMMIT, never before.

        `deadline` is monotonic seconds: work that has not begun by then raises NotStarted. Work that began
        goes on although the caller is cancelled.
        """

        def job(tx: Tx) -> T:
            return work(tx, *args)

        loop = asyncio.get_running_loop()
        if self._turnstile is None:
            return await loop.run_in_executor(self._pool, self._on_postgres, job, deadline)
        if self._landing is None or self._landing.loop is not loop:
            self._landing = Landing(loop)
        waiter: asyncio.Future[T] = loop.create_future()
        self._sqlite_writer(loop).submit(Job(job, self._landing, waiter, deadline))
        return await waiter

    async def read(self, work: Callable[..., T], *args: Any) -> T:
        """Run `work(tx, *args)` on a reading connection."""
        return await asyncio.get_running_loop().run_in_executor(self._pool, self.read_now, work, *args)

    def read_now(self, work: Callable[..., T], *args: Any) -> T:
        with self._read_engine.begin() as connection:
            tx = Tx(connection, self.now)
            try:
                return work(tx, *args)
            finally:
                tx.abandon()

    @contextmanager
    def transaction(self) -> Iterator[Tx]:
        """One transaction on the calling thread: for start-up, the command line and tests."""
        if self._turnstile is None:
            with self._unit() as tx:
                yield tx
        else:
            with self._turnstile.held(), self._unit() as tx:
                yield tx
        if tx.wrote_outbox:
            self._on_outbox()

    def ping(self) -> None:
        """Raises what the driver raises when the database does not answer."""
        with self._read_engine.connect() as connection:
            connection.execute(text("SELECT 1"))

    def close(self) -> None:
        if self._writer is not None:
            self._writer.stop()
        self._pool.shutdown()
        self.engine.dispose()
        self._read_engine.dispose()
        if self._freshness is not None:
            self._freshness.close()
        if self._turnstile is not None:
            self._turnstile.close()

    @contextmanager
    def _unit(self) -> Iterator[Tx]:
        with self.engine.begin() as connection:
            tx = Tx(connection, self.now)
            tx.open_savepoint()
            try:
                yield tx
            except BaseException:
                tx.abandon()
                raise
            tx.finish(keep=True)

    def _sqlite_writer(self, loop: asyncio.AbstractEventLoop) -> Writer:
        if self._writer is None:
            assert self._turnstile is not None  # noqa: S101 - narrowed by the caller
            self._writer = Writer(self.engine, self._turnstile, self.now, turn_of(loop))
            self._writer.on_outbox = self._tell_outbox
        return self._writer

    def _tell_outbox(self) -> None:
        self._on_outbox()

    def _on_postgres(self, work: Callable[[Tx], T], deadline: float | None) -> T:
        """Each unit in its own transaction; a lost race (unique key, deadlock) runs again from its start."""
        if deadline is not None and time.monotonic() > deadline:
            raise NotStarted
        for attempt in range(TRIES):
            try:
                with self._unit() as tx:
                    result = work(tx)
            except (IntegrityError, OperationalError) as error:
                if attempt == TRIES - 1 or not _worth_another_try(error):
                    raise
                time.sleep(0.005 * 2**attempt)
                continue
            if tx.wrote_outbox:
                self._on_outbox()
            return result
        raise Unavailable("no attempt was made")


_RACES = {"40001", "40P01", "23505"}  # serialization failure, deadlock, unique violation


def _worth_another_try(error: DBAPIError) -> bool:
    code = getattr(error.orig, "sqlstate", None)
    return code in _RACES or error.connection_invalidated
