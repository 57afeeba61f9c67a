"""Asks the API of a forge: its host only, never much or for long; the token travels in one header only."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

import aiohttp
from pydantic import SecretStr

from bot.fetching import PrivateAddress, PublicOnly
from bot.forges.answers import Answer, NotAnswered, read
from domain.forges import GITHUB, ForgeRules, ForgeWhy, PullRequest, Queued
from domain.statuses import MarkState

_REDIRECTS = 3
_TIMEOUT = aiohttp.ClientTimeout(total=20, sock_connect=5, sock_read=10)
_HEADERS = {
    "Accept": "application/vnd.github+json",
    "X-GitHub-Api-Version": "2022-11-28",
    # Packed bytes could unfold to any size: none are asked for, and none are unpacked.
    "Accept-Encoding": "identity",
    "User-Agent": "Naru",
}
# No connection was made; a name that cannot even be looked up makes none either.
_UNSENT = (aiohttp.ClientConnectorError, aiohttp.InvalidURL, UnicodeError)
Secret = Callable[[], SecretStr | None]
"""The token as it is now: asked before every request, so that one that was changed is taken up at once."""


@dataclass
class Known:
    """What a forge said before, by address and with its ETag: pages of open pull requests, merge queues,
    marks; and whether all that a pull request touches is meant by some globs.
    """

    pages: dict[str, tuple[str, tuple[PullRequest, ...]]] = field(default_factory=dict)
    queues: dict[str, tuple[str, tuple[Queued, ...]]] = field(default_factory=dict)
    marks: dict[str, tuple[str, tuple[MarkState | None, str] | None]] = field(default_factory=dict)
    touches: dict[object, bool] = field(default_factory=dict)


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
                return await read(response)
        except TimeoutError as error:
            unsent = isinstance(error, aiohttp.ConnectionTimeoutError)
            raise NotAnswered(ForgeWhy.TIMEOUT, unsent=unsent) from None
        except (aiohttp.ClientError, OSError, UnicodeError) as error:
            system = getattr(error, "os_error", None)
            if isinstance(system, PrivateAddress):
                raise NotAnswered(ForgeWhy.PRIVATE_ADDRESS, urlsplit(url).hostname or "") from None
            told = getattr(system, "strerror", None) or type(error).__name__
            unsent = isinstance(error, _UNSENT)
            raise NotAnswered(ForgeWhy.UNREACHABLE, str(told), unsent=unsent) from None

    def _token(self) -> str:
        held = self._secret()
        token = held.get_secret_value() if held else ""
        if not token:
            raise NotAnswered(ForgeWhy.NO_TOKEN)
        if not (token.isascii() and token.isprintable() and " " not in token):
            raise NotAnswered(ForgeWhy.BAD_TOKEN)
        return token


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
