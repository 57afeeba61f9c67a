"""Asks monitors what watched releases need: each question once a round, and reports through a command."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Protocol

import structlog

from bot.errors import boundary
from bot.monitors.endpoint import Endpoints
from bot.monitors.fetching import Asker, opened
from bot.monitors.prometheus import Prometheus
from commands.health.rounds import Round, RoundWasAsked, asked, due, take
from domain.health.asking import Answer, Question, Wanted, readings
from domain.health.history import readings_before
from domain.health.model import HEALTH, Reading, WhyNone
from storage.db import Database

log = structlog.get_logger()
LOOK_S = 1.0
AT_ONCE, ALTOGETHER = 8, 128
"""So many questions of one project are under way, and of all of them."""
History = Sequence[tuple[datetime, Answer]]


class Monitor(Protocol):
    """One kind of monitor: what it says now, and what it said before a deploy."""

    async def now(self, question: Question, /) -> tuple[Answer, ...]: ...

    async def before(self, question: Question, since: datetime, until: datetime, /) -> History: ...


class HealthWorker:
    """Several replicas look; what is due is taken on by one of them, in the table.

    Each project is asked for by itself: whose monitors hang holds up its own next round, and nobody else's.
    """

    def __init__(self, db: Database) -> None:
        self._db = db
        self._slots = asyncio.Semaphore(ALTOGETHER)
        self._under_way: set[str] = set()

    async def run(self) -> None:
        """Until cancelled."""
        async with asyncio.TaskGroup() as projects:
            while True:
                async with boundary(None, job="health"):
                    for rounds in await self._taken():
                        projects.create_task(self._ask(rounds))
                await asyncio.sleep(LOOK_S)

    async def work(self) -> int:
        """Ask all that is due, as one batch of each project; returns how many questions were asked."""
        return sum(await asyncio.gather(*(self._ask(rounds) for rounds in await self._taken())))

    async def _taken(self) -> Iterable[list[Round]]:
        """What is this process' to ask now, by project."""
        waiting = [one for one in await self._db.read(due) if one.project not in self._under_way]
        found: dict[str, list[Round]] = defaultdict(list)
        for one in await self._db.run(take, waiting) if waiting else ():
            found[one.project].append(one)
        return found.values()

    async def _ask(self, rounds: Sequence[Round]) -> int:
        project = rounds[0].project
        self._under_way.add(project)
        try:
            async with boundary(None, job="health", project=project):
                return await _Batch(self._db, project, self._slots).ask(rounds)
            return 0
        finally:
            self._under_way.discard(project)


class _Batch:
    """What one project's monitors are asked at one moment."""

    def __init__(self, db: Database, project: str, of_all: asyncio.Semaphore) -> None:
        self._db = db
        self._project = project
        self._slots = asyncio.Semaphore(AT_ONCE)
        self._of_all = of_all

    async def ask(self, rounds: Sequence[Round]) -> int:
        befores = [one for one in rounds if one.baseline]
        now = [one for one in rounds if not one.baseline]
        return sum(await asyncio.gather(self._now(now), *(self._before(one) for one in befores)))

    async def _now(self, rounds: Sequence[Round]) -> int:
        """The same question is asked once for all rounds of one moment."""
        asked_once = {one.question for of in rounds for one in of.wanted}
        answers = dict(await asyncio.gather(*(self._answered(one) for one in asked_once)))
        for one in rounds:
            found = readings(one.wanted, answers, one.environment, one.at)
            await self._report(one, found)
        return len(asked_once)

    async def _answered(self, question: Question) -> tuple[Question, tuple[Answer, ...]]:
        """An answer that nobody foresaw costs its own metric alone."""
        async with (
            boundary(None, job="health", project=self._project),
            self._slots,
            self._of_all,
            opened(question.allow) as asker,
        ):
            return question, await _monitor(asker, question).now(question)
        return question, (Answer(metric="" if question.query else HEALTH, why=WhyNone.MALFORMED),)

    async def _before(self, one: Round) -> int:
        found = await asyncio.gather(*(self._history(one, wanted) for wanted in one.wanted))
        await self._report(one, tuple(reading for some in found for reading in some))
        return len(found)

    async def _history(self, one: Round, wanted: Wanted) -> tuple[Reading, ...]:
        """Monitors know wall time; ours is another one where its clock was moved, as in a rehearsal."""
        moved = datetime.now(UTC) - self._db.now()
        history: History = [(one.at + moved, Answer(why=WhyNone.MALFORMED))]
        async with (
            boundary(None, job="health", project=self._project),
            self._slots,
            self._of_all,
            opened(wanted.question.allow) as asker,
        ):
            since, until = (one.since or one.at) + moved, one.at + moved
            history = await _monitor(asker, wanted.question).before(wanted.question, since, until)
        return readings_before(wanted, [(at - moved, answer) for at, answer in history])

    async def _report(self, one: Round, found: tuple[Reading, ...]) -> None:
        async with boundary(None, project=one.project):
            await self._db.run(asked, RoundWasAsked(round=one, readings=found))
            unread = [reading.metric for reading in found if reading.value is None]
            log.info("health", project=one.project, round=one.key, readings=len(found), unread=unread)


def _monitor(asker: Asker, question: Question) -> Monitor:
    return Prometheus(asker) if question.query else Endpoints(asker)
