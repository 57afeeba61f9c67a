"""Weekly hours laid out on the calendar: windows, no-deploy hours, business hours, each in its zone."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from domain.calendar.changes import Change
from domain.calendar.fields import MIDNIGHT
from domain.calendar.intervals import Span, merge
from domain.calendar.rules import WeeklySpan, WeeklyWindow
from domain.calendar.zones import instant, local_day

Hours = tuple[WeeklyWindow, ...] | tuple[WeeklySpan, ...]

_DAY = timedelta(days=1)
_WEEK = timedelta(days=7)
# Three for each project, and projects with the same rules in the same zone share theirs.
_TABLES_KEPT = 1024
# Anybody may ask about any year; all but a handful are asked about once.
_YEARS_KEPT = 8
# At most 1,000 occurrences are changed (CalendarRules): hours of one weekday are back before that.
_YEARS_CLOSED = 21
_YEARS_OPEN = 3
# A weekly span is at most a week long: laid out this far around a range, whatever touches the range is whole.
_MARGIN = 9 * _DAY
# Around a year there is always a whole month more, so that the next opening is in sight on December 31.
_MONTH = timedelta(days=31)


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One time that weekly hours hold: `key` is the rule's, `day` the local day on which it is due by it."""

    key: str
    day: date
    span: Span
    moved: bool = False


def occurrences(
    hours: Hours, zone: ZoneInfo, first: date, last: date, changes: tuple[Change, ...] = ()
) -> Iterator[Occurrence]:
    """Those due on the local days `first` to `last` (both included), then all that are moved, wherever to.

    Each holds by the clocks of its own zone, and of `zone` if it has none. `changes` are those of these
    hours. A change of a day on which the rule is not due changes nothing.
    """
    away = {(change.of, change.day) for change in changes}
    for day in (first + _DAY * n for n in range((last - first).days + 1)):
        for rule in hours:
            if _weekday(rule) == day.weekday() and not (away and (rule.key, day) in away):
                yield Occurrence(rule.key, day, _span(rule, day, rule.tz(zone)))
    yield from _moved(hours, zone, changes)


def spans(
    hours: Hours, zone: ZoneInfo, first: date, last: date, changes: tuple[Change, ...] = ()
) -> tuple[Span, ...]:
    """The occurrences that are due on the local days `first` to `last` (both included), merged."""
    return merge(found.span for found in occurrences(hours, zone, first, last, changes))


def changed(hours: Hours, changes: tuple[Change, ...]) -> tuple[Change, ...]:
    """The changes of these hours' occurrences."""
    keys = {rule.key for rule in hours}
    return tuple(change for change in changes if change.of in keys)


def _moved(hours: Hours, zone: ZoneInfo, changes: tuple[Change, ...]) -> Iterator[Occurrence]:
    rules = {rule.key: rule for rule in hours} if changes else {}
    for change in changes:
        rule = rules.get(change.of)
        if rule and change.from_ and change.to and _weekday(rule) == change.day.weekday():
            times, tz = (change.from_, change.to), rule.tz(zone)
            start, end = (instant(at.date(), at.time(), zone=tz) for at in times)
            yield Occurrence(change.of, change.day, Span(start, end), moved=True)


def _weekday(rule: WeeklyWindow | WeeklySpan) -> int:
    return rule.weekday.number if isinstance(rule, WeeklyWindow) else rule.from_.weekday.number


def _span(rule: WeeklyWindow | WeeklySpan, day: date, zone: ZoneInfo) -> Span:
    if isinstance(rule, WeeklyWindow):
        last = day + _DAY if rule.to == MIDNIGHT else day
        return Span(instant(day, rule.from_, zone=zone), instant(last, rule.to, zone=zone))
    last = day + _DAY * ((rule.to.weekday.number - day.weekday()) % 7)
    if last == day and rule.to.at < rule.from_.at:
        last = day + _WEEK
    return Span(instant(day, rule.from_.at, zone=zone), instant(last, rule.to.at, zone=zone))


class State(NamedTuple):
    """Whether it is within the hours, and until when that stays so (None: for good)."""

    within: bool
    until: datetime | None


class Timetable:
    """Weekly hours, with what is changed of them, laid out in a zone, year by year as years are asked for."""

    def __init__(self, hours: Hours, zone: ZoneInfo, changes: tuple[Change, ...] = ()) -> None:
        self._hours = hours
        self._zone = zone
        self._changes = changes
        self._years: dict[int, list[datetime]] = {}

    def state(self, at: datetime) -> State:
        """What the hours say at `at`, a UTC instant of the years 2 to 9998."""
        year = at.year
        turns = self._years.get(year)
        if turns is None:
            turns = self._lay_out(year)
        index = bisect_right(turns, at)
        within = index % 2 == 1
        if index < len(turns) and turns[index].year <= year:
            return State(within, turns[index])
        return State(within, self._turn_after(at, within=within))

    def between(self, since: datetime, until: datetime) -> tuple[Span, ...]:
        """The merged spans that touch `since` to `until`, whole: not cut at either end.

        Hours that never end (the whole week is covered) come as one span that reaches beyond both.
        """
        return tuple(
            span for span in self._spans_around(since, until) if span.end > since and span.start < until
        )

    def _spans_around(self, since: datetime, until: datetime) -> Iterable[Span]:
        """From the layout of the year that the range lies in, or laid out for a range that is longer."""
        year = (since + (until - since) / 2).year
        if _horizon(year) > until and since > datetime(year, 1, 1, tzinfo=UTC) - _MONTH + _MARGIN:
            turns = self._years.get(year, ()) or self._lay_out(year)
            return (Span(start, end) for start, end in zip(turns[::2], turns[1::2], strict=True))
        first, last = local_day(since - _MARGIN, self._zone), local_day(until + _MARGIN, self._zone)
        return spans(self._hours, self._zone, first, last, self._changes)

    def _turn_after(self, at: datetime, *, within: bool) -> datetime | None:
        """The next turn beyond this year: nearly always in its first days.

        Closed for longer are hours of which many occurrences in a row are cancelled; open for longer than a
        moved occurrence can be (a year, see Change) are hours that never end.
        """
        ahead = _YEARS_OPEN if within else _YEARS_CLOSED
        for year in range(at.year, at.year + (ahead if self._hours else 0)):
            turns = self._years.get(year, ()) or self._lay_out(year)
            index = bisect_right(turns, max(at, datetime(year, 1, 1, tzinfo=UTC)))
            if index % 2 != within:
                return turns[index - 1]
            if index < len(turns) and turns[index] < _horizon(year):
                return turns[index]
        return None

    def _lay_out(self, year: int) -> list[datetime]:
        """Start, end, start, end … from a month before the year until a month after it."""
        first, last = date(year, 1, 1) - _MONTH, date(year + 1, 1, 1) + _MONTH
        found = spans(self._hours, self._zone, first, last, self._changes)
        turns = [turn for span in found for turn in (span.start, span.end)]
        if len(self._years) >= _YEARS_KEPT:
            self._years.clear()
        self._years[year] = turns
        return turns


def _horizon(year: int) -> datetime:
    """Up to here a year's layout is whole; only hours without an end reach it."""
    return datetime(year + 1, 1, 1, tzinfo=UTC) + _MONTH - _DAY


@lru_cache(maxsize=_TABLES_KEPT)
def timetable(hours: Hours, zone: ZoneInfo, changes: tuple[Change, ...] = ()) -> Timetable:
    """The timetable of these hours, the same object whenever it is asked for again."""
    return Timetable(hours, zone, changes)
