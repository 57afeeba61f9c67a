"""`/release status` and a durable decision over HTTP, as ratios against a bare Bolt handler in the same run.

Run: `python -m benchmarks.decisions`. The servers are processes of their own; the load comes from this one. A
slash command is compared with Bolt's bare handling of the same slash command, a press with that of the same
press (its payload costs Bolt more to read); both ratios of a press are shown. What the disk needs for one
synced commit is shown beside, for a decision can never be faster than its part of one.
"""

from __future__ import annotations

import asyncio
import json
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks import world
from benchmarks.loadgen import Figures, drive, signed
from benchmarks.results import Line
from bot import verbs
from commands import find
from commands.requests import Decide
from commands.show.release import card
from domain.approvals import Outcome
from domain.people import Actor, Origin, Via
from messages.ids import Target, encode
from storage import schema
from storage.db import Database, Tx

ROUNDS, PER_ROUND, AT_ONCE, WARMING = 5, 1_500, 16, 500
STATUS, DECISION, DECISION_P99_MS, ALONE_MS = 0.35, 0.25, 25.0, 2.0


@contextmanager
def server(kind: str, url: str = "") -> Iterator[int]:
    command = [sys.executable, "-m", "benchmarks.servers", kind, url]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    try:
        assert process.stdout is not None
        yield int(json.loads(process.stdout.readline())["port"])
    finally:
        process.terminate()
        process.wait()


def command(n: int, text: str) -> bytes:
    return signed(
        {
            "command": "/release",
            "text": text,
            "user_id": "U00001",
            "team_id": "T1",
            "channel_id": "C00000001",
            "trigger_id": f"s.{n}",
            "response_url": "http://127.0.0.1/",
        }
    )


def approve(n: int, release: str, user: str) -> bytes:
    target = encode(Target(release=release, candidate=1))
    action = {"action_id": "approval.approve", "block_id": "b", "type": "button", "value": target}
    payload = {
        "type": "block_actions",
        "trigger_id": f"d.{n}",
        "user": {"id": user, "team_id": "T1"},
        "team": {"id": "T1"},
        "channel": {"id": "C00000001"},
        "message": {"ts": "1.1"},
        "actions": [action],
    }
    return signed({"payload": json.dumps(payload)})


def statements(db: Database, work: Callable[..., Any], *args: Any, write: bool) -> int:
    """How many SQL statements a unit of work takes, as SQLite itself sees them: BEGIN and COMMIT included."""
    seen: list[str] = []

    def traced(tx: Tx) -> None:
        driver = tx.connection.connection.dbapi_connection
        assert isinstance(driver, sqlite3.Connection)
        driver.set_trace_callback(seen.append)
        work(tx, *args)
        driver.set_trace_callback(None)

    if not write:
        db.read_now(traced)
        return len(seen) + len(("BEGIN", "COMMIT"))
    with db.transaction() as tx:
        traced(tx)
    return len(seen) + len(("BEGIN", "SAVEPOINT", "RELEASE", "COMMIT"))


def disk_ms(folder: Path) -> float:
    """The median of one synced commit of 4 KiB."""
    plain = sqlite3.connect(folder / "disk.db", isolation_level=None)
    plain.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE t (x)")
    times = []
    for _ in range(100):
        begun = time.perf_counter()
        plain.execute("INSERT INTO t VALUES (zeroblob(4096))")
        times.append(time.perf_counter() - begun)
    plain.close()
    return median(times) * 1000


def _decide(tx: Tx, release: str, user: str) -> None:
    origin = Origin(Actor("T1", user), Via.BUTTON, f"T1:{user}", "C00000001")
    verbs.perform(tx, Decide(release=release, candidate=1, outcome=Outcome.APPROVE), origin)


def _status(tx: Tx, channel: str) -> None:
    find.one_runs(tx, channel)
    card(tx, find.release(tx, None, channel, None).id)


