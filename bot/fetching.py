"""Fetches a feed: from the host that the policy names, at public addresses only, never much or for long."""

from __future__ import annotations

import ipaddress
import socket
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin, urlsplit

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult

from domain.calendar.feeds import is_loopback
from domain.calendar.imports import FeedFault, FeedWhy

MAX_BYTES = 1_048_576
_CHUNK = 65_536
_REDIRECTS = 3
_LONGEST_HEADER = 500
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_TIMEOUT = aiohttp.ClientTimeout(total=20, sock_connect=5, sock_read=10)
# Packed bytes could unfold to any size: none are asked for, and none are unpacked.
_HEADERS = {"Accept": "text/calendar", "Accept-Encoding": "identity", "User-Agent": "Naru"}


@dataclass(frozen=True)
class Fetched:
    """What a host sent, with what it wants to be asked with the next time."""

    raw: bytes
    etag: str = ""
    modified: str = ""


class Unchanged:
    """The host says that it is as it was."""


class PrivateAddress(OSError):
    """A name stands for no public address; `args[0]` is the name."""


class PublicOnly(AbstractResolver):
    """Resolves names to public addresses, and connections are made to these: no second look-up can differ."""

    def __init__(self, *, local: bool) -> None:
        self._resolver = aiohttp.ThreadedResolver()
        self._local = local

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        found = await self._resolver.resolve(host, port, family)
        public = [
            one for one in found if is_public(one["host"]) or (self._local and is_loopback(one["host"]))
        ]
        if not public:
            raise PrivateAddress(host)
        return public

    async def close(self) -> None:
        await self._resolver.close()


def is_public(address: str) -> bool:
    """Whether an IP address can be reached by anybody, IPv4 within IPv6 included."""
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo or (None, None))[1]
        if inner is not None or ip in _NAT64:
            return inner is not None and is_public(str(inner))
    return ip.is_global and not ip.is_multicast


async def fetch(url: str, *, etag: str = "", modified: str = "", local: bool = False) -> Fetched | Unchanged:
    """Raises NotFetched. `local` allows this machine's own addresses, as in the demo and in tests.

    Addresses of feeds can be secrets: nothing that is raised holds more of them than the host.
    """
    host = urlsplit(url).hostname or ""
    connector = aiohttp.TCPConnector(resolver=PublicOnly(local=local))
    known = {"If-None-Match": etag, "If-Modified-Since": modified}
    headers = _HEADERS | {name: value for name, value in known.items() if value}
    try:
        async with aiohttp.ClientSession(
            connector=connector, timeout=_TIMEOUT, auto_decompress=False, cookie_jar=aiohttp.DummyCookieJar()
        ) as session:
            return await _follow(session, url, headers, local=local)
    except TimeoutError:
        raise _fault(FeedWhy.TIMEOUT) from None
    except aiohttp.ClientError as error:
        system = getattr(error, "os_error", None)
        if isinstance(system, PrivateAddress):
            raise _fault(FeedWhy.PRIVATE_ADDRESS, host) from None
        told = getattr(system, "strerror", None) or type(error).__name__
        raise _fault(FeedWhy.UNREACHABLE, str(told)) from None


class NotFetched(Exception):
    """`args[0]` is the fault."""


def _fault(why: FeedWhy, detail: str = "") -> NotFetched:
    return NotFetched(FeedFault(why=why, detail=detail[:80]))


async def _follow(
    session: aiohttp.ClientSession, url: str, headers: dict[str, str], *, local: bool
) -> Fetched | Unchanged:
    first = urlsplit(url)
    for _ in range(1 + _REDIRECTS):
        _check_literal(url, local=local)
        async with session.get(url, headers=headers, allow_redirects=False) as response:
            location = response.headers.get("Location", "")
            if response.status not in {301, 302, 303, 307, 308} or not location:
                return await _content(response)
        try:
            url = urljoin(url, location)
            there = urlsplit(url)
        except ValueError:
            raise _fault(FeedWhy.REDIRECT, "?") from None
        if (there.scheme, there.hostname, there.port) != (first.scheme, first.hostname, first.port):
            raise _fault(FeedWhy.REDIRECT, there.hostname or there.scheme)
    raise _fault(FeedWhy.REDIRECT, first.hostname or "")


def _check_literal(url: str, *, local: bool) -> None:
    """An address in place of a name is not looked up: it is checked here."""
    host = urlsplit(url).hostname or ""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return
    if not is_public(host) and not (local and is_loopback(host)):
        raise _fault(FeedWhy.PRIVATE_ADDRESS, host)


async def _content(response: Any) -> Fetched | Unchanged:
    if response.status == 304:  # noqa: PLR2004 - not modified
        return Unchanged()
    if response.status != 200:  # noqa: PLR2004 - OK
        raise _fault(FeedWhy.STATUS, str(response.status))
    if (response.content_length or 0) > MAX_BYTES:
        raise _fault(FeedWhy.TOO_LARGE)
    raw = bytearray()
    async for chunk in response.content.iter_chunked(_CHUNK):
        raw += chunk
        if len(raw) > MAX_BYTES:
            raise _fault(FeedWhy.TOO_LARGE)
    return Fetched(bytes(raw), *(_header(response, name) for name in ("ETag", "Last-Modified")))


def _header(response: Any, name: str) -> str:
    """What is to be sent back the next time; what cannot be is as good as nothing."""
    value = str(response.headers.get(name, ""))
    return value if value.isascii() and value.isprintable() and len(value) <= _LONGEST_HEADER else ""
