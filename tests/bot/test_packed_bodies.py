"""What strangers send packed is not unpacked."""

from __future__ import annotations

import gzip
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from pydantic import SecretStr
from slack_bolt.async_app import AsyncApp

from bot.callbacks import Callbacks
from bot.errors import boundary
from bot.readiness import Readiness
from bot.server import Door, make_app, runner_of
from storage.db import Database
from web.app import Api

BOMB = gzip.compress(b"\0" * 60_000_000)
PACKED = {"Content-Encoding": "gzip", "Content-Type": "application/json"}


@pytest.mark.parametrize("body", [BOMB, b"no gzip at all"], ids=["bomb", "garbage"])
@pytest.mark.parametrize("path", ["/slack/events", "/hooks/deploys/shop", "/api/v1/projects/shop/readings"])
async def test_a_stranger_is_turned_away_before_anything_is_unpacked(
    database: Database, path: str, body: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    unpacked: list[Any] = []
    monkeypatch.setattr("aiohttp.http_parser.DeflateBuffer", lambda *given: unpacked.append(given))
    door = Door(AsyncApp(token="xoxb-1", signing_secret="s"), "secret")
    callbacks, api = Callbacks(database, lambda: SecretStr("key")), Api(database, boundary)
    runner = runner_of(make_app(door, Readiness(database), callbacks, api))
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    async with aiohttp.ClientSession() as client:
        answer = await client.post(
            f"http://127.0.0.1:{runner.addresses[0][1]}{path}", data=body, headers=PACKED
        )
    await runner.cleanup()
    assert (answer.status, unpacked) == (401, [])
