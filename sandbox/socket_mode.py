"""Socket Mode: WebSocket connections opened by the app, envelopes down, acknowledgements up."""

from __future__ import annotations

import asyncio
import json
import secrets
import time
import uuid
from dataclasses import dataclass, field
from datetime import UTC, datetime

from aiohttp import WSMsgType, web

from sandbox.delivery import ANSWER_SECONDS, Kind, Outcome, Retry
from sandbox.model import Json

CONNECTION_LIMIT = 10
TICKET_SECONDS = 60.0


@dataclass
class Connection:
    socket: web.WebSocketResponse
    closing: bool = False


@dataclass
class SocketHub:
    """A payload goes to any one of the open connections, in turn."""

    app_id: str
    answer_seconds: float = ANSWER_SECONDS
    connections: list[Connection] = field(default_factory=list)
    _tickets: dict[str, float] = field(default_factory=dict)
    _waiting: dict[str, asyncio.Future[Json]] = field(default_factory=dict)
    _turn: int = 0

    def ticket(self) -> str:
        """One use, within a minute."""
        ticket = str(uuid.uuid4())
        self._tickets[ticket] = time.monotonic()
        return ticket

    async def accept(self, request: web.Request) -> web.StreamResponse:
        born = self._tickets.pop(request.query.get("ticket", ""), None)
        if born is None or time.monotonic() - born > TICKET_SECONDS:
            return web.Response(status=401)
        socket = web.WebSocketResponse(heartbeat=30)
        await socket.prepare(request)
        if len(self.connections) >= CONNECTION_LIMIT:
            await socket.send_json(_disconnect("too_many_websockets"))
            await socket.close()
            return socket
        connection = Connection(socket)
        self.connections.append(connection)
        try:
            await socket.send_json(self._hello())
            await self._listen(socket)
        except ConnectionError:
            connection.closing = True
        finally:
            self.connections.remove(connection)
        return socket

    async def send(self, kind: Kind, payload: Json, *, retry: Retry | None = None) -> Outcome:
        connection = self._next()
        if connection is None:
            return Outcome("app_unreachable", reason="connection_failed")
        envelope_id = str(uuid.uuid4())
        answer: asyncio.Future[Json] = asyncio.get_running_loop().create_future()
        self._waiting[envelope_id] = answer
        begun = time.monotonic()
        try:
            await connection.socket.send_json(_envelope(envelope_id, kind, payload, retry))
            message = await asyncio.wait_for(answer, self.answer_seconds)
        except TimeoutError:
            return Outcome("operation_timeout", seconds=time.monotonic() - begun, reason="timeout")
        except ConnectionError:
            return Outcome("app_unreachable", reason="connection_failed")
        finally:
            del self._waiting[envelope_id]
        return Outcome(None, message.get("payload") or None, time.monotonic() - begun)

    async def refresh(self, reason: str = "refresh_requested", *, warn: bool = False) -> None:
        """Tell every connection that it will be closed, and close it unless this is only the warning."""
        for connection in list(self.connections):
            if warn:
                await connection.socket.send_json(_disconnect("warning"))
                continue
            connection.closing = True
            await connection.socket.send_json(_disconnect(reason))
            await connection.socket.close()

    def cut(self) -> None:
        """The connections are lost without a word."""
        for connection in list(self.connections):
            connection.closing = True
            transport = connection.socket._req.transport if connection.socket._req else None  # noqa: SLF001 - aiohttp has no public way to abort
            if transport is not None:
                transport.abort()

    async def close(self) -> None:
        for connection in list(self.connections):
            connection.closing = True
            await connection.socket.close()

    def _next(self) -> Connection | None:
        usable = [c for c in self.connections if not c.closing and not c.socket.closed]
        if not usable:
            return None
        self._turn += 1
        return usable[self._turn % len(usable)]

    async def _listen(self, socket: web.WebSocketResponse) -> None:
        async for message in socket:
            if message.type is not WSMsgType.TEXT:
                continue
            try:
                data = json.loads(message.data)
            except ValueError:
                continue
            waiting = self._waiting.get(str(data.get("envelope_id"))) if isinstance(data, dict) else None
            if waiting is not None and not waiting.done():
                waiting.set_result(data)

    def _hello(self) -> Json:
        started = datetime.now(UTC).strftime("%Y-%m-%d %H:%M:%S.000")
        debug: Json = {"host": "applink-sandbox", "build_number": 1, "started": started}
        debug["approximate_connection_time"] = 18060
        hello: Json = {"type": "hello", "num_connections": len(self.connections), "debug_info": debug}
        return hello | {"connection_info": {"app_id": self.app_id}}


def _envelope(envelope_id: str, kind: Kind, payload: Json, retry: Retry | None) -> Json:
    envelope: Json = {"envelope_id": envelope_id, "payload": payload, "type": kind}
    envelope["accepts_response_payload"] = kind != "events_api"
    if kind == "events_api":
        envelope |= {
            "retry_attempt": retry.number if retry else 0,
            "retry_reason": retry.reason if retry else "",
        }
    return envelope


def _disconnect(reason: str) -> Json:
    return {"type": "disconnect", "reason": reason, "debug_info": {"host": f"applink-{secrets.token_hex(2)}"}}
