"""When a deployment has not been heard of for too long."""

from __future__ import annotations

from datetime import timedelta

from domain.deploys.model import Deployment
from domain.reminders.model import FOR_GOOD, Reminder
from domain.types import ReminderKind


def of_deployment(deployment: Deployment, lost_after: timedelta) -> tuple[Reminder, ...]:
    """However late the silence is noticed, it still matters: also of how a cancelled one ended."""
    since = deployment.ended_at if deployment.holds_back else deployment.lasts_since
    if since is None or (deployment.over and not deployment.holds_back):
        return ()
    due = since + lost_after
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
