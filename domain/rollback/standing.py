"""Whether users can simply be sent back: the side that they came from is there, with the version wanted."""

from __future__ import annotations

from datetime import datetime
from typing import assert_never

from domain.release import Release
from domain.types import RolloutStrategy, Stage
from domain.versions import Version, VersionError


def stands(strategy: RolloutStrategy, release: Release, at: datetime) -> bool:
    """Blue until the monitoring has ended, whatever a canary has not reached until it is complete."""
    match strategy:
        case RolloutStrategy.BLUE_GREEN:
            return release.stage in {Stage.DEPLOYING, Stage.VERIFYING} or _monitored(release, at)
        case RolloutStrategy.CANARY:
            rollout = release.rollout
            return release.stage is Stage.DEPLOYING and not (rollout and rollout.complete)
        case RolloutStrategy.ROLLING | RolloutStrategy.BIG_BANG:
            return False
        case _:
            assert_never(strategy)


def _monitored(release: Release, at: datetime) -> bool:
    until = release.monitoring_until
    return release.stage is Stage.RELEASED and (until is None or at < until)


def goes_there(strategy: RolloutStrategy, target: str, before: Version | None) -> bool:
    """Whether the side that stands has the target, `before` being the version that ran before this one.

    Without a target a canary's users still go back to where all the others are.
    """
    if not target:
        return strategy is RolloutStrategy.CANARY
    try:
        return Version.parse(target) == before
    except VersionError:
        return False
