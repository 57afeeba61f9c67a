"""What takes the service down: since when, until when it was planned, and how it ends (spec 5.2)."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from domain.release import Release
from domain.types import BEFORE_DEPLOY, Stage


class WhyOff(StrEnum):
    """Why an announced downtime does not come, or not as it was announced."""

    MOVED = "moved"
    CANCELLED = "cancelled"


def down(release: Release) -> bool:
    """Whether the service is down: until the rollout is complete, or what was begun is rolled back.

    Not only until the step is done: until then it may be tested behind closed doors.
    """
    began = release.stage is Stage.DEPLOYING or (
        release.stage is Stage.ROLLING_BACK and release.before_rollback is Stage.DEPLOYING
    )
    return began and release.rollout is not None and bool(release.rollout.downtime)


def planned_until(release: Release) -> datetime | None:
    """When the service that is down was planned to be back; None where none is down."""
    since, rollout = release.deploy_started_at, release.rollout
    return since + rollout.downtime if since and rollout and down(release) else None


def dropped(before: Release, after: Release) -> WhyOff | None:
    """Why nothing is deployed at the time for which it was planned `before`; None where that still stands."""
    if before.deploy_at is None or before.stage not in BEFORE_DEPLOY | {Stage.ON_HOLD}:
        return None
    if after.stage is Stage.CANCELLED:
        return WhyOff.CANCELLED
    return WhyOff.MOVED if after.deploy_at != before.deploy_at else None
