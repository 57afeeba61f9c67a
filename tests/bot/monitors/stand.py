"""A monitor on this machine whose one answer the test chooses, and what Naru makes of it."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from bot.monitors.fetching import opened
from bot.monitors.prometheus import Prometheus
from domain.health.asking import Answer, Question

HERE = ("127.0.0.1",)
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass
class Stand:
    """A server whose one answer the test chooses."""

    url: str = ""
    answer: Handler | None = None
    asked: int = 0

    def says(self, body: object, status: int = 200, **headers: str) -> None:
        text = body if isinstance(body, str) else json.dumps(body)

        async def answer(_: web.Request) -> web.StreamResponse:
            return web.Response(text=text, status=status, headers=headers)

        self.answer = answer


@asynccontextmanager
async def standing() -> AsyncIterator[Stand]:
    found = Stand()

    async def serve(request: web.Request) -> web.StreamResponse:
        found.asked += 1
        assert found.answer is not None
        return await found.answer(request)

    app = web.Application()
    app.router.add_route("*", "/{tail:.*}", serve)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    found.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    yield found
    await runner.cleanup()


async def asked(url: str, allow: tuple[str, ...] = HERE, seconds: float = 5.0) -> Answer:
    async with opened(allow) as asker:
        (answer,) = await Prometheus(asker).now(Question(url, "x", allow=allow, seconds=seconds))
        return answer


def vector(*series: object) -> dict[str, Any]:
    return {"status": "success", "data": {"resultType": "vector", "result": list(series)}}


ONE = {"metric": {}, "value": [1, "0.5"]}
