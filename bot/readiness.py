"""Whether this process can serve: database, writer, schema, pulse."""

from __future__ import annotations

import asyncio
import time

from aiohttp import web
from sqlalchemy.exc import SQLAlchemyError

from storage.db import Database

OK, UNAVAILABLE = 200, 503
STALE_S = 30.0


class Readiness:
    """Red while starting, while draining, when the writer died, or when the pulse stopped."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._serving = False
        self._pulse = time.monotonic()

    def serving(self, *, yes: bool) -> None:
        self._serving = yes

    def beat(self) -> None:
        self._pulse = time.monotonic()

    async def problems(self) -> list[str]:
        found = [] if self._serving else ["not serving"]
        if not self._db.alive:
            found.append("the database writer has stopped")
        if time.monotonic() - self._pulse > STALE_S:
            found.append("the scheduler has stopped")
        try:
            await asyncio.wait_for(asyncio.to_thread(self._db.ping), 2)
        except (SQLAlchemyError, TimeoutError, OSError):
            found.append("the database does not answer")
        return found

    async def handle(self, _request: web.Request) -> web.Response:
        problems = await self.problems()
        status = UNAVAILABLE if problems else OK
        return web.json_response(
            {"status": "unavailable" if problems else "ok", "problems": problems}, status=status
        )
