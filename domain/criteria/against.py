"""Ranges of health beside the criteria of the same metric: what breaches one is good in none. Pure."""

from __future__ import annotations

from domain.criteria.rules import CriterionRule
from domain.criteria.told import written
from domain.health.model import HEALTH, SECONDS, SHARES
from domain.health.ranges import Range

_UPWARD = frozenset({">", ">="})


def empty(metric: str, good: Range) -> bool:
    """Whether no reading of the metric can ever be in the range."""
    share = metric in SHARES or metric == HEALTH
    match good.sign:
        case "<":
            return (share or metric in SECONDS) and good.limit <= 0
        case "<=":
            return metric in SECONDS and good.limit <= 0
        case ">":
            return share and good.limit >= 1
        case _:
            return share and good.limit > 1


def breached_in(rule: CriterionRule, good: Range) -> str:
    """The limit of the criterion that the range contradicts, as `above 5 %`; empty where they agree.

    A range that ends where the criterion begins, or before it, agrees. So does one that is open to the side
    on which the criterion breaches, while some of what is good breaches nothing.
    """
    for name, limit in (("above", rule.above), ("at_least", rule.at_least), ("below", rule.below)):
        if limit is not None and _contradicts(name, limit, good):
            return f"{name} {written(rule.metric, limit)}"
    return ""


def _contradicts(name: str, limit: float, good: Range) -> bool:
    """Mirrored for `below`, so that breaches lie above the limit. A share may be written in two ways: its
    last digits do not count.
    """
    sign = -1 if name == "below" else 1
    end, start = sign * round(good.limit, 12), sign * round(limit, 12)
    from_on, strict = name == "at_least", good.sign in {"<", ">"}
    if (good.sign in _UPWARD) == (sign > 0):  # open to where it breaches: is any of it fine?
        return end > start or (end == start and (from_on or strict))
    return end > start or (end == start and from_on and not strict)
