"""A rollout that reports all the time: its card is never old, and its channel never gets more than it takes,
however many processes send.
"""

from __future__ import annotations

import asyncio
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing
from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest
from sqlalchemy import func, select, update
from sqlmodel import col

from bot import rendering
from bot.courier import Courier
from bot.pictures.posting import Pictures
from bot.rendering import fingerprint
from bot.roomwork import RoomWork
from bot.slack import Busy
from domain.calendar.announcements import Announcement, AnnouncementKind
from domain.deploys.model import DeployState
from domain.errands import Announce, InChannel, Show, Surface, SurfaceKind, Tell
from domain.types import Action
from messages.message import Message
from storage import outbox, surfaces
from storage.db import Database
from storage.outbox import Waiting
from storage.tables import OutboxRow
from tests.commands.deploys.conftest import Deploys
from tests.proof.paper import PaperPainter, PaperSlack
from tests.support.clock import HandClock
from tests.support.world import BOT_USER, CHANNEL, PROJECT, World

STEP_S = 0.2
LATEST_S = 3.0
NUMBER = re.compile(r"line (\d+)")


class Watch:
    """Seconds that a test moves by hand."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


class Noting(PaperSlack):
    """Keeps when each message was posted or updated, where, and what it shows."""

    def __init__(self, watch: Watch) -> None:
        super().__init__()
        self._watch = watch
        self.messages: dict[str, list[tuple[float, str, str]]] = defaultdict(list)
        self.lines: list[int] = []
        self.dying = False
        self.busy_for = 0.0

    async def call(self, method: str, **arguments: Any) -> dict[str, Any]:
        if self.dying:
            raise Killed
        if self.busy_for:
            after, self.busy_for = self.busy_for, 0.0
            raise Busy(after)
        if method in {"chat.postMessage", "chat.update"}:
            self.lines += map(int, NUMBER.findall(arguments["text"]))
            shown = fingerprint(Message(arguments["text"], arguments["blocks"]))
            self.messages[arguments["channel"]].append((self._watch.now, method, shown))
        return await super().call(method, **arguments)


class Killed(BaseException):
    """The process ends here."""


class Flood:
    """A release that is being deployed, with its card posted, and on one watch the couriers of processes that
    share nothing but the database.
    """

    def __init__(self, drive: Deploys, databases: Sequence[Database]) -> None:
        self.drive = drive
        self.watch = Watch()
        self.slack = Noting(self.watch)
        self.couriers = [self._courier(database, self.slack) for database in databases]
        self.release = self._deploying()
        self.card = Surface(SurfaceKind.CARD, self.release)
        self.states: list[tuple[float, str]] = []

    def _courier(self, database: Database, slack: Noting) -> Courier:
        rooms = RoomWork(database, slack, BOT_USER)
        return Courier(
            database,
            slack,
            rooms,
            Pictures(database, slack, PaperPainter()),
            changed=lambda: None,
            monotonic=self.watch,
            shared=lambda _: self.watch(),
        )

    def _deploying(self) -> str:
        drive = self.drive
        release = drive.start()
        drive.cut(release)
        drive.build(release)
        drive.succeeds(release, evidence="health 200")
        drive.pass_qa(release)
        found = drive.release(release)
        drive.clock.set(max(filter(None, (drive.clock(), found.deploy_at, found.soak_until))))
        drive.decide(release, "U0RM2")
        drive.ready(release)
        drive.advance(release, Action.DEPLOY)
        drive.head_was_read(release, Action.DEPLOY)
        return release

    async def until(self, second: float, step: float = STEP_S) -> None:
        """All that can be delivered, step by step."""
        while self.watch.now < second:
            await self.work()
            self.watch.now = round(self.watch.now + step, 6)

    async def work(self) -> None:
        while any(await asyncio.gather(*(courier.work() for courier in self.couriers))):
            pass

    async def killed_in_its_turn(self) -> None:
        """One more process takes what is due, and is gone before Slack hears of it; its leases are over."""
        slack = Noting(self.watch)
        slack.dying = True
        with pytest.raises(Killed):
            await self._courier(self.drive.database, slack).work()
        with self.drive.tx() as tx:
            left = update(OutboxRow).where(col(OutboxRow.done_at).is_(None))
            tx.execute(left.values(leased_until=None))

    def reports(self, number: int) -> None:
        """One more report of its deployer, which the card shows."""
        running, url = self.drive.last(self.release), f"https://deploy.example/{number}"
        assert self.drive.says(running, DeployState.RUNNING, percent=number // 2, url=url)
        shown = fingerprint(self.drive.read(rendering.surface, self.card, "").message)
        self.states.append((self.watch.now, shown))

    async def begun(self) -> None:
        """The first report is told in a line as well: nothing of it is left."""
        self.reports(1)
        await self.all()
        await self.until(self.watch.now + 3, 1)
        self.slack.messages.clear()

    def says(self, number: int) -> None:
        """A line for the channel, which only waits for its turn."""
        at = self.drive.clock()
        about = Announcement(
            kind=AnnouncementKind.BLACKOUT_STARTED,
            subject=f"b{number}",
            moment=at,
            due=at,
            expires=at + timedelta(hours=1),
        )
        tell = Tell(
            project=PROJECT,
            to=InChannel(CHANNEL),
            said=Announce(announcement=about, name=f"line {number}"),
            by="",
            at=at,
        )
        with self.drive.tx() as tx:
            outbox.add(tx, [Waiting(CHANNEL, f"line:{number}", tell)])

    async def for_ten_seconds(self) -> None:
        """200 reports, and 10 lines between them; and what is left of it afterwards."""
        for number in range(200):
            self.reports(number)
            if number % 20 == 0:
                self.says(number)
            if number % 4 == 3:
                await self.until(self.watch.now + STEP_S)
        await self.all()

    async def all(self) -> None:
        """Until nothing is left for Slack."""
        for_slack = ~col(OutboxRow.lane).startswith(outbox.GIT) & ~col(OutboxRow.lane).startswith(
            outbox.DEPLOY
        )
        waiting = select(func.count()).where(col(OutboxRow.done_at).is_(None), for_slack)
        for _ in range(1_000):
            if not self.drive.read(lambda tx: tx.execute(waiting).scalar_one()):
                return
            await self.until(self.watch.now + 0.25, 0.25)
        raise AssertionError("something waits for ever")

    @property
    def updates(self) -> list[tuple[float, str]]:
        return [(at, shown) for at, method, shown in self.slack.messages[CHANNEL] if method == "chat.update"]

    @property
    def posts(self) -> list[float]:
        return [at for at, method, _ in self.slack.messages[CHANNEL] if method == "chat.postMessage"]


@pytest.fixture
def replicas() -> int:
    return 1


@pytest.fixture
def databases(database: Database, clock: HandClock, replicas: int) -> Iterator[list[Database]]:
    """The same one, as that many processes have it."""
    with ExitStack() as stack:
        others = [stack.enter_context(closing(Database(database.url, clock))) for _ in range(replicas - 1)]
        yield [database, *others]


@pytest.fixture
async def flood(databases: list[Database], clock: HandClock, shop: World) -> Flood:
    drive = Deploys(databases[0], clock)
    drive.rules()
    flood = Flood(drive, databases)
    await flood.all()
    await flood.until(flood.watch.now + 2, 1)
    flood.slack.messages.clear()
    return flood


@pytest.mark.parametrize("replicas", [1, 3])
async def test_a_channel_gets_a_message_a_second_and_its_card_is_never_old(
    flood: Flood,
) -> None:
    await flood.for_ten_seconds()

    for sent in flood.slack.messages.values():
        assert all(later - earlier >= 1 for (earlier, *_), (later, *_) in pairwise(sent))
    assert len(flood.posts) == 10 + 1  # and that the deploy has begun
    assert flood.slack.lines == list(range(0, 200, 20))

    shown_at = {shown: at for at, shown in flood.updates}
    last_at, last = flood.states[-1]
    assert flood.updates[-1] == (shown_at[last], last)
    assert shown_at[last] <= last_at + LATEST_S
    for changed_at, _ in flood.states:  # nor is it any older on the way
        newer = [at for at, shown in flood.updates if at >= changed_at]
        assert newer[0] <= changed_at + LATEST_S


async def test_what_asks_for_the_same_card_is_one_update(flood: Flood) -> None:
    for number in range(20):
        flood.reports(number)
    await flood.work()
    assert [shown for _, shown in flood.updates] == [flood.states[-1][1]]


async def test_a_card_that_is_gone_is_posted_anew_in_the_lane_of_its_channel(flood: Flood) -> None:
    flood.reports(1)
    with flood.drive.tx() as tx:
        surfaces.forget(tx, flood.card)
    await flood.work()
    assert (len(flood.posts), flood.updates) == (1, [])
    with flood.drive.tx() as tx:
        outbox.add(tx, [Waiting(CHANNEL, "again", Show(flood.card))])
        lane = tx.execute(select(col(OutboxRow.lane)).where(col(OutboxRow.dedupe) == "again")).scalar_one()
    assert lane == outbox.lane_of_card(flood.card)


async def test_who_waits_for_a_turn_is_as_if_it_had_not_been_tried(flood: Flood) -> None:
    flood.says(1)
    flood.says(2)
    await flood.work()
    with flood.drive.tx() as tx:
        (claimed,) = outbox.claim_due(tx, limit=9, lease=timedelta(seconds=60))
    assert (claimed.attempts, claimed.sent_at) == (1, None)


async def test_a_process_that_is_killed_in_its_turn_does_not_block_the_channel(flood: Flood) -> None:
    flood.says(1)
    await flood.killed_in_its_turn()
    flood.says(2)
    killed_at = flood.watch.now
    await flood.all()
    assert flood.posts == [killed_at + 2, killed_at + 3]
    assert flood.slack.lines == [1, 2]


async def test_where_slack_asks_for_patience_nobody_goes_on_before(flood: Flood) -> None:
    began = flood.watch.now
    flood.slack.busy_for = 5.0
    flood.says(1)
    await flood.work()
    flood.reports(1)
    await flood.until(began + 6, 0.5)
    assert [at for at, _ in flood.updates] == [began + 5]


async def test_where_slack_takes_no_updates_lines_go_on(flood: Flood) -> None:
    await flood.begun()
    began = flood.watch.now
    flood.slack.busy_for = 5.0
    flood.reports(2)
    await flood.work()
    flood.says(1)
    await flood.until(began + 3, 0.5)
    assert (flood.posts, flood.updates) == ([began], [])


async def test_a_turn_costs_no_transaction_of_its_own(flood: Flood, monkeypatch: pytest.MonkeyPatch) -> None:
    """A line and a card: claimed, then sent in its turn, then done with it."""
    database, writes = flood.drive.database, []
    run = database.run

    async def counting(work: Callable[..., Any], *args: Any) -> Any:
        writes.append(work.__name__)
        return await run(work, *args)

    monkeypatch.setattr(database, "run", counting)
    flood.says(1)
    assert await flood.couriers[0].work() == 1
    assert writes == ["_claim", "_turn", "_both"]

    await flood.until(flood.watch.now + 2, 1)
    with flood.drive.tx() as tx:
        surfaces.shows(tx, flood.card, "")
        outbox.add(tx, [Waiting(CHANNEL, "again", Show(flood.card))])
    writes.clear()
    assert await flood.couriers[0].work() == 1
    assert writes == ["_claim", "_turn", "_shows"]
    assert (len(flood.posts), len(flood.updates)) == (1, 1)
