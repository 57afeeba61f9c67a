"""The living message about a coming year: posted in December, and true for as long as the year lasts."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from commands.record import lane
from domain.calendar.zones import local_day
from domain.errands import Show, Surface, SurfaceKind
from domain.project import Project
from storage import outbox, surfaces
from storage.db import Tx
from storage.ids import new_id


def post(tx: Tx, project: Project, year: str) -> None:
    """Posted once, whoever else finds it due."""
    surface = _surface(project, year)
    outbox.add(tx, [lane(project.channel, f"year:{surface.subject}", Show(surface))])


def refresh(tx: Tx, project: Project) -> None:
    """Something was answered, or the calendar changed."""
    for year in years(tx, project):
        surface = _surface(project, str(year))
        if surfaces.get(tx, surface) is not None:
            outbox.add(tx, [lane(project.channel, f"year:{new_id()}", Show(surface))])


def years(tx: Tx, project: Project) -> tuple[int, int]:
    """Those that can be looked at and answered: the running one and the next."""
    running = local_day(tx.now(), ZoneInfo(project.policy.zone)).year
    return running, running + 1


def _surface(project: Project, year: str) -> Surface:
    return Surface(SurfaceKind.YEAR, f"{project.key}/{year}")
