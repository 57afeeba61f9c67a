"""What the calendar's modals need to know before they open, and again whenever their dates change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import chain

from commands import context
from commands.blackout import MAY
from commands.show.release import project_view
from commands.taken import would_take
from domain.calendar.blackouts import Blackout, Scope, blackout_fault
from domain.calendar.entries import Calendar
from domain.project import Project
from domain.refusals import Gone, Refused
from domain.views import BlackoutForm, TakenIn, WindowForm
from storage import people, projects, releases
from storage.db import Tx

_AHEAD = timedelta(days=92)
_SHOWN = 12
_DAY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class Entered:
    """What was chosen so far of a blackout: `projects` are the keys of those that shall get it."""

    name: str = ""
    reason: str = ""
    start: datetime | None = None
    end: datetime | None = None
    scope: Scope = field(default_factory=Scope)
    projects: tuple[str, ...] = ()


def blackout_form(tx: Tx, project_key: str, entered: Entered, *, by: str, zone: str) -> BlackoutForm:
    """For `by`, whose own zone is `zone`, to add one."""
    project = context.project_of(tx, project_key)
    view = BlackoutForm(
        project=project_view(project),
        name=entered.name,
        reason=entered.reason,
        start=entered.start,
        end=entered.end,
        projects=tuple(project_view(one) for one in _changed_by(tx, by)),
        chosen=entered.projects or (project.key,),
        zones=zones(tx, project, zone),
    )
    if entered.start is None or entered.end is None or blackout_fault(entered.start, entered.end):
        return view
    made = Blackout(id="", name="", start=entered.start, end=entered.end, scope=entered.scope)
    chosen = [context.project_of(tx, key) for key in view.chosen]
    return replace(view, taken=_in_order(_taken(tx, each, made) for each in chosen))


def move_form(
    tx: Tx, project_key: str, blackout: str, start: datetime | None = None, end: datetime | None = None
) -> BlackoutForm:
    """To move the blackout with that id. Raises Refused(Gone)."""
    project = context.project_of(tx, project_key)
    found = context.calendar_of(tx, project, tx.now()).blackout(blackout)
    if found is None:
        raise Refused(Gone("blackout"))
    start, end = start or found.start, end or found.end
    view = BlackoutForm(project=project_view(project), blackout=found, start=start, end=end)
    if blackout_fault(start, end):
        return view
    moved = replace(found, start=start, end=end)
    return replace(view, taken=_in_order([_taken(tx, project, moved)]))


def window_form(tx: Tx, project_key: str, *, zone: str) -> WindowForm:
    """For somebody whose own zone is `zone`."""
    project = context.project_of(tx, project_key)
    return WindowForm(project=project_view(project), zones=zones(tx, project, zone))


def zones(tx: Tx, project: Project, own: str) -> tuple[str, ...]:
    """The project's, the reader's `own`, UTC, and those of the other projects by name: each once."""
    others = sorted(one.policy.zone for one in projects.every(tx))
    return tuple(dict.fromkeys((project.policy.zone, own, "UTC", *others)))


def _changed_by(tx: Tx, user: str) -> Iterator[Project]:
    """The projects whose blackouts this person may change."""
    for project in projects.every(tx):
        if people.roster(tx, project.key).roles_of(user) & set(MAY):
            yield project


def _taken(tx: Tx, project: Project, blackout: Blackout) -> Iterator[TakenIn]:
    calendar, live = context.calendar_of(tx, project, tx.now()), releases.live(tx, project.key)
    for _, said in would_take(project, live, calendar, _with(calendar, blackout), tx.now()):
        yield TakenIn(project=project_view(project), said=said)


def _in_order(taken: Iterable[Iterable[TakenIn]]) -> tuple[TakenIn, ...]:
    return tuple(sorted(chain.from_iterable(taken), key=lambda one: one.said.deploy_at))


def _with(calendar: Calendar, entered: Blackout) -> Calendar:
    return replace(calendar, blackouts=(*calendar.blackouts, entered))
