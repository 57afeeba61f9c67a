"""Add, move and remove blackouts and maintenance: periods without deploys, once or every year."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from commands import context, occurrence
from commands.change import calendar_changed
from commands.record import record, send
from commands.requests import AddBlackout, MoveBlackout, RemoveBlackout, RestoreBlackout
from domain.calendar.blackouts import (
    Blackout,
    EntryFault,
    Scope,
    YearlyBlackout,
    blackout_fault,
    yearly_fault,
)
from domain.calendar.changes import Change
from domain.calendar.entries import Calendar
from domain.errands import InChannel
from domain.events import BlackoutAdded, BlackoutMoved, BlackoutRemoved, BlackoutRestored, Event
from domain.people import Origin, Role
from domain.project import Project
from domain.refusals import (
    AlreadySo,
    EndsBeforeStart,
    Gone,
    InPolicy,
    InThePast,
    Refusal,
    Refused,
    TextMissing,
    TooLong,
    Unreadable,
)
from domain.types import Environment
from domain.views import Happened
from storage import calendar as entries
from storage import people
from storage.db import Tx
from storage.ids import new_id

NAME = 80
REASON = 500
MAY = (Role.PM, Role.RELEASE_MANAGER)


def add(tx: Tx, request: AddBlackout, origin: Origin) -> Happened:
    """Close a period for deploys; the channels are told, and who planned to deploy in it. Raises Refused.

    A project that has it already keeps the one that it has.
    """
    keys = dict.fromkeys((request.project, *request.also))
    projects = [may_change(tx, key, origin) for key in keys]
    new = [
        project for project in projects if not _has(tx, project, _made(request, project, origin, tx.now()))
    ]
    if not new:
        raise Refused(AlreadySo("blackout"))
    done = [_add(tx, request, project, origin, new) for project in new]
    return done[0]


def _has(tx: Tx, project: Project, made: Blackout | YearlyBlackout) -> bool:
    """Whether somebody has just added it."""
    calendar = context.calendar_of(tx, project, tx.now())
    known: tuple[Blackout | YearlyBlackout, ...] = (*calendar.blackouts, *calendar.yearly)
    return any(_content(made) == _content(other) for other in known)


def _add(tx: Tx, request: AddBlackout, project: Project, origin: Origin, together: list[Project]) -> Happened:
    before = context.calendar_of(tx, project, tx.now())
    also = tuple(other.key for other in together if other.key != project.key)
    event = replace(enter(tx, request, project, origin), also=also)
    return _done(tx, project, origin, event, before)


def enter(tx: Tx, request: AddBlackout, project: Project, origin: Origin) -> BlackoutAdded:
    """Put it into the project's calendar; whoever calls records the event and tells it. Raises Refused."""
    made = _made(request, project, origin, tx.now())
    entries.put_blackout(tx, project.key, made)
    return BlackoutAdded(
        blackout=made.id,
        name=made.name,
        start=request.start,
        end=request.end,
        reason=made.reason,
        yearly=request.yearly,
        kind=made.kind,
        types=tuple(sorted(made.scope.types)),
        environments=tuple(sorted(made.scope.environments)),
        zone=_other_zone(made, project),
    )


def _other_zone(made: Blackout | YearlyBlackout, project: Project) -> str:
    zone = made.zone if isinstance(made, YearlyBlackout) else ""
    return "" if zone == project.policy.zone else zone


def _made(request: AddBlackout, project: Project, origin: Origin, at: datetime) -> Blackout | YearlyBlackout:
    """Raises Refused."""
    name, reason = request.name.strip(), request.reason.strip()
    if not name:
        raise Refused(TextMissing("name"))
    for field, text, limit in (("name", name, NAME), ("reason", reason, REASON)):
        if len(text) > limit:
            raise Refused(TooLong(field, limit))
    _check(request.start, request.end, at, last_day=request.last_day)
    environments = frozenset(request.environments) or frozenset({Environment.PRODUCTION})
    made = Blackout(
        id=new_id(),
        name=name,
        start=request.start,
        end=request.end,
        reason=reason,
        added_by=origin.actor.user,
        added_at=at,
        kind=request.kind,
        scope=Scope(types=frozenset(request.types), environments=environments),
    )
    return _every_year(made, request.zone or project.policy.zone) if request.yearly else made


def _every_year(first: Blackout, zone: str) -> YearlyBlackout:
    """Raises Refused."""
    tz = ZoneInfo(zone)
    begins, ends = (at.astimezone(tz).replace(tzinfo=None) for at in (first.start, first.end))
    if fault := yearly_fault(begins, ends):
        raise Refused(Unreadable(f"yearly_{fault.value}", begins.date().isoformat()))
    return YearlyBlackout(
        id=first.id,
        name=first.name,
        begins=begins,
        ends=ends,
        zone=zone,
        reason=first.reason,
        added_by=first.added_by,
        added_at=first.added_at,
        kind=first.kind,
        scope=first.scope,
    )


def _content(entry: Blackout | YearlyBlackout) -> Blackout | YearlyBlackout:
    return replace(entry, id="", added_by="", added_at=None, revision=0)


