"""What only the whole policy can tell: names in one section that no other section knows. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from domain.health.model import HEALTH
from domain.policy import Policy
from domain.policy_errors import Why
from domain.rollout.plans import keys, plan_of
from domain.rollout.rules import RolloutRules
from domain.types import RolloutStrategy


@dataclass(frozen=True, kw_only=True)
class Amiss:
    """`value` stands at `path` of the file; it should be one of `known`."""

    path: tuple[str | int, ...]
    why: Why
    value: str
    known: tuple[str, ...]


def amiss(policy: Policy) -> Iterator[Amiss]:
    """Of what is written here nothing would ever come: it is told before it is relied on."""
    steps = tuple(sorted({step for rules in _rollouts(policy).values() for step in _steps(rules)}))
    for key, rule in policy.criteria.changes.items():
        if rule is not None and rule.from_step and rule.from_step not in steps:
            path = ("criteria", "changes", key, "from_step")
            yield Amiss(path=path, why=Why.CRITERION_STEP, value=rule.from_step, known=steps)
    metrics = (*policy.health.known(), HEALTH)
    for place, rules in _rollouts(policy).items():
        for n, metric in enumerate(rules.health):
            if metric not in metrics:
                yield Amiss(path=(*place, "health", n), why=Why.METRIC_UNKNOWN, value=metric, known=metrics)


def _rollouts(policy: Policy) -> dict[tuple[str | int, ...], RolloutRules]:
    """By their place in the file."""
    own: dict[tuple[str | int, ...], RolloutRules] = {
        ("types", kind.value, "rollout_rules"): of.rollout_rules
        for kind, of in policy.types.items()
        if of.rollout_rules
    }
    return {("rollout",): policy.rollout, **own}


def _steps(rules: RolloutRules) -> Iterator[str]:
    """The steps of every strategy: which one is taken, each release decides by its type."""
    for strategy in RolloutStrategy:
        yield from keys(plan_of(strategy, rules))
