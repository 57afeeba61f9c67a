"""What only the whole policy can tell: names that no other section knows, limits that contradict another
section's. Pure.
"""

from __future__ import annotations

import dataclasses
import difflib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from domain.criteria.against import breached_in, empty
from domain.health.model import CANARY_ERROR_RATE, HEALTH
from domain.health.rules import DEFAULT_RANGES
from domain.policy import Policy
from domain.policy_errors import Why
from domain.rollout.plans import keys, plan_of
from domain.rollout.rules import RolloutRules
from domain.types import RolloutStrategy

_ALIKE = 0.8
"""From here on a word is another one misspelt: one letter of five or more."""


@dataclass(frozen=True, kw_only=True)
class Amiss:
    """`value` stands at `path` of the file; it should be one of `known`, where there are any."""

    path: tuple[str | int, ...]
    why: Why
    value: str
    known: tuple[str, ...] = ()
    data: Mapping[str, str] = dataclasses.field(default_factory=dict)


def amiss(policy: Policy) -> Iterator[Amiss]:
    """Of what is written here nothing would ever come: it is told before it is relied on."""
    yield from _of_criteria(policy)
    yield from _of_ranges(policy)
    metrics = (*policy.health.known(), HEALTH)
    for place, rules in _rollouts(policy).items():
        for n, metric in enumerate(rules.health):
            if metric not in metrics:
                yield Amiss(path=(*place, "health", n), why=Why.METRIC_UNKNOWN, value=metric, known=metrics)


def _of_criteria(policy: Policy) -> Iterator[Amiss]:
    steps = tuple(sorted({step for rules in _rollouts(policy).values() for step in _steps(rules)}))
    metrics = (*policy.health.known(), HEALTH, CANARY_ERROR_RATE)
    for key, rule in policy.criteria.changes.items():
        path = ("criteria", "changes", key)
        if rule is not None and rule.from_step and rule.from_step not in steps:
            yield Amiss(path=(*path, "from_step"), why=Why.CRITERION_STEP, value=rule.from_step, known=steps)
        meant = misspelt(rule.metric, metrics) if rule is not None else ""
        if rule is not None and meant:
            yield Amiss(path=(*path, "metric"), why=Why.CRITERION_METRIC, value=rule.metric, known=(meant,))


def _of_ranges(policy: Policy) -> Iterator[Amiss]:
    """Those that the project wrote: a criterion may be stricter than one of ours that nobody looked at."""
    for metric, text in policy.health.ranges.items():
        good = policy.health.range(metric)
        if good is None or text == DEFAULT_RANGES.get(metric):
            continue
        path = ("health", "ranges", metric)
        if empty(metric, good):
            yield Amiss(path=path, why=Why.HEALTH_RANGE_EMPTY, value=text, data={"metric": metric})
            continue
        for key, rule in policy.criteria.rules.items():
            limit = breached_in(rule, good) if rule.metric == metric and not rule.dry_run else ""
            if limit:
                data = {"metric": metric, "key": key, "limit": limit}
                yield Amiss(path=path, why=Why.HEALTH_RANGE_BREACHED, value=text, data=data)


def misspelt(name: str, known: Iterable[str]) -> str:
    """The known name that was surely meant: one word of it is nearly the same, with the same digits.

    Any other name may be one that a pipeline reports, as p99_latency beside p95_latency.
    """
    if not name or name in known:
        return ""
    return next((one for one in known if _nearly(name.split("_"), one.split("_"))), "")


def _nearly(given: list[str], known: list[str]) -> bool:
    if len(given) != len(known):
        return False
    other = [pair for pair in zip(given, known, strict=True) if pair[0] != pair[1]]
    if len(other) != 1:
        return False
    one, meant = other[0]
    alike = difflib.SequenceMatcher(None, one, meant).ratio() >= _ALIKE
    return alike and re.findall(r"\d", one) == re.findall(r"\d", meant)


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
