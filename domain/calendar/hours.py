"""Weekly hours laid out on the calendar of a zone: windows, no-deploy hours, business hours."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from domain.calendar.fields import MIDNIGHT
from domain.calendar.intervals import Intervals, Span, merge
from domain.calendar.rules import WeeklySpan, WeeklyWindow
from domain.calendar.zones import instant, local_day

Hours = tuple[WeeklyWindow, ...] | tuple[WeeklySpan, ...]

_DAY = timedelta(days=1)
_WEEK = timedelta(days=7)
# Three for each project, and projects with the same rules in the same zone share theirs.
_TABLES_KEPT = 1024
# Anybody may ask about any year; all but a handful are asked about once.
_YEARS_KEPT = 8
# A weekly span is at most a week long: laid out this far around a range, whatever touches the range is whole.
_MARGIN = 9 * _DAY
# Around a year there is always a whole month more, so that the next opening is in sight on December 31.
_MONTH = timedelta(days=31)


def spans(hours: Hours, zone: ZoneInfo, first: date, last: date) -> tuple[Span, ...]:
    """The occurrences that start on the local days `first` to `last` (both included), merged."""
    days = [first + _DAY * n for n in range((last - first).days + 1)]
    return merge(span for day in days for span in _starting_on(day, hours, zone))


def spans_between(hours: Hours, zone: ZoneInfo, since: datetime, until: datetime) -> tuple[Span, ...]:
    """The merged spans that touch `since` to `until`, whole: not cut at either end.

    Hours that never end (the whole week is covered) come as one span that reaches beyond both.
    """
    found = spans(hours, zone, local_day(since - _MARGIN, zone), local_day(until + _MARGIN, zone))
    return tuple(span for span in found if span.end > since and span.start < until)


def _starting_on(day: date, hours: Hours, zone: ZoneInfo) -> Iterator[Span]:
    for rule in hours:
        if isinstance(rule, WeeklyWindow):
            if rule.weekday.number == day.weekday():
                last = day + _DAY if rule.to == MIDNIGHT else day
                yield Span(instant(day, rule.from_, zone=zone), instant(last, rule.to, zone=zone))
        elif rule.from_.weekday.number == day.weekday():
            yield _span_from(day, rule, zone)


def _span_from(day: date, rule: WeeklySpan, zone: ZoneInfo) -> Span:
    last = day + _DAY * ((rule.to.weekday.number - day.weekday()) % 7)
    if last == day and rule.to.at < rule.from_.at:
        last = day + _WEEK
    return Span(instant(day, rule.from_.at, zone=zone), instant(last, rule.to.at, zone=zone))


@dataclass(frozen=True, slots=True)
class State:
    """Whether it is within the hours, and until when that stays so (None: for good)."""

    within: bool
    until: datetime | None


class Timetable:
    """Weekly hours laid out in a zone, year by year as years are asked for."""

    def __init__(self, hours: Hours, zone: ZoneInfo) -> None:
        self._hours = hours
        self._zone = zone
        self._years: dict[int, Intervals[Span]] = {}

    def state(self, at: datetime) -> State:
        """What the hours say at `at`, a UTC instant of the years 2 to 9998."""
        year = self._years.get(at.year) or self._lay_out(at.year)
        active = year.active(at)
        if not active:
            return State(within=False, until=year.next_start(at))
        end = active[0].end
        return State(within=True, until=end if end < _horizon(at.year) else None)

    def _lay_out(self, year: int) -> Intervals[Span]:
        first, last = date(year, 1, 1) - _MONTH, date(year + 1, 1, 1) + _MONTH
        found = spans(self._hours, self._zone, first, last)
        laid_out = Intervals(found, starts=lambda span: span.start, ends=lambda span: span.end)
        if len(self._years) >= _YEARS_KEPT:
            self._years.clear()
        self._years[year] = laid_out
        return laid_out


def _horizon(year: int) -> datetime:
    """Up to here a year's layout is whole; only hours without an end reach it."""
    return datetime(year + 1, 1, 1, tzinfo=UTC) + _MONTH - _DAY


@lru_cache(maxsize=_TABLES_KEPT)
def timetable(hours: Hours, zone: ZoneInfo) -> Timetable:
    """The timetable of these hours, the same object whenever it is asked for again."""
    return Timetable(hours, zone)
