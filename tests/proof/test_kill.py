"""kill -9 at random moments under load: what was acked is there, nothing is half-done, nothing is made up."""

from __future__ import annotations

import asyncio
import json
import random
import time
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path
from typing import Any

import aiohttp
import pytest
import pytest_asyncio
from sqlalchemy import select
from sqlmodel import col

from bot.desk import DEADLINE_S
from commands import requests
from domain.errands import InThread, Tell
from domain.events import Advanced, Decided, DecisionWithdrawn
from domain.types import Stage
from messages.ids import Press
from sandbox import Sandbox
from storage import audit, outbox, releases
from storage.codec import TYPE
from storage.db import Database, Tx
from storage.tables import AuditRow, DecisionRow, InboxRow, OutboxRow
from tests.proof.noise import seed_of
from tests.proof.served import NEEDED, VOTERS, Served, click, environment, seed, signed
from tests.support.clock import HandClock
from tests.support.driver import Driver
from tests.support.proof import rounds
from tests.support.world import RM, TEAM

pytestmark = [pytest.mark.proof, pytest.mark.timeout(0)]
AT_ONCE = 12
LONGEST_S = 0.2
A_RELEASE = 20  # so many kills meet one release, then the next one
PATIENCE_S = 900.0


@dataclass
class Load:
    """People who decide and take back all the time. `acked` are the keys of what was answered with 200.

    What waited for longer than the deadline was dropped and its person told so: that is acked as well, and
    not counted here.
    """

    release: str
    random: random.Random
    acked: set[str] = field(default_factory=set)
    sent: int = 0
    heard: asyncio.Event = field(default_factory=asyncio.Event)

    async def press_on(self, url: str) -> None:
        """Until the process is gone; each person presses for themselves, one press after the other."""
        async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as session:
            people = self.random.sample(VOTERS, AT_ONCE)
            await asyncio.gather(*(self._person(session, url, user) for user in people))

    async def _person(self, session: aiohttp.ClientSession, url: str, user: str) -> None:
        presses = cycle((Press.APPROVE, Press.WITHDRAW))
        while True:
            self.sent += 1
            trigger = f"kill.{self.sent}"
            body = click(self.release, user, trigger, next(presses))
            begun = time.monotonic()
            try:
                async with session.post(url, data=body, headers=signed(body)) as answer:
                    assert answer.status == 200, answer.status
                    await answer.read()
            except aiohttp.ClientError:
                return
            if time.monotonic() - begun < DEADLINE_S:
                self.acked.add(f"{TEAM}:{trigger}")
                self.heard.set()


@pytest_asyncio.fixture
async def box() -> AsyncIterator[Sandbox]:
    box = await Sandbox.start(seed=seed())
    yield box
    await box.stop()


async def test_kill_loses_nothing_that_was_acked_and_leaves_nothing_half_done(
    box: Sandbox, database_url: str, tmp_path: Path
) -> None:
    random_ = random.Random(seed_of("kills"))
    given = environment(box, tmp_path, database_url)
    database = Database(database_url, HandClock())
    driver = Driver(database, HandClock())
    left = rounds(1, 500)
    number = 0
    await (await Served.start(given)).kill()  # the policy is in force now
    driver.read_repository()
    while left > 0:
        load = Load(await asyncio.to_thread(_asked, driver, number), random_)
        for _ in range(min(left, A_RELEASE)):
            await _until_killed(given, load)
            database.read_now(_nothing_half_done, load)
        await _all_delivered(given, database)
        told = database.read_now(_told_as_recorded, box, load.release)
        assert told > 0
        assert load.acked
        await asyncio.to_thread(driver.ok, requests.Cancel(release=load.release, reason="over"), RM)
        left, number = left - A_RELEASE, number + 1
    assert box.failures == []
    database.close()


def _asked(driver: Driver, number: int) -> str:
    return driver.to_approval(version=f"1.{number + 5}.0")


