"""When a breach that people reported will have lasted as long as the policy says."""

from __future__ import annotations

from datetime import datetime

from domain.criteria.model import Breach
from domain.reminders.model import FOR_GOOD, Reminder
from domain.types import ReminderKind


def of_lasting(breach: Breach, due: datetime) -> Reminder:
    """However late it is noticed, what nobody put aside still stands."""
    kind = ReminderKind.BREACH_LASTS
    return Reminder(
        key=f"{kind}:{breach.id}:{due.isoformat()}",
        kind=kind,
        subject=breach.id,
        due=due,
        expires=due + FOR_GOOD,
        occasion=breach.rule,
    )
