"""Whether the side that users came from still stands: what a way back can simply send them to."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from domain.policy import RollbackPolicy
from domain.release import Release
from domain.rollback import RESTORING
from domain.rollback.plan import steps_of
from domain.rollback.standing import goes_there, stands
from domain.rollout.rollout import Rollout
from domain.types import ReleaseType, RolloutStrategy, Stage
from domain.versions import Version

AT = datetime(2026, 3, 14, 9, 0, tzinfo=UTC)
LATER, EARLIER = AT + timedelta(minutes=1), AT - timedelta(minutes=1)
S, R = Stage, RolloutStrategy


def release(stage: Stage, **facts: Any) -> Release:
    return Release(
        id="1",
        project="shop",
        version=Version(1, 6, 0),
        type=ReleaseType.REGULAR,
        stage=stage,
        stage_since=AT,
        created_at=AT,
        started_by="U1",
        **facts,
    )


def canary(done: int) -> Rollout:
    return Rollout(strategy=R.CANARY, steps=("canary_10", "canary_100"), done=done)


@pytest.mark.parametrize(
    ("strategy", "of", "there"),
    [
        (R.BLUE_GREEN, release(S.DEPLOYING), True),
        (R.BLUE_GREEN, release(S.VERIFYING), True),
        (R.BLUE_GREEN, release(S.RELEASED), True),
        (R.BLUE_GREEN, release(S.RELEASED, monitoring_until=LATER), True),
        (R.BLUE_GREEN, release(S.RELEASED, monitoring_until=AT), False),
        (R.BLUE_GREEN, release(S.RELEASED, monitoring_until=EARLIER), False),
        (R.BLUE_GREEN, release(S.CLOSED, monitoring_until=LATER), False),
        (R.CANARY, release(S.DEPLOYING), True),
        (R.CANARY, release(S.DEPLOYING, rollout=canary(1)), True),
        (R.CANARY, release(S.DEPLOYING, rollout=canary(2)), False),
        (R.CANARY, release(S.VERIFYING, rollout=canary(2)), False),
        (R.ROLLING, release(S.DEPLOYING), False),
        (R.BIG_BANG, release(S.DEPLOYING), False),
    ],
)
def test_what_still_stands(strategy: RolloutStrategy, of: Release, there: bool) -> None:  # noqa: FBT001 - a column
    assert stands(strategy, of, AT) is there


@pytest.mark.parametrize(
    ("strategy", "target", "before", "there"),
    [
        (R.BLUE_GREEN, "v1.5.0", Version(1, 5, 0), True),
        (R.BLUE_GREEN, "v1.4.0", Version(1, 5, 0), False),
        (R.BLUE_GREEN, "", None, False),
        (R.CANARY, "", None, True),
        (R.CANARY, "nonsense", Version(1, 5, 0), False),
    ],
)
def test_it_is_the_version_that_ran_before(
    strategy: RolloutStrategy,
    target: str,
    before: Version | None,
    there: bool,  # noqa: FBT001 - a column
) -> None:
    assert goes_there(strategy, target, before) is there


@pytest.mark.parametrize("strategy", RolloutStrategy)
def test_where_nothing_stands_the_application_goes_back_first(strategy: RolloutStrategy) -> None:
    steps = steps_of(strategy, RollbackPolicy(), migration=True, standing=False)

    restore = [step.key.value for step in steps if step.key in RESTORING]
    assert restore == ["database", "application", "traffic", "caches"]
