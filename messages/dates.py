"""Dates, times and durations as people read them, in the reader's language and zone.

All instants are aware; the project's time stands beside the reader's where the two clocks differ.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime, get_timezone_location
from babel.units import format_unit

from domain.calendar.fields import MIDNIGHT, Weekday
from domain.calendar.rules import WeeklySpan, WeeklyWindow
from messages.texts import Reader

_MOMENT = {"en": "EEE d MMM HH:mm", "ko": "M월 d일(EEE) HH:mm"}
_MOMENT_YEAR = {"en": "EEE d MMM y HH:mm", "ko": "y년 M월 d일(EEE) HH:mm"}
_DAY = {"en": "EEE d MMM", "ko": "M월 d일(EEE)"}
_DAY_YEAR = {"en": "EEE d MMM y", "ko": "y년 M월 d일(EEE)"}
_DAY_OF_MONTH = {"en": "d MMM", "ko": "M월 d일"}
_MONTH = {"en": "MMMM y", "ko": "y년 M월"}
_UNITS = (("day", 86_400), ("hour", 3_600), ("minute", 60))
# Two units say enough: nobody needs the minutes of three days.
_UNITS_SHOWN = 2
_PAIR = 2


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


def clock_times(reader: Reader, start: datetime, end: datetime | None = None) -> str:
    """`14:00 (Berlin 06:00)`, `10:00–17:00`, of a day that stands beside it; both dates where they differ."""
    if end is None:
        return f"{start.astimezone(reader.tz):%H:%M}{_beside(reader, start)}"
    on = start.astimezone(reader.tz).date()
    own = _hours(reader, start, end, reader.tz, on)
    other = _project_tz(reader, start) or _project_tz(reader, end)
    if own is None or other is None:
        return own or span(reader, start, end)
    there = _hours(reader, start, end, other, on) or _span(reader, start, end, other)
    return f"{own} ({city(reader, other.key)} {there})"


def _hours(reader: Reader, start: datetime, end: datetime, zone: ZoneInfo, on: date) -> str | None:
    """None when they are not hours of that day, from midnight to midnight."""
    first, last = start.astimezone(zone), end.astimezone(zone)
    if first.date() != on or last.replace(tzinfo=None) > datetime.combine(on + timedelta(days=1), time(0)):
        return None
    ends = clock(reader, last.time()) if last.date() == on else "24:00"
    return f"{clock(reader, first.time())}–{ends}"


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


def day_of_month(reader: Reader, on: date) -> str:
    """`5 Mar`, `3월 5일`."""
    return format_date(on, _DAY_OF_MONTH[reader.language], locale=reader.language)


def month(reader: Reader, of: date) -> str:
    """`March 2026`, `2026년 3월`."""
    return format_date(of, _MONTH[reader.language], locale=reader.language)


def clock(_reader: Reader, at: time) -> str:
    """`14:00`; midnight at the end of a day is for the caller to tell."""
    return f"{at:%H:%M}"


def weekday(reader: Reader, on: Weekday) -> str:
    """`Thu`, `목`."""
    # 5 January 1970 was a Monday.
    return format_date(date(1970, 1, 5 + on.number), "EEE", locale=reader.language)


def hours(reader: Reader, text: str) -> str:
    """Weekly hours by their key, `tuesday 10:00-17:00`: `Tue 10:00–17:00`, `화 10:00–17:00`.

    A weekday alone is named too; any other text stays as it is.
    """
    if text in set(Weekday):
        return weekday(reader, Weekday(text))
    try:
        if " - " in text:
            return spans_of_week(reader, [WeeklySpan.of_key(text)])
        return windows_of_week(reader, [WeeklyWindow.of_key(text)])
    except ValueError:
        return text


def windows_of_week(reader: Reader, windows: Sequence[WeeklyWindow]) -> str:
    """`Tue–Thu 10:00–17:00, Fri 10:00–12:00 (Berlin)`: weekdays in a row with the same hours are one range.

    Hours by the clocks of another zone than the project's name its city.
    """
    by_hours: dict[tuple[time, time, str | None], list[Weekday]] = {}
    for one in sorted(windows, key=lambda window: (window.weekday.number, window.from_)):
        by_hours.setdefault((one.from_, one.to, one.zone), []).append(one.weekday)
    return ", ".join(
        f"{days} {clock(reader, opens)}–{'24:00' if closes == MIDNIGHT else clock(reader, closes)}"
        f"{_where(reader, zone)}"
        for (opens, closes, zone), found in by_hours.items()
        for days in _rows_of(reader, found)
    )


def _rows_of(reader: Reader, days: Sequence[Weekday]) -> Iterator[str]:
    """`Tue–Thu`; two or one stand by themselves: `Mon, Tue`."""
    row: list[Weekday] = []
    for one in [*days, None]:
        if row and (one is None or one.number != row[-1].number + 1):
            shown = [weekday(reader, each) for each in row]
            yield f"{shown[0]}–{shown[-1]}" if len(shown) > _PAIR else ", ".join(shown)
            row = []
        if one is not None:
            row.append(one)


def spans_of_week(reader: Reader, spans: Sequence[WeeklySpan]) -> str:
    """`Fri 15:00 – Mon 09:00`."""
    return ", ".join(
        f"{weekday(reader, one.from_.weekday)} {clock(reader, one.from_.at)}"
        f" – {weekday(reader, one.to.weekday)} {clock(reader, one.to.at)}{_where(reader, one.zone)}"
        for one in spans
    )


def _where(reader: Reader, zone: str | None) -> str:
    return f" ({city(reader, zone)})" if zone else ""


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
