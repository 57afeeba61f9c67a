"""One event of an iCalendar file, looked through before it is expanded: everything that is wrong with it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from domain.calendar.fields import MIDNIGHT
from domain.calendar.imports import FeedFault, FeedWhy
from domain.calendar.zones import instant
from storage.feeds.outline import EventLines

FIRST_YEAR, LAST_YEAR = 1970, 2199
NAME = 80
LONGEST_UID = 255  # RFC 7986, 5.3
_ONCE = ("UID", "DTSTART", "DTEND", "DURATION", "RRULE", "RECURRENCE-ID")
_TIMES = ("DTSTART", "DTEND", "DURATION", "RECURRENCE-ID")
_LISTS = ("EXDATE", "RDATE")
_SUB_DAILY = frozenset({"HOURLY", "MINUTELY", "SECONDLY"})
# One hour, minute and second of the day is once a day; more of any of them is more than once.
_WITHIN_THE_DAY = ("BYHOUR", "BYMINUTE", "BYSECOND")
_SPACES = re.compile(r"\s+")
# What a broken value of theirs raises in the library and in dateutil below it.
BROKEN = (ValueError, TypeError, KeyError, IndexError, AttributeError, ArithmeticError, RecursionError)


@dataclass(frozen=True)
class Found:
    """An event with the lines that it stands on, and the zone of the project for times that have none."""

    event: Any  # an Event of the library, whose properties are of many types
    lines: EventLines
    zone: ZoneInfo

    @property
    def uid(self) -> str:
        return str(self.event.get("UID", "")).strip()

    @property
    def name(self) -> str:
        return clean(self.event.get("SUMMARY", ""))

    @property
    def recurs(self) -> bool:
        return any(name in self.event for name in ("RRULE", "RDATE", "RECURRENCE-ID"))

    @property
    def is_cancelled(self) -> bool:
        return str(self.event.get("STATUS", "")).upper() == "CANCELLED"

    def fault(self, why: FeedWhy, name: str = "", detail: str = "") -> FeedFault:
        """`name` is the property that it is about."""
        about = self.name or clean(self.uid)
        return FeedFault(why=why, line=self.lines.of(name), event=about, detail=clean(detail))


def clean(value: Any) -> str:
    """On one line, at most NAME characters, without controls and marks that turn the direction of writing."""
    text = str(value[0] if isinstance(value, list) else value)
    kept = "".join(" " if c.isspace() else c for c in text if c.isspace() or not _is_control(c))
    line = _SPACES.sub(" ", kept).strip()
    return line if len(line) <= NAME else line[: NAME - 1].rstrip() + "…"


def _is_control(character: str) -> bool:
    """Controls, and format characters but the one that joins emoji."""
    return unicodedata.category(character) in {"Cc", "Cf", "Cs"} and character != "\u200d"


def moment(value: date | datetime, zone: ZoneInfo) -> datetime:
    """The instant of a value of theirs; days begin, and times without a zone are, in `zone`.

    A wall-clock time is an instant by the calendar's own rule: by the RFC's, an event that begins in a
    skipped hour could begin after its end.
    """
    if not isinstance(value, datetime):
        return instant(value, MIDNIGHT, zone=zone)
    if value.tzinfo is None or isinstance(value.tzinfo, ZoneInfo):
        return instant(value.date(), value.time(), zone=value.tzinfo or zone)
    return value.astimezone(UTC)


def faults(found: Found) -> list[FeedFault]:
    """Those of its form; where there are none, those of its zones, its times and its rule."""
    form = list(_form(found))
    if form:
        return form
    try:
        return list(_zones(found)) or [*_range(found), *_length(found), *_rule(found)]
    except BROKEN:
        return [found.fault(FeedWhy.UNREADABLE)]


def _form(found: Found) -> Iterator[FeedFault]:
    event = found.event
    for name, _ in event.errors:
        yield found.fault(FeedWhy.UNREADABLE, name or "", name or "")
    for name in ("UID", "DTSTART"):
        if name not in event or not str(event[name]).strip():
            yield found.fault(FeedWhy.MISSING, name, name)
    if len(found.uid) > LONGEST_UID or not found.uid.isprintable():
        yield found.fault(FeedWhy.UNREADABLE, "UID", "UID")
    for name in _ONCE:
        if isinstance(event.get(name), list):
            yield found.fault(FeedWhy.GIVEN_TWICE, name, name)
    if "EXRULE" in event:
        yield found.fault(FeedWhy.NOT_SUPPORTED, "EXRULE", "EXRULE")


def _zones(found: Found) -> Iterator[FeedFault]:
    """A zone that neither the zone database nor the file knows leaves the time without one."""
    for name in (*_TIMES, *_LISTS):
        given = found.event.get(name)
        for value in given if isinstance(given, list) else [given]:
            zone = getattr(value, "params", {}).get("TZID", "")
            if zone and any(isinstance(at, datetime) and at.tzinfo is None for at in _values(value)):
                yield found.fault(FeedWhy.UNKNOWN_ZONE, name, zone)


def _values(value: Any) -> list[Any]:
    found = [one.dt for one in value.dts] if hasattr(value, "dts") else [getattr(value, "dt", None)]
    return [part for one in found for part in (one if isinstance(one, tuple) else (one,))]


def _range(found: Found) -> Iterator[FeedFault]:
    for name in ("DTSTART", "DTEND"):
        value = found.event.get(name)
        if value is not None and not FIRST_YEAR <= value.dt.year <= LAST_YEAR:
            yield found.fault(FeedWhy.OUT_OF_RANGE, name)


def _length(found: Found) -> Iterator[FeedFault]:
    start, end = found.event["DTSTART"].dt, _end(found.event)
    name = "DTEND" if "DTEND" in found.event else "DURATION"
    if end is None:
        if isinstance(start, datetime):
            yield found.fault(FeedWhy.NO_LENGTH, "DTSTART")
    elif isinstance(start, datetime) is not isinstance(end, datetime):
        yield found.fault(FeedWhy.UNREADABLE, name, name)
    elif start == end:
        yield found.fault(FeedWhy.NO_LENGTH, name)
    elif moment(end, found.zone) < moment(start, found.zone):
        yield found.fault(FeedWhy.ENDS_BEFORE_START, name)


def _end(event: Any) -> date | datetime | None:
    if "DTEND" in event:
        end: date | datetime = event["DTEND"].dt
        return end
    if "DURATION" in event:
        start: date | datetime = event["DTSTART"].dt
        after: timedelta = event["DURATION"].dt
        return start + after
    return None


def _rule(found: Found) -> Iterator[FeedFault]:
    rule = found.event.get("RRULE")
    if rule is None:
        return
    if "FREQ" not in rule:
        yield found.fault(FeedWhy.UNREADABLE, "RRULE", "RRULE")
        return
    frequency = str(rule["FREQ"][0]).upper()
    many = [f"{name}={_listed(rule[name])}" for name in _WITHIN_THE_DAY if len(rule.get(name, [])) > 1]
    if frequency in _SUB_DAILY:
        yield found.fault(FeedWhy.SUB_DAILY, "RRULE", f"FREQ={frequency}")
    elif many:
        yield found.fault(FeedWhy.SUB_DAILY, "RRULE", many[0])
    if int(rule.get("INTERVAL", [1])[0]) < 1:
        yield found.fault(FeedWhy.UNREADABLE, "RRULE", "INTERVAL")


def _listed(values: list[int]) -> str:
    return ",".join(str(value) for value in values)
