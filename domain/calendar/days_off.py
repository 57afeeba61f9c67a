"""Holidays and the last working days before them, laid out on the calendar of a zone."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from domain.calendar.fields import MIDNIGHT
from domain.calendar.holidays import Holiday, HolidayRules, holidays_between
from domain.calendar.intervals import Intervals
from domain.calendar.zones import instant
from domain.names import Names

_DAY = timedelta(days=1)
# Around a year there is more, so that its first and last days see their neighbours in every zone.
_AROUND = timedelta(days=31)
_YEARS_KEPT = 512


@dataclass(frozen=True, slots=True)
class WholeDay:
    """A local day as a span of instants: a holiday, or the eve of the one that `name` names."""

    day: date
    name: Names
    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class DaysOff:
    """The holidays that an instant of one UTC year may lie in or see next, and their eves."""

    holidays: Intervals[WholeDay]
    eves: Intervals[WholeDay]


@lru_cache(maxsize=_YEARS_KEPT)
def days_off(rules: HolidayRules, weekend: frozenset[int], zone: ZoneInfo, year: int) -> DaysOff:
    """`weekend` are the weekdays (Monday is 0) on which nobody works anyway."""
    first, last = date(year, 1, 1) - _AROUND, date(year + 1, 1, 1) + _AROUND
    found = holidays_between(rules, first, last)
    return DaysOff(_laid_out(found, zone), _laid_out(_eves(found, weekend), zone))


def is_working(day: date, rules: HolidayRules, weekend: frozenset[int]) -> bool:
    """Whether people work on that day."""
    return day.weekday() not in weekend and not holidays_between(rules, day, day)


def eves_between(
    rules: HolidayRules, weekend: frozenset[int], first: date, last: date
) -> tuple[Holiday, ...]:
    """The eves from `first` to `last`, both included, each with the name of the holiday that follows it."""
    found = holidays_between(rules, first - _AROUND, last + _AROUND)
    return tuple(eve for eve in _eves(found, weekend) if first <= eve.day <= last)


def _eves(found: tuple[Holiday, ...], weekend: frozenset[int]) -> Iterable[Holiday]:
    """The last working days before holidays that take one away, named by the first of them (spec 8.12)."""
    off = {holiday.day for holiday in found}
    named: dict[date, Holiday] = {}
    for holiday in found:
        if holiday.day.weekday() in weekend:
            continue
        eve = holiday.day - _DAY
        while eve.weekday() in weekend or eve in off:
            eve -= _DAY
        named.setdefault(eve, Holiday(eve, holiday.name))
    return named.values()


def whole_days(days: Iterable[Holiday], zone: ZoneInfo) -> tuple[WholeDay, ...]:
    """From midnight to midnight of the zone."""
    return tuple(
        WholeDay(
            one.day,
            one.name,
            instant(one.day, MIDNIGHT, zone=zone),
            instant(one.day + _DAY, MIDNIGHT, zone=zone),
        )
        for one in days
    )


def _laid_out(days: Iterable[Holiday], zone: ZoneInfo) -> Intervals[WholeDay]:
    return Intervals(whole_days(days, zone), starts=lambda one: one.start, ends=lambda one: one.end)
