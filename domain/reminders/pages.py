"""Reminders of a page: the next call, until somebody is on it."""

from __future__ import annotations

from datetime import datetime

from domain.criteria.rules import PagingRules
from domain.paging import Page, next_call
from domain.reminders.model import FOR_GOOD, Reminder
from domain.types import ReminderKind


def of_page(page: Page, rules: PagingRules, at: datetime) -> tuple[Reminder, ...]:
    """The next call; however late it is noticed, nobody is on it yet."""
    if not page.open:
        return ()
    calls, due = next_call(page, rules, at)
    return (
        Reminder(
            key=f"{ReminderKind.PAGE}:{page.id}:{due.isoformat()}",
            kind=ReminderKind.PAGE,
            subject=page.id,
            due=due,
            expires=due + FOR_GOOD,
            count=calls,
            occasion=page.id,
        ),
    )
