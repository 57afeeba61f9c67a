"""The calendar as a person with a wall clock would live through it, minute by minute: the tests' own model.

The clock never goes back: where the zone's clocks are put back, it stands until they have caught up. So the
first of two equal times counts, and a time that is skipped is reached in the minute of the jump.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from domain.calendar.rules import WeeklySpan, WeeklyWindow

MINUTE = timedelta(minutes=1)
DAY_MINUTES = 24 * 60


@dataclass(frozen=True)
class Minute:
    at: datetime
    wall: datetime

    @property
    def of_day(self) -> int:
        return self.wall.hour * 60 + self.wall.minute

    @property
    def of_week(self) -> int:
        return self.wall.weekday() * DAY_MINUTES + self.of_day


def minutes(zone: str, since: datetime, until: datetime) -> Iterator[Minute]:
    tz = ZoneInfo(zone)
    at = since - timedelta(days=2)
    shown = at.astimezone(tz).replace(tzinfo=None)
    while at < until:
        shown = max(shown, at.astimezone(tz).replace(tzinfo=None))
        if at >= since:
            yield Minute(at, shown)
        at += MINUTE


def in_window(minute: Minute, window: WeeklyWindow) -> bool:
    opens = window.from_.hour * 60 + window.from_.minute
    closes = window.to.hour * 60 + window.to.minute or DAY_MINUTES
    return window.weekday.number == minute.wall.weekday() and opens <= minute.of_day < closes


def in_span(minute: Minute, span: WeeklySpan) -> bool:
    start, end = (
        moment.weekday.number * DAY_MINUTES + moment.at.hour * 60 + moment.at.minute
        for moment in (span.from_, span.to)
    )
    if start < end:
        return start <= minute.of_week < end
    return minute.of_week >= start or minute.of_week < end


def within(minute: Minute, hours: tuple[WeeklyWindow, ...] | tuple[WeeklySpan, ...]) -> bool:
    return any(holds(minute, rule) for rule in hours)


def holds(minute: Minute, rule: WeeklyWindow | WeeklySpan) -> bool:
    return in_window(minute, rule) if isinstance(rule, WeeklyWindow) else in_span(minute, rule)


def transitions(zone: str, year: int) -> list[datetime]:
    """The hours of that year in which the zone's offset changes (or 1 July where it never does)."""
    tz = ZoneInfo(zone)
    start = datetime(year, 1, 1, tzinfo=UTC)
    hours = [start + timedelta(hours=n) for n in range(365 * 24)]
    found = [
        hour
        for hour in hours
        if hour.astimezone(tz).utcoffset() != (hour + timedelta(hours=1)).astimezone(tz).utcoffset()
    ]
    return found or [datetime(year, 7, 1, tzinfo=UTC)]
