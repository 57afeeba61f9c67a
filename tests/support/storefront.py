"""A shop whose users call it all the time; Prometheus counts how each version serves them."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field

from aiohttp import web

BEAT_S = 0.05
CALLS = 2000
"""Requests in a beat: so many that every share below is a whole number of them."""


@dataclass
class Storefront:
    """`traffic` is each version's share of the users, `errors` the share of its requests that fail, `p95`
    how long they take. What a deployer moves is `traffic`; the rest is how the versions were built.
    """

    traffic: dict[str, float]
    errors: dict[str, float]
    p95: dict[str, float]
    calls: int = CALLS
    port: int = 0
    counted: Counter[tuple[str, int]] = field(default_factory=Counter)

    def serve(self) -> None:
        """One beat of all users."""
        for version, share in self.traffic.items():
            calls = round(self.calls * share)
            failed = round(calls * self.errors[version])
            self.counted[version, 200] += calls - failed
            self.counted[version, 500] += failed

    def exposed(self) -> str:
        counted = (
            f'http_requests_total{{version="{version}",code="{code}"}} {count}\n'
            for (version, code), count in self.counted.items()
        )
        slow = (
            f'http_request_seconds{{version="{version}",quantile="0.95"}} {self.p95[version]}\n'
            for version in self.traffic
        )
        return "".join((*counted, *slow))


@asynccontextmanager
async def serving(front: Storefront) -> AsyncIterator[Storefront]:
    """On a port of its own, with its users calling."""

    async def metrics(_: web.Request) -> web.Response:
        return web.Response(text=front.exposed())

    app = web.Application()
    app.router.add_get("/metrics", metrics)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    front.port = runner.addresses[0][1]
    users = asyncio.create_task(_users(front))
    try:
        yield front
    finally:
        users.cancel()
        with suppress(asyncio.CancelledError):
            await users
        await runner.cleanup()


async def _users(front: Storefront) -> None:
    while True:
        front.serve()
        await asyncio.sleep(BEAT_S)
