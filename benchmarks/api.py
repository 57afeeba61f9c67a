"""What pipelines ask over HTTP, as ratios against a bare aiohttp handler in the same run.

Run: `python -m benchmarks.api`. The servers are processes of their own; the load comes from this one. The
bare handler reads the same JSON and answers some: no token, no rules, no database. The gate is asked of a
project with the shipped calendar, a release is read with all its lists, and a reading is pushed with a key of
its own, kept durably and audited; what is judged of readings has its own benchmark (`benchmarks.criteria`).
The targets are what must not get worse: a token may ask twice a second (`web.app.RATE`).
"""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path

from benchmarks import world
from benchmarks.decisions import disk_ms, line, server, together
from benchmarks.loadgen import Figures, asked, drive
from benchmarks.results import Line
from commands import tokens
from commands.requests import MakeToken
from domain.people import BOT, Origin, Via
from domain.tokens import Scope
from storage import schema
from storage.db import Database
from web.app import BASE

ROUNDS, PER_ROUND, FEW, AT_ONCE, WARMING = 5, 1_000, 200, 16, 300
GATE, PUSH = 0.05, 0.02
PROJECT = f"{BASE}/projects/shop"
READING = {"metric": "error_rate", "value": 0.002, "samples": 1200}
Requests = Callable[[Iterable[int]], list[bytes]]


def _laid(url: str) -> str:
    """The text of a token that may do everything."""
    schema.upgrade(url)
    db = Database(url)
    with db.transaction() as tx:
        world.lay_people(tx)
        world.lay_project(tx, "shop", "C00000001")
        world.lay_releases(tx, "shop", 1)
        request = MakeToken(project="shop", name="ci", scopes=tuple(Scope))
        text = tokens.make(tx, request, Origin(BOT, Via.COMMAND_LINE)).text
    db.close()
    return text


def _requests(token: str) -> dict[str, Requests]:
    """What is sent under each name; every push has a key of its own."""
    pushed = {"environment": "production", "readings": [READING]}
    return {
        "bare": lambda ids: [asked("/gate", token) for _ in ids],
        "bare push": lambda ids: [asked("/readings", token, pushed, key=f"run-{n}") for n in ids],
        "gate": lambda ids: [asked(f"{PROJECT}/gate?type=regular", token) for _ in ids],
        "release": lambda ids: [asked(f"{PROJECT}/releases/1.1.0", token) for _ in ids],
        "push": lambda ids: [asked(f"{PROJECT}/readings", token, pushed, key=f"run-{n}") for n in ids],
    }


async def lines() -> list[Line]:
    """The table's part. Rounds of all loads alternate, so that a slow minute of the machine hits all."""
    with tempfile.TemporaryDirectory() as base:
        url = f"sqlite:///{Path(base) / 'naru.db'}"
        made = _requests(_laid(url))
        runs: dict[str, list[Figures]] = {name: [] for name in made}
        with server("bare-json") as bare, server("api", url) as naru:
            ports = {name: bare if name.startswith("bare") else naru for name in made}
            for name, requests in made.items():
                await drive(ports[name], requests(range(-WARMING, 0)), AT_ONCE)
            for number in range(ROUNDS):
                for name, requests in made.items():
                    many = FEW if name == "release" else PER_ROUND
                    ids = range(number * many, (number + 1) * many)
                    runs[name].append(await drive(ports[name], requests(ids), AT_ONCE))
        synced = disk_ms(Path(base))
    return _table({name: together(*parts) for name, parts in runs.items()}, synced)


def _table(whole: dict[str, Figures], synced: float) -> list[Line]:
    gate, push = (_share(whole[one], whole[bare]) for one, bare in (("gate", "bare"), ("push", "bare push")))
    release = _share(whole["release"], whole["bare"])
    return [
        line("bare aiohttp, question", whole["bare"]),
        line("bare aiohttp, report", whole["bare push"]),
        line("gate over HTTP", whole["gate"], f"{gate:.2f} x bare", f">= {GATE:.2f}", gate >= GATE),
        line("a release over HTTP", whole["release"], f"{release:.2f} x bare"),
        line("reading pushed", whole["push"], f"{push:.2f} x bare", f">= {PUSH:.2f}", push >= PUSH),
        Line("one synced commit here", f"{synced:.2f} ms"),
    ]


def _share(of: Figures, bare: Figures) -> float:
    return of.per_second / bare.per_second


if __name__ == "__main__":
    for row in asyncio.run(lines()):
        print(row)