def _check(start: datetime, end: datetime, at: datetime, *, last_day: date | None = None) -> None:
    fault = blackout_fault(start, end)
    if fault is EntryFault.ENDS_BEFORE_START:
        raise Refused(EndsBeforeStart(start, end))
    if fault is EntryFault.TOO_FAR:
        raise Refused(Unreadable("date", end.date().isoformat()))
    if end <= at:
        raise Refused(InThePast(last_day or end))


def move(tx: Tx, request: MoveBlackout, origin: Origin) -> Happened:
    """Other times; of a yearly one for one year only. Whoever was told is told. Raises Refused."""
    project = may_change(tx, request.project, origin)
    before = context.calendar_of(tx, project, tx.now())
    found = before.blackout(request.blackout)
    if found is None:
        raise Refused(Gone("blackout"))
    _check(request.start, request.end, tx.now())
    if (request.start, request.end) == (found.start, found.end):
        raise Refused(AlreadySo("blackout_times"))
    if found.series and found.day:
        zone = before.zone_of(found.series)
        start, end = (at.astimezone(zone).replace(tzinfo=None) for at in (request.start, request.end))
        change = occurrence.moved(found.series, found.day, start, end)
        entries.put_change(tx, project.key, change, origin.actor.user, tx.now())
    else:
        _require_own(found)
        moved = replace(found, start=request.start, end=request.end, revision=found.revision + 1)
        entries.put_blackout(tx, project.key, moved)
    event = BlackoutMoved(
        blackout=found.id,
        name=found.name,
        before_start=found.start,
        before_end=found.end,
        start=request.start,
        end=request.end,
        reason=request.reason.strip(),
    )
    return _done(tx, project, origin, event, before)


def remove(tx: Tx, request: RemoveBlackout, origin: Origin) -> Happened:
    """Take a blackout out of the calendar, or one year of it; whoever was told is told. Raises Refused."""
    project = may_change(tx, request.project, origin)
    at = tx.now()
    calendar = context.calendar_of(tx, project, at)
    once = calendar.blackout(request.blackout)
    if once is not None and once.series and once.day:
        entries.put_change(tx, project.key, Change(of=once.series, day=once.day), origin.actor.user, at)
        event = BlackoutRemoved(blackout=once.id, name=once.name, year=once.day.year)
        return _done(tx, project, origin, event, calendar)
    found = _named(calendar.yearly, request.blackout) or _named(calendar.blackouts, request.blackout)
    if found is None:
        raise Refused(Gone("blackout"))
    _require_own(found)
    entries.remove_blackout(tx, found.id, at)
    event = BlackoutRemoved(blackout=found.id, name=found.name)
    return _done(tx, project, origin, event, calendar)


def restore(tx: Tx, request: RestoreBlackout, origin: Origin) -> Happened:
    """Take back what was changed of one year of a yearly blackout. Raises Refused."""
    project = may_change(tx, request.project, origin)
    before = context.calendar_of(tx, project, tx.now())
    usual = _as_usual(before, request.blackout)
    if usual is None or usual.day is None:
        raise Refused(Gone("blackout"))
    _, changes = entries.set_in_slack(tx, project.key)
    if not any((change.of, change.day) == (usual.series, usual.day) for change in changes):
        raise Refused(_why_not_restored(before, usual))
    if usual.end <= tx.now():
        raise Refused(InThePast(usual.end))
    entries.remove_change(tx, project.key, usual.series, usual.day)
    event = BlackoutRestored(
        blackout=usual.id, name=usual.name, start=usual.start, end=usual.end, year=usual.day.year
    )
    return _done(tx, project, origin, event, before)


def _as_usual(calendar: Calendar, id_: str) -> Blackout | None:
    """The year's occurrence as its series has it."""
    series, _, year = id_.partition("/")
    found = next((one for one in calendar.yearly if one.id == series), None)
    if found is None or not year.isdecimal():
        return None
    return next(found.occurrences(int(year), int(year)), None)


def _why_not_restored(calendar: Calendar, usual: Blackout) -> Refusal:
    changed = any((c.of, c.day) == (usual.series, usual.day) for c in calendar.rules.changes)
    return InPolicy(usual.name, "") if changed else AlreadySo("blackout_usual")


def _named(
    known: tuple[Blackout, ...] | tuple[YearlyBlackout, ...], wanted: str
) -> Blackout | YearlyBlackout | None:
    return next((one for one in known if wanted in {one.id, one.name}), None)


def _require_own(found: Blackout | YearlyBlackout) -> None:
    """What the policy file or a feed holds is changed there. Raises Refused."""
    if not found.added_by:
        raise Refused(InPolicy(found.name, getattr(found, "feed", "")))


def _done(tx: Tx, project: Project, origin: Origin, event: Event, before: Calendar) -> Happened:
    record(tx, origin, project, [event])
    send(tx, project, origin, [(InChannel(project.channel), event)])
    calendar_changed(tx, project, before, origin)
    return Happened(event)


def may_change(tx: Tx, key: str, origin: Origin) -> Project:
    """The project, if this person may change its blackouts. Raises Refused."""
    project = context.project_of(tx, key)
    context.require(people.roster(tx, project.key), origin, "blackout", *MAY)
    return project
