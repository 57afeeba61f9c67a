from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from domain.policy import Policy
from domain.rollout.model import GoOn, PlannedStep
from domain.rollout.plans import downtime_of, keys, known, plan_of
from domain.rollout.rules import RolloutRules
from domain.types import ReleaseType, RolloutStrategy
from tests.support.world import policy

MINUTE = timedelta(minutes=1)
BLUE_GREEN, CANARY, ROLLING, BIG_BANG = (
    RolloutStrategy.BLUE_GREEN,
    RolloutStrategy.CANARY,
    RolloutStrategy.ROLLING,
    RolloutStrategy.BIG_BANG,
)


def of(strategy: RolloutStrategy, **rules: Any) -> tuple[PlannedStep, ...]:
    return plan_of(strategy, RolloutRules.model_validate(rules))


@pytest.mark.parametrize(
    ("strategy", "steps"),
    [
        (BLUE_GREEN, [("green_healthy", 0, 0 * MINUTE), ("traffic_switched", 100, 0 * MINUTE)]),
        (
            CANARY,
            [("canary_10", 10, 15 * MINUTE), ("canary_50", 50, 30 * MINUTE), ("canary_100", 100, 0 * MINUTE)],
        ),
        (
            ROLLING,
            [("batch_1", 33, 0 * MINUTE), ("batch_2", 66, 0 * MINUTE), ("batch_3", 100, 0 * MINUTE)],
        ),
        (BIG_BANG, [("all_at_once", 100, 0 * MINUTE)]),
    ],
)
def test_the_defaults_are_those_of_the_spec(
    strategy: RolloutStrategy, steps: list[tuple[str, int, timedelta]]
) -> None:
    plan = of(strategy)
    assert [(step.key, step.percent, step.watch) for step in plan] == steps
    assert all(step.health == ("error_rate", "p95_latency") for step in plan)


def test_traffic_is_switched_in_steps_where_the_policy_has_them() -> None:
    traffic = [{"percent": 25, "watch": "10m"}, {"percent": 50, "watch": "10m"}, {"percent": 100}]
    plan = of(BLUE_GREEN, blue_green={"traffic": traffic, "green": "20m"})
    assert keys(plan) == ("green_healthy", "traffic_25", "traffic_50", "traffic_switched")
    assert [step.percent for step in plan] == [0, 25, 50, 100]
    assert plan[0].expected == 20 * MINUTE


def test_batches_say_how_many_they_are() -> None:
    plan = of(ROLLING, rolling={"batches": 7, "watch": "2m", "expected": "3m"}, health=["error_rate"])
    assert plan[3] == PlannedStep(
        key="batch_4_of_7",
        percent=57,
        n=4,
        of=7,
        watch=2 * MINUTE,
        expected=3 * MINUTE,
        health=("error_rate",),
    )
    assert [step.percent for step in plan][-1] == 100


def test_of_many_batches_the_first_has_reached_users_as_well() -> None:
    assert of(ROLLING, rolling={"batches": 50})[0].percent == 2


def test_only_a_big_bang_takes_the_service_down() -> None:
    rules = RolloutRules.model_validate({"big_bang": {"downtime": "2h"}})
    down = {strategy: downtime_of(strategy, rules) for strategy in RolloutStrategy}
    none = timedelta(0)
    assert down == {BLUE_GREEN: none, CANARY: none, ROLLING: none, BIG_BANG: 120 * MINUTE}


def test_a_step_that_no_default_has_is_taken_to_reach_everybody() -> None:
    assert known("canary_10").percent == 10
    assert known("own_step") == PlannedStep(key="own_step", percent=100)


def test_the_rules_of_a_type_stand_in_place_of_the_projects() -> None:
    found: Policy = policy(
        rollout={"rolling": {"batches": 5}},
        types={"feature": {"rollout_rules": {"go_on": "when_fine"}}},
    )
    assert found.rollout_of(ReleaseType.HOTFIX).rolling.batches == 5
    assert found.rollout_of(ReleaseType.FEATURE).go_on is GoOn.WHEN_FINE
    assert found.rollout_of(ReleaseType.FEATURE).rolling.batches == 3