async def _until_killed(given: dict[str, str], load: Load) -> None:
    served = await Served.start(given)
    pressing = asyncio.create_task(load.press_on(served.url))
    async with asyncio.timeout(PATIENCE_S):
        await load.heard.wait()  # a release's first process lives until it was of use to somebody
    await asyncio.sleep(load.random.uniform(0, LONGEST_S))
    await served.kill()
    await pressing


async def _all_delivered(given: dict[str, str], database: Database) -> None:
    """A last process, that lives: it delivers what the dead had leased, once their leases are over."""
    with database.transaction() as tx:
        tx.execute(OutboxRow.__table__.update().values(leased_until=None))  # type: ignore[attr-defined]  # set by SQLModel
    served = await Served.start(given)
    async with asyncio.timeout(PATIENCE_S):
        while database.read_now(_waits):  # noqa: ASYNC110 - another process does the work
            await asyncio.sleep(0.05)
    await served.stop()


def _waits(tx: Tx) -> bool:
    return outbox.next_due(tx) is not None


# --- what must hold after every kill --------------------------------------------------------------------


def _nothing_half_done(tx: Tx, load: Load) -> None:
    """Read in one transaction, while no process runs."""
    assert audit.verify(tx) is None
    events = _events(tx, load.release)
    live, ended = _decisions(tx, load.release)
    made = Counter(event["user"] for event in events if event[TYPE] == Decided.__name__)
    taken_back = Counter(event["user"] for event in events if event[TYPE] == DecisionWithdrawn.__name__)
    assert made == live + ended
    assert taken_back == ended
    assert all(count == 1 for count in live.values())
    stage = Stage.APPROVED if live.total() >= NEEDED else Stage.APPROVAL
    found = releases.get(tx, load.release)
    assert found is not None
    assert found.stage is stage
    assert load.acked <= _keys(tx)
    told = Counter(type(tell.said).__name__ for tell in _thread(tx, load.release).values())
    for kind in (Decided, DecisionWithdrawn, Advanced):
        assert told[kind.__name__] == sum(event[TYPE] == kind.__name__ for event in events)


def _events(tx: Tx, release: str) -> list[dict[str, Any]]:
    """The release's audited events with who did them; denials are no events."""
    query = select(col(AuditRow.body)).where(
        col(AuditRow.release) == release, col(AuditRow.outcome) == "done"
    )
    bodies = [json.loads(row[0]) for row in tx.execute(query.order_by(col(AuditRow.seq)))]
    return [body["event"] | {"user": body["actor"]["user"]} for body in bodies]


def _decisions(tx: Tx, release: str) -> tuple[Counter[str], Counter[str]]:
    """By person: those that count, and those that were taken back."""
    query = select(col(DecisionRow.user), col(DecisionRow.live)).where(col(DecisionRow.release) == release)
    rows = [(str(row[0]), bool(row[1])) for row in tx.execute(query)]
    return Counter(user for user, live in rows if live), Counter(user for user, live in rows if not live)


def _keys(tx: Tx) -> set[str]:
    return {str(row[0]) for row in tx.execute(select(col(InboxRow.key)))}


def _thread(tx: Tx, release: str) -> dict[int, Tell]:
    """By number, what the outbox ever had for the release's thread."""
    rows = tx.execute(select(col(OutboxRow.id), col(OutboxRow.body)))
    errands = {int(row[0]): outbox.ERRANDS.load(str(row[1])) for row in rows}
    return {
        number: errand
        for number, errand in errands.items()
        if isinstance(errand, Tell) and errand.to == InThread(release)
    }


def _told_as_recorded(tx: Tx, box: Sandbox, release: str) -> int:
    """Slack shows each line of the thread once, and no message that the outbox does not know."""
    known = {int(row[0]) for row in tx.execute(select(col(OutboxRow.id)))}
    messages = [m for channel in box.workspace.channels.values() for m in channel.messages.values()]
    shown = Counter(int(m.metadata["event_payload"]["outbox"]) for m in messages if m.metadata)
    assert set(shown) <= known
    assert max(shown.values()) == 1
    thread = _thread(tx, release)
    assert set(thread) <= set(shown)
    return len(thread)
