"""Feeds over real HTTP on this machine: whatever a host does, it is short, small, and told."""

from __future__ import annotations

import asyncio
import gzip
import sys
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import aiohttp
import pytest
import pytest_asyncio
from aiohttp import web

from bot import fetching
from bot.fetching import MAX_BYTES, Fetched, NotFetched, PublicOnly, Unchanged, fetch, is_public
from domain.calendar.imports import FeedWhy

CALENDAR = b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"
TAG = '"1"'
MODIFIED = "Mon, 02 Mar 2026 00:00:00 GMT"
ELSEWHERE = {
    "/here": "/good",
    "/round": "/round",
    "/elsewhere": "https://evil.example/feed.ics",
    "/inside": "http://169.254.169.254/latest/meta-data",
    "/broken": "http://[::1/x",
}


@dataclass
class Host:
    """A web server. `asked` are the paths in order, `sent` counts the bytes of the huge answer."""

    url: str = ""
    asked: list[str] = field(default_factory=list)
    sent: int = 0

    async def answer(self, request: web.Request) -> web.StreamResponse:
        self.asked.append(request.path)
        match request.path:
            case "/slow":
                await asyncio.sleep(30)
            case "/huge":
                return await self._stream(request)
            case "/announced":
                return web.Response(body=b"x" * (MAX_BYTES + 1))
            case "/packed":
                headers = {"Content-Encoding": "gzip"}
                return web.Response(body=gzip.compress(b"x" * 100_000_000), headers=headers)
            case path if path in ELSEWHERE:
                return web.Response(status=302, headers={"Location": ELSEWHERE[path]})
            case "/500":
                raise web.HTTPInternalServerError
            case "/kept" if {
                request.headers.get("If-None-Match"),
                request.headers.get("If-Modified-Since"),
            } & {
                '"1"',
                MODIFIED,
            }:
                raise web.HTTPNotModified
        return web.Response(body=CALENDAR, headers={"ETag": TAG, "Last-Modified": MODIFIED})

    async def _stream(self, request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        for _ in range(1600):
            await response.write(b"x" * 65_536)
            self.sent += 65_536
        return response


@pytest_asyncio.fixture
async def host() -> AsyncIterator[Host]:
    found = Host()
    app = web.Application()
    app.router.add_get("/{path:.*}", found.answer)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    found.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    yield found
    await runner.cleanup()


async def why(url: str, *, local: bool = True) -> tuple[FeedWhy, str]:
    with pytest.raises(NotFetched) as no:
        await fetch(url, local=local)
    fault = no.value.args[0]
    return fault.why, fault.detail


async def test_what_is_there_is_fetched_with_what_it_wants_to_be_asked_with(host: Host) -> None:
    assert await fetch(f"{host.url}/good", local=True) == Fetched(CALENDAR, '"1"', MODIFIED)


async def test_what_is_as_it_was_is_not_sent_again(host: Host) -> None:
    assert isinstance(await fetch(f"{host.url}/kept", etag='"1"', local=True), Unchanged)
    assert isinstance(await fetch(f"{host.url}/kept", modified=MODIFIED, local=True), Unchanged)
    assert isinstance(await fetch(f"{host.url}/kept", etag='"2"', local=True), Fetched)


async def test_a_header_that_cannot_be_sent_back_is_as_good_as_none(
    host: Host, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.modules[__name__], "TAG", '"é"')
    assert await fetch(f"{host.url}/good", local=True) == Fetched(CALENDAR, "", MODIFIED)


async def test_a_hundred_megabytes_are_not_downloaded(host: Host) -> None:
    assert await why(f"{host.url}/huge") == (FeedWhy.TOO_LARGE, "")
    assert host.sent < 20 * MAX_BYTES
    assert await why(f"{host.url}/announced") == (FeedWhy.TOO_LARGE, "")


async def test_what_is_packed_is_not_unpacked(host: Host) -> None:
    begun = time.monotonic()
    found = await fetch(f"{host.url}/packed", local=True)
    assert isinstance(found, Fetched)
    assert len(found.raw) < MAX_BYTES
    assert time.monotonic() - begun < 5


async def test_a_slow_host_is_given_up(host: Host, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "_TIMEOUT", aiohttp.ClientTimeout(total=0.2))
    assert await why(f"{host.url}/slow") == (FeedWhy.TIMEOUT, "")


async def test_a_redirect_stays_on_its_host(host: Host) -> None:
    assert isinstance(await fetch(f"{host.url}/here", local=True), Fetched)
    assert await why(f"{host.url}/elsewhere") == (FeedWhy.REDIRECT, "evil.example")
    assert await why(f"{host.url}/inside") == (FeedWhy.REDIRECT, "169.254.169.254")
    assert await why(f"{host.url}/broken") == (FeedWhy.REDIRECT, "?")
    host.asked.clear()
    assert await why(f"{host.url}/round") == (FeedWhy.REDIRECT, "127.0.0.1")
    assert host.asked == ["/round"] * 4


async def test_an_error_of_the_host_is_told_by_its_status(host: Host) -> None:
    assert await why(f"{host.url}/500") == (FeedWhy.STATUS, "500")


async def test_a_host_that_is_not_there_is_unreachable() -> None:
    found, _ = await why("http://127.0.0.1:1/feed.ics")
    assert found is FeedWhy.UNREACHABLE


@pytest.mark.parametrize(
    "url",
    [
        "https://127.0.0.1/x",
        "https://localhost/x",
        "https://[::1]/x",
        "https://10.1.2.3/x",
        "https://192.168.0.1/x",
        "https://169.254.169.254/latest/meta-data",
        "https://[fd00::1]/x",
        "https://[::ffff:10.0.0.1]/x",
        "https://0.0.0.0/x",
    ],
)
async def test_private_addresses_are_not_asked(url: str) -> None:
    found, _ = await why(url, local=False)
    assert found is FeedWhy.PRIVATE_ADDRESS


async def test_a_name_that_stands_for_private_addresses_only_is_not_asked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def resolve(_self: object, host: str, port: int = 0, family: int = 0) -> list[dict[str, object]]:
        known = {"hostname": host, "port": port, "family": family, "proto": 0, "flags": 0}
        return [known | {"host": address} for address in ("10.0.0.1", "8.8.8.8", "127.0.0.1")]

    monkeypatch.setattr(aiohttp.ThreadedResolver, "resolve", resolve)
    assert [one["host"] for one in await PublicOnly(local=False).resolve("a.example")] == ["8.8.8.8"]
    assert [one["host"] for one in await PublicOnly(local=True).resolve("a.example")] == [
        "8.8.8.8",
        "127.0.0.1",
    ]


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("8.8.8.8", True),
        ("2606:4700::1111", True),
        ("100.64.0.1", False),
        ("224.0.0.1", False),
        ("::ffff:8.8.8.8", True),
        ("::ffff:127.0.0.1", False),
        ("2002:7f00:1::", False),
        ("64:ff9b::a00:1", False),
        ("fe80::1%eth0", False),
        ("not an address", False),
    ],
)
def test_public_addresses_are_those_that_anybody_can_reach(address: str, public: bool) -> None:  # noqa: FBT001 - a table
    assert is_public(address) is public
