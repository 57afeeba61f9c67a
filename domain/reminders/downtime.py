"""The announcement of a downtime, ahead of its deploy."""

from __future__ import annotations

from datetime import datetime

from domain.policy import Policy
from domain.release import Release
from domain.reminders.model import Reminder
from domain.rollout.plans import downtime_of
from domain.types import BEFORE_DEPLOY, ReminderKind


def of_downtime(release: Release, policy: Policy, at: datetime) -> tuple[Reminder, ...]:
    """At once where less time is left than the policy wants, until it is time; none where it wants none."""
    rules = policy.rollout_of(release.type)
    before, deploy_at = rules.big_bang.announce_before, release.deploy_at
    if not before or not downtime_of(policy.of(release.type).rollout, rules):
        return ()
    if release.stage not in BEFORE_DEPLOY or deploy_at is None or deploy_at <= at:
        return ()
    kind = ReminderKind.DOWNTIME_AHEAD
    return (
        Reminder(
            key=f"{kind}:{release.id}:{deploy_at.isoformat()}",
            kind=kind,
            subject=release.id,
            due=max(deploy_at - before, at),
            expires=deploy_at,
            occasion=deploy_at.isoformat(),
        ),
    )
