"""The API as an aiohttp application, to be mounted beneath its base address."""

from __future__ import annotations

import asyncio
import json
import math
import time
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from typing import Any, TypeVar

import structlog
from aiohttp import web
from aiolimiter import AsyncLimiter
from pydantic import BaseModel

from commands import context, tokens
from domain.refusals import Refused
from domain.tokens import Token
from messages.api import Wrong
from messages.texts import Reader
from storage.db import Database, NotAnswering, NotStarted, Tx, Unavailable, answering
from web import openapi
from web.calls import JSON, Call, Endpoint, no
from web.once import Sent, perform, sent
from web.problems import Failed, problem
from web.reading import bearer, body_of, key_of, query_of, reader_of
from web.table import ENDPOINTS

BASE = "/api/v1"
RATE, PER_S = 120, 60.0
"""Requests of one token: more than any pipeline needs, less than would be felt in Slack."""
DEADLINE_S, FINISH_S = 10.0, 5.0
"""So long is waited for the database, and for what it has begun."""
_PROBLEM = "application/problem+json"

T = TypeVar("T")
log = structlog.get_logger()

Boundary = Callable[..., AbstractAsyncContextManager[None]]
"""`bot.errors.boundary`: what is no refusal is a bug, logged under a reference."""


class Api:
    """Lets requests in, runs them, and answers in the language of who asks."""

    def __init__(self, db: Database, boundary: Boundary, *, rate: float = RATE) -> None:
        self._db = db
        self._boundary = boundary
        self._rate = rate
        self._limits: dict[str, AsyncLimiter] = {}

    def application(self) -> web.Application:
        app = web.Application(middlewares=[self._problems])
        app.router.add_get("/openapi.json", _document, allow_head=False)
        for endpoint in ENDPOINTS:
            app.router.add_route(endpoint.method, endpoint.path, self._serving(endpoint))
        return app

    @web.middleware
    async def _problems(
        self, request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
    ) -> web.StreamResponse:
        """Whatever goes wrong is answered as a problem; a bug is logged, and told by its reference."""
        told: list[web.StreamResponse] = []

        async def bug(reference: str) -> None:
            told.append(_failed(request, Failed(Wrong.BUG, reference=reference)))

        async with self._boundary(bug, kind="api"):
            told.append(await _answered(request, handler))
        return told[0]

    def _serving(self, endpoint: Endpoint) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
        async def serve(request: web.Request) -> web.StreamResponse:
            token, zone = await self._let_in(request, endpoint)
            await self._limit(token)
            call = Call(
                token=token,
                reader=reader_of(request, zone),
                parts=dict(request.match_info),
                base=BASE,
                query=query_of(request, endpoint.query),
            )
            return _reply(await self._run(request, endpoint, call), endpoint.media)

        return serve

    async def _let_in(self, request: web.Request, endpoint: Endpoint) -> tuple[Token, str]:
        """Another project's address is as unknown as one that is not there. Raises Failed."""
        token, zone, news = await self._read(_known, bearer(request))
        if token is None:
            raise _nobody()
        if request.match_info["project"] != token.project:
            raise Failed(Wrong.NOT_FOUND, url=f"{BASE}/openapi.json")
        if not set(endpoint.scopes) & set(token.scopes):
            raise Failed(Wrong.SCOPE_MISSING, scopes=", ".join(endpoint.scopes))
        if news:
            await self._write(tokens.used, token)
        return token, zone

    async def _limit(self, token: Token) -> None:
        """Raises Failed for who asks too often."""
        limit = self._limits.setdefault(token.id, AsyncLimiter(self._rate, PER_S))
        if not limit.has_capacity():
            seconds = math.ceil(PER_S / self._rate)
            raise Failed(Wrong.TOO_MANY, headers={"Retry-After": str(seconds)}, seconds=seconds)
        await limit.acquire()

    async def _run(self, request: web.Request, endpoint: Endpoint, call: Call) -> Sent:
        if endpoint.body is None:
            return await self._read(_handled, endpoint, call)
        body, raw = await body_of(request, endpoint.body)
        filled = _with_body(call, body)
        return await self._write(_reported, endpoint, filled, bearer(request), key_of(request), raw)

    async def _read(self, work: Callable[..., T], *args: Any) -> T:
        """Raises Failed when the database does not answer, or not soon."""
        try:
            async with asyncio.timeout(DEADLINE_S):
                with answering():
                    return await self._db.read(work, *args)
        except (TimeoutError, NotAnswering) as why:
            log.warning("database does not answer", why=str(why))
            raise _not_now(Wrong.UNAVAILABLE) from None

    async def _write(self, work: Callable[..., T], *args: Any) -> T:
        """Raises Failed: nothing was recorded of what had not begun; of what had, nobody knows."""
        try:
            async with asyncio.timeout(DEADLINE_S + FINISH_S):
                with answering():
                    return await self._db.run(work, *args, deadline=time.monotonic() + DEADLINE_S)
        except (NotStarted, Unavailable) as why:
            log.warning("database is not written", why=str(why))
            raise _not_now(Wrong.UNAVAILABLE) from None
        except (TimeoutError, NotAnswering) as why:
            log.warning("database does not answer", why=str(why))
            raise _not_now(Wrong.UNSURE) from None


