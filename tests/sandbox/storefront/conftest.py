"""The shop at work, with somebody who hears its callbacks as Naru does."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientSession, web

from bot.deployers.signing import authentic, signed
from bot.deployers.words import callback
from domain.deploys.reports import Report
from sandbox import Storefront
from sandbox.storefront import server


class HandClock:
    def __init__(self) -> None:
        self.at = datetime(2026, 3, 5, 1, 0, tzinfo=UTC)

    def now(self) -> datetime:
        return self.at

    def move(self, **by: float) -> None:
        self.at += timedelta(**by)


@dataclass
class Ear:
    """Takes callbacks as Naru does. `statuses` are used up one after the other; then all is taken."""

    url: str = ""
    secret: str = ""
    heard: list[Report] = field(default_factory=list)
    statuses: list[int] = field(default_factory=list)

    async def hear(self, request: web.Request) -> web.Response:
        raw = await request.read()
        assert authentic(request.headers, raw, self.secret.encode())
        status = self.statuses.pop(0) if self.statuses else 202
        if status == 202:
            self.heard.append(callback(raw))
        return web.Response(status=status)


@dataclass
class Shop:
    storefront: Storefront
    ear: Ear
    clock: HandClock

    def body(self, id_: str = "one", **other: Any) -> dict[str, Any]:
        """The first step of v1.5.0's canary, where nothing else is said."""
        return {
            "id": id_,
            "project": "shop",
            "version": "1.5.0",
            "tag": "v1.5.0",
            "environment": "production",
            "purpose": "step",
            "step": "canary_10",
            "target": "v1.5.0-rc.1",
            "action": "deploy",
            "percent": 10,
            "callback": self.ear.url,
        } | other

    async def asks(self, raw: bytes, *, secret: str | None = None) -> tuple[int, Any]:
        """A request to the deployer, signed; the status and the answer."""
        headers = signed((secret or self.storefront.signing_secret).encode(), raw)
        return await self.sends("POST", "/deploy", raw, headers)

    async def sends(
        self, method: str, path: str, raw: bytes | None = None, headers: dict[str, str] | None = None
    ) -> tuple[int, Any]:
        url = f"{self.storefront.url}{path}"
        async with (
            ClientSession() as session,
            session.request(method, url, data=raw, headers=headers) as told,
        ):
            return told.status, await told.json()


async def until(look: Callable[[], object]) -> None:
    deadline = time.monotonic() + 10
    while not look():
        assert time.monotonic() < deadline, "waited for ten seconds"
        await asyncio.sleep(0.01)


@asynccontextmanager
async def opened(ear: Ear, clock: HandClock, state: Path | None = None) -> AsyncIterator[Shop]:
    storefront = await Storefront.start(version="1.4.2", clock=clock, state=state)
    ear.secret = storefront.callback_secret
    yield Shop(storefront, ear, clock)
    await storefront.stop()


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
async def ear(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Ear]:
    monkeypatch.setattr(server, "LOOK_S", 0.01)
    monkeypatch.setattr(server, "AGAIN_S", 0.01)
    found = Ear()
    app = web.Application()
    app.router.add_post("/hooks/deploys/shop", found.hear)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    found.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hooks/deploys/shop"
    yield found
    await runner.cleanup()


@pytest.fixture
async def shop(ear: Ear, clock: HandClock) -> AsyncIterator[Shop]:
    async with AsyncExitStack() as stack:
        yield await stack.enter_async_context(opened(ear, clock))


__all__ = ["Ear", "HandClock", "Shop", "opened", "until"]
