"""Engines for both databases, and what SQLite needs to be durable and fair."""

from __future__ import annotations

import fcntl
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Engine, create_engine, event
from sqlalchemy.engine import make_url

BUSY_TIMEOUT_MS = 5_000


def sqlite_path(url: str | URL) -> Path | None:
    """The database file of a SQLite URL, None for any other database."""
    parsed = make_url(url)
    return Path(parsed.database) if parsed.get_backend_name() == "sqlite" and parsed.database else None


def sqlite_engine(url: str, *, write: bool) -> Engine:
    """WAL and full sync; writers begin IMMEDIATE so that a lock is never upgraded midway."""
    engine = create_engine(url, connect_args={"check_same_thread": False}, pool_size=8, max_overflow=8)

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: object) -> None:
        connection.isolation_level = None  # BEGIN is ours: the driver would begin too late
        for pragma in (
            "journal_mode=WAL",
            "synchronous=FULL",
            "foreign_keys=ON",
            # What a savepoint may take back would else be written to a temporary file: 38 writes a decision.
            "temp_store=MEMORY",
            f"busy_timeout={BUSY_TIMEOUT_MS}",
            "query_only=OFF" if write else "query_only=ON",
        ):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Any) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")

    return engine


def postgres_engine(url: str) -> Engine:
    parsed = make_url(url)
    if parsed.drivername in {"postgresql", "postgres"}:
        parsed = parsed.set(drivername="postgresql+psycopg")
    return create_engine(parsed, pool_size=10, max_overflow=5, pool_pre_ping=True)


class Turnstile:
    """Fair turns among processes that write one SQLite file.

    SQLite's own waiting starves (worst wait over 2 s, measured); here a process queues for `turn`, and
    holds `lock` while it writes: nobody can take the lock twice in a row past somebody who waits. The locks
    of the system are a process's; its threads take turns by one of their own.
    """

    def __init__(self, database: Path) -> None:
        self._thread = threading.Lock()
        self._turn = os.open(f"{database}.turn", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        self._lock = os.open(f"{database}.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)

    @contextmanager
    def held(self) -> Iterator[None]:
        with self._thread, self._held_by_process():
            yield

    @contextmanager
    def _held_by_process(self) -> Iterator[None]:
        fcntl.flock(self._turn, fcntl.LOCK_EX)
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX)
        finally:
            fcntl.flock(self._turn, fcntl.LOCK_UN)
        try:
            yield
        finally:
            fcntl.flock(self._lock, fcntl.LOCK_UN)

    def close(self) -> None:
        os.close(self._turn)
        os.close(self._lock)
