from __future__ import annotations

import io
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from dateutil import tz as independent

from messages.feeds.zones import vtimezone

SINCE, UNTIL = datetime(2026, 1, 1, tzinfo=UTC), datetime(2029, 1, 1, tzinfo=UTC)
HALF_HOUR = timedelta(minutes=30)


def _changes_its_clocks(name: str) -> bool:
    tz = ZoneInfo(name)
    days = (SINCE + timedelta(days=30 * n) for n in range(36))
    return len({day.astimezone(tz).utcoffset() for day in days}) > 1


ZONES = sorted(name for name in available_timezones() if "/" in name and _changes_its_clocks(name))


@pytest.mark.parametrize("name", [*ZONES, "Asia/Seoul", "Asia/Kathmandu", "UTC"])
def test_a_reader_of_rfc_5545_finds_every_offset_of_three_years(name: str) -> None:
    """Read by dateutil, which knows nothing of the zone but what the file says."""
    text = vtimezone(name, SINCE, UNTIL).to_ical().decode()
    read = independent.tzical(io.StringIO(f"BEGIN:VCALENDAR\r\n{text}END:VCALENDAR\r\n")).get(name)
    zone = ZoneInfo(name)
    wrong = [
        wall
        for wall in _walls_around_changes(zone)
        if wall.replace(tzinfo=read).utcoffset() != wall.replace(tzinfo=zone).utcoffset()
    ]
    assert wrong == []


def _walls_around_changes(zone: ZoneInfo) -> list[datetime]:
    """Every half hour of the days around each change, and of a day where there is none."""
    day = timedelta(days=1)
    days = [SINCE + day * n for n in range(1, (UNTIL - SINCE).days - 1)]
    changed = [
        at for at in days if at.astimezone(zone).utcoffset() != (at + day).astimezone(zone).utcoffset()
    ]
    starts = [at - day for at in changed] or [days[100]]
    return [(at + HALF_HOUR * n).astimezone(zone).replace(tzinfo=None) for at in starts for n in range(144)]


def test_the_onset_of_summer_time_is_in_the_local_time_before_it() -> None:
    text = vtimezone("America/New_York", SINCE, datetime(2027, 1, 1, tzinfo=UTC)).to_ical().decode()
    assert text.split("\r\n") == [
        "BEGIN:VTIMEZONE",
        "TZID:America/New_York",
        "BEGIN:STANDARD",
        "DTSTART:20251231T190000",
        "TZNAME:EST",
        "TZOFFSETFROM:-0500",
        "TZOFFSETTO:-0500",
        "END:STANDARD",
        "BEGIN:DAYLIGHT",
        "DTSTART:20260308T020000",
        "TZNAME:EDT",
        "TZOFFSETFROM:-0500",
        "TZOFFSETTO:-0400",
        "END:DAYLIGHT",
        "BEGIN:STANDARD",
        "DTSTART:20261101T020000",
        "TZNAME:EST",
        "TZOFFSETFROM:-0400",
        "TZOFFSETTO:-0500",
        "END:STANDARD",
        "END:VTIMEZONE",
        "",
    ]
