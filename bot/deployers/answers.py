"""What the answers of a webhook's deployer mean, by their status first: taken, not now, no, or unknown."""

from __future__ import annotations

import time
from contextlib import suppress
from datetime import UTC
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlsplit

import aiohttp

from bot.deployers import NoAnswer
from bot.deployers.words import NotRead, answer, told
from domain.deploys.model import DeployWhy
from domain.deploys.reports import Report

MAX_BYTES = 65_536
_CHUNK = 16_384
_LONGEST_WAIT_S = 600.0
_SERVER, _CLIENT, _MOVED, _TAKEN_ELSEWHERE = 500, 400, 300, 303
_TOO_SLOW = 408
_NOT_NOW = frozenset({425, 429})
_NOES = {
    401: DeployWhy.SHUT_OUT,
    403: DeployWhy.SHUT_OUT,
    407: DeployWhy.SHUT_OUT,
    404: DeployWhy.NOT_THERE,
    405: DeployWhy.NOT_THERE,
    410: DeployWhy.NOT_THERE,
}
"""What says nothing of the version that was to be deployed; any other no is a deployer's own."""


async def judged(response: Any, deployment: str) -> Report:
    """Raises NoAnswer. After an answer that cannot be read nobody knows what became of the request."""
    status, after = response.status, wait(response.headers.get("Retry-After", ""))
    if status >= _SERVER:
        raise NoAnswer(DeployWhy.STATUS, str(status), again=True, unknown=True, wait=after)
    if status == _TOO_SLOW:
        raise NoAnswer(DeployWhy.TIMEOUT, str(status), again=True, unknown=True, wait=after)
    if status >= _CLIENT:
        raise _no(status, told(await _beginning(response)), after)
    if status >= _MOVED:
        taken = status == _TAKEN_ELSEWHERE
        raise NoAnswer(DeployWhy.MOVED, _host(response.headers.get("Location", "")), unknown=taken)
    return _read(await _content(response), deployment)


def _no(status: int, words: str, after: float) -> NoAnswer:
    if status in _NOT_NOW:
        return NoAnswer(DeployWhy.LIMITED, words, again=True, wait=after)
    return NoAnswer(_NOES.get(status, DeployWhy.REFUSED), f"{status} {words}".strip())


def _read(raw: bytes, deployment: str) -> Report:
    """An empty answer says that it is taken."""
    try:
        return answer(raw.strip() or b"{}", deployment)
    except NotRead as no:
        why = DeployWhy.NOT_JSON if no.args[0] == "json" else DeployWhy.UNREADABLE
        raise NoAnswer(why, str(no.args[0]), again=True, unknown=True) from None


async def _content(response: Any) -> bytes:
    raw = bytearray()
    async for chunk in response.content.iter_chunked(_CHUNK):
        raw += chunk
        if len(raw) > MAX_BYTES:
            raise NoAnswer(DeployWhy.TOO_LARGE, again=True, unknown=True)
    return bytes(raw)


async def _beginning(response: Any) -> bytes:
    """As much of a no as is told to people, and as comes: it stays one, however it goes on."""
    raw = bytearray()
    with suppress(TimeoutError, aiohttp.ClientError, OSError):
        async for chunk in response.content.iter_chunked(_CHUNK):
            raw += chunk
            if len(raw) >= MAX_BYTES:
                break
    return bytes(raw[:MAX_BYTES])


def _host(location: str) -> str:
    try:
        return urlsplit(location).hostname or ""
    except ValueError:
        return ""


def wait(retry_after: str) -> float:
    """The seconds for which to be left alone, said as a number or as a date; 0 where neither is said."""
    number = retry_after.isascii() and retry_after.isdecimal()
    seconds = float(retry_after) if number else _until(retry_after)
    return max(0.0, min(seconds, _LONGEST_WAIT_S))


def _until(date: str) -> float:
    try:
        at = parsedate_to_datetime(date)
        return (at if at.tzinfo else at.replace(tzinfo=UTC)).timestamp() - time.time()
    except (ValueError, OverflowError):
        return 0.0
