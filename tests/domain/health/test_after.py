"""Whether production was normal for half an hour after a rollback."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

import pytest

from domain.health.after import normal
from domain.health.asking import after_rollback
from domain.health.model import CPU, ERROR_RATE, P95, Reading, Source, WhyNone
from domain.health.rules import HealthRules
from domain.types import Environment

RECOVERED = datetime(2026, 3, 5, 5, 30, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
USUAL = {ERROR_RATE: 0.002, P95: 0.12}
ALL = range(1, 31)


def reading(metric: str, minute: int, value: float | None) -> Reading:
    return Reading(
        metric=metric,
        environment=Environment.PRODUCTION,
        at=RECOVERED + minute * MINUTE,
        source=Source.PROMETHEUS,
        value=value,
        why=None if value is not None else WhyNone.NAN,
    )


def usual(minutes: Iterable[int] = ALL, *metrics: str) -> list[Reading]:
    return [reading(metric, minute, USUAL[metric]) for minute in minutes for metric in metrics or USUAL]


def holds(found: Iterable[Reading], minute: int = 30) -> bool | None:
    return normal(HealthRules(), found, RECOVERED, RECOVERED + minute * MINUTE).holds


def test_half_an_hour_in_range_is_shown_by_the_last_readings_of_it() -> None:
    found = normal(HealthRules(), usual(range(1, 40)), RECOVERED, RECOVERED + 50 * MINUTE)
    last = (reading(ERROR_RATE, 30, 0.002), reading(P95, 30, 0.12))
    assert (found.holds, found.readings, found.at) == (True, last, RECOVERED + 30 * MINUTE)


def test_one_out_of_range_since_is_enough_to_say_no_at_once_and_afterwards() -> None:
    bad = [reading(ERROR_RATE, 5, 0.3), reading(ERROR_RATE, 7, 0.2), reading(P95, 6, 2.5)]
    found = normal(HealthRules(), [*usual(), *bad], RECOVERED, RECOVERED + 8 * MINUTE)
    assert (found.holds, found.readings, found.at) == (False, (bad[1], bad[2]), RECOVERED + 7 * MINUTE)
    assert holds([*usual(), bad[2]], minute=300) is False


@pytest.mark.parametrize(
    "bad",
    [
        reading(ERROR_RATE, 0, 0.3),  # that was why
        reading(ERROR_RATE, 31, 0.3),  # another trouble
        reading(CPU, 5, 0.99),  # the item speaks of errors and latency
    ],
)
def test_what_is_not_of_that_time_or_of_the_item_does_not_count(bad: Reading) -> None:
    assert holds([*usual(), bad], minute=40) is True


@pytest.mark.parametrize(
    ("found", "minute"),
    [
        ([], 40),
        (usual(), 29),
        (usual(ALL, ERROR_RATE), 40),
        (usual(range(4, 31)), 40),
        (usual(range(1, 27)), 40),
        (usual([*range(1, 11), *range(14, 31)]), 40),
        ([*usual([*range(1, 11), *range(14, 31)]), *(reading(P95, m, None) for m in (11, 12, 13))], 40),
    ],
    ids=["nothing", "too early", "no latency", "begins late", "ends early", "a gap", "no numbers"],
)
def test_nobody_knows_what_was_not_measured_all_the_time(found: list[Reading], minute: int) -> None:
    assert holds(found, minute) is None


def test_a_round_or_two_may_be_missed() -> None:
    assert holds(usual(range(3, 29, 3))) is True


ASKED = {
    "prometheus": {
        "url": "https://prom.example",
        "queries": {"error_rate": 'e{v="{version}"}', "p95_latency": "p", "cpu": 'c{sha="{sha}"}'},
    },
    "endpoints": {"production": [{"url": "https://shop.example/health"}]},
}


@pytest.mark.parametrize(
    ("target", "queries"), [("v1.4.0", ['e{v="1.4.0"}', "p", ""]), ("", ["p", ""])], ids=["known", "unknown"]
)
def test_after_a_rollback_the_version_that_runs_again_is_asked_for(target: str, queries: list[str]) -> None:
    found = list(after_rollback(HealthRules.model_validate(ASKED), target))
    assert [one.question.query for one in found] == queries
    assert {(one.release, one.step, one.own) for one in found} == {("", "", False)}
    assert list(after_rollback(HealthRules(), target)) == []