def _laid(url: str, folder: Path) -> tuple[list[str], list[Line]]:
    """The releases to decide on, and what a unit of work costs in statements."""
    schema.upgrade(url)
    db = Database(url)
    needed = (ROUNDS * PER_ROUND + WARMING) // (world.APPROVERS - 1) + 50
    with db.transaction() as tx:
        world.lay_people(tx)
        world.lay_project(tx, "shop", "C00000001")
        world.lay_project(tx, "many", "C00000002")
        status = world.lay_releases(tx, "shop", 1)[0]
        found = world.lay_releases(tx, "many", needed)
    statements(db, _decide, status, "U00000", write=True)  # from here on the policy is known
    decision = statements(db, _decide, status, "U00001", write=True)
    counted = [
        Line("statements of a decision", f"{decision}, one per row counted"),
        Line(
            "statements of a status",
            f"{statements(db, _status, 'C00000001', write=False)}, when not remembered",
        ),
        Line("one synced commit here", f"{disk_ms(folder):.2f} ms"),
    ]
    db.close()
    return found, counted


def together(*parts: Figures) -> Figures:
    return Figures(
        sum(part.seconds for part in parts),
        tuple(sorted(latency for part in parts for latency in part.latencies)),
        sum(part.failures for part in parts),
    )


def line(name: str, found: Figures, ratio: str = "", target: str = "", met: bool | None = None) -> Line:  # noqa: FBT001 - a cell
    failures = f", {found.failures} failed" if found.failures else ""
    text = f"{found.per_second:.0f}/s, p50 {found.at(50):.2f} ms, p99 {found.at(99):.1f} ms{failures}"
    return Line(name, text, ratio, target, met)


async def lines() -> list[Line]:
    """The table's part. Rounds of the four loads alternate, so that a slow minute of the machine hits all."""
    with tempfile.TemporaryDirectory() as base:
        url = f"sqlite:///{Path(base) / 'naru.db'}"
        releases, counted = _laid(url, Path(base))
        clicks = ((release, f"U{n:05d}") for release in releases for n in range(world.APPROVERS - 1))
        runs: dict[str, list[Figures]] = {"bare": [], "bare press": [], "status": [], "decision": []}
        with server("bare") as bare, server("naru", url) as naru:
            await drive(bare, [command(-n, "x") for n in range(1, WARMING)], AT_ONCE)
            await drive(naru, [command(-n, "status") for n in range(1, WARMING)], AT_ONCE)
            await drive(bare, [approve(-n, "R", "U00001") for n in range(1, WARMING)], AT_ONCE)
            await drive(naru, [approve(-n, *next(clicks)) for n in range(1, WARMING)], AT_ONCE)
            for number in range(ROUNDS):
                ids = range(number * PER_ROUND, (number + 1) * PER_ROUND)
                runs["bare"].append(await drive(bare, [command(n, "x") for n in ids], AT_ONCE))
                runs["status"].append(await drive(naru, [command(n, "status") for n in ids], AT_ONCE))
                runs["bare press"].append(
                    await drive(bare, [approve(n, "R", "U00001") for n in ids], AT_ONCE)
                )
                presses = [approve(n, *next(clicks)) for n in ids]
                runs["decision"].append(await drive(naru, presses, AT_ONCE))
            alone = await drive(bare, [command(90_000 + n, "x") for n in range(300)], 1)
            calm = await drive(naru, [command(91_000 + n, "status") for n in range(300)], 1)
        whole = {name: together(*parts) for name, parts in runs.items()}
    return counted + _table(whole, alone, calm)


def _table(whole: dict[str, Figures], alone: Figures, calm: Figures) -> list[Line]:
    bare, press, status, decision = (whole[n] for n in ("bare", "bare press", "status", "decision"))
    of_bare, of_press = status.per_second / bare.per_second, decision.per_second / press.per_second
    first = decision.per_second / bare.per_second
    quick = decision.at(99) < DECISION_P99_MS
    more = calm.at(50) - alone.at(50)
    return [
        line("bare Bolt, slash command", bare),
        line("bare Bolt, press", press),
        line("status", status, f"{of_bare:.2f} x bare", f">= {STATUS}", of_bare >= STATUS),
        line("status, alone", calm, f"p50 +{more:.2f} ms", f"<= {ALONE_MS} ms", more <= ALONE_MS),
        line("decision", decision, f"{first:.2f} x bare slash", f">= {DECISION}", first >= DECISION),
        Line("", "", f"{of_press:.2f} x bare press"),
        Line("", f"p99 {decision.at(99):.1f} ms", "", f"< {DECISION_P99_MS:.0f} ms", quick),
    ]


if __name__ == "__main__":
    for row in asyncio.run(lines()):
        print(row)
