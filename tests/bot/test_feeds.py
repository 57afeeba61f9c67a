"""The reader of feeds on a real database, beside a host on this machine."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from aiohttp import web

from bot.feeds import FeedReader
from commands import context
from commands.feeds import unread
from commands.load import load_policy
from domain.calendar.imports import FeedFault, FeedWhy
from domain.events import FeedRead, FeedRefused
from storage.db import Database
from storage.db.tx import Tx
from tests.storage.feeds.ics import event, file
from tests.support.clock import HandClock
from tests.support.driver import Driver
from tests.support.world import CHANNEL, World, policy


class Host:
    """Serves `body` under an ETag; `answers` are the statuses that it gave."""

    def __init__(self) -> None:
        self.url = ""
        self.body = file(event())
        self.answers: list[int] = []

    async def answer(self, request: web.Request) -> web.Response:
        tag = f'"{len(self.body)}"'
        same = request.headers.get("If-None-Match") == tag
        self.answers.append(304 if same else 200)
        return web.Response(status=304) if same else web.Response(body=self.body, headers={"ETag": tag})


@pytest_asyncio.fixture
async def host() -> AsyncIterator[Host]:
    found = Host()
    app = web.Application()
    app.router.add_get("/sales.ics", found.answer)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    found.url = f"http://127.0.0.1:{runner.addresses[0][1]}/sales.ics"
    yield found
    await runner.cleanup()


@pytest.fixture
def driver(database: Database, clock: HandClock, shop: World, monkeypatch: pytest.MonkeyPatch) -> Driver:
    monkeypatch.setattr(Tx, "wall", lambda _: clock())
    return Driver(database, clock)


def listed(driver: Driver, **feed: Any) -> None:
    with driver.tx() as tx:
        load_policy(tx, policy(calendar={"feeds": [{"name": "sales"} | feed]}), CHANNEL)


def closed(driver: Driver) -> list[str]:
    def look(tx: Tx) -> list[str]:
        calendar = context.calendar_of(tx, context.project_of(tx, "shop"), tx.now())
        return [f"{one.name} {one.start:%d %H:%M}" for one in calendar.blackouts]

    return driver.read(look)


def troubles(driver: Driver) -> list[tuple[FeedFault, ...]]:
    return [state.faults for state in driver.read(unread, driver.read(context.project_of, "shop"))]


async def test_a_feed_is_read_and_read_again_when_it_has_changed(
    driver: Driver, host: Host, clock: HandClock
) -> None:
    listed(driver, url=host.url)
    reader = FeedReader(driver.database, local=True)
    await reader.work()
    await reader.work()
    assert (closed(driver), host.answers) == (["Sale 10 01:00"], [200])
    clock.move(hours=1)
    await reader.work()
    assert host.answers == [200, 304]
    host.body = file(event(summary="Sale week"))
    clock.move(hours=1)
    await reader.work()
    assert (closed(driver), host.answers) == (["Sale week 10 01:00"], [200, 304, 200])
    assert [type(tell.said) for tell in driver.told()] == [FeedRead, FeedRead]


async def test_what_becomes_garbage_leaves_what_was_read(
    driver: Driver, host: Host, clock: HandClock
) -> None:
    listed(driver, url=host.url)
    reader = FeedReader(driver.database, local=True)
    await reader.work()
    host.body = b"<html>maintenance</html>"
    clock.move(hours=1)
    await reader.work()
    assert closed(driver) == ["Sale 10 01:00"]
    assert troubles(driver) == [(FeedFault(why=FeedWhy.NOT_A_CALENDAR, line=1),)]
    assert len(driver.told(FeedRefused)) == 2
    host.body = file(event())
    clock.move(hours=1)
    await reader.work()
    assert troubles(driver) == []


async def test_an_address_of_this_machine_is_refused_unless_it_is_allowed(driver: Driver, host: Host) -> None:
    listed(driver, url=host.url)
    await FeedReader(driver.database, local=False).work()
    assert troubles(driver) == [(FeedFault(why=FeedWhy.PRIVATE_ADDRESS, detail="127.0.0.1"),)]
    assert host.answers == []


async def test_a_file_of_the_machine_is_read_like_a_feed(
    driver: Driver, tmp_path: Path, clock: HandClock
) -> None:
    path = tmp_path / "sales.ics"
    listed(driver, file=str(path))
    reader = FeedReader(driver.database, local=False)
    await reader.work()
    assert troubles(driver) == [(FeedFault(why=FeedWhy.NO_FILE, detail="No such file or directory"),)]
    path.write_bytes(file(event()))
    clock.move(minutes=15)
    await reader.work()
    assert (closed(driver), troubles(driver)) == (["Sale 10 01:00"], [])
    path.write_bytes(b"x" * 2_000_000)
    clock.move(hours=1)
    await reader.work()
    assert (closed(driver), troubles(driver)) == (["Sale 10 01:00"], [(FeedFault(why=FeedWhy.TOO_LARGE),)])


async def test_time_brings_later_times_into_sight_and_nobody_is_told(
    driver: Driver, host: Host, clock: HandClock
) -> None:
    host.body = file(event("RRULE:FREQ=WEEKLY"))
    listed(driver, url=host.url)
    reader = FeedReader(driver.database, local=True)
    await reader.work()
    before = len(closed(driver))
    clock.move(days=14)
    await reader.work()
    assert host.answers == [200, 200]
    assert len(closed(driver)) == before + 2
    assert len(driver.told(FeedRead)) == 1


async def test_a_feed_that_is_listed_no_more_is_forgotten(driver: Driver, host: Host) -> None:
    listed(driver, url=host.url)
    reader = FeedReader(driver.database, local=True)
    await reader.work()
    with driver.tx() as tx:
        load_policy(tx, policy(), CHANNEL)
    await reader.work()
    assert closed(driver) == []
    assert [tell.said.removed[0].name for tell in driver.told(FeedRead) if tell.said.removed] == ["Sale"]
