"""What a year leaves to confirm, read from the calendar as it stands."""

from __future__ import annotations

from datetime import date, timedelta
from zoneinfo import ZoneInfo

from commands import context
from commands.show.release import project_view
from domain.calendar.fields import MIDNIGHT
from domain.calendar.reasons import GateAction, Question
from domain.calendar.rollover.dates import Regular
from domain.calendar.rollover.model import Rollover
from domain.calendar.rollover.year import rollover
from domain.calendar.zones import instant
from domain.people import Role
from domain.project import Project
from domain.types import ReleaseType
from domain.views import YearView
from storage import people, releases, year_answers
from storage.db import Tx

# What was answered this year may be about the turn to the next, and be looked at in both.
_ANSWERS_KEPT = timedelta(days=800)


def year_view(tx: Tx, project_key: str, year: int) -> YearView:
    """Raises Refused(UnknownProject)."""
    project = context.project_of(tx, project_key)
    managers = people.roster(tx, project.key).holders(Role.RELEASE_MANAGER)
    return YearView(
        project=project_view(project),
        rollover=look(tx, project, year),
        at=tx.now(),
        managers=tuple(sorted(managers)),
    )


def look(tx: Tx, project: Project, year: int) -> Rollover:
    """Blackouts of the whole year before are looked at, too."""
    at, policy = tx.now(), project.policy
    before = instant(date(year - 1, 1, 1), MIDNIGHT, zone=ZoneInfo(policy.zone))
    question = Question(
        action=GateAction.DEPLOY,
        release_type=ReleaseType.REGULAR,
        rules=policy.of(ReleaseType.REGULAR).gate,
    )
    regular = Regular(
        question=question,
        freeze=policy.freeze_rule(ReleaseType.REGULAR),
        others=context.planned(project, releases.live(tx, project.key)),
    )
    calendar = context.calendar_of(tx, project, min(at, before))
    answers = year_answers.answers(tx, project.key, at - _ANSWERS_KEPT)
    return rollover(calendar, year, regular, answers, at)