def _nobody() -> Failed:
    return Failed(Wrong.UNAUTHENTICATED, headers={"WWW-Authenticate": 'Bearer realm="naru"'})


def _not_now(wrong: Wrong) -> Failed:
    return Failed(wrong, headers={"Retry-After": "5"})


def _with_body(call: Call, body: BaseModel) -> Call:
    return Call(token=call.token, reader=call.reader, parts=call.parts, base=call.base, body=body)


def _known(tx: Tx, text: str) -> tuple[Token | None, str, bool]:
    """The token, its project's zone, and whether its use is to be written down."""
    token = tokens.known(tx, text)
    if token is None:
        return None, "", False
    return token, context.project_of(tx, token.project).policy.zone, tokens.is_news(tx, token)


def _handled(tx: Tx, endpoint: Endpoint, call: Call) -> Sent:
    try:
        return sent(endpoint.handler(tx, call))
    except Refused as why:
        return sent(no(tx, call, why))


def _reported(tx: Tx, endpoint: Endpoint, call: Call, text: str, key: str, raw: bytes) -> Sent:
    """A release that is not there is refused before any verb begins. The body took its time: a token that was
    renewed or revoked meanwhile is no good any more.
    """
    if tokens.known(tx, text) is None:
        raise _nobody()
    try:
        return perform(tx, endpoint, call, key, raw)
    except Refused as why:
        return sent(no(tx, call, why))


async def _answered(
    request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
) -> web.StreamResponse:
    try:
        return await handler(request)
    except Failed as failed:
        return _failed(request, failed)
    except web.HTTPMethodNotAllowed as wrong:
        methods = ", ".join(sorted(wrong.allowed_methods))
        return _failed(request, Failed(Wrong.METHOD_NOT_ALLOWED, headers={"Allow": methods}, methods=methods))
    except web.HTTPNotFound:
        return _failed(request, Failed(Wrong.NOT_FOUND, url=f"{BASE}/openapi.json"))


def _failed(request: web.Request, failed: Failed) -> web.Response:
    reader: Reader = reader_of(request)
    told = problem(reader, failed)
    reply = _reply((told.status, told.model_dump_json(), ""))
    reply.headers.update(failed.headers)
    return reply


def _reply(answer: Sent, media: str = JSON) -> web.Response:
    status, text, location = answer
    headers = {"Location": location} if location else {}
    kind = _PROBLEM if status >= web.HTTPBadRequest.status_code else media
    return web.Response(status=status, text=text, content_type=kind, headers=headers)


async def _document(_request: web.Request) -> web.Response:
    return web.json_response(text=json.dumps(openapi.document(), ensure_ascii=False))


__all__ = ["BASE", "Api"]
