"""A number that its metric cannot have is not measured: it is judged by nobody, and people are told why."""

from __future__ import annotations

from datetime import timedelta

import pytest

from domain.health import model as m
from domain.health.asking import MOST_SAMPLES, Answer, before_deploy, readings, wanted
from domain.health.history import readings_before
from domain.health.measure import in_measure
from domain.health.model import Reading, Source, WhyNone
from domain.health.rules import HealthRules
from domain.types import Environment, Stage
from tests.support import builders as b

PRODUCTION = Environment.PRODUCTION
QUERIES = {"cpu": "cpu", "p95_latency": "p95", "requests": "requests", "drift": "drift"}
RULES = HealthRules.model_validate({"prometheus": {"url": "http://prometheus.internal", "queries": QUERIES}})


@pytest.mark.parametrize("metric", [*sorted(m.SHARES), m.HEALTH])
@pytest.mark.parametrize(
    ("value", "found"),
    [
        (0.0, 0.0),
        (1.0, 1.0),
        (0.45, 0.45),
        (45.0, WhyNone.NO_SHARE),
        (1.02, WhyNone.NO_SHARE),
        (-5.0, WhyNone.NO_SHARE),
        (1e308, WhyNone.NO_SHARE),
    ],
)
def test_a_share_lies_between_0_and_1(metric: str, value: float, found: float | WhyNone) -> None:
    assert in_measure(metric, value) == found


@pytest.mark.parametrize(("value", "found"), [(1.0000000000000002, 1.0), (1.004, 1.0), (-0.002, 0.0)])
def test_what_extrapolation_adds_to_a_share_is_none_of_it(value: float, found: float) -> None:
    """An idle machine's CPU by `1 - rate(idle)` is often a little below 0."""
    assert in_measure(m.CPU, value) == found


@pytest.mark.parametrize("metric", [*sorted(m.SECONDS), m.REQUESTS])
@pytest.mark.parametrize("value", [-1e-9, -3.0, 1e19, 1e308])
def test_no_time_and_no_count_is_negative_or_absurd(metric: str, value: float) -> None:
    assert in_measure(metric, value) is WhyNone.OUT_OF_MEASURE


@pytest.mark.parametrize(
    ("value", "found"),
    [(-40.0, -40.0), (3e9, 3e9), (1e300, WhyNone.OUT_OF_MEASURE), (-1e300, WhyNone.OUT_OF_MEASURE)],
)
def test_a_metric_of_the_policys_own_may_be_below_0(value: float, found: float | WhyNone) -> None:
    assert in_measure("drift", value) == found


def told(**values: float) -> dict[str, tuple[float | None, WhyNone | None, str, int | None]]:
    """What a round makes of these answers of the queries."""
    asked = tuple(wanted(RULES, PRODUCTION, (b.release(Stage.DEPLOYING),)))
    answers = {one.question: (Answer(value=values[one.metric]),) for one in asked}
    found = readings(asked, answers, PRODUCTION, b.AT)
    return {one.metric: (one.value, one.why, one.detail, one.samples) for one in found}


def test_a_round_keeps_what_was_seen_in_place_of_an_impossible_number() -> None:
    assert told(cpu=45.0, p95_latency=-3.0, requests=500.0, drift=-1.0) == {
        "cpu": (None, WhyNone.NO_SHARE, "45", None),
        "p95_latency": (None, WhyNone.OUT_OF_MEASURE, "-3", None),
        "requests": (500.0, None, "", 500),
        "drift": (-1.0, None, "", 500),
    }


@pytest.mark.parametrize(
    ("requests", "samples"),
    [(0.4, 0), (3e9, 3_000_000_000), (1e15, MOST_SAMPLES), (1e19, None), (1e300, None), (-5.0, None)],
)
def test_over_how_many_requests_is_never_more_than_can_be_kept(requests: float, samples: int | None) -> None:
    found = told(cpu=0.5, p95_latency=0.1, requests=requests, drift=0.0)
    assert found["cpu"] == (0.5, None, "", samples)


def test_an_endpoint_says_its_metric_itself() -> None:
    rules = HealthRules.model_validate({"endpoints": {"production": [{"url": "https://shop.example.com"}]}})
    asked = tuple(wanted(rules, PRODUCTION, (b.release(Stage.DEPLOYING),)))
    answers = {asked[0].question: (Answer(metric=m.HEALTH, value=0.5, detail="503"),)}
    (found,) = readings(asked, answers, PRODUCTION, b.AT)
    assert (found.metric, found.value, found.detail) == (m.HEALTH, 0.5, "503")


def before(*values: float) -> list[tuple[int, float | None, WhyNone | None, str]]:
    """The readings of the CPU before a deploy, by their hour."""
    cpu = next(one for one in before_deploy(RULES, b.release(Stage.DEPLOYING)) if one.metric == "cpu")
    history = [(b.AT + timedelta(hours=hour), Answer(value=value)) for hour, value in enumerate(values)]
    found = readings_before(cpu, history)
    return [((one.at - b.AT) // timedelta(hours=1), one.value, one.why, one.detail) for one in found]


def test_what_was_usual_is_made_of_possible_numbers_alone() -> None:
    assert before(0.3, 45.0, 0.5) == [(0, 0.3, None, ""), (2, 0.5, None, "")]


def test_that_the_time_before_has_no_possible_number_is_said_once() -> None:
    assert before(30.0, 45.0) == [(1, None, WhyNone.NO_SHARE, "45")]
    assert before() == []


def test_a_reading_of_the_time_before_is_a_baselines() -> None:
    cpu = next(one for one in before_deploy(RULES, b.release(Stage.DEPLOYING)) if one.metric == "cpu")
    assert readings_before(cpu, [(b.AT, Answer(why=WhyNone.TIMEOUT, detail="5 s"))]) == (
        Reading(
            metric="cpu",
            environment=PRODUCTION,
            at=b.AT,
            source=Source.PROMETHEUS,
            value=None,
            why=WhyNone.TIMEOUT,
            detail="5 s",
            release=cpu.release,
            baseline=True,
        ),
    )
