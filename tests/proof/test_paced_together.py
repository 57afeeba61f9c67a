"""Two processes that deliver to one channel of a Slack with its limits: it never has to refuse a message."""

from __future__ import annotations

import asyncio
import re
import sys
from collections.abc import AsyncIterator
from datetime import timedelta
from itertools import pairwise

import pytest
import pytest_asyncio
from sqlalchemy import func, select
from sqlmodel import col

from domain.calendar.announcements import Announcement, AnnouncementKind
from domain.errands import Announce, InChannel, Show, Surface, SurfaceKind, Tell
from sandbox import Sandbox
from sandbox.seed import ChannelSeed, Seed, TeamSeed, UserSeed
from storage import outbox
from storage.db import Database, Tx
from storage.outbox import Waiting
from storage.tables import OutboxRow
from tests.proof.served import ROOT
from tests.support.clock import START, HandClock
from tests.support.driver import Driver
from tests.support.proof import rounds
from tests.support.world import CHANNEL, PROJECT, RM, TEAM, World

pytestmark = [pytest.mark.proof, pytest.mark.timeout(0)]
LANES, LINES = 3, rounds(1, 40)
NUMBER = re.compile(r"line (\d+)")
CLOCKS = 0.01
"""The database's clock may go so much faster in a second than the one by which the sandbox notes calls."""


@pytest_asyncio.fixture
async def box() -> AsyncIterator[Sandbox]:
    reader = UserSeed(RM, "rm", "Rm", "rm@naru.example")
    channel = ChannelSeed(CHANNEL, "releases", (RM,))
    box = await Sandbox.start(
        seed=Seed(TeamSeed(TEAM, "Proof", "proof"), (reader,), (channel,)), enforce_rates=True
    )
    yield box
    await box.stop()


async def test_two_processes_keep_one_pace(
    box: Sandbox, database: Database, shop: World, clock: HandClock
) -> None:
    drive = Driver(database, clock)
    card = Surface(SurfaceKind.CARD, drive.start())
    with drive.tx() as tx:
        outbox.add(tx, [_line(lane, n) for n in range(LINES) for lane in range(LANES)])
        outbox.add(tx, [Waiting(CHANNEL, f"card {n}", Show(card)) for n in range(3)])

    processes = [await _process(database.url, box) for _ in range(2)]
    try:
        while database.read_now(_waiting):  # noqa: ASYNC110 - other processes do the work
            await asyncio.sleep(0.1)
    finally:
        for process in processes:
            process.kill()
            await process.wait()

    sent = [call for call in box.calls if call.method in {"chat.postMessage", "chat.update"}]
    in_channel = [call for call in sent if call.args["channel"] == CHANNEL]
    assert [call.error for call in sent] == [None] * len(sent)
    assert all(later.at - earlier.at >= 1 - CLOCKS for earlier, later in pairwise(in_channel))
    numbers = [int(found[0]) for call in in_channel if (found := NUMBER.findall(call.args["text"]))]
    assert sorted(numbers) == list(range(LANES * LINES))
    for lane in range(LANES):
        of_lane = [number for number in numbers if number % LANES == lane]
        assert of_lane == sorted(of_lane)


def _line(lane: int, number: int) -> Waiting:
    """Lanes of their own, in which both processes find something for the channel."""
    about = Announcement(
        kind=AnnouncementKind.BLACKOUT_STARTED,
        subject=f"b{number}",
        moment=START,
        due=START,
        expires=START + timedelta(hours=1),
    )
    said = Announce(announcement=about, name=f"line {number * LANES + lane}")
    tell = Tell(project=PROJECT, to=InChannel(CHANNEL), said=said, by="", at=START)
    return Waiting(f"lane {lane}", f"line {lane} {number}", tell)


async def _process(url: str, box: Sandbox) -> asyncio.subprocess.Process:
    given = ("-m", "tests.proof.paced", url, box.api_url, box.bot_token)
    return await asyncio.create_subprocess_exec(sys.executable, *given, cwd=ROOT)


def _waiting(tx: Tx) -> int:
    for_slack = ~col(OutboxRow.lane).startswith(outbox.GIT)
    left = select(func.count()).where(col(OutboxRow.done_at).is_(None), for_slack)
    return int(tx.execute(left).scalar_one())
