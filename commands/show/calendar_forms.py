"""What the calendar's modals need to know before they open, and again whenever their dates change."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from commands import context
from commands.show.release import project_view
from commands.taken import would_take
from domain.calendar.blackouts import Blackout, Scope, blackout_fault
from domain.calendar.changes import SLOT
from domain.calendar.entries import Calendar
from domain.calendar.hours import Hours, changed, occurrences
from domain.calendar.slots import is_deploy_day, slots
from domain.calendar.zones import local_day
from domain.refusals import Gone, Refused
from domain.views import BlackoutForm, DueOccurrence, OccurrenceForm
from storage import releases
from storage.db import Tx

_AHEAD = timedelta(days=92)
_SHOWN = 12
_DAY = timedelta(days=1)


def blackout_form(
    tx: Tx,
    project_key: str,
    *,
    blackout: str = "",
    start: datetime | None = None,
    end: datetime | None = None,
    scope: Scope | None = None,
) -> BlackoutForm:
    """`blackout` is the id of the one to move. Raises Refused(Gone)."""
    project = context.project_of(tx, project_key)
    calendar = context.calendar_of(tx, project, tx.now())
    found = calendar.blackout(blackout) if blackout else None
    if blackout and found is None:
        raise Refused(Gone("blackout"))
    if found is not None and start is None and end is None:
        start, end = found.start, found.end
    view = BlackoutForm(project=project_view(project), blackout=found, start=start, end=end)
    if start is None or end is None or blackout_fault(start, end):
        return view
    entered = Blackout(id="", name="", start=start, end=end, scope=scope or Scope())
    if found is not None:
        entered = replace(found, start=start, end=end)
    live = releases.live(tx, project.key)
    taken = would_take(project, live, calendar, _with(calendar, entered), tx.now())
    return replace(view, taken=tuple(sorted((said for _, said in taken), key=lambda said: said.deploy_at)))


def _with(calendar: Calendar, entered: Blackout) -> Calendar:
    return replace(calendar, blackouts=(*calendar.blackouts, entered))


def occurrence_form(tx: Tx, project_key: str, of: str) -> OccurrenceForm:
    """Raises Refused(Gone) when nothing has that key."""
    project = context.project_of(tx, project_key)
    calendar = context.calendar_of(tx, project, tx.now())
    due = _deploys(calendar, tx.now()) if of == SLOT else _hours(calendar, of, tx.now())
    if not due:
        raise Refused(Gone("window"))
    return OccurrenceForm(project=project_view(project), of=of, due=due[:_SHOWN])


def _deploys(calendar: Calendar, at: datetime) -> tuple[DueOccurrence, ...]:
    first = local_day(at, calendar.tz)
    cadence = calendar.rules.cadence
    found = slots(calendar.rules, zone=calendar.tz, first=first, until=first + _AHEAD)
    due = {
        slot.moved_from or slot.day: DueOccurrence(
            day=slot.moved_from or slot.day, start=slot.deploy_at, changed=slot.moved_from is not None
        )
        for slot in found
    }
    for change in calendar.rules.changes:
        mine = change.of == SLOT and change.cancelled and cadence is not None
        if mine and cadence and change.day >= first and is_deploy_day(cadence, change.day):
            due[change.day] = DueOccurrence(day=change.day, start=None, changed=True)
    return tuple(due[day] for day in sorted(due))


def _hours(calendar: Calendar, of: str, at: datetime) -> tuple[DueOccurrence, ...]:
    rules, first = calendar.rules, local_day(at, calendar.tz)
    hours: Hours = rules.windows if any(w.key == of for w in rules.windows) else rules.no_deploy_hours
    changes = changed(hours, rules.changes)
    found = occurrences(hours, calendar.tz, first, first + _AHEAD, changes)
    due = {
        one.day: DueOccurrence(day=one.day, start=one.span.start, end=one.span.end, changed=one.moved)
        for one in found
        if one.key == of and one.day >= first
    }
    for change in changes:
        if change.of == of and change.cancelled and change.day >= first:
            due[change.day] = DueOccurrence(day=change.day, start=None, changed=True)
    return tuple(due[day] for day in sorted(due))
