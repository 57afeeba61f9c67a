"""Clocks that jump, forth and back, by a second or by a year; and weeks of downtime: all is told or skipped, once.

Business time is read from the system's clock, which may be set wrong and set right again. What was reached once
stays told: going back tells nothing twice, whatever is planned anew meanwhile. The books are the month's.
"""

from __future__ import annotations

from collections import Counter
from datetime import datetime, time, timedelta

import pytest

from commands import requests
from domain.calendar.fields import Weekday
from domain.calendar.rules import WeeklyWindow
from storage import audit, reminders
from storage.db import Database
from tests.proof.almanac import DAY, HOUR
from tests.proof.conftest import NewUrl
from tests.proof.mortal import World, unsynced
from tests.proof.noise import seed_of
from tests.proof.test_month import BEGIN, Month, _digests, _said, _same, _skipped
from tests.support.clock import HandClock
from tests.support.proof import rounds
from tests.support.world import RM

pytestmark = [pytest.mark.proof, pytest.mark.timeout(0)]
SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)
JUMPS = (SECOND, MINUTE, 20 * MINUTE, HOUR, 5 * HOUR, DAY, 3 * DAY, 30 * DAY)
# The sample's longest jump is a quarter: what is skipped grows with it. The proof in full jumps by a year.
STEPS, LONGEST = rounds(20, 60), rounds(91, 365) * DAY
LAST = BEGIN + 2 * 365 * DAY
NIGHT = WeeklyWindow(weekday=Weekday.SUNDAY, from_=time(2), to=time(3))


class Jumping(Month):
    """`reached` is the latest moment that has been: only beyond it is anything new."""

    reached: datetime = BEGIN

    async def pass_by(self) -> None:
        process = await self._settle(self.process())
        for step in range(STEPS):
            length = LONGEST if step == STEPS // 2 else self.random.choice(JUMPS)
            self._jump(length)
            process = await self._settle(process)
            with self.database.transaction() as tx:
                reminders.forget_old(tx, tx.now())  # the hourly tidying
            if self.random.random() < 0.3:
                self._something_is_planned_anew()
                process = await self._settle(process)
        self._jump(self.reached + HOUR - self.clock())
        await self._settle(process)
        process.bury()

    def _jump(self, length: timedelta) -> None:
        """Forth, or back for a while; never before the beginning."""
        back = self.random.random() < 0.4 and self.clock() - length >= BEGIN
        to = min(self.clock() - length if back else self.clock() + length, LAST)
        self.clock.set(to)
        if to > self.reached:
            self._expect(self.reached, to)
            self.reached = to

    def _something_is_planned_anew(self) -> None:
        """A window is opened and closed again: the calendar's announcements are derived anew."""
        key = self.random.choice(sorted(self.drivers))
        window = requests.AddWindow(project=key, window=NIGHT)
        self.drivers[key].ok(window, RM)
        self.drivers[key].ok(requests.RemoveWindow(project=key, window=NIGHT), RM)


async def test_announcements_are_told_or_skipped_once_whatever_the_clock_does(
    new_url: NewUrl, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.pacing.PACED", False)
    seed = seed_of("jumps")
    for number in range(rounds(1, 40)):
        with new_url() as url:
            clock = HandClock(BEGIN)
            month = Jumping(url, f"{seed}.{number}", clock, unsynced(Database(url, clock)), World(clock))
            monkeypatch.setattr("storage.db.tx.Tx.wall", lambda _tx, m=month: BEGIN + m.wall)
            month.start()
            await month.pass_by()
            told, skipped = month.database.read_now(_said, month.world), month.database.read_now(_skipped)
            _same(told, month.expected)
            _same(skipped, month.stale)
            assert max(Counter((key, about) for key, _, about, _, _ in told).values()) == 1
            assert max(month.database.read_now(_digests, month.world).values(), default=1) == 1
            assert month.database.read_now(audit.verify) is None
            month.database.close()
