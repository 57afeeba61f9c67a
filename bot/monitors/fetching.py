"""Asks an address of the policy: public, or private and allowed there by name; never much or for long.

A name is looked up once, and the connection goes to an address that was looked at: a second look-up cannot
differ. Redirects are not followed: they could lead anywhere.
"""

from __future__ import annotations

import asyncio
import errno
import os
import socket
import ssl
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult

from bot.fetching import PrivateAddress, is_public
from bot.shape import one_line
from domain.health.asking import Answer
from domain.health.model import WhyNone
from domain.health.rules import is_literal

MAX_BYTES = 65_536
_CHUNK = 16_384
_CONNECT_S = 3.0
_LONGEST_DETAIL = 120
_HEADERS = {"Accept": "application/json", "Accept-Encoding": "identity", "User-Agent": "Naru"}


@dataclass(frozen=True)
class Got:
    """`body` is None where there was more than is read."""

    status: int
    body: bytes | None


class NoAnswer(Exception):
    """`answer` says why. `reached`: somebody was there, so that it speaks of what was asked; else it may as
    well be the name, the way there, or this machine's own network.
    """

    def __init__(self, why: WhyNone, detail: str = "", *, reached: bool = False) -> None:
        super().__init__(why.value)
        self.answer = Answer(why=why, detail=told(detail))
        self.reached = reached


def told(text: str) -> str:
    """A monitor's own words as they can be kept and shown."""
    return one_line(text, _LONGEST_DETAIL)


@dataclass
class _Way:
    """How far a request came: one that is answered too late was connected, one that is lost was not."""

    connected: bool = False


class Allowed(AbstractResolver):
    """Resolves names to addresses that may be asked."""

    def __init__(self, allow: frozenset[str]) -> None:
        self._resolver = aiohttp.ThreadedResolver()
        self._allow = allow

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        found = await self._resolver.resolve(host, port, family)
        fit = [one for one in found if host.lower() in self._allow or is_public(one["host"])]
        if not fit:
            raise PrivateAddress(host)
        return fit

    async def close(self) -> None:
        await self._resolver.close()


@asynccontextmanager
async def opened(allow: tuple[str, ...]) -> AsyncIterator[Asker]:
    """Connections for one round of questions."""
    allowed = frozenset(one.lower() for one in allow)
    connector = aiohttp.TCPConnector(resolver=Allowed(allowed), limit_per_host=8)
    async with aiohttp.ClientSession(
        connector=connector,
        auto_decompress=False,
        cookie_jar=aiohttp.DummyCookieJar(),
        trace_configs=[_tracing()],
    ) as session:
        yield Asker(session, allowed)


def _tracing() -> aiohttp.TraceConfig:
    async def connected(_session: object, context: Any, _what: object) -> None:
        context.trace_request_ctx.connected = True

    config = aiohttp.TraceConfig()
    config.on_connection_create_end.append(connected)
    config.on_connection_reuseconn.append(connected)
    return config


class Asker:
    def __init__(self, session: aiohttp.ClientSession, allow: frozenset[str]) -> None:
        self._session = session
        self._allow = allow

    async def get(self, url: str, params: Mapping[str, str] | None = None, *, seconds: float) -> Got:
        """Raises NoAnswer."""
        host = (urlsplit(url).hostname or "").lower()
        # An address in place of a name is not looked up: it is checked here.
        literal = is_literal(host) or host.isdecimal()
        if literal and not is_public(host) and host not in self._allow:
            raise NoAnswer(WhyNone.REFUSED, host)
        way = _Way()
        try:
            async with asyncio.timeout(seconds):
                return await self._get(url, params, way)
        except TimeoutError:
            raise NoAnswer(WhyNone.TIMEOUT, f"{seconds:g} s", reached=way.connected) from None
        except (aiohttp.ClientError, OSError, ValueError) as error:
            raise _unreachable(error, host, way) from None

    async def _get(self, url: str, params: Mapping[str, str] | None, way: _Way) -> Got:
        limit = aiohttp.ClientTimeout(total=None, sock_connect=_CONNECT_S)
        async with self._session.get(
            url,
            params=params,
            headers=_HEADERS,
            allow_redirects=False,
            timeout=limit,
            trace_request_ctx=way,
        ) as response:
            return Got(response.status, await _body(response))


_SOMEBODY_THERE = frozenset({errno.ECONNREFUSED, errno.ECONNRESET})


def _unreachable(error: Exception, host: str, way: _Way) -> NoAnswer:
    system = error if isinstance(error, OSError) else None
    system = getattr(error, "certificate_error", getattr(error, "os_error", system))
    if isinstance(system, PrivateAddress):
        return NoAnswer(WhyNone.REFUSED, host)
    if isinstance(system, ssl.SSLError):  # its numbers are not the system's
        # Somebody was there: a certificate that is no good was shown, or something else was spoken.
        return NoAnswer(WhyNone.UNSECURED, _unsecured(system), reached=True)
    number = getattr(system, "errno", None)
    # The loop puts words of its own, for programmers, in the place of the system's.
    told = os.strerror(number) if number and number > 0 else getattr(system, "strerror", None)
    reached = way.connected or number in _SOMEBODY_THERE
    return NoAnswer(WhyNone.UNREACHABLE, str(told or type(error).__name__), reached=reached)


def _unsecured(error: ssl.SSLError) -> str:
    """`self-signed certificate`, `wrong version number`."""
    shown = getattr(error, "verify_message", "")
    return shown or (getattr(error, "reason", "") or str(error.strerror)).replace("_", " ").lower()


async def _body(response: Any) -> bytes | None:
    if (response.content_length or 0) > MAX_BYTES:
        return None
    raw = bytearray()
    async for chunk in response.content.iter_chunked(_CHUNK):
        raw += chunk
        if len(raw) > MAX_BYTES:
            return None
    return bytes(raw)
