"""Socket Mode through our own front door: two connections, and a watchdog for those that died silently."""

from __future__ import annotations

import asyncio
import contextlib

import structlog
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.async_client import AsyncBaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import boundary
from bot.server import Door

log = structlog.get_logger()
CONNECTIONS = 2
PING_S = 10.0
WATCH_S = 15.0


class SocketMode:
    """Connections to Slack; each takes whatever payload comes to it."""

    def __init__(self, door: Door, app_token: str, base_url: str) -> None:
        self._door = door
        self._clients = [
            SocketModeClient(
                app_token=app_token,
                web_client=AsyncWebClient(base_url=base_url, retry_handlers=[]),
                ping_interval=PING_S,
            )
            for _ in range(CONNECTIONS)
        ]
        self._watch: asyncio.Task[None] | None = None

    async def start(self) -> None:
        for client in self._clients:
            client.socket_mode_request_listeners.append(self._serve)
            await client.connect()  # type: ignore[no-untyped-call]  # slack_sdk
        self._watch = asyncio.create_task(self._watchdog())

    async def stop(self) -> None:
        if self._watch is not None:
            self._watch.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._watch
        for client in self._clients:
            await client.close()  # type: ignore[no-untyped-call]  # slack_sdk

    async def _serve(self, client: AsyncBaseSocketModeClient, request: SocketModeRequest) -> None:
        async with boundary(None, envelope=request.type):
            payload = await self._door.socket(request.type, request.payload)
            await client.send_socket_mode_response(
                SocketModeResponse(envelope_id=request.envelope_id, payload=payload)
            )

    async def _watchdog(self) -> None:
        while True:
            await asyncio.sleep(WATCH_S)
            for client in self._clients:
                if not await client.is_connected():
                    log.warning("socket reconnects")
                    async with boundary(None, watchdog=True):
                        await client.connect_to_new_endpoint(force=True)
