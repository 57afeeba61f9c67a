"""Reminders of freeze exceptions."""

from __future__ import annotations

from domain.calendar.exceptions import FreezeException
from domain.reminders.model import FOR_GOOD, Reminder
from domain.types import ReminderKind


def of_exception(exception: FreezeException) -> tuple[Reminder, ...]:
    """When time alone ends what it is now."""
    due = exception.ends_at
    if due is None:
        return ()
    kind = ReminderKind.EXCEPTION_ENDS
    key = f"{kind}:{exception.id}:{due.isoformat()}"
    return (Reminder(key=key, kind=kind, subject=exception.id, due=due, expires=due + FOR_GOOD),)
