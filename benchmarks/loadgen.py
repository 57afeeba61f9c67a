"""A small HTTP load generator on raw sockets: keep-alive connections, one request at a time on each."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from statistics import quantiles
from urllib.parse import urlencode

SECRET = "benchmark-signing-secret"


@dataclass(frozen=True)
class Figures:
    """`latencies` in seconds, sorted."""

    seconds: float
    latencies: tuple[float, ...]
    failures: int

    @property
    def per_second(self) -> float:
        return len(self.latencies) / self.seconds

    def at(self, percent: int) -> float:
        """The latency in milliseconds below which so many percent lie."""
        return quantiles(self.latencies, n=100)[percent - 1] * 1000


def signed(fields: dict[str, str]) -> bytes:
    """A complete HTTP request as Slack sends it."""
    body = urlencode(fields).encode()
    stamp = str(int(time.time()))
    digest = hmac.new(SECRET.encode(), f"v0:{stamp}:".encode() + body, hashlib.sha256).hexdigest()
    head = (
        "POST /slack/events HTTP/1.1\r\nHost: 127.0.0.1\r\n"
        "Content-Type: application/x-www-form-urlencoded\r\n"
        f"X-Slack-Request-Timestamp: {stamp}\r\nX-Slack-Signature: v0={digest}\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


def asked(path: str, token: str, body: object = None, key: str = "") -> bytes:
    """A complete HTTP request as a pipeline sends it."""
    raw = b"" if body is None else json.dumps(body).encode()
    lines = [
        f"{'GET' if body is None else 'POST'} {path} HTTP/1.1",
        "Host: 127.0.0.1",
        f"Authorization: Bearer {token}",
    ]
    lines += [f"Idempotency-Key: {key}"] if key else []
    lines += ["Content-Type: application/json", f"Content-Length: {len(raw)}"] if raw else []
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + raw


async def drive(port: int, requests: Iterable[bytes], at_once: int) -> Figures:
    """Send all requests over `at_once` connections, which are open before the clock starts."""
    connections = [await asyncio.open_connection("127.0.0.1", port) for _ in range(at_once)]
    shared: Iterator[bytes] = iter(list(requests))
    latencies: list[float] = []
    failures = 0

    async def worker(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal failures
        for request in shared:
            begun = time.perf_counter()
            writer.write(request)
            status = await _answer(reader)
            latencies.append(time.perf_counter() - begun)
            failures += status != 200
        writer.close()

    begun = time.perf_counter()
    await asyncio.gather(*(worker(*connection) for connection in connections))
    return Figures(time.perf_counter() - begun, tuple(sorted(latencies)), failures)


async def _answer(reader: asyncio.StreamReader) -> int:
    head = await reader.readuntil(b"\r\n\r\n")
    status = int(head[9:12])
    length = 0
    for line in head.split(b"\r\n"):
        if line.lower().startswith(b"content-length:"):
            length = int(line.split(b":")[1])
    if length:
        await reader.readexactly(length)
    return status
