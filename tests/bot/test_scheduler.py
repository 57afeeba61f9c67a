"""One reminder that fails does not hold up the others."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlmodel import col

from bot.scheduler import Scheduler
from commands import remind
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


def _states(tx: Tx) -> list[tuple[str, str]]:
    rows = tx.execute(select(col(ReminderRow.key), col(ReminderRow.state)).order_by(col(ReminderRow.due)))
    return [(str(key).split(":")[1], str(state)) for key, state in rows]
