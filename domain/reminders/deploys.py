"""When a deployment has not been heard of for too long."""

from __future__ import annotations

from datetime import timedelta

from domain.deploys.model import Deployment
from domain.reminders.model import FOR_GOOD, Reminder
from domain.types import ReminderKind


def of_deployment(deployment: Deployment, lost_after: timedelta) -> tuple[Reminder, ...]:
    """However late the silence is noticed, it still matters."""
    if deployment.over:
        return ()
    due = deployment.lasts_since + lost_after
    kind = ReminderKind.DEPLOY_SILENT
    reminder = Reminder(
        key=f"{kind}:{deployment.id}:{due.isoformat()}",
        kind=kind,
        subject=deployment.id,
        due=due,
        expires=due + FOR_GOOD,
        occasion=due.isoformat(),
    )
    return (reminder,)
