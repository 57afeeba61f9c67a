"""Asks the API of a forge: its host only, never much or for long; the token travels in one header only."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin, urlsplit

import aiohttp
from pydantic import SecretStr

from bot.fetching import PrivateAddress, PublicOnly
from domain.forges import GITHUB, ForgeFault, ForgeRules, ForgeWhy, PullRequest
from domain.statuses import MarkState

MAX_BYTES = 16_777_216
LONGEST_WAIT_S, SHORTEST_WAIT_S = 3600.0, 60.0
"""How long a forge that wants fewer requests is left alone: what it says, within these."""
_CHUNK = 65_536
_REDIRECTS = 3
_LONGEST_HEADER = 500
_TIMEOUT = aiohttp.ClientTimeout(total=20, sock_connect=5, sock_read=10)
_HEADERS = {
    "Accept": "application/vnd.github+json",
    "X-GitHub-Api-Version": "2022-11-28",
    # Packed bytes could unfold to any size: none are asked for, and none are unpacked.
    "Accept-Encoding": "identity",
    "User-Agent": "Naru",
}
_MOVED = frozenset({301, 302, 303, 307, 308})
_LIMITS = frozenset({403, 429})
# Of the limit on many requests at once GitHub may tell in words only.
_RATE = b"rate limit"

Secret = Callable[[], SecretStr | None]
"""The token as it is now: asked before every request, so that one that was changed is taken up at once."""


class NotAnswered(Exception):
    """`fault` says why. Of a forge that wants fewer requests, `wait` are the seconds to leave it alone."""

    def __init__(self, why: ForgeWhy, detail: str = "", wait: float = 0.0) -> None:
        super().__init__(why)
        self.fault = ForgeFault(why, detail[:80])
        self.wait = wait


@dataclass
class Known:
    """What a forge said before, by address and with its ETag: pages of open pull requests, marks; and whether
    all that one of them touches is meant by some globs.
    """

    pages: dict[str, tuple[str, tuple[PullRequest, ...]]] = field(default_factory=dict)
    marks: dict[str, tuple[str, tuple[MarkState | None, str] | None]] = field(default_factory=dict)
    touches: dict[object, bool] = field(default_factory=dict)


@dataclass(frozen=True)
class Answer:
    """`raw` is None when nothing has changed since `etag`."""

    status: int
    raw: bytes | None
    etag: str = ""


@asynccontextmanager
async def opened(rules: ForgeRules) -> AsyncIterator[aiohttp.ClientSession]:
    """Connections to one forge. GitHub's own is at public addresses; another's is where the policy says."""
    resolver = PublicOnly(local=False) if rules.api_url == GITHUB else None
    async with aiohttp.ClientSession(
        connector=aiohttp.TCPConnector(resolver=resolver),
        timeout=_TIMEOUT,
        auto_decompress=False,
        cookie_jar=aiohttp.DummyCookieJar(),
    ) as session:
        yield session


class Api:
    """Every method raises NotAnswered; nothing that is raised holds more of an address than the host."""

    def __init__(self, rules: ForgeRules, session: aiohttp.ClientSession, secret: Secret) -> None:
        self._rules = rules
        self._session = session
        self._secret = secret

    async def get(self, path: str, *, etag: str = "") -> Answer:
        """Redirects are followed as long as they stay where they are."""
        url = f"{self._rules.api_url}{path}"
        for _ in range(1 + _REDIRECTS):
            answer, location = await self._ask("GET", url, etag=etag)
            if not location:
                return answer
            url = _followed(url, location)
        raise NotAnswered(ForgeWhy.MOVED, urlsplit(url).hostname or "")

    async def post(self, path: str, body: Mapping[str, object]) -> Answer:
        """A repository that moved is not written to: who owns the policy names the new one."""
        return await self._posted(f"{self._rules.api_url}{path}", body)

    async def graphql(self, body: Mapping[str, object]) -> Answer:
        return await self._posted(self._rules.graphql, body)

    async def _posted(self, url: str, body: Mapping[str, object]) -> Answer:
        answer, location = await self._ask("POST", url, body=body)
        if location:
            raise NotAnswered(ForgeWhy.MOVED, _host(url, location))
        return answer

    async def _ask(
        self, method: str, url: str, *, etag: str = "", body: Mapping[str, object] | None = None
    ) -> tuple[Answer, str]:
        """The answer, and where it sends on to."""
        headers = _HEADERS | {"Authorization": f"Bearer {self._token()}"}
        if etag:
            headers["If-None-Match"] = etag
        try:
            async with self._session.request(
                method, url, headers=headers, json=body, allow_redirects=False
            ) as response:
                return await _read(response)
        except TimeoutError:
            raise NotAnswered(ForgeWhy.TIMEOUT) from None
        except (aiohttp.ClientError, OSError) as error:
            system = getattr(error, "os_error", None)
            if isinstance(system, PrivateAddress):
                raise NotAnswered(ForgeWhy.PRIVATE_ADDRESS, urlsplit(url).hostname or "") from None
            told = getattr(system, "strerror", None) or type(error).__name__
            raise NotAnswered(ForgeWhy.UNREACHABLE, str(told)) from None

    def _token(self) -> str:
        held = self._secret()
        token = held.get_secret_value() if held else ""
        if not token:
            raise NotAnswered(ForgeWhy.NO_TOKEN)
        if not (token.isascii() and token.isprintable() and " " not in token):
            raise NotAnswered(ForgeWhy.BAD_TOKEN)
        return token


async def _read(response: Any) -> tuple[Answer, str]:
    status = response.status
    if status == 304:  # noqa: PLR2004 - not modified
        return Answer(status, None), ""
    if status in _MOVED and (location := response.headers.get("Location", "")):
        return Answer(status, b""), location
    if status == 403 and _RATE in (await _content(response)).lower():  # noqa: PLR2004 - forbidden
        raise _limited(_wait(response.headers, status) or SHORTEST_WAIT_S)
    _check(response.headers, status)
    etag = str(response.headers.get("ETag", ""))
    fits = etag.isascii() and etag.isprintable() and len(etag) <= _LONGEST_HEADER
    return Answer(status, await _content(response), etag if fits else ""), ""


async def _content(response: Any) -> bytes:
    raw = bytearray()
    async for chunk in response.content.iter_chunked(_CHUNK):
        raw += chunk
        if len(raw) > MAX_BYTES:
            raise NotAnswered(ForgeWhy.TOO_LARGE)
    return bytes(raw)


def _check(headers: Mapping[str, str], status: int) -> None:
    """What GitHub's answers mean: https://docs.github.com/rest/using-the-rest-api/troubleshooting-the-rest-api"""
    if status in {200, 201, 422}:
        return
    if status in _LIMITS and (wait := _wait(headers, status)):
        raise _limited(wait)
    meant = {401: ForgeWhy.BAD_TOKEN, 403: ForgeWhy.DENIED, 404: ForgeWhy.NOT_FOUND}
    if status in meant:
        raise NotAnswered(meant[status])
    raise NotAnswered(ForgeWhy.STATUS, str(status))


