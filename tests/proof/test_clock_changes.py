"""Every change of every clock from 2020 to 2039: weekly hours, freezes and what is announced, minute by minute.

The scan (`minute_scan`) knows nothing of how the calendar computes: it lives through the minutes around a change
with a clock on the wall. Hours, freezes and slots are drawn so that they begin, end and touch right there. Zones
with the same changes are one; a sample of all changes runs every day, all of them with `make proof`.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import pairwise
from zoneinfo import ZoneInfo, available_timezones

import pytest

from domain.calendar.announcements import Announcement, AnnouncementKind, announcements
from domain.calendar.entries import Calendar
from domain.calendar.fields import Weekday
from domain.calendar.holidays import HolidayRules
from domain.calendar.hours import Hours, timetable
from domain.calendar.rules import Cadence, CalendarRules, FreezeRule, WeeklyMoment, WeeklySpan, WeeklyWindow
from domain.calendar.slots import slot_freezes
from domain.calendar.zones import local_day
from tests.domain.calendar.minute_scan import MINUTE, Minute, minutes, within
from tests.proof.noise import seed_of
from tests.support.proof import full, rounds, run_seed

pytestmark = [pytest.mark.proof, pytest.mark.timeout(0)]

FIRST, LAST = datetime(2020, 1, 1, tzinfo=UTC), datetime(2040, 1, 1, tzinfo=UTC)
DAY, WEEK = timedelta(days=1), timedelta(days=7)
AROUND = timedelta(hours=30)
QUARTER = 15
DAY_MINUTES = 24 * 60
SAMPLE = 30


@dataclass(frozen=True)
class ClockChange:
    """The instant from which a zone's clocks show another offset."""

    zone: str
    at: datetime


@cache
def clock_changes() -> tuple[ClockChange, ...]:
    seen: dict[tuple[tuple[datetime, timedelta | None], ...], str] = {}
    for zone in sorted(available_timezones() - {"localtime", "Factory"}):
        seen.setdefault(_changes_of(zone), zone)
    return tuple(ClockChange(zone, at) for changes, zone in sorted(seen.items()) for at, _ in changes)


def _changes_of(zone: str) -> tuple[tuple[datetime, timedelta | None], ...]:
    """The minute of each change, and the offset from then on. Between two looks clocks change at most once."""
    tz, look = ZoneInfo(zone), timedelta(days=6)
    found = []
    at = FIRST
    while at < LAST:
        before, after = at.astimezone(tz).utcoffset(), (at + look).astimezone(tz).utcoffset()
        if before != after:
            low, high = at, at + look
            while high - low > MINUTE:
                middle = low + (high - low) // (2 * MINUTE) * MINUTE
                low, high = (middle, high) if middle.astimezone(tz).utcoffset() == before else (low, middle)
            found.append((high, after))
        at += look
    return tuple(found)


def chosen() -> list[ClockChange]:
    every = clock_changes()
    return list(every) if full() else random.Random(run_seed()).sample(every, SAMPLE)


def test_every_zone_that_changes_its_clocks_is_there() -> None:
    every = clock_changes()
    zones = {change.zone for change in every}
    assert len(every) > 1000
    assert len(zones) > 40
    assert all(FIRST <= change.at < LAST + DAY for change in every)


def test_hours_freezes_and_announcements_hold_through_every_change_of_every_clock() -> None:
    seed = seed_of("clock changes")
    for change in chosen():
        draw = random.Random(f"{seed}/{change.zone}/{change.at.isoformat()}")
        for _ in range(rounds(1, 3)):
            _weekly_hours(change, draw)
            _freezes(change, draw)
            _announcements(change, draw)


# --- drawn around the change --------------------------------------------------------------------------------


def _wall(change: ClockChange, draw: random.Random) -> datetime:
    """A wall-clock time within two hours of the change, the moment itself and its neighbours often."""
    shown = change.at.astimezone(ZoneInfo(change.zone)).replace(tzinfo=None, second=0, microsecond=0)
    return shown + draw.choice([0, 0, -1, 1, *range(-120, 121, QUARTER)]) * MINUTE


def _day(at: datetime) -> Weekday:
    return list(Weekday)[at.weekday()]


def _windows(change: ClockChange, draw: random.Random) -> tuple[WeeklyWindow, ...]:
    """One to three that do not overlap, the first day's end and the next one's beginning touching now and then."""
    cuts = sorted({_wall(change, draw) for _ in range(draw.choice([2, 4, 6]))})
    found = []
    for start, end in list(pairwise(cuts))[:: draw.choice([1, 2])]:
        last = end if end.date() == start.date() else (start + DAY).replace(hour=0, minute=0)
        if last > start and (last.time().isoformat() != "00:00:00" or last.date() > start.date()):
            found.append(WeeklyWindow(weekday=_day(start), from_=start.time(), to=last.time()))
    return tuple(found)


