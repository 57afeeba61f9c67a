"""What somebody's day brings: what waits for them, and the dates and the gate of their projects."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from commands import context
from commands.show.lists.home import may_deploy_now
from commands.show.lists.mine import mine
from commands.show.release import project_view
from domain.calendar.agenda import agenda
from domain.calendar.fields import MIDNIGHT
from domain.calendar.zones import instant
from domain.digest import DAY, dates_of, is_news, is_worked
from domain.project import Project
from domain.types import BEFORE_DEPLOY, Stage
from domain.views import DigestView, ProjectDay
from storage import people, projects, releases
from storage.db import Tx

_TO_COME = BEFORE_DEPLOY | {Stage.ON_HOLD, Stage.DEPLOYING}


def digest(tx: Tx, user: str, day: date) -> DigestView:
    """Of the projects in which the person holds a role or something waits; without news on a day off."""
    person = people.get(tx, user)
    if person is None or not person.counts:
        return DigestView(day=day, tasks=(), projects=(), news=False)
    tasks = mine(tx, user).tasks
    theirs = people.projects_of(tx, user) | {task.project for task in tasks}
    shown = [project for project in projects.every(tx) if project.key in theirs]
    if not is_worked(day, (project.policy.calendar for project in shown)):
        return DigestView(day=day, tasks=tasks, projects=(), news=False)
    zone = ZoneInfo(person.zone)
    days = tuple(_project(tx, project, day, zone) for project in shown)
    dates = (item for one in days for item in (*one.today, *one.tomorrow))
    since, until = _bounds(day, zone)
    news = bool(tasks) or any(is_news(item, since, until) for item in dates)
    return DigestView(day=day, tasks=tasks, projects=days, news=news)


def _bounds(day: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """The day and the next, by the person's clocks."""
    return instant(day, MIDNIGHT, zone=zone), instant(day + 2 * DAY, MIDNIGHT, zone=zone)


def _project(tx: Tx, project: Project, day: date, zone: ZoneInfo) -> ProjectDay:
    """Of a release that is out nothing is to come."""
    at = tx.now()
    since, until = _bounds(day, zone)
    calendar = context.calendar_of(tx, project, at)
    coming = [release for release in releases.live(tx, project.key) if release.stage in _TO_COME]
    # Whole days are the project's own: in another zone they reach beyond the person's.
    items = agenda(calendar, releases=context.planned(project, coming), since=since - DAY, until=until + DAY)
    return ProjectDay(
        project=project_view(project),
        gate=may_deploy_now(project, calendar, at),
        today=dates_of(day, items, zone),
        tomorrow=dates_of(day + DAY, items, zone),
    )