def _limited(wait: float) -> NotAnswered:
    return NotAnswered(ForgeWhy.LIMITED, str(int(wait)), wait)


def _wait(headers: Mapping[str, str], status: int) -> float:
    """Seconds until more may be asked; 0 when it was not the number of requests that was refused."""
    after, left = headers.get("Retry-After", ""), headers.get("X-RateLimit-Remaining", "")
    if after.isdecimal():
        return _within(float(after))
    if left == "0":
        reset = headers.get("X-RateLimit-Reset", "")
        return _within(float(reset) - time.time() if reset.isdecimal() else 0.0)
    return SHORTEST_WAIT_S if status == 429 else 0.0  # noqa: PLR2004 - too many requests


def _within(seconds: float) -> float:
    return min(max(seconds, 1.0), LONGEST_WAIT_S)


def _followed(url: str, location: str) -> str:
    """Where a redirect leads, on the same host only: the token is for no other. Raises NotAnswered."""
    host = _host(url, location)
    there = urljoin(url, location) if host else ""
    if not there or _origin(there) != _origin(url):
        raise NotAnswered(ForgeWhy.MOVED, host or "?")
    return there


def _host(url: str, location: str) -> str:
    try:
        return urlsplit(urljoin(url, location)).hostname or ""
    except ValueError:
        return ""


def _origin(url: str) -> tuple[str, str | None, int | None]:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return "", None, None
    return parts.scheme, parts.hostname, port
