"""The outlook on the next four weeks: posted on Mondays, and true for as long as its week lasts."""

from __future__ import annotations

from datetime import date, timedelta
from zoneinfo import ZoneInfo

from commands.record import lane
from domain.calendar.rules import WeeklyMoment
from domain.calendar.zones import local_day
from domain.errands import Show, Surface, SurfaceKind
from domain.project import Project
from storage import outbox, surfaces
from storage.db import Tx
from storage.ids import new_id

_WEEK = 7


def post(tx: Tx, project: Project, day: str) -> None:
    """`day` is the ISO day of the outlook; posted once, whoever else finds it due."""
    surface = _surface(project, day)
    outbox.add(tx, [lane(project.channel, f"outlook:{surface.subject}", Show(surface))])


def refresh(tx: Tx, project: Project) -> None:
    """The calendar changed: who reads this week's outlook reads what is true now."""
    weekly = project.policy.calendar.outlook
    if weekly is None:
        return
    surface = _surface(project, _latest(tx, project, weekly).isoformat())
    if surfaces.get(tx, surface) is not None:
        outbox.add(tx, [lane(project.channel, f"outlook:{new_id()}", Show(surface))])


def _latest(tx: Tx, project: Project, weekly: WeeklyMoment) -> date:
    today = local_day(tx.now(), ZoneInfo(project.policy.zone))
    return today - timedelta(days=(today.weekday() - weekly.weekday.number) % _WEEK)


def _surface(project: Project, day: str) -> Surface:
    return Surface(SurfaceKind.OUTLOOK, f"{project.key}/{day}")
