"""A process that is killed after any of its effects, what outlives it, and the next process that goes on."""

from __future__ import annotations

import asyncio
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar

import aiohttp
from pydantic import SecretStr
from sqlalchemy import event, func, select, update
from sqlmodel import col

from bot.courier import Courier
from bot.deployers import Job
from bot.deployers.webhook import Webhook
from bot.deployworker import DeployWorker
from bot.healthworker import HealthWorker
from bot.pictures.posting import Pictures
from bot.roomwork import RoomWork
from bot.scheduler import Scheduler
from bot.slack import Slack
from domain.deploys.model import DeployerKind
from domain.deploys.reports import Report
from domain.health.asking import Answer, Question
from sandbox import Sandbox
from storage import outbox
from storage.db import Database, Tx
from storage.tables import OutboxRow
from tests.proof.mortal import Killed, unsynced
from tests.support.clock import HandClock
from tests.support.deployer import SIGNING, Service

T = TypeVar("T")
ROUNDS = 500
"""So often is looked for more work, before it counts as never ending."""
_WRITES = ("INSERT", "UPDATE", "DELETE")
_TIMES = re.compile(r"<!date\^[^>]*>|\d{1,2}:\d\d|(?<=Time to restore: )\d+ min")


class Fate:
    """Counts effects: commits that wrote, and calls that others have answered. Dead after number `last`."""

    def __init__(self, last: int | None = None) -> None:
        self.effects = 0
        self.dead = False
        self._last = last

    def alive(self) -> None:
        if self.dead:
            raise Killed

    def effect(self) -> None:
        self.alive()
        self.effects += 1
        if self.effects == self._last:
            self.dead = True
            raise Killed


