"""Cards that change quickly in a few channels, with one process and with three: a message a second, none old.

Run: `python -m benchmarks.cards [URL of an empty PostgreSQL database]`. The replicas are processes that share
the database, without a URL a SQLite file; each change and each line comes to any of them. Slack is the
sandbox, with Slack's limits. What is measured is from a change's commit until Slack shows it or a newer one.

*a day*: a rollout that reports three times a second, and tells its thread; one that reports every ten
seconds; watched releases of one channel whose readings come together; people who press here and there.
*a rush*: all twelve cards change every second. Slack takes 50 updates a minute in all, and a burst.
"""

from __future__ import annotations

import asyncio
import json
import random
import sys
import tempfile
from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import quantiles
from typing import Any

from sqlalchemy import func, select
from sqlmodel import col

from benchmarks import world
from benchmarks.results import Line
from bot.rendering import fingerprint
from domain.errands import Show, Surface, SurfaceKind
from domain.pace import UPDATES_APART_S
from messages.message import Message
from sandbox import Sandbox
from sandbox.seed import ChannelSeed, Seed, TeamSeed, UserSeed
from storage import outbox, schema
from storage.db import Database, Tx
from storage.ids import new_id
from storage.outbox import Waiting
from storage.tables import OutboxRow

CHANNELS = tuple(f"C0000000{n}" for n in range(4))
EACH = 3
WITHIN_S = 3.0
DAY_S, RUSH_S = 60.0, 30.0
SEEN = ("chat.postMessage", "chat.update", "files.completeUploadExternal")
Tell = Callable[[str, str], None]


@dataclass
class Watched:
    """What was changed when, and what Slack got when, by card and by channel."""

    changes: dict[str, list[tuple[float, str]]] = field(default_factory=lambda: defaultdict(list))
    shown: dict[str, list[tuple[float, str]]] = field(default_factory=lambda: defaultdict(list))
    messages: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    refused: int = 0

    @property
    def waits(self) -> list[float]:
        """From each change until it, or a newer one, was shown; of all cards."""
        return [wait for card, changes in self.changes.items() for wait in _waits(changes, self.shown[card])]

    @property
    def most(self) -> int:
        """The messages of the busiest second of any channel."""
        return max(_busiest(times) for times in self.messages.values())

    @property
    def coalesced(self) -> float:
        return sum(map(len, self.changes.values())) / sum(map(len, self.shown.values()))


def _waits(changes: Sequence[tuple[float, str]], shown: Sequence[tuple[float, str]]) -> list[float]:
    number = {state: n for n, (_, state) in enumerate(changes)}
    seen = [(at, number[state]) for at, state in shown if state in number]
    assert seen[-1][1] == len(changes) - 1, "the last state is shown last"
    return [next(at for at, which in seen if which >= n) - since for n, (since, _) in enumerate(changes)]


def _busiest(times: Sequence[float]) -> int:
    times = sorted(times)
    return max(sum(first <= at < first + 1 for at in times[n:]) for n, first in enumerate(times))


def lay(url: str) -> dict[str, list[str]]:
    """The releases of each channel; their cards wait to be posted."""
    schema.upgrade(url)
    db, found = Database(url), {}
    with db.transaction() as tx:
        world.lay_people(tx)
        for number, channel in enumerate(CHANNELS):
            world.lay_project(tx, f"shop{number}", channel)
            found[channel] = world.lay_releases(tx, f"shop{number}", EACH)
            for release in found[channel]:
                outbox.add(tx, [Waiting(channel, new_id(), Show(Surface(SurfaceKind.CARD, release)))])
    db.close()
    return found


@asynccontextmanager
async def replicas(count: int, url: str, box: Sandbox, watched: Watched) -> AsyncIterator[Tell]:
    """Processes that share the database; what they are told comes to any of them."""
    running = [await _start(url, box) for _ in range(count)]
    hearing = [asyncio.create_task(_hear(one, watched)) for one in running]
    chance, number = random.Random(1), iter(range(1, 10**6))

    def tell(kind: str, release: str) -> None:
        stdin = chance.choice(running).stdin
        assert stdin is not None
        stdin.write(f"{kind} {release} {next(number)}\n".encode())

    try:
        yield tell
    finally:
        for one in running:
            assert one.stdin is not None
            one.stdin.close()
            await one.wait()
        await asyncio.gather(*hearing)


async def _start(url: str, box: Sandbox) -> asyncio.subprocess.Process:
    pipe = asyncio.subprocess.PIPE
    given = ("-m", "benchmarks.replica", url, box.api_url, box.bot_token)
    process = await asyncio.create_subprocess_exec(sys.executable, *given, stdin=pipe, stdout=pipe)
    assert process.stdout is not None
    await process.stdout.readline()
    return process


async def _hear(process: asyncio.subprocess.Process, watched: Watched) -> None:
    assert process.stdout is not None
    while line := await process.stdout.readline():
        said = json.loads(line)
        watched.changes[said["release"]].append((said["at"], said["shown"]))