def _spans(change: ClockChange, draw: random.Random) -> tuple[WeeklySpan, ...]:
    found = []
    for _ in range(draw.choice([1, 2])):
        start, end = _wall(change, draw), _wall(change, draw)
        if start != end:
            moments = (WeeklyMoment(weekday=_day(at), at=at.time()) for at in (start, end))
            from_, to = moments
            found.append(WeeklySpan(from_=from_, to=to))
    return tuple(found)


def _lived(change: ClockChange) -> list[Minute]:
    return list(minutes(change.zone, change.at - AROUND, change.at + AROUND))


# --- what must hold -----------------------------------------------------------------------------------------


def _weekly_hours(change: ClockChange, draw: random.Random) -> None:
    lived = _lived(change)
    for hours in (_windows(change, draw), _spans(change, draw)):
        table = timetable(hours, ZoneInfo(change.zone))
        held = [within(minute, hours) for minute in lived]
        states = [table.state(minute.at) for minute in lived]
        assert [state.within for state in states] == held, (change, hours)
        turns = [
            now.at for (_, now), (was, is_) in zip(pairwise(lived), pairwise(held), strict=True) if was != is_
        ]
        for minute, state in zip(lived, states, strict=True):
            following = next((turn for turn in turns if turn > minute.at), None)
            if following:
                assert state.until == following, (change, hours, minute)
        _no_gap_and_no_overlap(change, hours)


def _no_gap_and_no_overlap(change: ClockChange, hours: Hours) -> None:
    found = timetable(hours, ZoneInfo(change.zone)).between(change.at - WEEK, change.at + WEEK)
    assert all(one.start < one.end for one in found), (change, hours)
    assert all(one.end < other.start for one, other in pairwise(found)), (change, hours)


def _freezes(change: ClockChange, draw: random.Random) -> None:
    """A slot's freeze begins in the first minute that shows its time, and ends with the slot."""
    tz = ZoneInfo(change.zone)
    freeze = _wall(change, draw)
    deploy = freeze + draw.choice([1, 2, 3]) * DAY
    rule = draw.choice(
        [FreezeRule(weekday=_day(freeze), at=freeze.time()), FreezeRule(days_before=(deploy - freeze).days)]
    )
    at = deploy.time() if rule.weekday else freeze.time()
    cadence = Cadence(deploy_weekday=_day(deploy), deploy_time=at, freeze=rule)
    rules = CalendarRules(cadence=cadence, windows=(), no_deploy_hours=())
    first = local_day(change.at - 2 * DAY, tz)
    found = slot_freezes(rules, zone=tz, first=first, until=first + 10 * DAY)
    assert all(one.starts < one.ends for one in found)
    assert all(one.ends <= other.starts for one, other in pairwise(found))
    begun = next(minute.at for minute in _lived(change) if minute.wall >= freeze)
    assert begun in {one.starts for one in found}, (change, rule, freeze)


def _announcements(change: ClockChange, draw: random.Random) -> None:
    """Cut into ranges anywhere, everything is announced once; windows open when the scan sees them open."""
    windows = _windows(change, draw)
    rules = CalendarRules(
        windows=windows, no_deploy_hours=(), cadence=None, holidays=HolidayRules(country=None)
    )
    calendar = Calendar(zone=change.zone, rules=rules)
    since, until = change.at - AROUND, change.at + AROUND
    whole = announcements(calendar, releases=(), since=since, until=until)
    cuts = sorted({since, until, *(since + draw.randrange(60 * 60) * MINUTE for _ in range(9))})
    cuts = [cut for cut in cuts if since <= cut <= until]
    parts: list[Announcement] = []
    for start, end in pairwise(cuts):
        parts += announcements(calendar, releases=(), since=start, until=end)
    assert parts == list(whole), (change, windows)
    assert len({one.key for one in whole}) == len(whole)
    lived = _lived(change)
    held = [within(minute, windows) for minute in lived]
    opened = [
        now.at
        for (_, now), (was, is_) in zip(pairwise(lived), pairwise(held), strict=True)
        if is_ and not was
    ]
    told = [one.moment for one in whole if one.kind is AnnouncementKind.WINDOW_OPENED]
    assert [at for at in told if at > since] == opened, (change, windows)
