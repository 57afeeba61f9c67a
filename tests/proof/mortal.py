"""A process that can die between any two statements, commits or calls, and the world that outlives it."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from typing import Any, TypeVar

from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy import event, func, select
from sqlmodel import col

from bot.courier import Courier
from bot.pictures.painter import Painter
from bot.pictures.posting import Pictures
from bot.roomwork import RoomWork
from bot.scheduler import Scheduler
from bot.slack import Slack
from storage import outbox
from storage.db import Database, Tx
from storage.tables import OutboxRow

T = TypeVar("T")


class Killed(BaseException):
    """The process is gone: no handler of the program sees this, as none sees a kill -9."""


class Fate:
    """Asked at every point where a process can die; once it is dead it does nothing any more."""

    def __init__(self, random_: random.Random, chance: float) -> None:
        self._random, self._chance = random_, chance
        self.dead = False

    def step(self, *_args: object) -> None:
        if self.dead or self._random.random() < self._chance:
            self.dead = True
            raise Killed


def unsynced(database: Database) -> Database:
    """The machine's power is not cut here: SQLite need not wait for its disk."""
    if database.is_sqlite:
        event.listen(database.engine, "connect", lambda raw, _: raw.execute("PRAGMA synchronous=OFF"))
    return database


class MortalDatabase(Database):
    """Runs everything on the calling thread, so that it dies where it stands."""

    def __init__(self, url: str, now: Callable[[], datetime], fate: Fate) -> None:
        super().__init__(url, now)
        self._fate = fate
        unsynced(self)
        event.listen(self.engine, "before_cursor_execute", fate.step)
        if self.is_sqlite:
            event.listen(self._read_engine, "before_cursor_execute", fate.step)

    async def run(self, work: Callable[..., T], *args: Any, deadline: float | None = None) -> T:
        with self.transaction() as tx:
            result = work(tx, *args)
            self._fate.step()
        self._fate.step()
        return result

    async def read(self, work: Callable[..., T], *args: Any) -> T:
        return self.read_now(work, *args)


@dataclass(frozen=True)
class Posted:
    """A message that Slack took. `outbox` is the errand that it came from; `at` business time."""

    channel: str
    ts: str
    outbox: int
    at: datetime


@dataclass
class World:
    """What is outside of the process: all that was ever posted, in order."""

    now: Callable[[], datetime]
    posted: list[Posted] = field(default_factory=list)
    _numbers: Any = field(default_factory=lambda: count(1))

    def post(self, given: dict[str, Any]) -> str:
        ts = f"1700000000.{next(self._numbers):06d}"
        number = int(given["metadata"]["event_payload"]["outbox"])
        self.posted.append(Posted(given["channel"], ts, number, self.now()))
        return ts

    def history(self, channel: str) -> list[dict[str, Any]]:
        mine = [posted for posted in self.posted if posted.channel == channel][-200:]
        return [{"ts": p.ts, "metadata": {"event_payload": {"outbox": p.outbox}}} for p in reversed(mine)]


class MortalSlack(Slack):
    """The process can die before a call takes effect, and before its answer arrives."""

    def __init__(self, world: World, fate: Fate) -> None:
        self.client = AsyncWebClient(token="xoxb-mortal", retry_handlers=[])
        self._world, self._fate = world, fate

    async def call(self, method: str, **arguments: Any) -> dict[str, Any]:
        await asyncio.sleep(0)
        self._fate.step()
        answer: dict[str, Any] = {"ok": True}
        if method == "chat.postMessage":
            answer["ts"] = self._world.post(arguments)
        if method == "conversations.open":
            answer["channel"] = {"id": f"D{arguments['users']}"}
        self._fate.step()
        return answer

    async def read(self, method: str, **arguments: Any) -> dict[str, Any]:
        await asyncio.sleep(0)
        self._fate.step()
        return {"ok": True, "messages": self._world.history(arguments["channel"])}


def _open(tx: Tx) -> int:
    waiting = select(func.count()).select_from(OutboxRow)
    for_slack = ~col(OutboxRow.lane).startswith(outbox.GIT)
    return int(tx.execute(waiting.where(col(OutboxRow.done_at).is_(None), for_slack)).scalar_one())


class Process:
    """Scheduler and courier, as they run together."""

    def __init__(self, url: str, world: World, fate: Fate) -> None:
        self.database = MortalDatabase(url, world.now, fate)
        slack = MortalSlack(world, fate)
        rooms = RoomWork(self.database, slack, "U0BOT")
        pictures = Pictures(self.database, slack, Painter())
        self._courier = Courier(self.database, slack, rooms, pictures, changed=lambda: None)
        self._scheduler = Scheduler(self.database, lambda: None)

    async def tick(self) -> None:
        """One beat of the pulse, and all that can be delivered now."""
        await self._scheduler._tick()
        while await self._courier.work():  # noqa: ASYNC110 - it does the work that it waits for
            await asyncio.sleep(0)

    def idle(self) -> bool:
        """Nothing for Slack is left; what is for git nobody does here."""
        return not self.database.read_now(_open)

    def bury(self) -> None:
        self.database.close()
