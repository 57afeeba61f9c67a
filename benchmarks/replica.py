"""One process that delivers, of several that share a database: changes cards as it is told, and says when.

`python -m benchmarks.replica URL API TOKEN` reads `card RELEASE NUMBER` and `line RELEASE NUMBER`, each on a
line, and answers the former with JSON: the release, what its card is to show now, and when that was committed
(monotonic seconds).
"""

from __future__ import annotations

import asyncio
import json
import logging
import sys
import time
from dataclasses import replace
from datetime import timedelta

import aiohttp
import structlog

from benchmarks import world
from bot import rendering
from bot.courier import Courier
from bot.pictures.painter import Painter
from bot.pictures.posting import Pictures
from bot.rendering import fingerprint
from bot.roomwork import RoomWork
from bot.scheduler import TICK_S, Pump
from bot.slack import Slack
from bot.wiring import share_the_interpreter
from domain.calendar.announcements import Announcement, AnnouncementKind
from domain.errands import Announce, InThread, Show, Surface, SurfaceKind, Tell
from domain.project import Project
from domain.release import Release
from storage import outbox, projects, releases
from storage.db import Database, TurnLoop, Tx
from storage.ids import new_id
from storage.outbox import Waiting


def change(tx: Tx, release: str, number: int) -> str:
    """The card shows another time of deploying. Returns the fingerprint of what it shows now."""
    before, project = _found(tx, release)
    moved = replace(before, deploy_at=world.AT + timedelta(minutes=number))
    releases.save(tx, before, moved, by="U00050")
    card = Surface(SurfaceKind.CARD, release)
    outbox.add(tx, [Waiting(project.channel, new_id(), Show(card))])
    message = rendering.surface(tx, card).message
    assert message is not None
    return fingerprint(message)


def say(tx: Tx, release: str, number: int) -> None:
    """A line in the release's thread."""
    _, project = _found(tx, release)
    at = world.AT
    about = Announcement(
        kind=AnnouncementKind.BLACKOUT_STARTED,
        subject=f"b{number}",
        moment=at,
        due=at,
        expires=at + timedelta(hours=1),
    )
    said = Announce(announcement=about, name=f"line {number}")
    tell = Tell(project=project.key, to=InThread(release), said=said, by="", at=at)
    outbox.add(tx, [Waiting(project.channel, new_id(), tell)])


def _found(tx: Tx, release: str) -> tuple[Release, Project]:
    found = releases.lock(tx, release)
    assert found is not None
    project = projects.get(tx, found.project)
    assert project is not None
    return found, project


async def obey(db: Database) -> None:
    loop = asyncio.get_running_loop()
    told = asyncio.StreamReader()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(told), sys.stdin)
    running = set()
    while line := await told.readline():
        task = asyncio.create_task(_one(db, *line.decode().split()))
        running.add(task)
        task.add_done_callback(running.discard)


async def _one(db: Database, kind: str, release: str, number: str) -> None:
    if kind == "line":
        await db.run(say, release, int(number))
        return
    shown = await db.run(change, release, int(number))
    print(json.dumps({"release": release, "shown": shown, "at": time.monotonic()}), flush=True)


async def main(url: str, api: str, token: str) -> None:
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    share_the_interpreter()
    db, loop = Database(url), asyncio.get_running_loop()
    async with aiohttp.ClientSession() as session:
        slack = Slack(token, api, session)
        rooms, pictures = RoomWork(db, slack, "U0NARU"), Pictures(db, slack, Painter())
        courier = Courier(db, slack, rooms, pictures, changed=lambda: None)
        pump = Pump("courier", courier.work)
        courier.when_its_turn(pump.wake)
        db.listen(lambda: loop.call_soon_threadsafe(pump.wake))
        works = [asyncio.create_task(pump.run()), asyncio.create_task(_tick(pump))]
        print(json.dumps({}), flush=True)
        await obey(db)
        for work in works:
            work.cancel()
    db.close()


async def _tick(pump: Pump) -> None:
    while True:
        pump.wake()
        await asyncio.sleep(TICK_S)


if __name__ == "__main__":
    with asyncio.Runner(loop_factory=TurnLoop) as runner:
        runner.run(main(*sys.argv[1:]))
