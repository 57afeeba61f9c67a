"""A workspace with a small app that shows every block and element, and a browser to look at it."""

from __future__ import annotations

import asyncio
import json
import shutil
import socket
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from aiohttp import web
from playwright.async_api import Browser, Page, async_playwright, expect
from slack_sdk.web.async_client import AsyncWebClient

from sandbox import Sandbox

GALLERY: dict[str, Any] = json.loads((Path(__file__).parent / "gallery.json").read_text("utf-8"))
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
PATIENCE_MS = 20_000  # of a machine that does much else
expect.set_options(timeout=PATIENCE_MS)


class HandClock:
    """Business time that stands still until the page moves it."""

    def __init__(self) -> None:
        self._now = datetime(2026, 3, 4, 6, 0, tzinfo=UTC)
        self.rate = 1.0

    def now(self) -> datetime:
        self._now += timedelta(milliseconds=1)
        return self._now

    def advance(self, by: timedelta) -> None:
        self._now += by

    def set_rate(self, rate: float) -> None:
        self.rate = rate


class GalleryApp:
    """Answers signed HTTP as an app would; `heard` keeps what came in."""

    def __init__(self, box: Sandbox) -> None:
        self.client = AsyncWebClient(token=box.bot_token, base_url=box.api_url)
        self.heard: list[dict[str, Any]] = []
        self.answers: dict[str, dict[str, Any]] = {}
        self.submit_takes = 0.0

    async def handle(self, request: web.Request) -> web.Response:
        if request.content_type == "application/json":
            return await self._event(await request.json())
        form = await request.post()
        if "payload" in form:
            return await self._interaction(json.loads(str(form["payload"])))
        return await self._command({name: str(value) for name, value in form.items()})

    async def _event(self, body: dict[str, Any]) -> web.Response:
        self.heard.append(body)
        event = body.get("event", {})
        if event.get("type") == "app_home_opened" and event.get("tab") == "home":
            await self.client.views_publish(user_id=event["user"], view=GALLERY["home"])
        return web.json_response({"challenge": body.get("challenge")})

    async def _command(self, body: dict[str, str]) -> web.Response:
        self.heard.append(body)
        word = body["text"].split(" ")[0]
        if word == "slow":
            await asyncio.sleep(2)
        if word == "start":
            await self.client.views_open(trigger_id=body["trigger_id"], view=GALLERY["modal"])
            return web.Response()
        return web.json_response({"response_type": "ephemeral", "text": f"You said `{body['text']}`"})

    async def _interaction(self, body: dict[str, Any]) -> web.Response:
        self.heard.append(body)
        if body["type"] == "view_submission":
            await asyncio.sleep(self.submit_takes)
            return web.json_response(self.answers.get("submit", {}))
        action = body.get("actions", [{}])[0].get("action_id")
        if action == "approve_if":
            await asyncio.sleep(2)
        if action == "deeper":
            await self.client.views_push(trigger_id=body["trigger_id"], view=GALLERY["second"])
        if action == "approve":
            await self.client.chat_postEphemeral(
                channel=body["channel"]["id"], user=body["user"]["id"], text="Your approval is recorded."
            )
        return web.Response()

    def last(self, kind: str) -> dict[str, Any]:
        return next(one for one in reversed(self.heard) if one.get("type") == kind)


@pytest_asyncio.fixture(loop_scope="session")
async def box() -> AsyncIterator[Sandbox]:
    made = await Sandbox.start(
        manifest=GALLERY["manifest"], clock=HandClock(), guide=GALLERY["guide"], answer_seconds=1.5
    )
    yield made
    await made.stop()


@pytest_asyncio.fixture(loop_scope="session")
async def gallery(box: Sandbox) -> AsyncIterator[GalleryApp]:
    app = GalleryApp(box)
    server = web.Application()
    server.router.add_post("/slack/events", app.handle)
    runner = web.AppRunner(server)
    await runner.setup()
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    await web.TCPSite(runner, "127.0.0.1", port).start()
    box.deliver_http(f"http://127.0.0.1:{port}/slack/events")
    yield app
    await runner.cleanup()


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("NO CHROMIUM FOUND: the page of the sandbox is not tested here")
    async with async_playwright() as playwright:
        found = await playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield found
        await found.close()


@pytest_asyncio.fixture(loop_scope="session")
async def page(browser: Browser) -> AsyncIterator[Page]:
    """Every error of the page, a refused style or script too, fails the test."""
    opened = await browser.new_page(viewport={"width": 1440, "height": 900})
    errors: list[str] = []
    opened.on("pageerror", lambda error: errors.append(str(error)))
    opened.on("console", lambda line: errors.append(line.text) if line.type == "error" else None)
    opened.set_default_timeout(PATIENCE_MS)
    yield opened
    await opened.close()
    assert errors == []
