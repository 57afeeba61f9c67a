"""One process with 200 projects, 5,000 past releases and 100,000 audit rows, against one with ten projects.

Run: `python -m benchmarks.scale`. Reads are timed inside one process, the two databases in turn; memory and
start-up are those of `naru serve` beside a workspace on this machine, from process start to readyz.
"""

from __future__ import annotations

import asyncio
import os
import socket
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from statistics import quantiles
from typing import Any

import aiohttp

from benchmarks import world
from benchmarks.loadgen import SECRET, drive, signed
from benchmarks.results import Line
from commands.show import lists
from commands.show.release import card
from domain.events import LockLifted
from domain.people import BOT, Origin, Via
from domain.types import Stage
from sandbox import ChannelSeed, Sandbox, Seed, TeamSeed, UserSeed
from storage import audit, releases, schema
from storage.db import Database, Tx

FEW, MANY = 10, 200
PAST, AUDITED = 5_000, 100_000
ROUNDS, WARM = 60, 5
SLOWER, START_S, RESIDENT_MIB = 1.5, 3.0, 200
SHARED = 3  # projects whose channel everybody of the first hands is in
MEMBER = "U00000"  # of the first project, where everybody of the benchmark's world is
ROOT = Path(__file__).parents[1]
POLICY = """
project: p{n}
channel: C{n:08d}
owners: [U00000]
roles:
  release_manager: {{users: [U{a:05d}, U{b:05d}]}}
  tech_lead: {{users: [U{c:05d}]}}
  pm: {{users: [U{d:05d}]}}
repository: {{url: {remote}}}
"""


