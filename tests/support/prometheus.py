"""A real Prometheus on loopback, and a small service for it to scrape whose metrics can go wrong on demand."""

from __future__ import annotations

import asyncio
import os
import shutil
import socket
import subprocess
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from aiohttp import web

NEEDS = "TEST_PROMETHEUS"
ATTEMPTS, PAUSE_S = 300, 0.1
_CONFIG = """
global: {{scrape_interval: 200ms, scrape_timeout: 200ms}}
scrape_configs:
  - job_name: shop
    static_configs: [{{targets: ["127.0.0.1:{port}"]}}]
"""


def prometheus() -> str:
    """The program; tests that need it are skipped where there is none, unless TEST_PROMETHEUS=required."""
    found = shutil.which("prometheus")
    if found is None:
        if os.environ.get(NEEDS) == "required":
            pytest.fail(f"{NEEDS}=required, but no prometheus was found")
        pytest.skip("no prometheus is installed here")
    return found


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


@dataclass
class Shop:
    """What the service says of itself: gauges by name and labels, to be changed by the test."""

    port: int
    gauges: dict[str, float] = field(default_factory=dict)
    healthy: bool = True

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"


@asynccontextmanager
async def shop(port: int = 0) -> AsyncIterator[Shop]:
    """Serves `/metrics` and `/health`, at any free port or at a named one."""
    served = Shop(port or free_port())

    async def metrics(_: web.Request) -> web.Response:
        return web.Response(text="".join(f"{name} {value}\n" for name, value in served.gauges.items()))

    async def health(_: web.Request) -> web.Response:
        status = "ok" if served.healthy else "down"
        return web.json_response({"checks": {"database": status}}, status=200 if served.healthy else 503)

    app = web.Application()
    app.add_routes([web.get("/metrics", metrics), web.get("/health", health)])
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", served.port).start()
    try:
        yield served
    finally:
        await runner.cleanup()


@contextmanager
def scraping(target: int, folder: Path) -> Iterator[str]:
    """The address of a Prometheus that scrapes the port `target` five times a second."""
    program, port = prometheus(), free_port()
    config = folder / "prometheus.yml"
    config.write_text(_CONFIG.format(port=target))
    with (folder / "prometheus.log").open("wb") as told:
        process = subprocess.Popen(
            [
                program,
                f"--config.file={config}",
                f"--storage.tsdb.path={folder / 'data'}",
                f"--web.listen-address=127.0.0.1:{port}",
            ],
            stdout=told,
            stderr=subprocess.STDOUT,
        )
        try:
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait(timeout=20)


async def until(url: str, query: str, wanted: Callable[[list[Any]], bool]) -> None:
    """Until Prometheus answers the query as it is wanted: it starts, and scrapes, when it can."""
    async with aiohttp.ClientSession() as session:
        for _ in range(ATTEMPTS):
            try:
                async with session.get(f"{url}/api/v1/query", params={"query": query}) as response:
                    found = (await response.json())["data"]["result"]
            except (aiohttp.ClientError, KeyError):
                found = []
            if wanted(found):
                return
            await asyncio.sleep(PAUSE_S)
    raise AssertionError(f"Prometheus never answered {query!r} as expected: {found}")
