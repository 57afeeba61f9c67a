"""A body that trickles in is not waited for."""

from __future__ import annotations

import asyncio

import pytest
from aiohttp import web
from slack_bolt.async_app import AsyncApp

from bot import server
from bot.server import Door


async def test_a_body_that_does_not_come_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "READ_S", 0.2)
    app = web.Application()
    app.router.add_post("/slack/events", Door(AsyncApp(token="xoxb-1", signing_secret="s"), "secret").http)
    runner = web.AppRunner(app, lingering_time=0)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    reader, writer = await asyncio.open_connection("127.0.0.1", runner.addresses[0][1])
    writer.write(b"POST /slack/events HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nhalf")
    answer = await asyncio.wait_for(reader.readline(), 30)
    writer.close()
    await runner.cleanup()
    assert answer == b"HTTP/1.1 408 Request Timeout\r\n"
