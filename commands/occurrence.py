"""Move, cancel or give back one occurrence: of windows, no-deploy hours, the cadence's deploys."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from pydantic import ValidationError

from commands import context
from commands.change import calendar_changed
from commands.record import record, send
from commands.requests import ChangeOccurrence
from domain.calendar.changes import SLOT, Change
from domain.calendar.fields import MIDNIGHT
from domain.calendar.rules import CalendarRules
from domain.calendar.slots import is_deploy_day
from domain.calendar.zones import instant
from domain.errands import InChannel
from domain.events import OccurrenceChanged
from domain.people import Origin, Role
from domain.project import Project
from domain.refusals import AlreadySo, EndsBeforeStart, InThePast, NoSuchOccurrence, Refused, Unreadable
from domain.views import Happened
from storage import calendar as entries
from storage import people
from storage.db import Tx

MAY = (Role.RELEASE_MANAGER,)


def change(tx: Tx, request: ChangeOccurrence, origin: Origin) -> Happened:
    """Whoever was told of the occurrence is told of its change. Raises Refused."""
    project = may_change(tx, request.project, origin)
    before = context.calendar_of(tx, project, tx.now())
    rules = before.rules
    if not _is_due(rules, request.of, request.day):
        raise Refused(NoSuchOccurrence(request.of, request.day))
    zone = before.zone_of(request.of)
    wanted = _wanted(request, zone)
    _check(tx, zone, rules, request, wanted)
    if wanted is None:
        entries.remove_change(tx, project.key, request.of, request.day)
    else:
        entries.put_change(tx, project.key, wanted, origin.actor.user, tx.now())
    event = OccurrenceChanged(
        of=request.of,
        day=request.day,
        start=request.start,
        end=request.end,
        restored=wanted is None,
        reason=request.reason.strip(),
    )
    record(tx, origin, project, [event])
    send(tx, project, origin, [(InChannel(project.channel), event)])
    calendar_changed(tx, project, before, origin)
    return Happened(event)


def moved(of: str, day: date, start: datetime, end: datetime | None) -> Change:
    """The change that moves an occurrence to these wall-clock times. Raises Refused."""
    try:
        return Change(of=of, day=day, from_=start, to=end)
    except ValidationError as error:
        if end is not None and end <= start:
            raise Refused(EndsBeforeStart(start.date(), end.date())) from error
        raise Refused(Unreadable("date", start.date().isoformat())) from error


def _is_due(rules: CalendarRules, of: str, day: date) -> bool:
    if of == SLOT:
        return rules.cadence is not None and is_deploy_day(rules.cadence, day)
    weekdays = {window.key: window.weekday for window in rules.windows}
    weekdays |= {span.key: span.from_.weekday for span in rules.no_deploy_hours}
    return of in weekdays and weekdays[of].number == day.weekday()


def changed_to(of: str, day: date, start: datetime | None, end: datetime | None, zone: ZoneInfo) -> Change:
    """The change that leaves an occurrence out, or moves it to these instants. Raises Refused."""
    if start is None:
        return Change(of=of, day=day)
    begins, ends = start.astimezone(zone), end.astimezone(zone) if end else None
    return moved(of, day, begins.replace(tzinfo=None), ends.replace(tzinfo=None) if ends else None)


def _wanted(request: ChangeOccurrence, zone: ZoneInfo) -> Change | None:
    """Raises Refused."""
    if request.start is None and not request.cancelled:
        return None
    return changed_to(request.of, request.day, request.start, request.end, zone)


def _check(
    tx: Tx, zone: ZoneInfo, rules: CalendarRules, request: ChangeOccurrence, wanted: Change | None
) -> None:
    current = next((c for c in rules.changes if (c.of, c.day) == (request.of, request.day)), None)
    if current == wanted:
        raise Refused(AlreadySo("occurrence"))
    day_ends = instant(request.day + timedelta(days=1), MIDNIGHT, zone=zone)
    if day_ends <= tx.now():
        raise Refused(InThePast(request.day))
    if request.start and request.start <= tx.now():
        raise Refused(InThePast(request.start))


def may_change(tx: Tx, key: str, origin: Origin) -> Project:
    """The project, if this person may change its windows and dates. Raises Refused."""
    project = context.project_of(tx, key)
    context.require(people.roster(tx, project.key), origin, "window", *MAY)
    return project
