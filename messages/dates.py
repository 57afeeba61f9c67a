"""Dates, times and durations as people read them, in the reader's language and zone.

All instants are aware; the project's time stands beside the reader's where the two clocks differ.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime, get_timezone_location
from babel.units import format_unit

from domain.calendar.fields import Weekday
from messages.texts import Reader

_MOMENT = {"en": "EEE d MMM HH:mm", "ko": "M월 d일(EEE) HH:mm"}
_MOMENT_YEAR = {"en": "EEE d MMM y HH:mm", "ko": "y년 M월 d일(EEE) HH:mm"}
_DAY = {"en": "EEE d MMM", "ko": "M월 d일(EEE)"}
_DAY_YEAR = {"en": "EEE d MMM y", "ko": "y년 M월 d일(EEE)"}
_HOURS = re.compile(r"[0-9]{2}:[0-9]{2}-[0-9]{2}:[0-9]{2}")
_UNITS = (("day", 86_400), ("hour", 3_600), ("minute", 60))
# Two units say enough: nobody needs the minutes of three days.
_UNITS_SHOWN = 2


def moment(reader: Reader, at: datetime, *, year: bool = False) -> str:
    """`Thu 5 Mar 14:00 (Berlin 06:00)`, `3월 5일(목) 14:00 (베를린 06:00)`."""
    return _moment(reader, at, reader.tz, year=year) + _beside(reader, at)


def span(reader: Reader, start: datetime, end: datetime) -> str:
    """`Thu 5 Mar 14:00–17:00`; both dates where they differ."""
    shown = _span(reader, start, end, reader.tz)
    other = _project_tz(reader, start) or _project_tz(reader, end)
    if other is None:
        return shown
    return f"{shown} ({city(reader, other.key)} {_span(reader, start, end, other)})"


def slack_date(reader: Reader, at: datetime) -> str:
    """A date for channel messages (mrkdwn): Slack shows each reader's own time, the project's follows."""
    fallback = _moment(reader, at, reader.tz)
    zone = reader.project_zone or reader.zone
    project = _moment(reader, at, ZoneInfo(zone))
    shown = "{date_short_pretty} {time}"
    return f"<!date^{int(at.timestamp())}^{shown}|{fallback}> ({city(reader, zone)} {project})"


def day(reader: Reader, on: date, *, year: bool = False) -> str:
    """`Thu 5 Mar`, `3월 5일(목)`."""
    pattern = (_DAY_YEAR if year else _DAY)[reader.language]
    return format_date(on, pattern, locale=reader.language)


def clock(_reader: Reader, at: time) -> str:
    """`14:00`; midnight at the end of a day is for the caller to tell."""
    return f"{at:%H:%M}"


def weekday(reader: Reader, on: Weekday) -> str:
    """`Thu`, `목`."""
    # 5 January 1970 was a Monday.
    return format_date(date(1970, 1, 5 + on.number), "EEE", locale=reader.language)


def hours(reader: Reader, text: str) -> str:
    """Weekly hours as the audit names them, `tuesday 10:00-17:00`: `Tue 10:00–17:00`, `화 10:00–17:00`.

    A weekday alone is named too; any other text stays as it is.
    """
    name, _, clock_times = text.partition(" ")
    if text in set(Weekday):
        return weekday(reader, Weekday(text))
    if name not in set(Weekday) or not _HOURS.fullmatch(clock_times):
        return text
    return f"{weekday(reader, Weekday(name))} {clock_times.replace('-', '–')}"


def duration(reader: Reader, length: timedelta) -> str:
    """`2 hr 30 min`, `3 days`, `2시간 30분`: the two largest units; a sign is left out."""
    seconds = int(abs(length.total_seconds()))
    parts: list[str] = []
    for unit, size in _UNITS:
        count, seconds = divmod(seconds, size)
        if count:
            parts.append(format_unit(count, f"duration-{unit}", length="short", locale=reader.language))
    return " ".join(parts[:_UNITS_SHOWN]) or reader.t("less than a minute")


def city(reader: Reader, zone: str) -> str:
    """The zone by its city: `Seoul`, `서울`, `UTC`."""
    return _city(zone, reader.language)


@cache
def _city(zone: str, language: str) -> str:
    return get_timezone_location(zone, locale=language, return_city=True).rsplit("/", 1)[-1]


def _moment(reader: Reader, at: datetime, zone: ZoneInfo, *, year: bool = False) -> str:
    pattern = (_MOMENT_YEAR if year else _MOMENT)[reader.language]
    return format_datetime(at.astimezone(zone).replace(tzinfo=None), pattern, locale=reader.language)


def _span(reader: Reader, start: datetime, end: datetime, zone: ZoneInfo) -> str:
    first, last = start.astimezone(zone), end.astimezone(zone)
    if first.date() == last.date():
        return f"{_moment(reader, start, zone)}–{clock(reader, last.time())}"
    return f"{_moment(reader, start, zone)} – {_moment(reader, end, zone)}"


def _project_tz(reader: Reader, at: datetime) -> ZoneInfo | None:
    """The project's zone where its clocks show another time than the reader's at that instant."""
    if not reader.project_zone:
        return None
    project = ZoneInfo(reader.project_zone)
    return project if at.astimezone(project).utcoffset() != at.astimezone(reader.tz).utcoffset() else None


def _beside(reader: Reader, at: datetime) -> str:
    project = _project_tz(reader, at)
    if project is None:
        return ""
    there = at.astimezone(project)
    same_day = there.date() == at.astimezone(reader.tz).date()
    shown = clock(reader, there.time()) if same_day else _moment(reader, at, project)
    return f" ({city(reader, project.key)} {shown})"
