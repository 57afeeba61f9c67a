"""The steps that a strategy takes by its rules, as data."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from typing import assert_never

from domain.rollout.model import PlannedStep
from domain.rollout.rules import RollingRules, RolloutRules, Share
from domain.types import RolloutStrategy

ALL = 100
GREEN = "green_healthy"
SWITCHED = "traffic_switched"
AT_ONCE = "all_at_once"

_NAMED_BY_NUMBER = 3
"""So many batches were all there were when the first records were written: their keys stay."""


def plan_of(strategy: RolloutStrategy, rules: RolloutRules) -> tuple[PlannedStep, ...]:
    """Never empty; the last step reaches all users."""
    return tuple(replace(step, health=rules.health) for step in _steps(strategy, rules))


def keys(plan: Iterable[PlannedStep]) -> tuple[str, ...]:
    return tuple(step.key for step in plan)


def known(key: str) -> PlannedStep:
    """What the defaults say of a step: for rollouts that were recorded without their plan."""
    return _KNOWN.get(key) or PlannedStep(key=key, percent=ALL)


def _steps(strategy: RolloutStrategy, rules: RolloutRules) -> Iterable[PlannedStep]:
    match strategy:
        case RolloutStrategy.BLUE_GREEN:
            green = PlannedStep(key=GREEN, percent=0, expected=rules.blue_green.green)
            return (green, *(_traffic(share) for share in rules.blue_green.traffic))
        case RolloutStrategy.CANARY:
            return (_share(f"canary_{share.percent}", share) for share in rules.canary.steps)
        case RolloutStrategy.ROLLING:
            return _batches(rules.rolling)
        case RolloutStrategy.BIG_BANG:
            return (PlannedStep(key=AT_ONCE, percent=ALL, expected=rules.big_bang.downtime),)
        case _:
            assert_never(strategy)


def _traffic(share: Share) -> PlannedStep:
    return _share(SWITCHED if share.percent == ALL else f"traffic_{share.percent}", share)


def _share(key: str, share: Share) -> PlannedStep:
    return PlannedStep(key=key, percent=share.percent, watch=share.watch, expected=share.expected)


def _batches(rules: RollingRules) -> Iterable[PlannedStep]:
    total = rules.batches
    for n in range(1, total + 1):
        key = f"batch_{n}" if total == _NAMED_BY_NUMBER else f"batch_{n}_of_{total}"
        yield PlannedStep(
            key=key,
            percent=max(1, ALL * n // total),
            n=n,
            of=total,
            watch=rules.watch,
            expected=rules.expected,
        )


_KNOWN = {step.key: step for strategy in RolloutStrategy for step in plan_of(strategy, RolloutRules())}


def downtime_of(strategy: RolloutStrategy, rules: RolloutRules) -> timedelta:
    """How long the service is planned to be down; none where the strategy keeps it up."""
    return rules.big_bang.downtime if strategy is RolloutStrategy.BIG_BANG else timedelta(0)
