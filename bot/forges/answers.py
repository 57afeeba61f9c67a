"""What a forge's answers mean: of any size, kind and status, and with its wish for fewer of them."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from domain.forges import ForgeFault, ForgeWhy

MAX_BYTES = 16_777_216
LONGEST_WAIT_S, SHORTEST_WAIT_S = 3600.0, 60.0
"""How long a forge that wants fewer requests is left alone: what it says, within these."""
_CHUNK = 65_536
_LONGEST_HEADER = 500
_MOVED = frozenset({301, 302, 303, 307, 308})
_LIMITS = frozenset({403, 429})
# Of the limit on many requests at once GitHub may tell in words only.
_RATE = b"rate limit"


class NotAnswered(Exception):
    """`fault` says why. Of a forge that wants fewer requests, `wait` are the seconds to leave it alone;
    `unsent` where there was no connection to send anything by.
    """

    def __init__(self, why: ForgeWhy, detail: str = "", wait: float = 0.0, *, unsent: bool = False) -> None:
        super().__init__(why)
        self.fault = ForgeFault(why, detail[:80])
        self.wait = wait
        self.unsent = unsent


@dataclass(frozen=True)
class Answer:
    """`raw` is None when nothing has changed since `etag`."""

    status: int
    raw: bytes | None
    etag: str = ""


async def read(response: Any) -> tuple[Answer, str]:
    """The answer, and where it sends on to. Raises NotAnswered."""
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
    if status in {200, 201, 202, 204, 422}:
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
