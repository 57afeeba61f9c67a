"""One reminder that fails does not hold up the others; the end waits for what runs."""

from __future__ import annotations

import asyncio
import logging
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlmodel import col

from bot.scheduler import Scheduler
from commands.remind import fire as remind
from commands.requests import AddBlackout
from domain.calendar.announcements import AnnouncementKind
from domain.errands import Announce
from domain.project import Project
from domain.reminders import Reminder
from storage.db import Database, Tx
from storage.tables import ReminderRow
from tests.support.clock import HandClock
from tests.support.driver import Driver
from tests.support.world import PM, World

_FIRE = remind._fire


def _broken(tx: Tx, project: Project, reminder: Reminder, *, late: bool) -> bool:
    if "blackout_start" in reminder.key:
        raise RuntimeError("a bug of ours")
    return _FIRE(tx, project, reminder, late=late)


async def test_a_reminder_that_fails_is_given_up_and_the_others_are_said(
    database: Database, shop: World, clock: HandClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    drive = Driver(database, clock)
    begins = clock() + timedelta(days=1, hours=1)
    for name in ("Sale", "Move"):
        drive.ok(AddBlackout(project="shop", name=name, start=begins, end=begins + timedelta(hours=2)), PM)
    monkeypatch.setattr(remind, "_fire", _broken)
    clock.move(days=1, hours=4)

    await Scheduler(database, lambda: None).fire_due()

    states = drive.read(_states)
    assert [state for kind, state in states if kind == "blackout_start"] == ["skipped", "skipped"]
    assert [state for kind, state in states if kind == "blackout_end"] == ["done", "done"]
    said = [tell.said.announcement.kind for tell in drive.told(Announce) if isinstance(tell.said, Announce)]
    assert said.count(AnnouncementKind.BLACKOUT_STARTED) == 0
    assert said.count(AnnouncementKind.BLACKOUT_ENDED) == 2
    assert drive.chain_holds()


async def test_stopping_in_the_middle_of_a_tick_lets_it_end(
    database: Database, shop: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    begun, woken = asyncio.Event(), []
    fire_due = Scheduler.fire_due

    async def slowly(scheduler: Scheduler) -> int:
        begun.set()
        await asyncio.sleep(0.2)
        return await fire_due(scheduler)

    monkeypatch.setattr("bot.scheduler.TICK_S", 0.05)
    monkeypatch.setattr(Scheduler, "fire_due", slowly)
    scheduler = Scheduler(database, lambda: woken.append("woken"))
    scheduler.start()
    await begun.wait()

    await scheduler.stop()
    at_the_end = list(woken)
    await asyncio.sleep(0.2)

    assert at_the_end == ["woken"]
    assert woken == at_the_end
    assert [record.message for record in caplog.records if record.levelno >= logging.ERROR] == []


async def test_stopping_does_not_wait_for_ever(
    database: Database, shop: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = asyncio.Event()

    async def for_ever(_scheduler: Scheduler) -> int:
        begun.set()
        await asyncio.sleep(3600)
        return 0

    monkeypatch.setattr("bot.scheduler.TICK_S", 0.05)
    monkeypatch.setattr("bot.scheduler.STOP_S", 0.05)
    monkeypatch.setattr(Scheduler, "fire_due", for_ever)
    scheduler = Scheduler(database, lambda: None)
    scheduler.start()
    await begun.wait()

    async with asyncio.timeout(20):
        await scheduler.stop()


def _states(tx: Tx) -> list[tuple[str, str]]:
    rows = tx.execute(select(col(ReminderRow.key), col(ReminderRow.state)).order_by(col(ReminderRow.due)))
    return [(str(key).split(":")[1], str(state)) for key, state in rows]
