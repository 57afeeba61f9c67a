"""App Home: what waits for me, running releases, the next dates, is deploying allowed now."""

from __future__ import annotations

from datetime import datetime

from commands import context
from commands.digests.plan import setting_of
from commands.feeds import unread
from commands.show.lists.mine import mine
from commands.show.lists.rows import rows_of
from commands.show.release import project_view
from commands.start import free_slots
from domain.calendar.entries import Calendar
from domain.calendar.gate import GateAction, GateAnswer, Question, gate
from domain.project import Project
from domain.types import ReleaseType
from domain.views import HomeView, ProjectHome
from storage import people, projects, releases, repositories
from storage.db import Tx


def home(tx: Tx, user: str) -> HomeView:
    """App Home: what waits for me, running releases, the next dates, is deploying allowed now."""
    person = people.get(tx, user)
    channels = people.channels_of(tx, user) if person is not None and person.counts else frozenset()
    shown = [project for project in projects.every(tx) if project.channel in channels]
    return HomeView(
        tasks=mine(tx, user).tasks,
        projects=tuple(_project_home(tx, project) for project in shown),
        at=tx.now(),
        digest=setting_of(tx, user),
        why_not=context.why_not(person) if person else "",
    )


def _project_home(tx: Tx, project: Project) -> ProjectHome:
    at = tx.now()
    calendar = context.calendar_of(tx, project, at)
    facts = repositories.facts(tx, project.key)
    return ProjectHome(
        project=project_view(project),
        gate=may_deploy_now(project, calendar, at),
        running=rows_of(tx, project, releases.live(tx, project.key)),
        slots=free_slots(tx, project, ReleaseType.REGULAR, at, limit=3),
        blackouts=calendar.coming_blackouts(at)[:3],
        problem=facts.problem if facts else "",
        feeds=tuple(unread(tx, project)),
    )


def may_deploy_now(project: Project, calendar: Calendar, at: datetime) -> GateAnswer:
    """For a regular release."""
    asked = Question(
        action=GateAction.DEPLOY,
        release_type=ReleaseType.REGULAR,
        rules=project.policy.of(ReleaseType.REGULAR).gate,
    )
    return gate(calendar, question=asked, at=at)
