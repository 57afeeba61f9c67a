"""A monitor that hangs, answers what nobody foresaw, or says what cannot be: what becomes of the others."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime

import pytest
from structlog.testing import capture_logs

from bot import healthworker
from bot.healthworker import HealthWorker
from commands.load import load_policy
from domain.events import BaselineMissing, HealthTurned
from domain.health.asking import Answer, Question
from domain.health.model import HEALTH, WhyNone
from domain.health.newest import newest
from domain.types import Environment, Stage
from messages.lines import line
from messages.texts import Reader
from storage import readings
from storage.db import Database
from tests.support.clock import HandClock
from tests.support.driver import Driver
from tests.support.world import CHANNEL, World, policy, world

Says = Callable[[], Awaitable[Answer]]
Found = dict[str, tuple[float | None, WhyNone | None]]


async def _fine() -> Answer:
    return Answer(value=0.001)


class Stub:
    """Says to each query what the test chooses, 0.001 without."""

    def __init__(self) -> None:
        self.says: dict[str, Says] = {}

    async def now(self, question: Question) -> tuple[Answer, ...]:
        found = await self.says.get(question.query, _fine)()
        return (found if question.query else Answer(metric=HEALTH, value=1.0),)

    async def before(
        self, question: Question, since: datetime, _until: datetime
    ) -> Sequence[tuple[datetime, Answer]]:
        return [(since, await self.says.get(question.query, _fine)())]

    def number(self, query: str, value: float) -> None:
        async def answer() -> Answer:
            return Answer(value=value)

        self.says[query] = answer


async def broken() -> Answer:
    raise TypeError("unhashable type: 'list'")


@pytest.fixture
def stub(monkeypatch: pytest.MonkeyPatch) -> Stub:
    found = Stub()
    monkeypatch.setattr(healthworker, "_monitor", lambda *_: found)
    return found


def asking(**queries: str) -> dict[str, object]:
    return {"prometheus": {"url": "http://prometheus.internal", "queries": queries}}


@pytest.fixture
def drive(database: Database, clock: HandClock, shop: World) -> Driver:
    with database.transaction() as tx:
        load_policy(tx, policy(health=asking(error_rate="errors", cpu="cpu")), CHANNEL)
    return Driver(database, clock)


@pytest.fixture
def other(drive: Driver) -> Driver:
    """Another project, with a monitor of its own."""
    with drive.tx() as tx:
        world(tx, key="app", channel="C0APPREL", health=asking(error_rate="app errors"))
    return Driver(drive.database, drive.clock, project="app")


def found(drive: Driver) -> Found:
    read = newest(drive.read(readings.newest_of_each, drive.project, Environment.PRODUCTION))
    return {metric: (one.value, one.why) for metric, one in read.items()}


def said(drive: Driver, kind: type[HealthTurned | BaselineMissing]) -> list[str]:
    return [line(Reader("en", "Asia/Seoul"), tell.said, "") for tell in drive.told(kind)]  # type: ignore[arg-type]  # asked for


@pytest.mark.parametrize(
    ("health", "blind"),
    [
        (asking(error_rate="errors", cpu="cpu"), "cpu"),
        (asking(error_rate="errors") | {"endpoints": {"production": [{"url": "https://a.example"}]}}, HEALTH),
    ],
)
async def test_an_answer_that_nobody_foresaw_costs_its_own_metric_alone(
    drive: Driver, other: Driver, stub: Stub, health: dict[str, object], blind: str
) -> None:
    with drive.tx() as tx:
        load_policy(tx, policy(health=health), CHANNEL)
    stub.says = {"cpu": broken, "": broken}
    drive.to_deploying()
    other.to_deploying()
    with capture_logs() as logged:
        await HealthWorker(drive.database).work()
    assert found(drive) == {"error_rate": (0.001, None), blind: (None, WhyNone.MALFORMED)}
    assert found(other) == {"error_rate": (0.001, None)}
    bugs = {(one["error"], one["project"]) for one in logged if one["log_level"] == "error"}
    assert bugs == {("TypeError", "shop")}


async def test_what_nobody_foresaw_of_the_time_before_is_told_as_unreadable(
    drive: Driver, stub: Stub
) -> None:
    stub.says = {"cpu": broken}
    drive.to_deploying()
    await HealthWorker(drive.database).work()
    (told,) = said(drive, BaselineMissing)
    assert told == (
        "🟠 *Warning* *v1.5.0* No baseline: the time before the deploy could not be measured\n"
        "• CPU: the answer cannot be read. Check that the address is the monitor's."
    )


async def test_a_report_that_fails_costs_no_other_project(
    drive: Driver, other: Driver, stub: Stub, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Even a bug in what is made of the answers."""

    def fails(asked: Sequence[object], *rest: object) -> object:
        if len(asked) > 1:
            raise ValueError("shop")
        return readings_of(asked, *rest)  # type: ignore[arg-type]  # as it was called

    readings_of = healthworker.readings
    monkeypatch.setattr(healthworker, "readings", fails)
    drive.to_deploying()
    other.to_deploying()
    assert await HealthWorker(drive.database).work() == 2
    assert (found(drive), found(other)) == ({}, {"error_rate": (0.001, None)})


