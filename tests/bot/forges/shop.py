"""A shop on GitHub, with the worker that marks its pull requests."""

from __future__ import annotations

from typing import Any

from pydantic import SecretStr

from bot.forgeworker import ForgeWorker
from commands.requests import BeginFreeze
from domain.events import ForgeAnswered, ForgeFailed, PullRequestsHeld
from domain.types import ReleaseType
from storage.db import Database
from tests.support.clock import HandClock
from tests.support.driver import Driver
from tests.support.github import NAME, TOKEN, GitHub
from tests.support.world import RM, world

HELD, FREE = "pending", "success"


class Shop:
    """The shop on GitHub, on Monday at 09:30; its freeze begins at 14:00. `minutes` pass for worker and people."""

    def __init__(self, database: Database, clock: HandClock, hub: GitHub) -> None:
        self.drive, self.clock, self.hub = Driver(database, clock), clock, hub
        self.token: str | None = TOKEN
        self.seconds = 0.0
        self.worker = self.another_worker()
        self.rules()
        self.drive.read_repository()

    def another_worker(self) -> ForgeWorker:
        def secret() -> SecretStr | None:
            return SecretStr(self.token) if self.token else None

        return ForgeWorker(self.drive.database, secret, url="https://naru.example", now=lambda: self.seconds)

    def rules(self, **forge: Any) -> None:
        given = {"kind": "github", "api_url": self.hub.url, "repository": NAME, **forge}
        with self.drive.tx() as tx:
            world(tx, language="en", repository={"url": "/srv/shop.git", "forge": given})

    async def minutes(self, passed: float) -> None:
        self.clock.move(minutes=passed)
        self.seconds += passed * 60
        await self.worker.work()

    async def frozen(self) -> str:
        """v1.5.0 is started, and its freeze holds."""
        release = self.drive.start(ReleaseType.REGULAR)
        self.drive.ok(BeginFreeze(release=release, reason="early"), RM)
        await self.worker.work()
        return release

    def told(self) -> list[tuple[object, object]]:
        kinds = PullRequestsHeld | ForgeFailed | ForgeAnswered
        return [(tell.to, tell.said) for tell in self.drive.told() if isinstance(tell.said, kinds)]
