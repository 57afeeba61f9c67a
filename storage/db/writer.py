"""The one writer of a SQLite file: runs units of work in turn and commits neighbours together."""

from __future__ import annotations

import asyncio
import queue
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError

from storage.db.engines import Turnstile
from storage.db.landing import Answer, Landing
from storage.db.turns import Turn
from storage.db.tx import Tx

BATCH = 64


class NotStarted(Exception):
    """The unit of work was dropped before its transaction began: nothing is recorded."""


class Unavailable(Exception):
    """The database cannot be written now."""


class _BatchDead(Exception):
    """What a batch did together is of no use any more, whatever its job says of the reason."""


@dataclass(frozen=True)
class Job:
    """A unit of work that waits. `deadline` is monotonic seconds; past it the job is dropped unstarted.

    `waiter` belongs to the loop of `landing`: cancelled before the job begins, the job never does.
    """

    work: Callable[[Tx], Any]
    landing: Landing
    waiter: asyncio.Future[Any]
    deadline: float | None = None

    @property
    def late(self) -> bool:
        return self.deadline is not None and time.monotonic() > self.deadline

    def answer(self, answer: Answer) -> None:
        self.landing.bring(self.waiter, answer)


@dataclass(frozen=True)
class Done:
    job: Job
    answer: Answer
    wrote_outbox: bool = False


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

    def submit(self, job: Job) -> None:
        """Raises Unavailable when the thread has ended."""
        if not self.alive:
            raise Unavailable("the writer has stopped")
        self._jobs.put(job)
        if not self.alive:
            self._fail_queue()  # it stopped between the look and the put

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
            # Whoever gives up from here on is too late: a job that has begun is finished.
            if not job.waiter.cancelled():
                batch.append(job)
            if len(batch) >= BATCH or self._jobs.empty():
                return batch
            job = self._jobs.get()

    def _run(self, batch: list[Job]) -> None:
        try:
            done = self._commit_together(batch, savepoints=len(batch) == 1)
        except (SQLAlchemyError, OSError, _BatchDead) as error:
            self._disconnect()
            done = [self._alone(job) for job in batch] if len(batch) > 1 else [_failed(batch[0], error)]
        for outcome in done:
            outcome.job.answer(outcome.answer)
        if any(outcome.wrote_outbox for outcome in done):
            self.on_outbox()

    def _commit_together(self, batch: list[Job], *, savepoints: bool) -> list[Done]:
        """All in one transaction. A savepoint costs as much as a twelfth of what it could take back, and
        hardly a job needs it: a batch has none, and is replayed with them where one is missed.
        """
        connection = self._connection = self._connection or self._engine.connect()
        with self._turnstile.held(), connection.begin(), self._turn.held():
            return [self._one(connection, job, savepoint=savepoints) for job in batch]

    def _disconnect(self) -> None:
        """What went wrong may have been the connection: the next batch gets another one."""
        if self._connection is not None:
            connection, self._connection = self._connection, None
            connection.close()

    def _alone(self, job: Job) -> Done:
        try:
            return self._commit_together([job], savepoints=True)[0]
        except (SQLAlchemyError, OSError, _BatchDead) as error:
            self._disconnect()
            return _failed(job, error)

    def _one(self, connection: Connection, job: Job, *, savepoint: bool) -> Done:
        if job.late:
            return Done(job, Answer(error=NotStarted()))
        tx = Tx(connection, self._now)
        if savepoint:
            tx.open_savepoint()
        try:
            result = job.work(tx)
            tx.finish(keep=True)
        except BaseException as error:  # whatever a job raises belongs to its caller
            if not _in_transaction(connection) or (tx.wrote and not savepoint):
                raise _BatchDead from error
            tx.finish(keep=False)
            return Done(job, Answer(error=error))
        return Done(job, Answer(result), tx.wrote_outbox)

    def _fail_queue(self) -> None:
        with suppress(queue.Empty):
            while True:
                job = self._jobs.get_nowait()
                if job is not None:
                    job.answer(Answer(error=Unavailable("the writer has stopped")))


def _failed(job: Job, error: Exception) -> Done:
    cause = error.__cause__ if isinstance(error, _BatchDead) else error
    return Done(job, Answer(error=cause))


def _in_transaction(connection: Connection) -> bool:
    raw = connection.connection.dbapi_connection
    return bool(raw is not None and getattr(raw, "in_transaction", False))
