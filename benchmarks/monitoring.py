"""100 releases in monitoring at once: one batch of questions a round, and the loop goes on meanwhile.

Run: `python -m benchmarks.monitoring`. The monitors and Slack answer at once: what is measured is our own
work, with all 100 cards written anew in every round. Beside it a task looks how long the loop did not come
back to it: by the clock, where other programs count as well, and in processor time of the loop's thread.
"""

from __future__ import annotations

import asyncio
import gc
import logging
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from unittest.mock import patch

import structlog

from benchmarks import world
from benchmarks.results import Line
from bot import courier, healthworker, pacing
from bot.healthworker import HealthWorker
from bot.pictures.painter import Painter
from bot.pictures.posting import Pictures
from bot.roomwork import RoomWork
from bot.slack import Slack
from bot.wiring import settle_in, share_the_interpreter
from commands.load import load_policy
from domain.errands import Show, Surface, SurfaceKind
from domain.health.asking import Answer, Question
from domain.types import Stage
from storage import outbox, projects, releases, schema, surfaces
from storage.db import Database, Tx
from storage.ids import new_id
from storage.outbox import Waiting

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


@dataclass
class Stops:
    """Milliseconds that the loop did not come back, at most: by the clock, and of its own work."""

    wall: float = 0.0
    own: float = 0.0


async def longest(work: Callable[[], Awaitable[object]]) -> Stops:
    """While `work` runs."""
    found, over = Stops(), asyncio.Event()

    async def look() -> None:
        while not over.is_set():
            wall, own = time.perf_counter(), time.thread_time()
            await asyncio.sleep(0)
            found.wall = max(found.wall, (time.perf_counter() - wall) * 1e3)
            found.own = max(found.own, (time.thread_time() - own) * 1e3)

    looking = asyncio.create_task(look())
    await work()
    over.set()
    await looking
    return found


class Paper(Slack):
    """Takes every message at once."""

    def __init__(self) -> None:
        self.sent: Counter[str] = Counter()

    async def call(self, method: str, **_: object) -> dict[str, object]:
        self.sent[method] += 1
        return {"ok": True, "ts": f"1700000000.{self.sent.total():06d}", "channel": {"id": "D00000001"}}


def _changed(tx: Tx) -> None:
    """Every card waits to be written anew, and shows something else than it did."""
    cards = [Surface(SurfaceKind.CARD, one.id) for one in releases.live(tx, "shop")]
    for card in cards:
        surfaces.shows(tx, card, "")
    outbox.add(tx, [Waiting("C00000001", new_id(), Show(card)) for card in cards])


async def lines() -> list[Line]:
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    clock, monitor, slack, before = Clock(), Counting(), Paper(), sys.getswitchinterval()
    with (
        tempfile.TemporaryDirectory() as folder,
        patch.object(healthworker, "_monitor", lambda *_: monitor),
        patch.object(pacing, "PACED", False),
    ):
        db = lay(Path(folder), clock)
        worker = HealthWorker(db)
        rooms, pictures = RoomWork(db, slack, "U0NARU"), Pictures(db, slack, Painter())
        deliver = courier.Courier(db, slack, rooms, pictures, changed=lambda: None)

        async def delivered() -> None:
            while await deliver.work():
                pass

        async def one() -> None:
            clock.at += timedelta(minutes=1)
            await db.run(_changed)
            await asyncio.gather(worker.work(), delivered())

        await one()
        await delivered()
        share_the_interpreter()  # as the running program does
        settle_in()
        monitor.asked.clear()
        slack.sent.clear()
        bare = [await longest(lambda: asyncio.sleep(0.05)) for _ in range(ROUNDS)]
        found = [await longest(one) for _ in range(ROUNDS)]
        await delivered()
        db.close()
    sys.setswitchinterval(before)
    gc.unfreeze()
    each = sum(monitor.asked.values()) / ROUNDS
    questions = len(HEALTH["prometheus"]["queries"])  # type: ignore[arg-type]  # a mapping
    # Held to the worst of our own work. By the clock other programs stop the loop as well: read it beside
    # what it is while nothing runs.
    wall, idle, own = (
        median(one.wall for one in found),
        median(one.wall for one in bare),
        max(one.own for one in found),
    )
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
            f"longest own work {own:.1f} ms; by the clock {wall:.1f} ms, idle {idle:.1f} ms ",
            f"{slack.sent['chat.update'] / ROUNDS:.0f} cards a round",
            f"under {BLOCKED_MS:.0f} ms",
            own < BLOCKED_MS,
        ),
    ]


async def main() -> None:
    for line in await lines():
        print(line)


if __name__ == "__main__":
    asyncio.run(main())
