"""What the modals that move dates need to know before they open, and again whenever a date is chosen."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from commands import context
from commands.occurrence import changed_to
from commands.show.release import look, project_view
from commands.start import free_slots
from commands.taken import would_take
from domain.calendar.changes import SLOT
from domain.calendar.conflicts import clear_times, conflicts
from domain.calendar.entries import Calendar
from domain.calendar.hours import Hours, changed, occurrences
from domain.calendar.reasons import GateAction, Question
from domain.calendar.rules import FreezeRule
from domain.calendar.slots import is_deploy_day, plan, slots
from domain.calendar.zones import local_day
from domain.errands import DateTaken
from domain.project import Project
from domain.refusals import Gone, Refused
from domain.types import ReleaseType
from domain.views import ChosenTime, DueOccurrence, OccurrenceForm, RetargetForm
from storage import releases
from storage.db import Tx

_AHEAD = timedelta(days=92)
_SHOWN = 12


def retarget_form(tx: Tx, release_id: str, deploy_at: datetime | None) -> RetargetForm:
    """`deploy_at` is what is chosen so far."""
    found = look(tx, release_id)
    project, release = found.project, found.release
    form = RetargetForm(
        project=project_view(project),
        release=release,
        slots=tuple(free_slots(tx, project, release.type, found.at)),
        at=found.at,
        deploy_at=deploy_at,
    )
    if deploy_at is None or deploy_at <= found.at:
        return form
    asked, freeze = context.question(project, release), context.freeze_ahead(project, release, found.at)
    return replace(form, chosen=_chosen(tx, project, asked, deploy_at, freeze))


def _chosen(
    tx: Tx, project: Project, asked: Question, deploy_at: datetime, freeze: FreezeRule | None
) -> ChosenTime:
    at = tx.now()
    calendar = context.calendar_of(tx, project, at)
    others = context.planned(project, releases.live(tx, project.key))
    found = conflicts(calendar, question=asked, deploy_at=deploy_at, others=others)
    free = (
        clear_times(calendar, question=asked, others=others, around=deploy_at, at=at, freeze=freeze)
        if found
        else ()
    )
    dates = plan(deploy_at, rules=calendar.rules, zone=calendar.tz, freeze=freeze)
    return ChosenTime(deploy_at=deploy_at, found=found, free=free, dates=dates)


@dataclass(frozen=True, kw_only=True)
class Wished:
    """What was chosen so far for the occurrence due on `day`: no `start` leaves it out."""

    day: date
    start: datetime | None = None
    end: datetime | None = None


def occurrence_form(tx: Tx, project_key: str, of: str, wished: Wished | None = None) -> OccurrenceForm:
    """Raises Refused(Gone) when nothing has that key."""
    project = context.project_of(tx, project_key)
    calendar = context.calendar_of(tx, project, tx.now())
    due = _deploys(calendar, tx.now()) if of == SLOT else _hours(calendar, of, tx.now())
    if not due:
        raise Refused(Gone("window"))
    form = OccurrenceForm(project=project_view(project), of=of, due=due[:_SHOWN])
    if wished is None:
        return form
    if of != SLOT:
        return replace(form, taken=_closed_by(tx, project, calendar, of, wished))
    if wished.start is None or wished.start <= tx.now():
        return form
    kind = ReleaseType.REGULAR
    rules = project.policy.of(kind).gate
    asked = Question(action=GateAction.DEPLOY, release_type=kind, rules=rules)
    return replace(form, moved=_chosen(tx, project, asked, wished.start, project.policy.freeze_rule(kind)))


def _closed_by(tx: Tx, project: Project, before: Calendar, of: str, wished: Wished) -> tuple[DateTaken, ...]:
    """The planned releases that the change would close. One that cannot be closes nothing yet."""
    try:
        change = changed_to(of, wished.day, wished.start, wished.end, before.zone_of(of))
    except Refused:
        return ()
    others = tuple(c for c in before.rules.changes if (c.of, c.day) != (of, wished.day))
    after = replace(before, rules=before.rules.model_copy(update={"changes": (*others, change)}))
    live = releases.live(tx, project.key)
    taken = (said for _, said in would_take(project, live, before, after, tx.now()))
    return tuple(sorted(taken, key=lambda said: said.deploy_at))


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