class DyingDatabase(Database):
    """Runs everything on the calling thread, so that it dies where it stands: once a commit is durable."""

    def __init__(self, url: str, now: Callable[[], datetime], fate: Fate) -> None:
        super().__init__(url, now)
        self._fate, self._wrote = fate, False
        unsynced(self)
        event.listen(self.engine, "before_cursor_execute", self._look)

    def _look(self, _connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        self._wrote = self._wrote or statement.lstrip().upper().startswith(_WRITES)

    async def run(self, work: Callable[..., T], *args: Any, deadline: float | None = None) -> T:
        self._fate.alive()
        self._wrote = False
        with self.transaction() as tx:
            result = work(tx, *args)
        if self._wrote:
            self._fate.effect()
        return result

    async def read(self, work: Callable[..., T], *args: Any) -> T:
        self._fate.alive()
        return self.read_now(work, *args)


class Calls:
    """Calls to the outside that are under way: one that was sent arrives, whoever dies meanwhile."""

    def __init__(self, fate: Fate) -> None:
        self.fate, self.under_way = fate, 0

    @contextmanager
    def one(self) -> Iterator[None]:
        self.fate.alive()
        self.under_way += 1
        try:
            yield
        finally:
            self.under_way -= 1
        self.fate.effect()


class DyingSlack(Slack):
    def __init__(self, box: Sandbox, session: aiohttp.ClientSession, calls: Calls) -> None:
        super().__init__(box.bot_token, box.api_url, session)
        self._calls = calls

    async def call(self, method: str, **arguments: Any) -> dict[str, Any]:
        with self._calls.one():
            return await super().call(method, **arguments)

    async def upload(self, address: str, body: bytes) -> None:
        with self._calls.one():
            await super().upload(address, body)


class DyingWebhook(Webhook):
    def __init__(self, calls: Calls) -> None:
        super().__init__(lambda: SecretStr(SIGNING.decode()), local=True)
        self._calls = calls

    async def ask(self, job: Job) -> Report:
        with self._calls.one():
            return await super().ask(job)

    async def cancel(self, job: Job) -> None:
        with self._calls.one():
            await super().cancel(job)


class NoPainter:
    async def draw(self, _spec: Mapping[str, Any]) -> bytes:
        return b"\x89PNG\r\n\x1a\n"

    async def close(self) -> None: ...


@dataclass
class Monitor:
    """What the monitor says of every query, by what stands in it."""

    said: dict[str, float] = field(default_factory=dict)

    async def now(self, question: Question) -> tuple[Answer, ...]:
        return (Answer(value=self.said[question.query]),)

    async def before(
        self, question: Question, since: datetime, _until: datetime
    ) -> Sequence[tuple[datetime, Answer]]:
        return [(since, Answer(value=self.said[question.query]))]


@dataclass
class World:
    """What outlives every process: database, workspace, deployer, clock. `db` is the test's own."""

    url: str
    box: Sandbox
    deployer: Service
    clock: HandClock
    db: Database

    def open_work(self) -> int:
        return self.db.read_now(_open)

    def time_passes(self) -> None:
        """Leases of the dead are over, and what was put back is due."""
        with self.db.transaction() as tx:
            rows = update(OutboxRow).where(col(OutboxRow.done_at).is_(None))
            tx.execute(rows.values(leased_until=None, due_at=col(OutboxRow.added_at)))

    def messages(self) -> Counter[tuple[str, str, int]]:
        """All that anybody can read now, by channel, words and files, without the times in it.

        What only one person saw for a moment is left out: it is sent at most once. Who is killed while it takes
        a reading sees a breach a minute later: how long it took, and what that is too long for, is left out.
        """
        return Counter(
            (channel.name, _TIMES.sub("<at>", str(message.text)), len(message.files))
            for channel in self.box.workspace.channels.values()
            for message in channel.messages.values()
            if message.ephemeral_to is None and "*Over budget*" not in str(message.text)
        )

    def shown_twice(self) -> list[int]:
        """Errands of which there are two messages."""
        shown = Counter(
            int(message.metadata["event_payload"]["outbox"])
            for channel in self.box.workspace.channels.values()
            for message in channel.messages.values()
            if message.metadata
        )
        return [errand for errand, times in shown.items() if times > 1]


def _open(tx: Tx) -> int:
    waiting = select(func.count()).select_from(OutboxRow)
    ours = ~col(OutboxRow.lane).startswith(outbox.GIT)
    return int(tx.execute(waiting.where(col(OutboxRow.done_at).is_(None), ours)).scalar_one())


class Process:
    """Scheduler, courier, deploy worker and health worker, as they run together."""

    def __init__(self, world: World, fate: Fate) -> None:
        self.fate, self._world = fate, world
        self.db = DyingDatabase(world.url, world.clock, fate)
        self._calls = Calls(fate)
        self._session = aiohttp.ClientSession()
        slack = DyingSlack(world.box, self._session, self._calls)
        rooms = RoomWork(self.db, slack, world.box.bot_user_id)
        pictures = Pictures(self.db, slack, NoPainter())  # type: ignore[arg-type]  # draws nothing
        self._courier = Courier(self.db, slack, rooms, pictures, changed=lambda: None)
        self._scheduler = Scheduler(self.db, lambda: None)
        self._deploys = DeployWorker(self.db, {DeployerKind.WEBHOOK: DyingWebhook(self._calls)})
        self._health = HealthWorker(self.db)

    async def settle(self) -> None:
        """Until nothing is left to be done at this moment."""
        for _ in range(ROUNDS):
            if await self._beat():
                continue
            if not self._world.open_work():
                return
            self._world.time_passes()
        raise AssertionError("there is always something left to do")

    async def _beat(self) -> int:
        await self._scheduler._tick()
        done = await self._health.work()
        done += await self._courier.work()
        done += await self._deploys.work()
        await self._deploys.idle()
        self.fate.alive()
        return done

    async def bury(self) -> None:
        while self._calls.under_way:  # noqa: ASYNC110 - what was sent arrives
            await asyncio.sleep(0.001)
        for _ in range(5):
            await asyncio.sleep(0)
        await self._session.close()
        self.db.close()