async def test_whose_monitor_hangs_holds_up_itself_alone(drive: Driver, other: Driver, stub: Stub) -> None:
    asked, answers = asyncio.Event(), asyncio.Event()

    async def hangs() -> Answer:
        asked.set()
        await answers.wait()
        return Answer(value=0.002)

    stub.says = {"app errors": hangs}
    other.to_deploying()
    worker = HealthWorker(drive.database)
    hanging = asyncio.create_task(worker.work())
    await asked.wait()
    drive.to_deploying()
    for expected in (4, 2):
        assert await worker.work() == expected
        assert found(drive) == {"error_rate": (0.001, None), "cpu": (0.001, None)}
        drive.clock.move(minutes=1)
    assert found(other) == {}

    answers.set()
    assert await hanging == 2
    assert found(other) == {"error_rate": (0.002, None)}
    assert await worker.work() == 3


async def test_all_that_is_under_way_ends_with_the_program(drive: Driver, stub: Stub) -> None:
    asked, ended = asyncio.Event(), asyncio.Event()

    async def hangs() -> Answer:
        asked.set()
        try:
            await asyncio.Event().wait()
        finally:
            ended.set()
        raise AssertionError

    stub.says = {"errors": hangs}
    drive.to_deploying()
    running = asyncio.create_task(HealthWorker(drive.database).run())
    await asked.wait()
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    assert ended.is_set()


# --- what cannot be ---------------------------------------------------------------------------------------


async def test_a_load_in_percent_takes_nothing_back_and_people_are_told(drive: Driver, stub: Stub) -> None:
    """Its criterion is automatic: 95 % for 10 minutes."""
    with drive.tx() as tx:
        load_policy(tx, policy(criteria={"profile": "change"}, health=asking(cpu="cpu")), CHANNEL)
    stub.number("cpu", 45.0)
    release, worker = drive.to_deploying(), HealthWorker(drive.database)
    for _ in range(14):
        await worker.work()
        drive.clock.move(minutes=1)
        drive.tick()
    assert drive.stage(release) is Stage.DEPLOYING
    (told,) = said(drive, HealthTurned)
    assert told == (
        "🟠 *Warning* *v1.5.0* Cannot be measured in production: a person has to look\n"
        "• CPU: the answer is no share from 0 to 1. If the query counts in percent, divide it by 100. `45`"
    )
    (told,) = said(drive, BaselineMissing)
    assert told == (
        "🟠 *Warning* *v1.5.0* No baseline: the time before the deploy could not be measured\n"
        "• CPU: the answer is no share from 0 to 1. If the query counts in percent, divide it by 100. `45`"
    )


async def test_a_negative_time_is_not_fine(drive: Driver, stub: Stub) -> None:
    with drive.tx() as tx:
        load_policy(tx, policy(health=asking(p95_latency="p95")), CHANNEL)
    stub.number("p95", -0.2)
    drive.to_deploying()
    await HealthWorker(drive.database).work()
    korean = Reader("ko", "Asia/Seoul")
    (told,) = [line(korean, tell.said, "") for tell in drive.told(HealthTurned)]
    assert told == (
        "🟠 *경고* *v1.5.0* 측정할 수 없습니다 (프로덕션). 사람이 확인해야 합니다\n"
        "• P95: 응답이 있을 수 없는 수입니다(0보다 작거나 터무니없이 큼). 쿼리와 그 단위를 확인해 주십시오. `-0.2`"
    )


async def test_more_requests_than_a_small_number_holds_are_kept(drive: Driver, stub: Stub) -> None:
    with drive.tx() as tx:
        load_policy(tx, policy(health=asking(error_rate="errors", requests="requests")), CHANNEL)
    stub.number("requests", 3e9)
    drive.to_deploying()
    await HealthWorker(drive.database).work()
    kept = drive.read(readings.newest_of_each, drive.project, Environment.PRODUCTION)
    assert {one.metric: one.samples for one in kept} == {
        "error_rate": 3_000_000_000,
        "requests": 3_000_000_000,
    }
    since = drive.read(readings.since, drive.project, Environment.PRODUCTION, kept[0].at)
    assert [one.samples for one in since] == [3_000_000_000] * 2
