"""A hundred releases in monitoring: one batch a round, each question once, whoever restarts or stands beside."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest

from bot import healthworker
from bot.healthworker import HealthWorker
from commands.health import rounds
from commands.load import load_policy
from domain.events import BaselineMissing, HealthTurned
from domain.health.asking import Answer, Question
from domain.health.model import HEALTH, WhyNone
from domain.health.newest import newest
from domain.types import Environment
from messages.lines import line
from messages.texts import Reader
from storage import readings
from storage.db import Database
from tests.support.clock import HandClock
from tests.support.driver import Driver
from tests.support.world import CHANNEL, World, policy

ASKED = {
    "prometheus": {"url": "http://prometheus.internal", "queries": {"error_rate": "errors", "cpu": "cpu"}},
    "endpoints": {"production": [{"url": "https://shop.example.com/health"}]},
}


class Stub:
    """Answers every question, and counts them."""

    def __init__(self) -> None:
        self.asked: Counter[str] = Counter()
        self.errors: Answer = Answer(value=0.001)
        self.cpu_before: Answer = Answer(why=WhyNone.EMPTY)

    async def now(self, question: Question) -> tuple[Answer, ...]:
        self.asked[question.query or question.url] += 1
        if not question.query:
            return (Answer(metric=HEALTH, value=1.0),)
        return (self.errors,) if question.query == "errors" else (Answer(value=0.4),)

    async def before(
        self, question: Question, since: datetime, until: datetime
    ) -> Sequence[tuple[datetime, Answer]]:
        self.asked[f"before {question.query}"] += 1
        if question.query == "cpu":
            return [(until, self.cpu_before)]
        return [(since, Answer(value=0.001)), (since + timedelta(hours=1), Answer(value=0.003))]


@pytest.fixture
def stub(monkeypatch: pytest.MonkeyPatch) -> Stub:
    found = Stub()
    monkeypatch.setattr(healthworker, "_monitor", lambda *_: found)
    return found


@pytest.fixture
def drive(database: Database, clock: HandClock, shop: World) -> Driver:
    with database.transaction() as tx:
        load_policy(tx, policy(health=ASKED), CHANNEL)
    return Driver(database, clock)


async def test_each_question_is_asked_once_a_round_by_one_of_several(drive: Driver, stub: Stub) -> None:
    release = drive.to_deploying()
    workers = [HealthWorker(drive.database) for _ in range(3)]
    counts = [await worker.work() for worker in workers]
    assert counts == [5, 0, 0]
    assert stub.asked == {
        "errors": 1,
        "cpu": 1,
        "https://shop.example.com/health": 1,
        "before errors": 1,
        "before cpu": 1,
    }
    drive.clock.move(minutes=1)
    assert [await worker.work() for worker in workers] == [3, 0, 0]
    found = newest(drive.read(readings.newest_of_each, drive.project, Environment.PRODUCTION))
    assert {name: one.value for name, one in found.items()} == {"error_rate": 0.001, "cpu": 0.4, HEALTH: 1.0}
    assert {one.release for one in found.values()} == {release}
    said = [tell.said for tell in drive.told(BaselineMissing)]
    assert [[one.metric for one in event.readings] for event in said] == [["cpu"]]  # type: ignore[union-attr]  # asked for


async def test_a_baseline_whose_process_died_is_asked_again_with_the_next_round(
    drive: Driver, stub: Stub
) -> None:
    release = drive.to_deploying()
    with drive.database.transaction() as tx:
        rounds.take(tx, rounds.due(tx))  # and dies
    worker = HealthWorker(drive.database)
    assert await worker.work() == 0
    for expected in (5, 3):
        drive.clock.move(minutes=1)
        assert await worker.work() == expected
    known = drive.usual(release)
    assert known["error_rate"].median == 0.002


async def test_a_monitor_that_did_not_answer_for_the_baseline_is_asked_again(
    drive: Driver, stub: Stub
) -> None:
    stub.cpu_before = Answer(why=WhyNone.TIMEOUT)
    release = drive.to_deploying()
    worker = HealthWorker(drive.database)

    def known() -> dict[str, float]:
        return {metric: one.median for metric, one in drive.usual(release).items()}

    def said() -> list[str]:
        told = (tell.said for tell in drive.told(BaselineMissing))
        return [line(Reader("en", "Asia/Seoul"), one, "") for one in told if isinstance(one, BaselineMissing)]

    for _ in range(2):
        await worker.work()
        drive.clock.move(minutes=1)
    assert known() == {"error_rate": 0.002}
    (missing,) = said()
    assert missing == (
        "🟠 *Warning* *v1.5.0* No baseline: the time before the deploy could not be measured\n"
        "• CPU: no answer in time. Check whether it has too much to do, or raise “timeout” in the policy.\n"
        "It is asked for again with every round while the release goes out."
    )

    stub.cpu_before = Answer(value=0.4)
    asked = stub.asked["before cpu"]
    for _ in range(2):
        await worker.work()
        drive.clock.move(minutes=1)
    assert known() == {"error_rate": 0.002, "cpu": 0.4}
    assert stub.asked["before cpu"] == asked + 1
    assert said()[1:] == [
        "🟢 *Success* *v1.5.0* The time before the deploy is measured now: there is a baseline"
    ]


async def test_a_regression_is_told_by_the_round_that_sees_it(drive: Driver, stub: Stub) -> None:
    drive.to_deploying()
    worker = HealthWorker(drive.database)
    await worker.work()
    assert drive.told(HealthTurned) == []
    stub.errors = Answer(value=0.08)
    drive.clock.move(minutes=1)
    await worker.work()
    assert len(drive.told(HealthTurned)) == 1


async def test_nothing_due_asks_nobody(drive: Driver, stub: Stub) -> None:
    drive.to_approved()
    assert await HealthWorker(drive.database).work() == 0
    assert stub.asked == {}
