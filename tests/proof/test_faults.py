"""A workspace in which 30 % of all calls fail in every way: everything arrives once, in order per channel."""

from __future__ import annotations

import asyncio
import random
import re
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import get_args

import aiohttp
import pytest
import pytest_asyncio

from bot.courier import Courier
from bot.pictures.painter import Painter
from bot.pictures.posting import Pictures
from bot.roomwork import RoomWork
from bot.slack import Slack
from domain.calendar.announcements import Announcement, AnnouncementKind
from domain.errands import Announce, InChannel, Tell
from sandbox import Sandbox
from sandbox.faults import Fault, Faults
from sandbox.seed import ChannelSeed, Seed, TeamSeed, UserSeed
from storage import outbox
from storage.db import Database, Tx
from tests.proof.noise import seed_of
from tests.support.clock import START
from tests.support.proof import full, rounds
from tests.support.world import PROJECT, RM, TEAM, World

pytestmark = [pytest.mark.proof, pytest.mark.timeout(0)]
CHANNELS = tuple(f"C0FAULT{n:03d}" for n in range(rounds(6, 40)))
MESSAGES = rounds(60, 2_000)
REPLICAS = 2
NUMBER = re.compile(r"message (\d+)!")


@pytest_asyncio.fixture
async def box() -> AsyncIterator[Sandbox]:
    """Nobody is there but the bot and one reader; nothing fails yet."""
    reader = UserSeed(RM, "rm", "Rm", "rm@naru.example")
    channels = tuple(ChannelSeed(channel, channel.lower(), (RM,)) for channel in CHANNELS)
    box = await Sandbox.start(seed=Seed(TeamSeed(TEAM, "Proof", "proof"), (reader,), channels))
    yield box
    await box.stop()


async def test_messages_through_faults_arrive_once_and_in_order(
    box: Sandbox, database: Database, shop: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.pacing.PACED", False)
    seed = seed_of("faults")
    random_ = random.Random(seed)
    wanted: dict[str, list[int]] = {channel: [] for channel in CHANNELS}
    for number in range(MESSAGES):
        channel = random_.choice(CHANNELS)
        wanted[channel].append(number)
        with database.transaction() as tx:
            outbox.add(tx, [_waiting(channel, number)])
    box.faults = Faults(0.3, seed, latency=0.05)

    async with aiohttp.ClientSession() as session:
        await asyncio.gather(*(_replica(box, database, session) for _ in range(REPLICAS)))

    assert {channel: _arrived(box, channel) for channel in CHANNELS} == wanted
    met = {kind for _, kind in box.faults.done}
    assert met == set(get_args(Fault)) if full() else met


def _waiting(channel: str, number: int) -> outbox.Waiting:
    begins = START + timedelta(hours=1)
    announcement = Announcement(
        kind=AnnouncementKind.BLACKOUT_STARTED,
        subject=f"b{number}",
        moment=begins,
        due=begins,
        expires=begins + timedelta(hours=2),
    )
    said = Announce(announcement=announcement, name=f"message {number}!")
    tell = Tell(project=PROJECT, to=InChannel(channel), said=said, by="", at=begins)
    return outbox.Waiting(lane=channel, dedupe=f"fault:{number}", errand=tell)


async def _replica(box: Sandbox, database: Database, session: aiohttp.ClientSession) -> None:
    """A courier of its own, until nothing waits any more."""
    slack = Slack(box.bot_token, box.api_url, session)
    rooms, pictures = RoomWork(database, slack, box.bot_user_id), Pictures(database, slack, Painter())
    courier = Courier(database, slack, rooms, pictures, changed=lambda: None)
    while database.read_now(_open):
        if not await courier.work():
            await asyncio.sleep(0.02)


def _open(tx: Tx) -> bool:
    return outbox.next_due(tx) is not None


def _arrived(box: Sandbox, channel: str) -> list[int]:
    """The numbers of the messages as a reader sees them, from the oldest."""
    messages = box.workspace.channels[channel].messages
    texts = [str(messages[ts].text) for ts in sorted(messages) if messages[ts].metadata]
    return [int(found[1]) for text in texts if (found := NUMBER.search(text))]
