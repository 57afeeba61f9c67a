"""The personal digest: when it is due, on which days, and which of a day's dates it tells (spec 3.3)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from domain.calendar.agenda import Item, ItemKind
from domain.calendar.days_off import is_working
from domain.calendar.fields import MIDNIGHT
from domain.calendar.rules import CalendarRules
from domain.calendar.zones import instant, local_day
from domain.policy import Policy
from domain.reminders import Reminder
from domain.types import ReminderKind

DAY = timedelta(days=1)
USUAL_TIME = time(9)
_NOON = time(12)
_GRACE = timedelta(hours=1)
# A longer pause leaves days of which nobody expects to hear any more.
_PLANNED_DAYS = 4

_TOLD = frozenset(
    {
        ItemKind.HOLIDAY,
        ItemKind.BLACKOUT,
        ItemKind.MAINTENANCE,
        ItemKind.FREEZE,
        ItemKind.QA,
        ItemKind.DEPLOY,
        ItemKind.WINDOW,
    }
)
# Everybody knows these: they are told beside other things, and are no reason to write.
_KNOWN = frozenset({ItemKind.HOLIDAY, ItemKind.WINDOW})


@dataclass(frozen=True, kw_only=True)
class DigestSetting:
    """Whether somebody gets the digest, and when by their own clock; `own` is false of the default."""

    on: bool = True
    at: time = USUAL_TIME
    own: bool = False


def by_default(policies: Iterable[Policy]) -> DigestSetting:
    """For who has chosen nothing: on, unless every project of theirs has it off."""
    muted = [ReminderKind.DIGEST in policy.mute for policy in policies]
    return DigestSetting(on=not muted or not all(muted))


def of_day(user: str, day: date, at: time, zone: ZoneInfo) -> Reminder:
    """Due at that time of the person's clocks; late until noon, or for an hour where noon is nearer or past.

    A time that comes twice is its first occurrence, one that the clocks skip is the moment of the jump.
    """
    due = instant(day, at, zone=zone)
    return Reminder(
        key=f"{ReminderKind.DIGEST}:{user}:{day.isoformat()}",
        kind=ReminderKind.DIGEST,
        subject=user,
        due=due,
        expires=max(instant(day, _NOON, zone=zone), due + _GRACE),
        about=day.isoformat(),
    )


def coming(user: str, at: time, zone: ZoneInfo, now: datetime) -> tuple[Reminder, ...]:
    """Those of today and the next days that are not too late at `now`."""
    today = local_day(now, zone)
    found = (of_day(user, today + n * DAY, at, zone) for n in range(_PLANNED_DAYS))
    return tuple(one for one in found if one.expires > now)


def is_worked(day: date, projects: Iterable[CalendarRules]) -> bool:
    """Whether it is a working day of at least one of a person's projects."""
    return any(is_working(day, rules.holidays, rules.weekend) for rules in projects)


def dates_of(day: date, items: Iterable[Item], zone: ZoneInfo) -> tuple[Item, ...]:
    """What of the calendar has a part in a person's local day; whole days count by their date."""
    start, end = instant(day, MIDNIGHT, zone=zone), instant(day + DAY, MIDNIGHT, zone=zone)
    return tuple(item for item in items if item.kind in _TOLD and _falls_on(item, day, start, end))


def _falls_on(item: Item, day: date, start: datetime, end: datetime) -> bool:
    if item.days:
        first, last = item.days
        return first <= day <= last
    return item.start < end and (item.end > start or item.start >= start)


def is_news(item: Item, since: datetime, until: datetime) -> bool:
    """Whether a date is worth a message: it begins or ends in that time, and is not as every week."""
    if item.kind in _KNOWN and not item.moved:
        return False
    return since <= item.start < until or since < item.end <= until
