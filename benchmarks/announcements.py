"""10,000 pending announcements cost nothing while none is due; one wakes within a second of its time.

Run: `python -m benchmarks.announcements`. The scheduler ticks in this process, on an empty table and on a
full one of which nothing is due; then a release's moment comes, and the pulse must find it.
"""

from __future__ import annotations

import asyncio
import tempfile
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median

from benchmarks import world
from benchmarks.results import Line
from bot.scheduler import Scheduler
from domain.reminders import CALENDAR, Reminder
from domain.types import ReminderKind, Stage
from storage import projects, releases, reminders, schema
from storage.db import Database

PENDING, TICKS = 10_000, 300
SLOWER = 1.5
WITHIN_S = 1.0
IN = timedelta(seconds=2)


def pending(number: int, due: datetime) -> Reminder:
    return Reminder(
        key=f"r{number}",
        kind=ReminderKind.GATE_TURNS,
        subject=CALENDAR,
        due=due,
        expires=due + timedelta(hours=1),
    )


def lay(folder: Path, count: int) -> Database:
    schema.upgrade(f"sqlite:///{folder / 'naru.db'}")
    db = Database(f"sqlite:///{folder / 'naru.db'}")
    later = datetime.now(UTC) + timedelta(days=1)
    with db.transaction() as tx:
        world.lay_people(tx)
        world.lay_project(tx, "shop", "C00000001")
        projects.set_planned_until(tx, "shop", later + timedelta(days=60))
        reminders.add(tx, "shop", (pending(n, later + timedelta(minutes=n)) for n in range(count)))
    return db


async def cost(db: Database) -> float:
    """Microseconds of processor time per tick, in all threads."""
    tick = Scheduler(db, lambda: None)._tick  # noqa: SLF001 - the pulse itself is what is measured
    costs = []
    for _ in range(TICKS):
        begun = time.process_time()
        await tick()
        costs.append(time.process_time() - begun)
    return median(costs) * 1e6


async def lateness(db: Database) -> float:
    """Seconds from a reminder's time until what it says is committed to the outbox."""
    due = datetime.now(UTC) + IN
    said: asyncio.Future[datetime] = asyncio.get_running_loop().create_future()
    loop = asyncio.get_running_loop()
    with db.transaction() as tx:
        soaking = replace(world.release("shop", 1, Stage.STAGING), soak_until=due)
        releases.add(tx, soaking)
        over = Reminder(
            key="soak",
            kind=ReminderKind.SOAK_OVER,
            subject=soaking.id,
            due=due,
            expires=due + timedelta(hours=1),
            count=soaking.rc,
        )
        reminders.add(tx, "shop", [over])
    db.listen(lambda: _tell(loop, said))
    scheduler = Scheduler(db, lambda: None)
    scheduler.start()
    try:
        late = ((await asyncio.wait_for(said, 15)) - due).total_seconds()
        await asyncio.sleep(0.2)  # let the tick end
        return late
    finally:
        scheduler.stop()


def _tell(loop: asyncio.AbstractEventLoop, said: asyncio.Future[datetime]) -> None:
    loop.call_soon_threadsafe(_once, said)


def _once(said: asyncio.Future[datetime]) -> None:
    if not said.done():
        said.set_result(datetime.now(UTC))


async def lines() -> list[Line]:
    with tempfile.TemporaryDirectory() as base:
        none, many = lay(Path(base, "none"), 0), lay(Path(base, "many"), PENDING)
        empty, full = await cost(none), await cost(many)
        empty, full = min(empty, await cost(none)), min(full, await cost(many))
        late = await lateness(many)
        none.close()
        many.close()
    ratio = full / empty
    return [
        Line(
            f"tick, {PENDING} pending",
            f"{full:.0f} us of CPU (empty: {empty:.0f})",
            f"{ratio:.2f} x empty",
            f"<= {SLOWER}",
            ratio <= SLOWER,
        ),
        Line("one wakes", f"{late:.2f} s after its time", "", f"< {WITHIN_S:.0f} s", 0 <= late < WITHIN_S),
    ]


if __name__ == "__main__":
    for line in asyncio.run(lines()):
        print(line)