def lay(folder: Path, projects: int, past: int, audited: int) -> Database:
    """A database with so many projects, each with one release under way."""
    url = f"sqlite:///{folder / 'naru.db'}"
    schema.upgrade(url)
    db = Database(url)
    with db.transaction() as tx:
        world.lay_people(tx)
        for n in range(projects):
            world.lay_project(tx, f"p{n}", f"C{n:08d}", members=_members(n))
            world.lay_releases(tx, f"p{n}", 1)
            _lay_past(tx, f"p{n}", past // projects)
    for _ in range(audited // 1000):
        with db.transaction() as tx:
            event = LockLifted(reason="")
            audit.append(tx, Origin(BOT, Via.BOT), "p0", [event] * 1000)
    return db


def _members(n: int) -> range:
    """Everybody belongs to a handful of projects, however many there are."""
    return range(30) if n < SHARED else range(n % 29 + 1, n % 29 + 30)


def _lay_past(tx: Tx, project: str, count: int) -> None:
    for number in range(2, count + 2):
        gone = world.release(project, number, Stage.CLOSED)
        releases.add(tx, replace(gone, deployed_at=world.AT))


def timed(db: Database, read: Callable[..., Any], *args: Any) -> float:
    begun = time.perf_counter()
    db.read_now(read, *args)
    return (time.perf_counter() - begun) * 1000


def reads(few: Database, many: Database) -> list[Line]:
    """The lower quartile of each read (milliseconds; the least disturbed by neighbours), and its ratio."""
    found = []
    asked: list[tuple[str, Callable[..., Any], str]] = [
        ("status", _status, "p0"),
        ("board", lists.board, "p0"),
        ("Home", lists.home, MEMBER),
    ]
    for name, read, argument in asked:
        pairs = [(timed(few, read, argument), timed(many, read, argument)) for _ in range(ROUNDS)]
        small, large = (quantiles(times, n=4)[0] for times in zip(*pairs[WARM:], strict=True))
        ratio = large / small
        found.append(
            Line(
                f"{name}, {MANY} projects",
                f"{large:.2f} ms",
                f"{ratio:.2f} x ten",
                f"<= {SLOWER}",
                ratio <= SLOWER,
            )
        )
    return found


def _status(tx: Tx, project: str) -> object:
    return card(tx, releases.live(tx, project)[0].id)


# --- the running program ----------------------------------------------------------------------------------


def workspace() -> Seed:
    users = tuple(
        UserSeed(f"U{n:05d}", f"p{n}", f"Person {n}", f"p{n}@example.com", "Asia/Seoul") for n in range(60)
    )
    rooms = tuple(
        ChannelSeed(f"C{n:08d}", f"releases-{n}", tuple(f"U{u:05d}" for u in _members(n)))
        for n in range(MANY)
    )
    return Seed(TeamSeed("T1", "Benchmark", "benchmark"), users, rooms)


def write_policies(folder: Path) -> None:
    folder.mkdir()
    for n in range(MANY):
        a, b, c, d = (3 * n) % 30, (3 * n + 1) % 30, (3 * n + 2) % 30, (3 * n + 5) % 30
        text = POLICY.format(n=n, a=a, b=b, c=c, d=d, remote=folder / "nowhere")
        (folder / f"p{n}.yml").write_text(text, "utf-8")


async def started(folder: Path, box: Sandbox) -> tuple[float, float]:
    """Seconds from process start to readyz, and resident MiB after everything was shown once."""
    port = _free_port()
    environment = {name: value for name, value in os.environ.items() if not name.startswith("NARU_")} | {
        "PYTHONPATH": str(ROOT),
        "NARU_SLACK_API_URL": box.api_url,
        "NARU_SLACK_BOT_TOKEN": box.bot_token,
        "NARU_SLACK_SIGNING_SECRET": SECRET,
        "NARU_POLICY": str(folder / "policies"),
        "NARU_STATE_DIR": str(folder),
        "NARU_PORT": str(port),
        "NARU_LOCAL_REMOTES": "true",
        "NARU_LOG_LEVEL": "ERROR",
    }
    begun = time.monotonic()
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot",
        "serve",
        env=environment,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        await _ready(f"http://127.0.0.1:{port}/readyz", process)
        seconds = time.monotonic() - begun
        await _used(port)
        return seconds, _resident(process.pid)
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()


async def _used(port: int) -> None:
    """Everything is asked of every project once, and the start's own work is over."""
    asked = [(text, n) for text in ("status", "board", "mine") for n in range(MANY)]
    await drive(port, [_command(text, n) for text, n in asked], 8)
    await asyncio.sleep(3)


def _command(text: str, n: int) -> bytes:
    return signed(
        {
            "command": "/release",
            "text": text,
            "user_id": MEMBER,
            "team_id": "T1",
            "channel_id": f"C{n:08d}",
            "trigger_id": f"{text}.{n}",
            "response_url": "http://127.0.0.1/",
        }
    )


async def _ready(url: str, process: asyncio.subprocess.Process) -> None:
    async with aiohttp.ClientSession() as session, asyncio.timeout(60):
        while process.returncode is None:
            with suppress(aiohttp.ClientError):
                async with session.get(url) as answer:
                    if answer.status == 200:
                        return
            await asyncio.sleep(0.02)
    raise RuntimeError(f"naru serve ended with {process.returncode}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _resident(pid: int) -> float:
    for line in Path(f"/proc/{pid}/status").read_text("ascii").splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024
    raise RuntimeError("no VmRSS")


async def lines() -> list[Line]:
    with tempfile.TemporaryDirectory() as base:
        few_folder, many_folder = Path(base, "few"), Path(base, "many")
        few = lay(few_folder, FEW, 250, 1000)
        many = lay(many_folder, MANY, PAST, AUDITED)
        found = reads(few, many)
        few.close()
        many.close()
        write_policies(many_folder / "policies")
        box = await Sandbox.start(manifest=ROOT / "manifest.yml", seed=workspace())
        try:
            first, _ = await started(many_folder, box)
            found.append(Line("first start, new policies", f"{first:.2f} s"))
            seconds, resident = await started(many_folder, box)
        finally:
            await box.stop()
    found.append(
        Line(f"start-up, {MANY} projects", f"{seconds:.2f} s", "", f"< {START_S:.0f} s", seconds < START_S)
    )
    found.append(
        Line("resident memory", f"{resident:.0f} MiB", "", f"< {RESIDENT_MIB} MiB", resident < RESIDENT_MIB)
    )
    return found


if __name__ == "__main__":
    for line in asyncio.run(lines()):
        print(line)
