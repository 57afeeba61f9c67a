"""500 clicks at once by 20 people on one approval, over two processes: each person counts once."""

from __future__ import annotations

import asyncio
import random
import re
import shutil
from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest
import pytest_asyncio
from sqlalchemy import select
from sqlmodel import col

from bot import rendering
from commands import requests
from domain.errands import Surface, SurfaceKind
from domain.events import Advanced, Decided
from domain.types import Stage
from sandbox import Sandbox
from storage import audit, outbox, surfaces
from storage.db import Database, Tx
from storage.tables import AuditRow, DecisionRow
from tests.proof.noise import seed_of
from tests.proof.served import NEEDED, VOTERS, Served, click, environment, seed, signed
from tests.support.clock import HandClock
from tests.support.driver import Driver
from tests.support.proof import rounds
from tests.support.world import RM

pytestmark = [pytest.mark.proof, pytest.mark.timeout(0)]
CLICKS = 500
PATIENCE_S = 900.0


@pytest_asyncio.fixture
async def box() -> AsyncIterator[Sandbox]:
    box = await Sandbox.start(seed=seed())
    yield box
    await box.stop()


@pytest_asyncio.fixture
async def served(box: Sandbox, database_url: str, tmp_path: Path) -> AsyncIterator[list[Served]]:
    """Two processes on one database, started together."""
    given = environment(box, tmp_path, database_url)
    both = await asyncio.gather(Served.start(given), Served.start(given))
    yield both
    await asyncio.gather(*(one.stop() for one in both))
    shutil.rmtree(tmp_path / "state", ignore_errors=True)


async def test_clicks_at_once_count_each_person_once(
    served: list[Served], database_url: str, box: Sandbox
) -> None:
    random_ = random.Random(seed_of("clicks"))
    database = Database(database_url, HandClock())
    driver = Driver(database, HandClock())
    driver.read_repository()
    connector = aiohttp.TCPConnector(limit=0)
    async with aiohttp.ClientSession(connector=connector) as session:
        for number in range(rounds(1, 100)):
            release = await asyncio.to_thread(_asked, driver, number)
            presses = [(random_.choice(served).url, VOTERS[n % 20], f"{number}.{n}") for n in range(CLICKS)]
            presses += random_.sample(presses, 20)  # Slack's own second tries of the same press
            random_.shuffle(presses)
            statuses = await asyncio.gather(*(_press(session, release, *press) for press in presses))
            assert Counter(statuses) == {200: len(presses)}
            await _each_presses_again(session, served, release, number)
            await _delivered(database)
            _each_counts_once(driver, release)
            _shown_as_it_is(database, box, release)
            await asyncio.to_thread(
                driver.ok, requests.Cancel(release=release, reason="the round is over"), RM
            )
    assert database.read_now(audit.verify) is None
    assert box.failures == []
    database.close()


def _asked(driver: Driver, number: int) -> str:
    return driver.to_approval(version=f"1.{number + 5}.0")


async def _press(session: aiohttp.ClientSession, release: str, url: str, user: str, trigger: str) -> int:
    body = click(release, user, trigger)
    async with session.post(url, data=body, headers=signed(body)) as answer:
        return answer.status


async def _each_presses_again(
    session: aiohttp.ClientSession, served: list[Served], release: str, number: int
) -> None:
    """Whoever was told that nothing was recorded, since the storm took too long, presses once more."""
    for n, user in enumerate(VOTERS):
        await _press(session, release, served[n % 2].url, user, f"again.{number}.{user}")


async def _delivered(database: Database) -> None:
    async with asyncio.timeout(PATIENCE_S):
        while database.read_now(_waiting):  # noqa: ASYNC110 - another process does the work
            await asyncio.sleep(0.05)


def _waiting(tx: Tx) -> bool:
    return outbox.next_due(tx) is not None


def _each_counts_once(driver: Driver, release: str) -> None:
    events = driver.read(_events, release)
    told = [tell.said for tell in driver.told(Advanced) if getattr(tell.said, "release", "") == release]
    approved = [said for said in told if getattr(said, "target", None) is Stage.APPROVED]
    assert driver.read(_decisions, release) == [(user, True) for user in VOTERS]
    assert events.count((Decided.__name__, "done")) == len(VOTERS)
    assert driver.read(_approvals, release) == 1
    assert len(approved) == 1
    assert driver.stage(release) is Stage.APPROVED


def _events(tx: Tx, release: str) -> list[tuple[str, str]]:
    query = select(col(AuditRow.action), col(AuditRow.outcome)).where(col(AuditRow.release) == release)
    return [(str(row[0]), str(row[1])) for row in tx.execute(query)]


def _approvals(tx: Tx, release: str) -> int:
    """How often the release went from waiting for approval to approved."""
    query = select(col(AuditRow.body)).where(
        col(AuditRow.release) == release, col(AuditRow.action) == Advanced.__name__
    )
    return sum('"requirements_met"' in str(row[0]) for row in tx.execute(query))


def _decisions(tx: Tx, release: str) -> list[tuple[str, bool]]:
    query = select(col(DecisionRow.user), col(DecisionRow.live)).where(col(DecisionRow.release) == release)
    return [(str(row[0]), bool(row[1])) for row in tx.execute(query.order_by(col(DecisionRow.user)))]


def _shown_as_it_is(database: Database, box: Sandbox, release: str) -> None:
    """Card and request say what the database says, once everything was delivered."""
    for shown in (Surface(SurfaceKind.CARD, release), Surface(SurfaceKind.APPROVAL, f"{release}/1")):
        posted = database.read_now(surfaces.get, shown)
        ready = database.read_now(rendering.surface, shown)
        assert posted is not None
        assert ready.message is not None
        message = box.workspace.channels[posted.channel].messages[posted.ts]
        assert (message.text, _plain(message.blocks)) == (ready.message.text, _plain(ready.message.blocks))
    texts = [
        block["text"]["text"]
        for block in message.blocks or []
        if block["type"] == "section" and "text" in block
    ]
    decided = next(text for text in texts if text.startswith("*Decisions*"))
    assert sorted(re.findall(r"<@(\w+)>", decided)) == list(VOTERS)
    assert any(text.startswith(f"*Approvals* {NEEDED} of {NEEDED}") for text in texts)


def _plain(value: Any) -> Any:
    """Blocks without the ids that Slack gives them, and without what it fills in."""
    if isinstance(value, dict):
        return {
            key: _plain(inner) for key, inner in value.items() if key not in {"block_id", "emoji", "verbatim"}
        }
    return [_plain(inner) for inner in value] if isinstance(value, list) else value
