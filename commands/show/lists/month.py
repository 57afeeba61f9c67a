"""A month of a project's calendar, or the coming weeks: every entry, and what stands against its deploys."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from zoneinfo import ZoneInfo

from commands import context
from commands.show.release import project_view
from domain.calendar.agenda import Item, ItemKind, agenda
from domain.calendar.conflicts import clear_times, conflicts
from domain.calendar.entries import Calendar
from domain.calendar.fields import MIDNIGHT
from domain.calendar.planned import PlannedRelease
from domain.calendar.reasons import GateAction, Question
from domain.calendar.zones import instant, local_day
from domain.month import DAY, WEEK, CalendarView, DeployConflict, end_of_month, weeks
from domain.project import Project
from domain.types import ReleaseType
from storage import releases
from storage.db import Tx

COMING_WEEKS = 6
OUTLOOK_WEEKS = 4
# A freeze begins at most 28 days before its deploy.
_FREEZES_BEFORE = 4 * WEEK


def month(tx: Tx, project_key: str, first: date | None = None, asked_in: str = "") -> CalendarView:
    """The month that begins on `first`, the present one without it. Raises Refused(UnknownProject)."""
    project = context.project_of(tx, project_key)
    begins = (first or _today(tx, project)).replace(day=1)
    return _between(tx, project, begins, end_of_month(begins), asked_in)


def coming_weeks(tx: Tx, project_key: str, asked_in: str = "", first: date | None = None) -> CalendarView:
    """From the Monday of the week of `first` on, of this week without it. Raises Refused(UnknownProject)."""
    project = context.project_of(tx, project_key)
    day = first or _today(tx, project)
    monday = day - DAY * day.weekday()
    return _between(tx, project, monday, monday + COMING_WEEKS * WEEK - DAY, asked_in)


def outlook(tx: Tx, subject: str) -> CalendarView:
    """The four weeks of an outlook, `project/day`. Raises Refused(UnknownProject)."""
    key, _, day = subject.partition("/")
    first = date.fromisoformat(day)
    return _between(tx, context.project_of(tx, key), first, first + OUTLOOK_WEEKS * WEEK - DAY, "")


def _today(tx: Tx, project: Project) -> date:
    return local_day(tx.now(), ZoneInfo(project.policy.zone))


def _between(tx: Tx, project: Project, first: date, last: date, asked_in: str) -> CalendarView:
    mondays = tuple(weeks(first, last))
    zone = ZoneInfo(project.policy.zone)
    since = instant(mondays[0], MIDNIGHT, zone=zone)
    until = instant(mondays[-1] + WEEK, MIDNIGHT, zone=zone)
    at = tx.now()
    calendar = context.calendar_of(tx, project, min(at, since))
    planned = context.planned(project, releases.live(tx, project.key))
    dated = releases.dated(tx, project.key, since, until + _FREEZES_BEFORE)
    items = agenda(
        calendar, releases=[context.dated_release(project, one) for one in dated], since=since, until=until
    )
    return CalendarView(
        project=project_view(project),
        first=first,
        last=last,
        at=at,
        today=local_day(at, zone),
        items=items,
        windows=calendar.rules.windows,
        no_deploy_hours=calendar.rules.no_deploy_hours,
        cancelled=tuple(c for c in calendar.rules.changes if c.cancelled and first <= c.day <= last),
        left_out=calendar.left_out(instant(first, MIDNIGHT, zone=zone), until),
        conflicts={found.deploy.key: found for found in _conflicts(project, calendar, items, planned, at)},
        stages={release.id: release.stage for release in dated},
        asked_in=asked_in,
    )


def _conflicts(
    project: Project,
    calendar: Calendar,
    items: tuple[Item, ...],
    planned: tuple[PlannedRelease, ...],
    at: datetime,
) -> Iterator[DeployConflict]:
    """Of the deploys that are still to come. A date without a release wants no window for itself yet."""
    coming = {"", *(release.id for release in planned)}
    for item in items:
        if item.kind is not ItemKind.DEPLOY or item.start <= at or item.release not in coming:
            continue
        kind = item.type or ReleaseType.REGULAR
        question = Question(
            action=GateAction.DEPLOY,
            release_type=kind,
            rules=project.policy.of(kind).gate,
            release_id=item.release or None,
        )
        others = planned if item.release else ()
        found = conflicts(calendar, question=question, deploy_at=item.start, others=others)
        if found:
            begun = any(one.freeze_at and one.freeze_at <= at for one in planned if one.id == item.release)
            freeze = None if begun else project.policy.freeze_rule(kind)
            free = clear_times(
                calendar, question=question, others=planned, around=item.start, at=at, freeze=freeze
            )
            yield DeployConflict(deploy=item, type=kind, found=found, free=free)
