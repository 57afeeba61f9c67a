"""The calendar of a busy project against a plain scan with dateutil's rrule, in one run.

1,000 blackouts, two years of weekly windows, no-deploy hours and Korea's holidays.
Run: `python -m benchmarks.calendar`, on a quiet machine.
"""

from __future__ import annotations

import asyncio
import random
import time
import tracemalloc
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from dateutil import rrule

from benchmarks.results import Line
from domain.calendar.blackouts import Blackout
from domain.calendar.compiled import Closed
from domain.calendar.conflicts import all_conflicts
from domain.calendar.earliest import earliest
from domain.calendar.entries import Calendar
from domain.calendar.gate import GateAction, Question, gate
from domain.calendar.holidays import DayRule, HolidayRules
from domain.calendar.planned import PlannedRelease
from domain.calendar.rules import CalendarRules
from domain.calendar.type_rules import TYPE_GATES
from domain.types import ReleaseType

FIRST = datetime(2026, 1, 1, tzinfo=UTC)
YEARS = timedelta(days=730)
SEED = 7
FASTER = 500
RULES = CalendarRules(holidays=HolidayRules(deploys=DayRule.CLOSED))
ASKED = Question(
    action=GateAction.DEPLOY, release_type=ReleaseType.REGULAR, rules=TYPE_GATES[ReleaseType.REGULAR]
)


async def lines() -> list[Line]:
    draw = random.Random(SEED)
    calendar, old = _busy(draw, FIRST, 1_000), _busy(draw, FIRST - 5 * YEARS, 1_000)
    ten_years = replace(calendar, blackouts=(*old.blackouts, *calendar.blackouts))
    times = [FIRST + timedelta(minutes=draw.randrange(365 * 2 * 24 * 60)) for _ in range(20_000)]
    laid_out, kib = _laid_out(calendar)
    asked = _each(Closed(calendar, ASKED).at, times)
    scan = _each(_scan(calendar), times[:200]) / asked
    whole, long = (_each(_gate(one), times) for one in (calendar, ten_years))
    soonest = _each(_earliest(calendar), times[:4_000])
    releases = _releases(draw)
    conflicts = _best(lambda: all_conflicts(calendar, gates=TYPE_GATES, releases=releases))
    return [
        Line("open or closed", f"{asked * 1e6:.2f} us", f"scan: {scan:,.0f} x", ">= 500 x", scan >= FASTER),
        Line("the gate's answer", f"{whole * 1e6:.1f} us", "", "<= 20 us", whole <= 20e-6),
        Line("  ten years of history", f"{long * 1e6:.1f} us", f"{long / whole:.2f} x", "", None),
        Line("the earliest time", f"{soonest * 1e6:.0f} us", "", "<= 1,000 us", soonest <= 1e-3),
        Line("conflicts of 200 releases", f"{conflicts * 1e3:.1f} ms", "", "<= 5 ms", conflicts <= 5e-3),
        Line("laid out for two years", f"{laid_out * 1e3:.1f} ms", "", "<= 20 ms", laid_out <= 20e-3),
        Line("  kept", f"{kib:.0f} KiB", "", "<= 1,024 KiB", kib <= 1024),
    ]


def _busy(draw: random.Random, since: datetime, count: int) -> Calendar:
    blackouts = []
    for number in range(count):
        start = since + timedelta(minutes=draw.randrange(int(YEARS.total_seconds() // 60)))
        end = start + timedelta(minutes=draw.randrange(30, 300))
        blackouts.append(Blackout(id=f"{since.year}-{number}", name="sale", start=start, end=end))
    return Calendar(zone="Asia/Seoul", rules=RULES, blackouts=tuple(blackouts))


def _laid_out(calendar: Calendar) -> tuple[float, float]:
    """Seconds and KiB for two years, on a calendar that was never asked before."""
    spent = _best(lambda: _lay_out(replace(calendar)))
    tracemalloc.start()
    kept = _lay_out(replace(calendar))
    size, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return spent, size / 1024 if kept else 0.0


def _lay_out(calendar: Calendar) -> Closed:
    closed = Closed(calendar, ASKED)
    for year in (FIRST, FIRST + YEARS / 2):
        closed.at(year)
        gate(calendar, question=ASKED, at=year)
    return closed


def _gate(calendar: Calendar) -> Callable[[datetime], object]:
    return lambda at: gate(calendar, question=ASKED, at=at)


def _earliest(calendar: Calendar) -> Callable[[datetime], object]:
    return lambda at: earliest(calendar, question=ASKED, preparations=(), at=at)


def _scan(calendar: Calendar) -> Callable[[datetime], bool]:
    """Open or closed as one would write it first: windows as recurrences, blackouts one after the other."""
    begin = datetime(2025, 12, 1, tzinfo=calendar.tz)
    windows = [
        rrule.rrule(
            rrule.WEEKLY, byweekday=window.weekday.number, dtstart=begin.replace(hour=window.from_.hour)
        )
        for window in RULES.windows
    ]

    def closed(at: datetime) -> bool:
        if any(blackout.start <= at < blackout.end for blackout in calendar.blackouts):
            return True
        latest = max(found for w in windows if (found := w.before(at.astimezone(calendar.tz), inc=True)))
        return at >= latest + timedelta(hours=7)

    return closed


def _releases(draw: random.Random) -> list[PlannedRelease]:
    kinds = (ReleaseType.REGULAR, ReleaseType.FEATURE, ReleaseType.HOTFIX)
    return [
        PlannedRelease(
            id=f"r{number}",
            version=f"1.{number}.0",
            type=kinds[number % 3],
            deploy_at=FIRST + timedelta(minutes=draw.randrange(int(YEARS.total_seconds() // 60))),
        )
        for number in range(200)
    ]


def _each(asked: Callable[[datetime], object], times: Sequence[datetime]) -> float:
    """Seconds a question, the best of five rounds."""

    def every() -> None:
        for at in times:
            asked(at)

    return _best(every) / len(times)


def _best(run: Callable[[], object], rounds: int = 5) -> float:
    found = []
    for _ in range(rounds):
        start = time.perf_counter()
        run()
        found.append(time.perf_counter() - start)
    return min(found)


if __name__ == "__main__":
    for line in asyncio.run(lines()):
        print(line)
