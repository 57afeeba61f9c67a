"""The schedule that follows from a deploy: freeze, branch, QA, deploy, close of its window."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from domain.calendar.changes import SLOT, Change
from domain.calendar.hours import Timetable, changed, timetable
from domain.calendar.rules import Cadence, CalendarRules, Every, FreezeRule
from domain.calendar.zones import instant, local_day

_DAY = timedelta(days=1)
_WEEK_DAYS = 7
_YEARS_KEPT = 256
# A freeze begins at most 28 days before its deploy (FreezeRule), and the next slot is at most 14 days on.
_AROUND_YEAR = timedelta(days=60)


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """The dates of one deploy. `day` and the QA days are local dates (both included), the rest UTC instants.

    Without a freeze there is no branch time and there are no QA days: a hotfix is cut when it is needed.
    `window_close_at` is None when the deploy lies in no release window, or in one that never closes.
    `moved_from` is the cadence's own day of one that was moved.
    """

    day: date
    freeze_at: datetime | None
    branch_at: datetime | None
    qa_first_day: date | None
    qa_last_day: date | None
    deploy_at: datetime
    window_close_at: datetime | None
    moved_from: date | None = None


def slots(rules: CalendarRules, *, zone: ZoneInfo, first: date, until: date) -> tuple[Slot, ...]:
    """The cadence's slots whose deploy day lies from `first` until before `until`, in order."""
    cadence = rules.cadence
    if cadence is None:
        return ()
    found = {
        at: replace(plan(at, rules=rules, zone=zone, freeze=cadence.freeze), moved_from=moved_from)
        for at, moved_from in _deploys(cadence, rules.changes, zone, first, until)
    }
    return tuple(found[at] for at in sorted(found))


def _deploys(
    cadence: Cadence, changes: tuple[Change, ...], zone: ZoneInfo, first: date, until: date
) -> Iterator[tuple[datetime, date | None]]:
    """The deploy times whose day lies in the range, with the day that they were moved from, if they were."""
    changed = {change.day: change for change in changes if change.of == SLOT}
    for day, change in changed.items():
        to = change.from_
        if to and first <= to.date() < until and is_deploy_day(cadence, day):
            yield instant(to.date(), to.time(), zone=zone), day
    for day in _deploy_days(cadence, first, until):
        if day not in changed:
            yield instant(day, cadence.deploy_time, zone=zone), None


def plan(deploy_at: datetime, *, rules: CalendarRules, zone: ZoneInfo, freeze: FreezeRule | None) -> Slot:
    """The dates that a deploy at `deploy_at` asks for, moved by hand or not; `freeze` is its type's rule."""
    day = local_day(deploy_at, zone)
    freeze_at = _freeze_at(deploy_at, freeze, zone) if freeze else None
    first, last = _qa_days(rules.cadence or Cadence(), freeze_at, day, zone) if freeze_at else (None, None)
    window = windows_of(rules, zone).state(deploy_at.astimezone(UTC))
    return Slot(
        day=day,
        freeze_at=freeze_at,
        branch_at=freeze_at,
        qa_first_day=first,
        qa_last_day=last,
        deploy_at=deploy_at,
        window_close_at=window.until if window.within else None,
    )


def qa_ends(slot: Slot, *, rules: CalendarRules, zone: ZoneInfo) -> datetime | None:
    """When the planned QA is over: with the business hours of its last day, with that day where it has none.

    QA that lasts into the deploy day is over with the deploy. None without planned QA.
    """
    if slot.qa_last_day is None:
        return None
    midnight = instant(slot.qa_last_day + _DAY, time(0), zone=zone)
    start = instant(slot.qa_last_day, time(0), zone=zone)
    hours = timetable(rules.business_hours, zone).between(start, midnight)
    work = hours[-1].end if hours else midnight
    return min(work, midnight, slot.deploy_at)


def windows_of(rules: CalendarRules, zone: ZoneInfo) -> Timetable:
    """The release windows with what is changed of them."""
    return timetable(rules.windows, zone, changed(rules.windows, rules.changes))


def is_deploy_day(cadence: Cadence, day: date) -> bool:
    """Whether the cadence deploys on that day, unless it is changed."""
    return day.weekday() == cadence.deploy_weekday.number and _has_deploy(cadence, day)


def _deploy_days(cadence: Cadence, first: date, until: date) -> Iterator[date]:
    day = first + _DAY * ((cadence.deploy_weekday.number - first.weekday()) % _WEEK_DAYS)
    while day < until:
        if _has_deploy(cadence, day):
            yield day
        day += _DAY * _WEEK_DAYS


def _has_deploy(cadence: Cadence, day: date) -> bool:
    if cadence.every is Every.WEEKLY or cadence.anchor is None:
        return True
    return (_monday(day) - _monday(cadence.anchor)).days // _WEEK_DAYS % 2 == 0


def _monday(day: date) -> date:
    return day - _DAY * day.weekday()


def _freeze_at(deploy_at: datetime, rule: FreezeRule, zone: ZoneInfo) -> datetime:
    local = deploy_at.astimezone(zone)
    if rule.weekday is None or rule.at is None:
        return instant(local.date() - _DAY * rule.days, local.time(), zone=zone)
    day = local.date() - _DAY * ((local.weekday() - rule.weekday.number) % _WEEK_DAYS)
    found = instant(day, rule.at, zone=zone)
    return found if found < deploy_at else instant(day - _DAY * _WEEK_DAYS, rule.at, zone=zone)


def _qa_days(cadence: Cadence, freeze_at: datetime, day: date, zone: ZoneInfo) -> tuple[date, date]:
    """Between freeze and deploy; where no day is left between them, the nearest there is."""
    freeze_day = local_day(freeze_at, zone)
    last = max(freeze_day, day - _DAY * cadence.qa_days_before_deploy)
    return min(freeze_day + _DAY * cadence.qa_days_after_freeze, last), last


@dataclass(frozen=True, slots=True)
class SlotFreeze:
    """The freeze of a slot while no release has taken it: it ends when the slot's window closes (3.2)."""

    day: date
    starts: datetime
    ends: datetime


def slot_freezes(rules: CalendarRules, *, zone: ZoneInfo, first: date, until: date) -> tuple[SlotFreeze, ...]:
    """The freezes of the slots whose deploy day lies from `first` until before `until`."""
    found = slots(rules, zone=zone, first=first, until=until)
    return tuple(
        SlotFreeze(slot.day, slot.freeze_at, slot.window_close_at or slot.deploy_at)
        for slot in found
        if slot.freeze_at
    )


@lru_cache(maxsize=_YEARS_KEPT)
def slot_freezes_of_year(rules: CalendarRules, zone: ZoneInfo, year: int) -> tuple[SlotFreeze, ...]:
    """Every slot's freeze that can hold or begin next at an instant of that UTC year, and some more."""
    first, until = date(year, 1, 1) - _AROUND_YEAR, date(year + 1, 1, 1) + _AROUND_YEAR
    return slot_freezes(rules, zone=zone, first=first, until=until)
