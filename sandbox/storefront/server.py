"""The running shop, on 127.0.0.1 only: its deployer's webhook, its health endpoints, its query API."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import aiohttp
from aiohttp import web

from sandbox.clock import Clock
from sandbox.model import Json
from sandbox.storefront import keeping, numbers, prometheus
from sandbox.storefront.model import PRODUCTION, RUNNING, STAGING, Deployment, NotUnderstood
from sandbox.storefront.signing import authentic, signed

BODY_LIMIT = 65_536
LOOK_S = 0.1
AGAIN_S = 1.0
_TIMEOUT = aiohttp.ClientTimeout(total=10)
# What was said is known, too late, or unreadable: saying it again changes nothing.
_HEARD = frozenset({200, 202, 400, 404, 409})


class Storefront:
    """Start with `await Storefront.start(...)`, end with `await shop.stop()`.

    `changed` is called after everything that a page would show anew. `url_before` is where it was the last
    time, when that is elsewhere.
    """

    def __init__(self, kept: keeping.Kept, path: Path | None, clock: Clock) -> None:
        self._kept = kept
        self._path = path
        self._clock = clock
        self.changed: Callable[[], None] | None = None
        self.url_before = ""
        self._runner: web.AppRunner
        self._works: asyncio.Task[None]

    @classmethod
    async def start(
        cls, port: int = 0, *, version: str, clock: Clock, state: Path | None = None
    ) -> Storefront:
        """Everybody has `version` until something is deployed. `state` is a file that keeps the shop, with
        its port: it is taken again when it is free, instead of `port`.
        """
        shop = cls(keeping.load(state, version), state, clock)
        await shop._serve(port)
        shop._works = asyncio.create_task(shop._work())
        return shop

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._kept.port}"

    @property
    def signing_secret(self) -> str:
        """What requests to its deployer are signed with."""
        return self._kept.signing

    @property
    def callback_secret(self) -> str:
        """What its deployer signs its callbacks with."""
        return self._kept.callback

    @property
    def fails_next(self) -> bool:
        return self._kept.shop.fails_next

    @property
    def told_all(self) -> bool:
        """Whether nothing is being deployed, and Naru has heard of all that was."""
        shop, now = self._kept.shop, self._clock.now()
        return not any(one.state == RUNNING or _untold(one, now) for one in shop.deployments.values())

    def next_fails(self, *, fails: bool) -> None:
        """The switch of the page."""
        self._kept.shop.next_fails(fails=fails, at=self._clock.now())
        self._keep()

    def as_json(self) -> Json:
        """As a page shows it: the newest version last."""
        shop, now = self._kept.shop, self._clock.now()
        return {
            "staging": shop.staging,
            "production": [
                {"version": version, "percent": round(100 * share), "fails": version in shop.failing}
                for version, share in shop.traffic.items()
            ],
            "deploying": [
                {"version": one.version, "environment": one.environment, "percent": one.percent(now)}
                for one in shop.deployments.values()
                if one.state == RUNNING
            ],
            "fails_next": shop.fails_next,
        }

    async def stop(self) -> None:
        self._works.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await self._works
        await self._runner.cleanup()
        keeping.save(self._path, self._kept)

    # ------------------------------------------------------------------ its deployer at work

    async def _work(self) -> None:
        async with aiohttp.ClientSession(timeout=_TIMEOUT) as session:
            while True:
                heard = await self._go_on(session)
                await asyncio.sleep(LOOK_S if heard else AGAIN_S)

    async def _go_on(self, session: aiohttp.ClientSession) -> bool:
        """Whether all that is new was heard."""
        shop, now = self._kept.shop, self._clock.now()
        if shop.go_on(now):
            self._keep()
        news = [(one, told) for one in shop.deployments.values() if (told := _untold(one, now))]
        heard = [await self._tell(session, one, told) for one, told in news]
        return all(heard)

    async def _tell(self, session: aiohttp.ClientSession, one: Deployment, told: str) -> bool:
        body = json.dumps({"id": one.id, **json.loads(told)}).encode()
        headers = {"Content-Type": "application/json", **signed(self.callback_secret, body)}
        try:
            async with session.post(one.callback, data=body, headers=headers) as answer:
                heard = answer.status in _HEARD
        except (aiohttp.ClientError, TimeoutError):
            return False
        if heard:
            one.told = told
            self._keep()
        return heard

    def _keep(self) -> None:
        keeping.save(self._path, self._kept)
        if self.changed is not None:
            self.changed()

    # ------------------------------------------------------------------ what it is asked

    async def _serve(self, port: int) -> None:
        app = web.Application(client_max_size=BODY_LIMIT)
        app.router.add_post("/deploy", self._deploy)
        app.router.add_get("/status", self._status)
        app.router.add_get("/api/v1/query", self._query)
        app.router.add_get("/api/v1/query_range", self._query_range)
        app.router.add_get("/health/{environment}", self._health)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
        await self._runner.setup()
        try:
            await web.TCPSite(self._runner, "127.0.0.1", self._kept.port or port).start()
        except OSError:
            await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        before, self._kept.port = self._kept.port, int(self._runner.addresses[0][1])
        self.url_before = f"http://127.0.0.1:{before}" if before not in (0, self._kept.port) else ""
        keeping.save(self._path, self._kept)

    async def _deploy(self, request: web.Request) -> web.Response:
        """The same id is the same work: it is answered with how far that is."""
        raw = await request.read()
        if not authentic(request.headers, raw, self.signing_secret):
            return _no(401, "the signature or its timestamp is not right")
        try:
            body = json.loads(raw)
            if not isinstance(body, dict):
                return _no(400, "a JSON object is expected")
            now = self._clock.now()
            one = self._kept.shop.asked(body, now)
        except ValueError:
            return _no(400, "JSON is expected")
        except NotUnderstood as no:
            return _no(400, str(no))
        return self._answered(one, now, status=202)

    async def _status(self, request: web.Request) -> web.Response:
        if not authentic(request.headers, request.query_string.encode(), self.signing_secret):
            return _no(401, "the signature or its timestamp is not right")
        one = self._kept.shop.deployments.get(request.query.get("id", ""))
        if one is None:
            return _no(404, "no such deployment")
        return self._answered(one, self._clock.now(), status=200)

    def _answered(self, one: Deployment, now: datetime, *, status: int) -> web.Response:
        self._kept.shop.go_on(now)
        news = one.news(now)
        one.told = json.dumps(news)
        self._keep()
        return web.json_response(news, status=status)

    async def _query(self, request: web.Request) -> web.Response:
        query, now = request.query.get("query", ""), self._clock.now()
        return _prometheus(lambda: prometheus.instant(self._kept.shop, query, now))

    async def _query_range(self, request: web.Request) -> web.Response:
        return _prometheus(lambda: prometheus.ranged(self._kept.shop, request.query))

    async def _health(self, request: web.Request) -> web.Response:
        shop, environment = self._kept.shop, request.match_info["environment"]
        if environment not in (STAGING, PRODUCTION):
            return _no(404, "staging or production")
        well = environment == STAGING or numbers.is_well(shop, self._clock.now())
        running = [shop.staging] if environment == STAGING else list(shop.traffic)
        body = {"status": "ok" if well else "overloaded", "versions": running}
        return web.json_response(body, status=200 if well else 503)


def _untold(one: Deployment, now: datetime) -> str:
    """The news that Naru has not heard; nothing where it gave no address to tell it to."""
    told = json.dumps(one.news(now))
    return told if one.callback and told != one.told else ""


def _no(status: int, message: str) -> web.Response:
    return web.json_response({"message": message}, status=status)


def _prometheus(asked: Callable[[], dict[str, Any]]) -> web.Response:
    try:
        return web.json_response({"status": "success", "data": asked()})
    except prometheus.BadQuery as no:
        told = {"status": "error", "errorType": "bad_data", "error": str(no)}
        return web.json_response(told, status=400)
