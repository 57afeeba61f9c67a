"""The HTTP side: Slack's requests through the front door, and the health of this process."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import structlog
from aiohttp import web
from slack_bolt.async_app import AsyncApp
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse

from bot.callbacks import ROUTE, Callbacks
from bot.errors import boundary
from bot.frontdoor import MAX_BODY, Incoming, Kind, Turned, authentic, from_socket, parse
from bot.readiness import Readiness
from web.app import BASE, Api
from web.postmortems import Pages

log = structlog.get_logger()
_PASSED_ON = {401, 413, 429}
OK = 200
READ_S = 5.0  # Slack sends a body at once; who trickles is somebody else


class Door:
    """One way in for both deliveries: what is authentic and well formed goes to Bolt as a dict."""

    def __init__(self, bolt: AsyncApp, signing_secret: str) -> None:
        self._bolt = bolt
        self._secret = signing_secret.encode()

    async def http(self, request: web.Request) -> web.Response:
        """401 before parsing, 400 for what Slack would not send; never a 5xx for what the internet sends."""
        try:
            async with asyncio.timeout(READ_S):
                raw = await request.read()
        except web.HTTPRequestEntityTooLarge:
            return web.Response(status=413)
        except TimeoutError:
            return web.Response(status=408, headers={"Connection": "close"})
        if not self._secret or not authentic(request.headers, raw, self._secret):
            return web.Response(status=401)
        incoming = parse(request.headers.get("Content-Type", ""), raw)
        if isinstance(incoming, Turned):
            log.info("turned away", why=incoming.why)
            return web.Response(status=incoming.status)
        if incoming.kind is Kind.URL_VERIFICATION:
            return web.json_response({"challenge": incoming.body["challenge"]})
        answer = await self.dispatch(incoming)
        return web.Response(status=answer.status, text=answer.body or "", content_type=_content_type(answer))

    async def socket(self, envelope_type: str, payload: object) -> dict[str, Any] | None:
        """The payload of a Socket Mode ack, None for an empty one."""
        incoming = from_socket(envelope_type, payload)
        if isinstance(incoming, Turned):
            log.info("turned away", why=incoming.why)
            return None
        answer = await self.dispatch(incoming)
        body = json.loads(answer.body) if answer.body and answer.body.startswith("{") else None
        return body or None

    async def dispatch(self, incoming: Incoming) -> BoltResponse:
        """Every status of Bolt's but those that Slack must see becomes 200 and a log line."""
        answer = BoltResponse(status=OK)
        async with boundary(None, kind=incoming.kind):
            answer = await self._bolt.async_dispatch(AsyncBoltRequest(mode="socket_mode", body=incoming.body))
        if answer.status != OK and answer.status not in _PASSED_ON:
            log.warning("bolt answered", status=answer.status, kind=incoming.kind)
            return BoltResponse(status=OK)
        return answer


def _content_type(answer: BoltResponse) -> str:
    return "application/json" if (answer.body or "").startswith("{") else "text/plain"


def make_app(
    door: Door,
    readiness: Readiness,
    callbacks: Callbacks | None = None,
    api: Api | None = None,
    pages: Pages | None = None,
) -> web.Application:
    """The aiohttp application; bodies over the limit are refused while they arrive."""
    app = web.Application(client_max_size=MAX_BODY)
    app.router.add_post("/slack/events", door.http)
    if callbacks is not None:
        app.router.add_post(ROUTE, callbacks.handle)
    app.router.add_get("/healthz", _alive)
    if api is not None:
        app.add_subapp(BASE, api.application())
    if pages is not None:
        pages.register(app)
    app.router.add_get("/readyz", readiness.handle)
    return app


def runner_of(app: web.Application) -> web.AppRunner:
    """Bodies stay as they are sent: nobody whom we do not know makes us unpack sixty megabytes out of sixty
    kilobytes. Nobody whom we do know packs what they send, and the API says that it takes nothing packed.
    """
    return web.AppRunner(app, access_log=None, auto_decompress=False)


async def _alive(_request: web.Request) -> web.Response:
    """The loop turns: nothing else is asked."""
    return web.json_response({"status": "ok"})
