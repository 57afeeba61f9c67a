"""What deployers report: `POST /hooks/deploys/<project>`, signed with the callback secret."""

from __future__ import annotations

import asyncio

import structlog
from aiohttp import web

from bot.deployers import Secret
from bot.deployers.signing import authentic
from bot.deployers.words import NotRead, callback
from bot.errors import boundary
from commands.deploys.report import take_in
from domain.deploys.reports import Report, Taken
from domain.people import BOT, Origin, Via
from storage.db import Database

log = structlog.get_logger()
ROUTE = "/hooks/deploys/{project}"
MAX_BODY = 65_536
READ_S = 5.0
ORIGIN = Origin(BOT, Via.DEPLOYER)
STATUS = {Taken.TAKEN: 202, Taken.SAME: 200, Taken.OUT_OF_ORDER: 409, Taken.LATE: 409, Taken.OTHER: 404}


class Callbacks:
    """401 before anything is parsed; what was said already, or too late, changes nothing and is told so."""

    def __init__(self, db: Database, secret: Secret) -> None:
        self._db = db
        self._secret = secret

    async def handle(self, request: web.Request) -> web.Response:
        if (request.content_length or 0) > MAX_BODY:
            return web.Response(status=413, headers={"Connection": "close"})
        try:
            async with asyncio.timeout(READ_S):
                raw = await request.content.read(MAX_BODY + 1)
                while len(raw) <= MAX_BODY and (more := await request.content.read(MAX_BODY + 1 - len(raw))):
                    raw += more
        except TimeoutError:
            return web.Response(status=408, headers={"Connection": "close"})
        if len(raw) > MAX_BODY:
            return web.Response(status=413, headers={"Connection": "close"})
        held = self._secret()
        if not authentic(request.headers, raw, held.get_secret_value().encode() if held else b""):
            return web.Response(status=401)
        return await self._read(request.match_info["project"], raw)

    async def _read(self, project: str, raw: bytes) -> web.Response:
        try:
            report = callback(raw)
        except NotRead as no:
            log.info("callback turned away", project=project[:40], why=str(no))
            return web.json_response({"result": "unreadable", "what": str(no)}, status=400)
        return await self._take(project, report)

    async def _take(self, project: str, report: Report) -> web.Response:
        """A failure of ours is a 503: the deployer says it again."""
        async with boundary(None, job="callback", project=project[:40]):
            taken = await self._db.run(take_in, report, ORIGIN, project)
            found = taken or Taken.OTHER
            log.info("callback", project=project[:40], deployment=report.deployment, result=found.value)
            return web.json_response({"result": found.value}, status=STATUS[found])
        return web.json_response({"result": "try again"}, status=503)
