"""100 releases in monitoring at once: one batch of questions a round, and the loop goes on meanwhile.

Run: `python -m benchmarks.monitoring`. The monitors answer at once: what is measured is our own work. Beside
it a task looks how long the loop did not come back to it, as it does while nothing else runs.
"""

from __future__ import annotations

import asyncio
import logging
import tempfile
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from unittest.mock import patch

import structlog

from benchmarks import world
from benchmarks.results import Line
from bot import healthworker
from bot.healthworker import HealthWorker
from commands.load import load_policy
from domain.health.asking import Answer, Question
from domain.types import Stage
from storage import projects, releases, schema
from storage.db import Database, Tx

RELEASES, ROUNDS = 100, 10
BLOCKED_MS = 50.0
START = datetime(2026, 3, 5, 5, 0, tzinfo=UTC)
HEALTH = {
    "prometheus": {
        "url": "http://prometheus.internal",
        "queries": {name: name for name in ("error_rate", "p95_latency", "cpu", "memory", "requests")},
    },
}


class Counting:
    """Answers with a number, and counts what it was asked."""

    def __init__(self) -> None:
        self.asked: Counter[str] = Counter()

    async def now(self, question: Question) -> tuple[Answer, ...]:
        self.asked[question.query] += 1
        return (Answer(value=0.001),)

    async def before(self, *_: object) -> Sequence[tuple[datetime, Answer]]:
        return ()


class Clock:
    def __init__(self) -> None:
        self.at = START

    def __call__(self) -> datetime:
        return self.at


def lay(folder: Path, clock: Clock) -> Database:
    schema.upgrade(f"sqlite:///{folder / 'naru.db'}")
    db = Database(f"sqlite:///{folder / 'naru.db'}", now=clock)
    with db.transaction() as tx:
        world.lay_people(tx)
        _lay_watched(tx)
    return db


def _lay_watched(tx: Tx) -> None:
    project = world.lay_project(tx, "shop", "C00000001")
    with_health = type(project.policy).model_validate(project.policy.model_dump() | {"health": HEALTH})
    load_policy(tx, with_health, "C00000001")
    assert projects.get(tx, "shop") is not None
    for one in (world.release("shop", number, Stage.RELEASED) for number in range(1, RELEASES + 1)):
        until = START + timedelta(days=1)
        releases.add(tx, replace(one, deploy_started_at=START, monitoring_until=until))


async def longest(work: Callable[[], Awaitable[object]]) -> float:
    """Milliseconds that the loop did not come back, at most, while `work` ran."""
    worst, over = 0.0, asyncio.Event()

    async def look() -> None:
        nonlocal worst
        while not over.is_set():
            begun = time.perf_counter()
            await asyncio.sleep(0)
            worst = max(worst, time.perf_counter() - begun)

    looking = asyncio.create_task(look())
    await work()
    over.set()
    await looking
    return worst * 1000


async def lines() -> list[Line]:
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    clock, monitor = Clock(), Counting()
    with tempfile.TemporaryDirectory() as folder, patch.object(healthworker, "_monitor", lambda *_: monitor):
        db = lay(Path(folder), clock)
        worker = HealthWorker(db)

        async def one() -> None:
            clock.at += timedelta(minutes=1)
            await worker.work()

        await one()
        monitor.asked.clear()
        # The longest stop of a round, in the middle of all rounds: other programs stop the loop as well.
        bare = median([await longest(lambda: asyncio.sleep(0.05)) for _ in range(ROUNDS)])
        found = median([await longest(one) for _ in range(ROUNDS)])
        db.close()
    each = sum(monitor.asked.values()) / ROUNDS
    questions = len(HEALTH["prometheus"]["queries"])  # type: ignore[arg-type]  # a mapping
    return [
        Line(
            "100 releases in monitoring",
            f"{each:.0f} questions a round for {questions} queries",
            f"{each / questions:.2f} x the queries",
            "1 batch a round",
            each == questions,
        ),
        Line(
            "the loop meanwhile",
            f"longest stop {found:.1f} ms, idle {bare:.1f} ms",
            f"{found / max(bare, 0.01):.1f} x idle",
            f"under {BLOCKED_MS:.0f} ms more",
            found - bare < BLOCKED_MS,
        ),
    ]


async def main() -> None:
    for line in await lines():
        print(line)


if __name__ == "__main__":
    asyncio.run(main())