async def a_day(tell: Tell, cards: dict[str, list[str]]) -> None:
    quick, slow, watched, pressed = cards.values()
    chance = random.Random(2)
    async with asyncio.timeout(DAY_S + 5), asyncio.TaskGroup() as group:
        for every, what in (
            (0.3, lambda: tell("card", quick[0])),
            (5.0, lambda: tell("line", quick[0])),
            (10.0, lambda: tell("card", slow[0])),
            (30.0, lambda: [tell("card", one) for one in watched]),
            (8.0, lambda: _pressed(tell, chance.choice(pressed))),
            (20.0, lambda: _pressed(tell, quick[1])),
        ):
            group.create_task(_often(every, DAY_S, what))


def _pressed(tell: Tell, release: str) -> None:
    tell("card", release)
    tell("line", release)


async def a_rush(tell: Tell, cards: dict[str, list[str]]) -> None:
    every = [release for found in cards.values() for release in found]
    await _often(1.0, RUSH_S, lambda: [tell("card", release) for release in every])


async def _often(every: float, seconds: float, what: Callable[[], object]) -> None:
    for _ in range(int(seconds / every)):
        what()
        await asyncio.sleep(every)


async def measured(count: int, url: str, story: Callable[..., Any]) -> Watched:
    """The story with so many replicas, from when its cards stand until nothing is left to show."""
    cards, watched = lay(url), Watched()
    users = tuple(UserSeed(f"U{n:05d}", f"p{n}", f"Person {n}", f"p{n}@example.com") for n in range(2))
    channels = tuple(ChannelSeed(one, one.lower(), ("U00000",)) for one in CHANNELS)
    box = await Sandbox.start(
        seed=Seed(TeamSeed("T1", "Bench", "bench"), users, channels), enforce_rates=True
    )
    db = Database(url)
    try:
        async with replicas(count, url, box, watched) as tell:
            await _warm(tell, cards, db)
            watched.changes.clear()
            begun = len(box.calls)
            await story(tell, cards)
            await _quiet(db)
        _look(box, begun, cards, watched)
    finally:
        db.close()
        await box.stop()
    return watched


async def _warm(tell: Tell, cards: dict[str, list[str]], db: Database) -> None:
    """Every process has done everything, and Slack's burst is whole again."""
    await _quiet(db)
    for _ in range(3):
        for found in cards.values():
            _pressed(tell, found[0])
        await asyncio.sleep(1)
    await _quiet(db)
    await asyncio.sleep(20)


async def _quiet(db: Database) -> None:
    while await db.read(_waiting):  # noqa: ASYNC110 - other processes do the work
        await asyncio.sleep(0.2)


def _waiting(tx: Tx) -> int:
    return int(tx.execute(select(func.count()).where(col(OutboxRow.done_at).is_(None))).scalar_one())


def _look(box: Sandbox, begun: int, cards: dict[str, list[str]], watched: Watched) -> None:
    """What Slack got since then. A card is known by what it shows."""
    states = {state: card for card, changes in watched.changes.items() for _, state in changes}
    assert sum(map(len, watched.changes.values())) == len(states), "each change shows something else"
    for call in list(box.calls)[begun:]:
        watched.refused += call.error == "ratelimited"
        if call.method not in SEEN or not call.ok:
            continue
        watched.messages[str(call.args["channel"])].append(call.at)
        if call.method == "chat.update":
            shown = fingerprint(Message(call.args["text"], call.args["blocks"]))
            watched.shown[states[shown]].append((call.at, shown))
    assert set(watched.messages) == set(cards)


def _lines(name: str, found: Watched, within: float, against: Watched | None) -> list[Line]:
    waits = sorted(found.waits)
    p50, p99 = (quantiles(waits, n=100)[percent - 1] for percent in (50, 99))
    gap = min(
        later - earlier for times in found.messages.values() for earlier, later in pairwise(sorted(times))
    )
    ratio = f"{p99 / quantiles(sorted(against.waits), n=100)[98]:.2f} x one replica" if against else ""
    return [
        Line(
            f"{name}: pace",
            f"{found.most} message, {gap:.3f} s apart, {found.refused} refused",
            f"{found.coalesced:.1f} changes an update",
            "1 message, 0 refused",
            found.most == 1 and not found.refused,
        ),
        Line(
            f"{name}: shown",
            f"p50 {p50:.2f} s, p99 {p99:.2f} s, at most {waits[-1]:.2f} s",
            ratio or f"{waits[-1] / within:.2f} x the target",
            f"<= {within:.1f} s",
            waits[-1] <= within,
        ),
    ]


async def lines() -> list[Line]:
    with tempfile.TemporaryDirectory() as folder:
        one, three, rush = [
            await measured(count, f"sqlite:///{folder}/naru{number}.db", story)
            for number, (count, story) in enumerate(((1, a_day), (3, a_day), (3, a_rush)))
        ]
    return [
        *_lines("a day, 1 replica", one, WITHIN_S, None),
        *_lines("a day, 3 replicas", three, WITHIN_S, one),
        *_lines("a rush, 3 replicas", rush, len(CHANNELS) * EACH * UPDATES_APART_S + 1, None),
    ]


async def postgres_lines(url: str) -> list[Line]:
    return _lines("PostgreSQL, 3 replicas", await measured(3, url, a_day), WITHIN_S, None)


async def main() -> None:
    for line in await (postgres_lines(sys.argv[1]) if len(sys.argv) > 1 else lines()):
        print(line)


if __name__ == "__main__":
    asyncio.run(main())
