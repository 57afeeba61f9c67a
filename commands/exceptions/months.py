"""The exceptions of one month, and its budget."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from domain.calendar.exceptions import Budget, FreezeException, budget, month_bounds, month_of
from domain.project import Project
from storage import exceptions
from storage.db import Tx


def asked_in(tx: Tx, project: Project, month: date) -> tuple[FreezeException, ...]:
    """Those asked in the local month of this day."""
    return exceptions.asked_between(tx, project.key, *month_bounds(month, ZoneInfo(project.policy.zone)))


def budget_at(tx: Tx, project: Project, at: datetime) -> Budget:
    """The budget of the local month that `at` is in."""
    month = month_of(at, ZoneInfo(project.policy.zone))
    return budget_of(project, month, asked_in(tx, project, month))


def budget_of(project: Project, month: date, asked: tuple[FreezeException, ...]) -> Budget:
    return budget(asked, month, project.policy.calendar.exceptions.monthly_budget)
