"""The blackouts that a year seems to need: those of the year before, its turns, its long holidays."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta

from domain.calendar.blackouts import Blackout, BlackoutKind, Scope
from domain.calendar.entries import Calendar
from domain.calendar.fields import MIDNIGHT
from domain.calendar.intervals import Span, subtract
from domain.calendar.rollover.long_holidays import LongHoliday, days, long_holidays
from domain.calendar.rollover.model import Proposal, Why
from domain.calendar.zones import instant
from domain.names import Names

HOME = time(15)
"""From when on the last working day before a long holiday nothing is deployed any more."""

_TURN_FROM, _TURN_UNTIL = (12, 24), (1, 3)
_DAY = timedelta(days=1)
_MOMENT = timedelta(microseconds=1)


def candidates(calendar: Calendar, year: int, own: frozenset[str]) -> tuple[Proposal, ...]:
    """What the calendar does not hold yet, answered or not, by start; of both turns of the year.

    `own` are the ids of blackouts that a turn or a holiday of the year before was proposed as: these are
    proposed anew by their rule, not by their dates.
    """
    turns = [_turn(calendar, first) for first in (year - 1, year)]
    known = [*_again(calendar, year, own), *turns, *_holidays(calendar, year)]
    return tuple(sorted(_missing(calendar, known), key=lambda one: (one.start, one.key)))


def _missing(calendar: Calendar, known: Iterable[Proposal]) -> Iterator[Proposal]:
    """Those that neither the calendar nor an earlier one covers entirely, for all whom they are meant for."""
    earlier: list[Blackout] = []
    for one in known:
        held = (*calendar.blackouts_between(one.start, one.end), *earlier)
        cover = (Span(other.start, other.end) for other in held if _includes(other.scope, one.scope))
        if subtract((Span(one.start, one.end),), cover):
            earlier.append(one.blackout())
            yield one


def _includes(wide: Scope, narrow: Scope) -> bool:
    types = not wide.types or (bool(narrow.types) and wide.types >= narrow.types)
    return types and wide.environments >= narrow.environments


def _again(calendar: Calendar, year: int, own: frozenset[str]) -> Iterator[Proposal]:
    """Single blackouts of the year before at the same wall-clock times; feeds bring theirs themselves."""
    off = {day for one in long_holidays(calendar.rules, year - 1) for day in days(one)}
    for before in calendar.blackouts:
        begins, ends = (at.astimezone(calendar.tz).replace(tzinfo=None) for at in (before.start, before.end))
        if begins.year != year - 1 or before.kind is not BlackoutKind.BLACKOUT or before.feed:
            continue
        if before.id in own or _is_of(off, begins, ends) or (begins.month, begins.day) == (2, 29):
            continue
        again = begins.replace(year=year)
        start, end = (
            instant(at.date(), at.time(), zone=calendar.tz) for at in (again, again + (ends - begins))
        )
        if start < end:  # the clocks may skip a short one
            yield Proposal(
                key=f"{Why.AGAIN}:{before.id}",
                why=Why.AGAIN,
                names=Names(ko=before.name, en=before.name),
                start=start,
                end=end,
                reason=before.reason,
                scope=before.scope,
                last_time=before.start,
            )


def _is_of(off: set[date], begins: datetime, ends: datetime) -> bool:
    """Whether most of its days are those of a long holiday, which may lie elsewhere a year later."""
    first, last = begins.date(), (ends - _MOMENT).date()
    touched = [first + _DAY * n for n in range((last - first).days + 1)]
    return 2 * sum(day in off for day in touched) > len(touched)


def _turn(calendar: Calendar, year: int) -> Proposal:
    """24 December to 2 January, and the days off that it meets."""
    tz = calendar.tz
    start = instant(date(year, *_TURN_FROM), MIDNIGHT, zone=tz)
    end = instant(date(year + 1, *_TURN_UNTIL), MIDNIGHT, zone=tz)
    for one in (*_holidays(calendar, year), *_holidays(calendar, year + 1)):
        if one.start <= end and one.end >= start:
            start, end = min(start, one.start), max(end, one.end)
    both = f"{year}/{(year + 1) % 100:02}"
    names = Names(ko=f"{both} 연말연시", en=f"Turn of the year {both}")
    return Proposal(key=f"{Why.TURN}:{year}", why=Why.TURN, names=names, start=start, end=end)


def _holidays(calendar: Calendar, year: int) -> Iterator[Proposal]:
    for one in long_holidays(calendar.rules, year):
        yield _of_holiday(calendar, one)


def _of_holiday(calendar: Calendar, of: LongHoliday) -> Proposal:
    return Proposal(
        key=f"{Why.HOLIDAYS}:{of.day.isoformat()}",
        why=Why.HOLIDAYS,
        names=of.names,
        start=instant(of.eve, HOME, zone=calendar.tz),
        end=instant(of.last + _DAY, MIDNIGHT, zone=calendar.tz),
    )
