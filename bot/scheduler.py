"""The pulse: APScheduler wakes what is due; what is due is a query, so restarts and replicas are harmless."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime
from functools import partial

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.errors import boundary
from commands.record import lane
from commands.remind import fire as remind
from domain.errands import Errand, ReadHead, ReadRepository, Show, Surface, SurfaceKind
from domain.reminders import Reminder
from domain.rollback import Room, StepState
from domain.types import Stage
from storage import (
    answers,
    health_rounds,
    inbox,
    outbox,
    pace,
    projects,
    readings,
    releases,
    reminders,
    rooms,
)
from storage.db import Database, Tx
from storage.ids import new_id

log = structlog.get_logger()
TICK_S = 0.5
WATCH_S = 300
TIDY_S = 3600
COUNT_S = 30
STOP_S = 5
_WATCHED = frozenset({Stage.QA, Stage.APPROVAL, Stage.APPROVED})

Work = Callable[[], Awaitable[int]]


class Pump:
    """Runs one kind of work whenever it is woken, until nothing is left; a tick wakes it in any case."""

    def __init__(self, name: str, work: Work) -> None:
        self._name = name
        self._work = work
        self._wake = asyncio.Event()

    def wake(self) -> None:
        self._wake.set()

    async def run(self) -> None:
        """Until cancelled. A failure is logged and the next tick tries again."""
        while True:
            await self._wake.wait()
            self._wake.clear()
            async with boundary(None, pump=self._name):
                while await self._work():
                    pass

    async def drain(self, seconds: float) -> None:
        """Finish what is due now, for at most so long: the graceful end."""
        try:
            async with asyncio.timeout(seconds):
                async with boundary(None, pump=self._name):
                    while await self._work():
                        pass
        except TimeoutError:
            log.warning("not drained", pump=self._name)


class Scheduler:
    """One tick per process, with no job store of its own: the tables are the truth."""

    def __init__(self, db: Database, wake: Callable[[], None]) -> None:
        self._db = db
        self._wake = wake
        self._jobs = AsyncIOScheduler(
            job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1}
        )
        self._running: set[asyncio.Task[None]] = set()
        self.last_tick: datetime | None = None

    def start(self) -> None:
        """Begin to tick on the running loop."""
        self._every(TICK_S, self._tick)
        self._every(WATCH_S, self._watch)
        self._every(COUNT_S, self._count_down)
        self._every(TIDY_S, self._tidy)
        self._jobs.start()

    async def stop(self) -> None:
        """Begin nothing more, let what runs come to its end, for at most STOP_S, and shut down.

        APScheduler itself does not wait: it cancels what runs, and logs each cancellation as an error.
        """
        self._jobs.pause()
        await asyncio.sleep(0)  # a job that was submitted already takes its first step, and is waited for
        if self._running:
            await asyncio.wait(self._running, timeout=STOP_S)
        self._jobs.shutdown(wait=False)

    def _every(self, seconds: float, job: Callable[[], Awaitable[None]]) -> None:
        self._jobs.add_job(partial(self._run, job), "interval", seconds=seconds)

    async def _run(self, job: Callable[[], Awaitable[None]]) -> None:
        task = asyncio.ensure_future(job())
        self._running.add(task)
        try:
            await task
        finally:
            self._running.discard(task)

    async def fire_due(self) -> int:
        """Say what is due; returns how much was due."""
        if not await self._db.read(_anything_due):
            return 0
        async with boundary(self._one_by_one, job="reminders"):
            return await self._db.run(remind.fire_due)
        return 0  # one of them failed: each was tried alone

    async def _one_by_one(self, _reference: str) -> None:
        """One that fails must not hold up the others: it is given up, with a record."""
        for project, reminder in await self._db.read(remind.due_now):
            async with boundary(partial(self._give_up, project, reminder), reminder=reminder.key):
                await self._db.run(remind.fire_one, project, reminder)

    async def _give_up(self, project: str, reminder: Reminder, _reference: str) -> None:
        await self._db.run(remind.give_up, project, reminder)

    async def _tick(self) -> None:
        async with boundary(None, job="tick"):
            # First what a long pause has left unplanned: so all of it is said or skipped now, in its order.
            if await self._db.read(_plans_short):
                await self._db.run(remind.extend_plans)
            while await self.fire_due():
                pass
        self.last_tick = self._db.now()
        self._wake()

    async def _watch(self) -> None:
        """Read the remotes: what would be released now, and whether a branch moved under its approval."""
        async with boundary(None, job="watch"):
            await self._db.run(watch)

    async def _count_down(self) -> None:
        """The time left on a running step is shown live."""
        async with boundary(None, job="count down"):
            if await self._db.read(_running_rooms):
                await self._db.run(count_down)

    async def _tidy(self) -> None:
        async with boundary(None, job="tidy"):
            await self._db.run(_tidy)


def watch(tx: Tx) -> None:
    """Ask the git worker for a look at every project and at every branch that an approval is bound to."""
    stamp = new_id()
    for project in projects.every(tx):
        if not project.policy.repository.url:
            continue
        name = f"{outbox.GIT}{project.key}"
        watched = (r for r in releases.live(tx, project.key) if r.stage in _WATCHED)
        wanted: list[Errand] = [
            ReadRepository(project.key),
            *(ReadHead(project.key, release.id) for release in watched),
        ]
        outbox.add(tx, [lane(name, f"watch:{stamp}:{project.key}:{n}", e) for n, e in enumerate(wanted)])


def _running_rooms(tx: Tx) -> list[Room]:
    running = StepState.RUNNING
    return [r for r in rooms.live(tx) if r.channel and any(step.state is running for step in r.steps)]


def count_down(tx: Tx) -> None:
    """Show the state of every room with a running step again; what looks the same is not sent."""
    stamp = new_id()
    shown = ((room, Show(Surface(SurfaceKind.ROOM_STATE, room.id))) for room in _running_rooms(tx))
    outbox.add(tx, [lane(f"room:{room.id}", f"count:{stamp}:{room.id}", show) for room, show in shown])


def _anything_due(tx: Tx) -> bool:
    due = reminders.next_due(tx)
    return due is not None and due <= tx.now()


def _plans_short(tx: Tx) -> bool:
    return remind.plans_short(tx)


def _tidy(tx: Tx) -> None:
    inbox.forget_old(tx)
    outbox.forget_old(tx)
    pace.forget_old(tx)
    reminders.forget_old(tx, tx.now())
    answers.forget_old(tx, tx.now())
    readings.forget_old(tx, tx.now())
    health_rounds.forget_old(tx, tx.now())
