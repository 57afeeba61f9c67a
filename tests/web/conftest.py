"""The API over HTTP beside a driven shop: answers as a pipeline reads them."""

from __future__ import annotations

import json
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from http import HTTPStatus
from typing import Any

import pytest
import pytest_asyncio
from aiohttp import ClientResponse, web
from aiohttp.test_utils import TestClient, TestServer

from bot.errors import boundary
from commands import tokens
from commands.requests import MakeToken
from domain.people import BOT, Origin, Via
from domain.tokens import Scope
from storage.db import Database
from tests.support.clock import HandClock
from tests.support.driver import Driver
from tests.support.world import PROJECT, World
from web.app import BASE, Api
from web.openapi import document

TERMINAL = Origin(BOT, Via.COMMAND_LINE)


@dataclass
class Pipeline:
    """Asks with a token. Every answer is status, what it is made of, and its body."""

    drive: Driver
    client: TestClient[web.Request, web.Application]
    token: str = ""

    def make(self, *scopes: Scope, name: str = "ci", lasts: timedelta | None = None) -> str:
        request = MakeToken(project=PROJECT, name=name, scopes=scopes or tuple(Scope), lasts=lasts)
        with self.drive.tx() as tx:
            return tokens.make(tx, request, TERMINAL).text

    async def ask(self, method: str, path: str, **how: Any) -> ClientResponse:
        headers = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        headers |= how.pop("headers", {})
        answer = await self.client.request(method, f"{BASE}{path}", headers=headers, **how)
        assert as_documented(method, path, answer.status)
        return answer

    async def get(self, path: str, **how: Any) -> tuple[int, Any]:
        return await _told(await self.ask("GET", path, **how))

    async def post(self, path: str, body: Any, **how: Any) -> tuple[int, Any]:
        return await _told(await self.ask("POST", path, json=body, **how))


def as_documented(method: str, path: str, status: int) -> bool:
    """Whether the document knows this answer; of an address or a method that it does not know it says so."""
    for pattern, operations in document()["paths"].items():
        if re.fullmatch(re.sub(r"\\{\w+\\}", "[^/]+", re.escape(pattern)), path.partition("?")[0]):
            known = operations.get(method.lower())
            return str(status) in known["responses"] if known else status == HTTPStatus.METHOD_NOT_ALLOWED
    return status == (HTTPStatus.OK if path == "/openapi.json" else HTTPStatus.NOT_FOUND)


async def _told(answer: ClientResponse) -> tuple[int, Any]:
    kind = "application/problem+json" if answer.status >= 400 else "application/json"
    assert answer.content_type == kind
    return answer.status, json.loads(await answer.text())


@pytest.fixture
def drive(database: Database, clock: HandClock, shop: World) -> Driver:
    return Driver(database, clock)


@pytest_asyncio.fixture
async def ci(drive: Driver) -> AsyncIterator[Pipeline]:
    """A pipeline whose token may do all that there is."""
    app = web.Application()
    app.add_subapp(BASE, Api(drive.database, boundary, rate=100_000).application())
    async with TestClient(TestServer(app)) as client:
        pipeline = Pipeline(drive, client)
        pipeline.token = pipeline.make()
        yield pipeline
