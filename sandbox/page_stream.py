"""Server-Sent Events: every open page is told what has changed for its persona."""

from __future__ import annotations

import asyncio
import contextlib
import json

from aiohttp import web

from sandbox.model import Json
from sandbox.notices import Notice

HEARTBEAT_SECONDS = 15.0


class Streams:
    """The open streams by reader; `tell` is a watcher of the workspace's board."""

    def __init__(self) -> None:
        self._open: dict[asyncio.Queue[Json | None], str] = {}

    def tell(self, notice: Notice) -> None:
        for queue, reader in self._open.items():
            if notice.only in (None, reader):
                queue.put_nowait(notice.as_json())

    def close(self) -> None:
        for queue in self._open:
            queue.put_nowait(None)

    async def serve(self, request: web.Request, reader: str) -> web.StreamResponse:
        stream = web.StreamResponse(
            headers={"Content-Type": "text/event-stream", "Cache-Control": "no-cache"}
        )
        queue: asyncio.Queue[Json | None] = asyncio.Queue()
        self._open[queue] = reader
        try:
            await stream.prepare(request)
            await stream.write(b"retry: 1000\n\n")
            await _pump(stream, queue)
        except ConnectionError:
            return stream
        finally:
            del self._open[queue]
        return stream


async def _pump(stream: web.StreamResponse, queue: asyncio.Queue[Json | None]) -> None:
    while True:
        line: Json | None = {}
        with contextlib.suppress(TimeoutError):
            line = await asyncio.wait_for(queue.get(), HEARTBEAT_SECONDS)
        if line is None:
            return
        text = f"data: {json.dumps(line, ensure_ascii=False)}\n\n" if line else ": still here\n\n"
        await stream.write(text.encode())
