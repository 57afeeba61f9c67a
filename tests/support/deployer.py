"""A deployer on this machine: it takes signed requests, remembers them, and reports as a test has it."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

from aiohttp import ClientSession, web

from bot.deployers.signing import authentic, signed

_ELSEWHERE = {"moved": "https://elsewhere.example/deploy", "private": "http://169.254.169.254/latest/"}
SIGNING, CALLBACK = b"signing-secret-0123456789", b"callback-secret-0123456789"


@dataclass(frozen=True)
class Asked:
    """One request as it came: whether its signature was good, its key and its body."""

    method: str
    good: bool
    key: str
    body: dict[str, Any]
    query: str = ""


@dataclass
class Service:
    """`answers` are used up one after the other: a fault's name, bytes, or (status, body); then `usual`."""

    url: str = ""
    asked: list[Asked] = field(default_factory=list)
    answers: list[str | bytes | tuple[int, Any]] = field(default_factory=list)
    usual: tuple[int, Any] = (202, {"state": "running"})
    status: tuple[int, Any] = (404, {"message": "no such deployment"})
    retry_after: str = ""
    on_ask: Callable[[], None] | None = None
    headers: dict[str, str] = field(default_factory=lambda: {"Content-Type": "application/json"})
    hangs: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def deploys(self) -> list[dict[str, Any]]:
        """What it was asked to deploy, each id once, as a deployer that keeps the key does."""
        found = {one.key: one.body for one in self.asked if one.body.get("action") == "deploy"}
        return list(found.values())

    async def answer(self, request: web.Request) -> web.StreamResponse:
        raw = await request.read()
        query = request.query_string
        good = authentic(request.headers, raw or query.encode(), SIGNING)
        body = json.loads(raw) if raw else {}
        key = request.headers.get("Idempotency-Key", "")
        self.asked.append(Asked(request.method, good, key, body, query))
        if self.on_ask is not None:
            self.on_ask()
        if request.method == "GET":
            return web.json_response(self.status[1], status=self.status[0])
        said = self.answers.pop(0) if self.answers else self.usual
        if isinstance(said, bytes):
            return web.Response(body=said, headers=self.headers)
        if isinstance(said, str) and said in _LONG:
            sent, status = _LONG[said]
            return await sent(request, status)
        return await self._said(request, said)

    async def _said(self, request: web.Request, said: str | tuple[int, Any]) -> web.StreamResponse:
        match said:
            case "html":
                return web.Response(text="<html><b>Sign in</b></html>", content_type="text/html")
            case "html refused":
                text = "<html><b>Not   for\nyou</b></html>"
                return web.Response(text=text, status=403, content_type="text/html")
            case "never":
                await self.hangs.wait()
            case "cut":
                assert request.transport is not None
                request.transport.close()
            case "moved" | "private":
                return web.Response(status=307, headers={"Location": _ELSEWHERE[said]})
            case (int(), str() as text):
                return web.Response(status=said[0], text=text)
            case (int() as status, body):
                headers = {"Retry-After": self.retry_after} if self.retry_after else {}
                return web.json_response(body, status=status, headers=headers)
        return web.Response()


async def _dripping(request: web.Request, status: int) -> web.StreamResponse:
    response = web.StreamResponse(status=status)
    await response.prepare(request)
    with suppress(ConnectionError):  # whoever asked has had enough
        for _ in range(1000):
            await response.write(b" ")
            await asyncio.sleep(0.01)
    return response


async def _huge(request: web.Request, status: int) -> web.StreamResponse:
    response = web.StreamResponse(status=status)
    await response.prepare(request)
    with suppress(ConnectionError):  # whoever asked has had enough
        for _ in range(160):
            await response.write(b" " * 65_536)
    return response


_LONG = {
    "huge": (_huge, 200),
    "huge no": (_huge, 404),
    "drips": (_dripping, 200),
    "no that drips": (_dripping, 404),
}


@asynccontextmanager
async def service() -> AsyncIterator[Service]:
    """On a port of its own."""
    found = Service()
    app = web.Application()
    app.router.add_route("*", "/deploy", found.answer)
    app.router.add_route("*", "/status", found.answer)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    found.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        yield found
    finally:
        found.hangs.set()
        await runner.cleanup()


async def reported(url: str, body: object, *, secret: bytes = CALLBACK) -> tuple[int, Any]:
    """A callback as a deployer sends it: the status, and what was answered."""
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    async with ClientSession() as session, session.post(url, data=raw, headers=signed(secret, raw)) as told:
        text = await told.text()
        return told.status, json.loads(text) if text else None
