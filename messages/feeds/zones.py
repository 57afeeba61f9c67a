"""VTIMEZONE: what a zone's clocks do from one moment to another, written out change by change.

A rule such as "the last Sunday in March" holds until a government decides otherwise; the changes of the range
are what the zone database says. Every onset is in the local time before the change (RFC 5545, 3.6.5).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

_STEP = timedelta(days=1)
_SECOND = timedelta(seconds=1)
_NOTHING = timedelta(0)


@dataclass(frozen=True, slots=True)
class _Change:
    """`at` is UTC; the offsets are those before and from then on."""

    at: datetime
    before: timedelta
    after: timedelta
    name: str
    daylight: bool


@lru_cache(maxsize=256)
def vtimezone(key: str, since: datetime, until: datetime) -> Timezone:
    """Exact for every instant from `since` until before `until`, aware UTC datetimes."""
    zone = ZoneInfo(key)
    found = Timezone()
    found.add("TZID", key)
    found.add_component(_observance(_as_it_stands(since, zone)))
    for change in _changes(since, until, zone):
        found.add_component(_observance(change))
    return found


def _observance(change: _Change) -> TimezoneStandard | TimezoneDaylight:
    found = TimezoneDaylight() if change.daylight else TimezoneStandard()
    found.add("DTSTART", (change.at + change.before).replace(tzinfo=None))
    found.add("TZOFFSETFROM", change.before)
    found.add("TZOFFSETTO", change.after)
    found.add("TZNAME", change.name)
    return found


def _as_it_stands(at: datetime, zone: ZoneInfo) -> _Change:
    offset = _offset(at, zone)
    return _Change(at, offset, offset, *_name(at, zone))


def _changes(since: datetime, until: datetime, zone: ZoneInfo) -> Iterator[_Change]:
    at = since
    while at < until:
        after = min(at + _STEP, until)
        if _state(at, zone) != _state(after, zone):
            moment = _moment(at, after, zone)
            before = _offset(moment - _SECOND, zone)
            yield _Change(moment, before, _offset(moment, zone), *_name(moment, zone))
        at = after


def _moment(before: datetime, after: datetime, zone: ZoneInfo) -> datetime:
    """The first second of the new state; no zone changes twice within a day."""
    old = _state(before, zone)
    while after - before > _SECOND:
        middle = (before + (after - before) / 2).replace(microsecond=0)
        if _state(middle, zone) == old:
            before = middle
        else:
            after = middle
    return after


def _state(at: datetime, zone: ZoneInfo) -> tuple[timedelta, str, bool]:
    return _offset(at, zone), *_name(at, zone)


def _offset(at: datetime, zone: ZoneInfo) -> timedelta:
    return at.astimezone(zone).utcoffset() or _NOTHING


def _name(at: datetime, zone: ZoneInfo) -> tuple[str, bool]:
    local = at.astimezone(zone)
    return local.tzname() or zone.key, bool(local.dst())


def first_of_year(at: datetime) -> datetime:
    return datetime(at.year, 1, 1, tzinfo=UTC)
