"""A file to times: outlined, looked through, and what recurs expanded from two months ago to in two years.

Recurrence is the libraries' work (recurring-ical-events, dateutil). A rule that never comes costs them
seconds: the time for one file is bounded, and no rule may come more than once a day.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from icalendar import Calendar
from recurring_ical_events import CalendarQuery

from domain.calendar.imports import FeedFault, FeedWhy, Imported
from storage.feeds.events import BROKEN, Found, clean, faults, moment
from storage.feeds.outline import NotRead, outline

PAST, HORIZON = timedelta(days=60), timedelta(days=731)
MAX_TIMES = 1000
SECONDS = 20.0
_AROUND = timedelta(days=2)  # whatever the zones of times without one are


@dataclass(frozen=True)
class Reading:
    """Either times, by start, or faults, by line."""

    times: tuple[Imported, ...] = ()
    faults: tuple[FeedFault, ...] = ()


def read(raw: bytes, *, zone: str, at: datetime, seconds: float = SECONDS) -> Reading:
    """The times that touch the range around `at`; `zone` is that of days and of times without one.

    Everything that is wrong is told, and then nothing is read. `seconds` bounds the work, give or take one
    event's.
    """
    deadline = time.monotonic() + seconds
    try:
        found = _parsed(raw, ZoneInfo(zone))
        wrong = [fault for one in found for fault in faults(one)] or list(_doubles(found))
        if wrong:
            return Reading(faults=tuple(sorted(wrong, key=lambda fault: fault.line)))
        times = _times(found, at, deadline)
    except NotRead as no:
        return Reading(faults=(no.args[0],))
    return Reading(times=tuple(sorted(times, key=lambda one: (one.start, one.key))))


def _times(found: list[Found], at: datetime, deadline: float) -> list[Imported]:
    """Raises NotRead."""
    times: list[Imported] = []
    for series in _series(found):
        if time.monotonic() > deadline:
            raise NotRead(series[0].fault(FeedWhy.TOO_COMPLEX))
        expanded = list(_expanded(series, at))
        if len({one.key for one in expanded}) < len(expanded):
            raise NotRead(series[0].fault(FeedWhy.SAME_EVENT, "UID"))
        times += expanded
        if len(times) > MAX_TIMES:
            raise NotRead(series[0].fault(FeedWhy.TOO_MANY_OCCURRENCES, detail=str(MAX_TIMES)))
    return times


def _parsed(raw: bytes, zone: ZoneInfo) -> list[Found]:
    """The events with their lines. Raises NotRead."""
    outlined = outline(raw)
    try:
        calendars = Calendar.from_ical(outlined.text, multiple=True)
        events = [event for calendar in calendars for event in calendar.walk("VEVENT")]
        both = zip(events, outlined.events, strict=True)
        return [Found(event, lines, zone) for event, lines in both]
    except BROKEN as error:
        raise NotRead(FeedFault(why=FeedWhy.UNREADABLE, detail=clean(error))) from error


def _doubles(found: list[Found]) -> Iterator[FeedFault]:
    """Two events of the same UID are occurrences of one series, or which of them holds could not be told."""
    seen: set[tuple[str, object]] = set()
    for one in found:
        given = one.event.get("RECURRENCE-ID")
        key = (one.uid, given.dt if given is not None else "")
        if key in seen:
            yield one.fault(FeedWhy.SAME_EVENT, "UID")
        seen.add(key)


def _series(found: list[Found]) -> Iterable[list[Found]]:
    series: dict[str, list[Found]] = {}
    for one in found:
        series.setdefault(one.uid, []).append(one)
    return series.values()


def _expanded(series: list[Found], at: datetime) -> Iterator[Imported]:
    """The times of one UID that touch the range; what is cancelled holds none. Raises NotRead."""
    since, until = at - PAST, at + HORIZON
    calendar = Calendar()
    for one in series:
        calendar.add_component(one.event)
    try:
        query = CalendarQuery(calendar, components=["VEVENT"])
        occurrences = list(query.between(since - _AROUND, until + _AROUND))
    except BROKEN:
        first = next((one for one in series if "RRULE" in one.event), series[0])
        about = "RRULE" if "RRULE" in first.event else ""
        raise NotRead(first.fault(FeedWhy.UNREADABLE, about, about)) from None
    recurs = any(one.recurs for one in series)
    for event in occurrences:
        found = Found(event, series[0].lines, series[0].zone)
        start, end = (moment(event[name].dt, found.zone) for name in ("DTSTART", "DTEND"))
        if not found.is_cancelled and start < end and start < until and end > since:
            occurrence = _occurrence(event) if recurs else ""
            yield Imported(uid=found.uid, occurrence=occurrence, name=found.name, start=start, end=end)


def _occurrence(event: Any) -> str:
    """The time that its rule has for it. Those that follow one that was moved for good share its time."""
    ruled = event["RECURRENCE-ID"]
    stamp = _stamp(ruled.dt)
    return f"{stamp}/{_stamp(event['DTSTART'].dt)}" if "RANGE" in ruled.params else stamp


def _stamp(value: date | datetime) -> str:
    """`20260305`, `20260305T140000` for a time without a zone, `20260305T050000Z`."""
    if not isinstance(value, datetime):
        return f"{value:%Y%m%d}"
    if value.tzinfo is None:
        return f"{value:%Y%m%dT%H%M%S}"
    return f"{value.astimezone(UTC):%Y%m%dT%H%M%SZ}"
