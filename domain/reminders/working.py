"""Working time: the hours in which a person can be expected to answer."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from domain.calendar.hours import timetable
from domain.calendar.rules import WeeklyWindow
from domain.reminders.model import DAY


def working_time(
    start: datetime, needed: timedelta, hours: tuple[WeeklyWindow, ...], zone: ZoneInfo
) -> datetime:
    """When `needed` of working time has passed since `start`; for none, the next working instant."""
    table = timetable(hours, zone)
    at, left = start, needed
    horizon = start + 28 * DAY + 5 * needed
    while at < horizon:
        now = table.state(at)
        if now.within and (now.until is None or at + left <= now.until):
            return at + left
        if now.until is None:
            break
        left -= now.until - at if now.within else timedelta(0)
        at = now.until
    return horizon
