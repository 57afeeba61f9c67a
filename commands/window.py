"""Add and remove weekly release windows; what is set in Slack takes the place of the policy's."""

from __future__ import annotations

from commands import context
from commands.change import calendar_changed
from commands.record import record, send
from commands.requests import AddWindow, RemoveWindow
from domain.calendar.rules import WeeklyWindow
from domain.errands import InChannel
from domain.events import WindowsChanged
from domain.people import Origin, Role
from domain.project import Project
from domain.refusals import AlreadySo, Gone, Overlaps, Refused
from domain.views import Happened
from storage import calendar as entries
from storage import people
from storage.db import Tx


def current(tx: Tx, project: Project) -> tuple[WeeklyWindow, ...]:
    """The windows that hold now."""
    return context.rules_of(tx, project).windows


def add(tx: Tx, request: AddWindow, origin: Origin) -> Happened:
    """Open one more weekly window. Raises Refused when it overlaps another."""
    project = may_change(tx, request.project, origin)
    before, new = current(tx, project), _plain(project, request.window)
    if new in before:
        raise Refused(AlreadySo("window"))
    for window in before:
        if _overlap(window, new):
            raise Refused(Overlaps(window.weekday.value, f"{window.from_:%H:%M}", f"{window.to:%H:%M}"))
    order = sorted((*before, new), key=lambda w: (w.weekday.number, w.from_, w.zone or ""))
    return _change(tx, project, origin, before, tuple(order))


def remove(tx: Tx, request: RemoveWindow, origin: Origin) -> Happened:
    """Close a weekly window. Raises Refused when there is none like it."""
    project = may_change(tx, request.project, origin)
    before = current(tx, project)
    window = _plain(project, request.window)
    if window not in before:
        raise Refused(Gone("window"))
    return _change(tx, project, origin, before, tuple(w for w in before if w != window))


def _plain(project: Project, window: WeeklyWindow) -> WeeklyWindow:
    """A window by the project's own clocks names no zone."""
    own = window.zone == project.policy.zone
    return window.model_copy(update={"zone": None}) if own else window


def _overlap(window: WeeklyWindow, other: WeeklyWindow) -> bool:
    """Whether two by the same clocks have some time in common."""
    if (window.zone, window.weekday) != (other.zone, other.weekday):
        return False
    return _minutes(window)[0] < _minutes(other)[1] and _minutes(other)[0] < _minutes(window)[1]


def _minutes(window: WeeklyWindow) -> tuple[int, int]:
    start, end = (60 * t.hour + t.minute for t in (window.from_, window.to))
    return start, end or 24 * 60


def may_change(tx: Tx, key: str, origin: Origin) -> Project:
    """The project, if this person may change its windows. Raises Refused."""
    project = context.project_of(tx, key)
    context.require(people.roster(tx, project.key), origin, "window", Role.RELEASE_MANAGER)
    return project


def _change(
    tx: Tx,
    project: Project,
    origin: Origin,
    before: tuple[WeeklyWindow, ...],
    after: tuple[WeeklyWindow, ...],
) -> Happened:
    calendar = context.calendar_of(tx, project, tx.now())
    entries.set_windows(tx, project.key, after)
    event = WindowsChanged(before=tuple(w.key for w in before), after=tuple(w.key for w in after))
    record(tx, origin, project, [event])
    send(tx, project, origin, [(InChannel(project.channel), event)])
    calendar_changed(tx, project, calendar, origin)
    return Happened(event)
