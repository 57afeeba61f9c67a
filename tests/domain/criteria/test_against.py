"""Which ranges of health contradict a criterion of the same metric, and which no value is ever in."""

from __future__ import annotations

from itertools import product

import pytest

from domain.criteria.against import breached_in, empty
from domain.criteria.rules import CriterionRule
from domain.health.ranges import Range, parse_range

SIGNS = ("<", "<=", ">", ">=")
VALUES = tuple(n / 2 for n in range(9))


def breaches(name: str, limit: float, value: float) -> bool:
    return {"above": value > limit, "at_least": value >= limit, "below": value < limit}[name]


@pytest.mark.parametrize(
    ("name", "sign", "end", "limit"),
    list(product(("above", "at_least", "below"), SIGNS, (1.0, 2.0, 3.0), (1.0, 2.0, 3.0))),
)
def test_what_breaches_is_not_good(name: str, sign: str, end: float, limit: float) -> None:
    """Open to the side on which the criterion breaches, a range must have some value that is fine."""
    good = Range(sign, end)
    fine = [value for value in VALUES if good.holds(value)]
    breached = [value for value in fine if breaches(name, limit, value)]
    beside = (sign in {">", ">="}) == (name != "below")
    wrong = len(breached) == len(fine) if beside else bool(breached)
    said = breached_in(CriterionRule.model_validate({"metric": "queue", name: limit}), good)
    assert said == (f"{name} {limit:.4g}" if wrong else "")


def test_a_share_written_in_two_ways_is_the_same() -> None:
    rule = CriterionRule.model_validate({"metric": "error_rate", "above": "0.7 %"})
    good = [parse_range("error_rate", text) for text in ("< 0.7 %", "< 0.71 %")]
    assert [breached_in(rule, one) for one in good if one] == ["", "above 0.7 %"]


def test_what_hangs_on_the_baseline_is_compared_with_no_range() -> None:
    rule = CriterionRule.model_validate({"metric": "p95_latency", "baseline": 2})
    assert breached_in(rule, Range("<", 60)) == ""


@pytest.mark.parametrize(
    ("metric", "text", "nothing"),
    [
        ("error_rate", "< 0 %", True),
        ("error_rate", "<= 0 %", False),
        ("availability", "> 100 %", True),
        ("availability", ">= 100 %", False),
        ("availability", ">= 101 %", True),
        ("health", ">= 2", True),
        ("health", ">= 1", False),
        ("health", "> 1", True),
        ("health", "< 0", True),
        ("p95_latency", "< 0 ms", True),
        ("p95_latency", "<= 0 ms", True),
        ("p95_latency", "> 2 s", False),
        ("p95_latency", ">= 2 s", False),
        ("queue", "< 0", False),
        ("queue", "<= 0", False),
        ("queue", ">= 200", False),
    ],
)
def test_some_ranges_have_no_value(metric: str, text: str, *, nothing: bool) -> None:
    good = parse_range(metric, text)
    assert good is not None
    assert empty(metric, good) is nothing
