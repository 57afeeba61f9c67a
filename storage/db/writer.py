"""The one writer of a SQLite file: runs units of work in turn and commits neighbours together."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError

from storage.db.engines import Turnstile
from storage.db.turns import Turn
from storage.db.tx import Tx

BATCH = 64


class NotStarted(Exception):
    """The unit of work was dropped before its transaction began: nothing is recorded."""


class Unavailable(Exception):
    """The database cannot be written now."""


class _BatchDead(Exception):
    """The transaction that a batch shares is gone, whatever its job says of the reason."""


@dataclass
class Job:
    """A unit of work that waits. `deadline` is monotonic seconds; past it the job is dropped unstarted."""

    work: Callable[[Tx], Any]
    deadline: float | None = None
    future: Future[Any] = field(default_factory=Future)

    @property
    def late(self) -> bool:
        return self.deadline is not None and time.monotonic() > self.deadline


@dataclass
class Done:
    job: Job
    result: Any = None
    error: BaseException | None = None
    wrote_outbox: bool = False

    def resolve(self) -> None:
        if self.error is not None:
            self.job.future.set_exception(self.error)
        else:
            self.job.future.set_result(self.result)


class Writer:
    """A thread that owns the writing connection.

    Every answer, refusals and read results too, is given only after the outer COMMIT: it may rest on a
    neighbour's row. A batch that dies is replayed job by job; the request keys make that harmless.
    """

    def __init__(self, engine: Engine, turnstile: Turnstile, now: Callable[[], datetime], turn: Turn) -> None:
        self._engine = engine
        self._turn = turn
        self._turnstile = turnstile
        self._now = now
        self._jobs: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
        self._alive = True
        self._connection: Connection | None = None
        self.on_outbox: Callable[[], None] = lambda: None
        self._thread = threading.Thread(target=self._loop, name="naru-writer", daemon=True)
        self._thread.start()

    @property
    def alive(self) -> bool:
        return self._alive and self._thread.is_alive()

    def submit(self, job: Job) -> Future[Any]:
        if not self.alive:
            raise Unavailable("the writer has stopped")
        self._jobs.put(job)
        if not self.alive:
            self._fail_queue()  # it stopped between the look and the put
        return job.future

    def stop(self) -> None:
        """Finish what is queued, then end."""
        self._jobs.put(None)
        self._thread.join()

    def _loop(self) -> None:
        try:
            while self._alive:
                batch = self._next_batch()
                if batch:
                    self._run(batch)
        finally:
            self._alive = False
            self._fail_queue()
            self._disconnect()

    def _next_batch(self) -> list[Job]:
        """Wait for one job, then take along whatever waits already; never wait to fill a batch."""
        batch: list[Job] = []
        job = self._jobs.get()
        while True:
            if job is None:
                self._alive = False
                return batch
            # From here on the caller cannot cancel any more: a job that has begun is finished.
            if job.future.set_running_or_notify_cancel():
                batch.append(job)
            if len(batch) >= BATCH or self._jobs.empty():
                return batch
            job = self._jobs.get()

    def _run(self, batch: list[Job]) -> None:
        try:
            done = self._commit_together(batch)
        except (SQLAlchemyError, OSError, _BatchDead) as error:
            self._disconnect()
            done = [self._alone(job) for job in batch] if len(batch) > 1 else [_failed(batch[0], error)]
        for outcome in done:
            outcome.resolve()
        if any(outcome.wrote_outbox for outcome in done):
            self.on_outbox()

    def _commit_together(self, batch: list[Job]) -> list[Done]:
        connection = self._connection = self._connection or self._engine.connect()
        with self._turnstile.held(), connection.begin(), self._turn.held():
            return [self._one(connection, job) for job in batch]

    def _disconnect(self) -> None:
        """What went wrong may have been the connection: the next batch gets another one."""
        if self._connection is not None:
            connection, self._connection = self._connection, None
            connection.close()

    def _alone(self, job: Job) -> Done:
        try:
            return self._commit_together([job])[0]
        except (SQLAlchemyError, OSError, _BatchDead) as error:
            self._disconnect()
            return _failed(job, error)

    def _one(self, connection: Connection, job: Job) -> Done:
        if job.late:
            return Done(job, error=NotStarted())
        tx = Tx(connection, self._now)
        tx.open_savepoint()
        try:
            result = job.work(tx)
            tx.finish(keep=True)
        except BaseException as error:  # whatever a job raises belongs to its caller
            if not _in_transaction(connection):
                raise _BatchDead from error
            tx.finish(keep=False)
            return Done(job, error=error)
        return Done(job, result=result, wrote_outbox=tx.wrote_outbox)

    def _fail_queue(self) -> None:
        with suppress(queue.Empty):
            while True:
                job = self._jobs.get_nowait()
                if job is not None and job.future.set_running_or_notify_cancel():
                    job.future.set_exception(Unavailable("the writer has stopped"))


def _failed(job: Job, error: Exception) -> Done:
    return Done(job, error=error.__cause__ if isinstance(error, _BatchDead) else error)


def _in_transaction(connection: Connection) -> bool:
    raw = connection.connection.dbapi_connection
    return bool(raw is not None and getattr(raw, "in_transaction", False))
