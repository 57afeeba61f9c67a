"""Asks monitors what watched releases need: each question once a round, and reports through a command."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Protocol

import structlog

from bot.errors import boundary
from bot.monitors.endpoint import Endpoints
from bot.monitors.fetching import Asker, opened
from bot.monitors.prometheus import Prometheus
from commands.health.rounds import Round, RoundWasAsked, asked, due, take
from domain.health.asking import Answer, Question, Wanted, readings
from domain.health.model import Reading, Source
from domain.types import Environment
from storage.db import Database

log = structlog.get_logger()
LOOK_S = 1.0
AT_ONCE = 8
History = Sequence[tuple[datetime, Answer]]


class Monitor(Protocol):
    """One kind of monitor: what it says now, and what it said before a deploy."""

    async def now(self, question: Question, /) -> tuple[Answer, ...]: ...

    async def before(self, question: Question, since: datetime, until: datetime, /) -> History: ...


class HealthWorker:
    """Several replicas look; what is due is taken on by one of them, in the table."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._slots = asyncio.Semaphore(AT_ONCE)

    async def run(self) -> None:
        """Until cancelled."""
        while True:
            async with boundary(None, job="health"):
                await self.work()
            await asyncio.sleep(LOOK_S)

    async def work(self) -> int:
        """Ask all that is due, as one batch; returns how many questions were asked."""
        waiting = await self._db.read(due)
        if not waiting:
            return 0
        mine = await self._db.run(take, waiting)
        rounds = [one for one in mine if not one.baseline]
        befores = [one for one in mine if one.baseline]
        counts = await asyncio.gather(self._now(rounds), *(self._before(one) for one in befores))
        return sum(counts)

    async def _now(self, rounds: Sequence[Round]) -> int:
        """The same question is asked once for all rounds of one moment."""
        asked_once = {one.question for of in rounds for one in of.wanted}
        answers = dict(await asyncio.gather(*(self._answered(one) for one in asked_once)))
        for one in rounds:
            found = readings(one.wanted, answers, one.environment, one.at)
            await self._report(one, found)
        return len(asked_once)

    async def _answered(self, question: Question) -> tuple[Question, tuple[Answer, ...]]:
        async with self._slots, opened(question.allow) as asker:
            return question, await _monitor(asker, question).now(question)

    async def _before(self, one: Round) -> int:
        found = await asyncio.gather(*(self._history(one, wanted) for wanted in one.wanted))
        await self._report(one, tuple(reading for some in found for reading in some))
        return len(found)

    async def _history(self, one: Round, wanted: Wanted) -> list[Reading]:
        """Monitors know wall time; ours is another one where its clock was moved, as in a rehearsal."""
        moved = datetime.now(UTC) - self._db.now()
        since, until = (one.since or one.at) + moved, one.at + moved
        async with self._slots, opened(wanted.question.allow) as asker:
            history = await _monitor(asker, wanted.question).before(wanted.question, since, until)
        return [_before_deploy(wanted, at - moved, answer) for at, answer in history]

    async def _report(self, one: Round, found: tuple[Reading, ...]) -> None:
        async with boundary(None, project=one.project):
            await self._db.run(asked, RoundWasAsked(round=one, readings=found))
            unread = [reading.metric for reading in found if reading.value is None]
            log.info("health", project=one.project, round=one.key, readings=len(found), unread=unread)


def _monitor(asker: Asker, question: Question) -> Monitor:
    return Prometheus(asker) if question.query else Endpoints(asker)


def _before_deploy(wanted: Wanted, at: datetime, answer: Answer) -> Reading:
    return Reading(
        metric=wanted.metric,
        environment=Environment.PRODUCTION,
        at=at,
        source=Source.PROMETHEUS,
        value=answer.value,
        why=answer.why,
        detail=answer.detail,
        release=wanted.release,
        baseline=True,
    )
