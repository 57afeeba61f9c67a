"""A downtime at its moments: announced ahead of its deploy, and told of where it overruns its end."""

from __future__ import annotations

from datetime import datetime, timedelta

from domain.policy import Policy
from domain.release import Release
from domain.reminders.model import DAY, Reminder
from domain.rollout.downtime import planned_until
from domain.rollout.plans import downtime_of
from domain.types import BEFORE_DEPLOY, ReminderKind


def of_downtime(release: Release, policy: Policy, at: datetime) -> tuple[Reminder, ...]:
    """Of a release before its deploy, the announcement; of one whose service is down, that it still is."""
    until = planned_until(release)
    if until is not None:
        return (_reminder(ReminderKind.DOWNTIME_OVERRUN, release, until, due=until, lasts=DAY),)
    rules = policy.rollout_of(release.type)
    before, deploy_at = rules.big_bang.announce_before, release.deploy_at
    if not before or not downtime_of(policy.of(release.type).rollout, rules):
        return ()
    if release.stage not in BEFORE_DEPLOY or deploy_at is None or deploy_at <= at:
        return ()
    # At once where less time is left than the policy wants.
    due = max(deploy_at - before, at)
    return (_reminder(ReminderKind.DOWNTIME_AHEAD, release, deploy_at, due=due, lasts=deploy_at - due),)


def ahead_key(release: Release, deploy_at: datetime) -> str:
    """Of the announcement of a downtime that begins at `deploy_at`."""
    return f"{ReminderKind.DOWNTIME_AHEAD}:{release.id}:{deploy_at.isoformat()}"


def _reminder(
    kind: ReminderKind, release: Release, at: datetime, *, due: datetime, lasts: timedelta
) -> Reminder:
    return Reminder(
        key=f"{kind}:{release.id}:{at.isoformat()}",
        kind=kind,
        subject=release.id,
        due=due,
        expires=due + lasts,
        occasion=at.isoformat(),
    )
