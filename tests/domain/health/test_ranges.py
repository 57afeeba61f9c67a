from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from pydantic import ValidationError

from domain.health import model as m
from domain.health.asking import filled, slot
from domain.health.baselines import Baseline, baselines
from domain.health.model import Reading, Source, WhyNone
from domain.health.ranges import Judged, Range, judge, parse_range, parse_value
from domain.health.rules import HealthRules
from domain.health.turns import Told, Turn, TurnKind, turns
from domain.types import Environment

AT = datetime(2026, 3, 5, 5, 0, tzinfo=UTC)
RULES = HealthRules()


def reading(metric: str = m.ERROR_RATE, value: float | None = 0.002, minute: int = 0) -> Reading:
    return Reading(
        metric=metric,
        environment=Environment.PRODUCTION,
        at=AT + timedelta(minutes=minute),
        source=Source.PROMETHEUS,
        value=value,
        why=WhyNone.EMPTY if value is None else None,
    )


@pytest.mark.parametrize(
    ("metric", "just_good", "just_bad"),
    [
        (m.ERROR_RATE, 0.0099, 0.01),
        (m.P95, 0.1999, 0.2),
        (m.CPU, 0.7999, 0.8),
        (m.MEMORY, 0.8499, 0.85),
        (m.NETWORK_LATENCY, 0.0999, 0.1),
        (m.RESPONSE_TIME, 2.999, 3.0),
        (m.HEALTH, 1.0, 0.999),
    ],
)
def test_the_ranges_of_the_spec_hold_where_the_policy_says_nothing(
    metric: str, just_good: float, just_bad: float
) -> None:
    assert judge(RULES, reading(metric, just_good)) is Judged.FINE
    assert judge(RULES, reading(metric, just_bad)) is Judged.OUT


@pytest.mark.parametrize("value", [None, float("nan"), float("inf")])
def test_without_a_number_nothing_is_guessed(value: float | None) -> None:
    assert judge(RULES, reading(value=value)) is Judged.UNKNOWN


def test_a_metric_without_a_range_is_fine_and_one_that_is_off_too() -> None:
    rules = HealthRules.model_validate({"ranges": {"cpu": "off"}})
    assert judge(rules, reading("orders", 7.0)) is Judged.FINE
    assert judge(rules, reading(m.CPU, 0.99)) is Judged.FINE
    assert judge(rules, reading(m.MEMORY, 0.99)) is Judged.OUT


@pytest.mark.parametrize(
    ("metric", "text", "found"),
    [
        (m.ERROR_RATE, "< 1 %", Range("<", 0.01)),
        (m.P95, "<= 1.5 s", Range("<=", 1.5)),
        (m.AVAILABILITY, ">99.9%", Range(">", 0.999)),
        ("orders", ">= 1,200", Range(">=", 1200.0)),
        ("orders", " OFF ", None),
    ],
)
def test_ranges_are_read_as_people_write_them(metric: str, text: str, found: Range | None) -> None:
    assert parse_range(metric, text) == found


def test_every_sign_is_taken_at_its_word() -> None:
    signs = {
        sign: [Range(sign, 2.0).holds(value) for value in (1.0, 2.0, 3.0)] for sign in ["<", "<=", ">", ">="]
    }
    assert signs == {
        "<": [True, False, False],
        "<=": [True, True, False],
        ">": [False, False, True],
        ">=": [False, True, True],
    }


@pytest.mark.parametrize(
    ("metric", "text"),
    [
        (m.CPU, "41"),  # 41 % or 4,100 %?
        (m.CPU, "41 ms"),
        (m.P95, "180"),
        (m.P95, "180 %"),
        ("orders", "many"),
        ("orders", "-3"),
        ("orders", "nan"),
        ("orders", "٣"),
        (m.CPU, "0,5 %"),  # a half, where people write a comma before the fraction
        (m.CPU, "1,5 %"),
        (m.P95, "0,180 s"),
        ("orders", "1,,500"),
        ("orders", "12,34"),
        ("orders", ",500"),
    ],
)
def test_a_value_that_could_mean_two_things_is_not_read(metric: str, text: str) -> None:
    with pytest.raises(ValueError, match=re.escape(text)):
        parse_value(metric, text)


def test_values_are_read_in_the_measure_of_readings() -> None:
    assert parse_value(m.CPU, "41 %") == 0.41
    assert parse_value(m.P95, "180ms") == 0.18
    assert parse_value(m.P95, "1.2 s") == 1.2
    assert parse_value("orders", "1,200") == 1200.0
    assert parse_value("orders", "12,345,678.5") == 12_345_678.5


@pytest.mark.parametrize(
    "given",
    [
        {"ranges": {"cpu": "< 80"}},
        {"ranges": {"cpu": "about 80 %"}},
        {"interval": "1s"},
        {"interval": "2h"},
        {"baseline": "31d"},
        {"baseline": "999999w"},
        {"baseline": "999999w " * 200},
        {"prometheus": {"url": "ftp://prometheus"}},
        {"prometheus": {"url": "http://me:secret@prometheus"}},
        {"prometheus": {"url": "http://[::1"}},
        {"prometheus": {"url": "http://p", "queries": {"CPU": "x"}}},
        {"endpoints": {"production": [{"url": "shop.example.com"}]}},
        {"allow": ["http://prometheus"]},
    ],
)
def test_a_policy_that_cannot_be_meant_is_refused(given: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        HealthRules.model_validate(given)


def test_a_baseline_is_of_a_day_unless_the_policy_says_otherwise() -> None:
    assert HealthRules().baseline == timedelta(hours=24)


def test_a_policy_survives_its_own_json() -> None:
    rules = HealthRules.model_validate(
        {"ranges": {"orders": "> 3"}, "prometheus": {"url": "http://p", "queries": {"orders": "x"}}}
    )
    assert HealthRules.model_validate_json(rules.model_dump_json()) == rules
    assert rules.monitored
    assert not HealthRules().monitored


# --- turns ------------------------------------------------------------------------------------------------


def test_each_turn_is_told_once() -> None:
    """Out, still out, not measurable, still not, out again, back, fine."""
    told: dict[str, Told] = {}
    said = []
    for value in (0.001, 0.02, 0.03, None, None, 0.04, 0.001, 0.002):
        found, after = turns(RULES, [reading(value=value)], told)
        told = dict(after)
        said.append([turn.kind for turn in found])
    assert said == [[], [TurnKind.OUT], [], [TurnKind.UNREADABLE], [], [], [TurnKind.BACK], []]


def test_what_could_not_be_measured_and_is_fine_again_is_told() -> None:
    found, told = turns(RULES, [reading(value=0.001)], {m.ERROR_RATE: Told(unreadable=True)})
    assert (found, told) == ((Turn(TurnKind.BACK, reading(value=0.001)),), {m.ERROR_RATE: Told()})


def test_of_several_readings_of_one_metric_the_last_turn_is_told() -> None:
    first, last = reading(value=0.02), reading(value=0.001, minute=1)
    found, told = turns(RULES, [first, last], {})
    assert (found, told) == ((Turn(TurnKind.BACK, last),), {m.ERROR_RATE: Told()})


# --- baselines and questions ------------------------------------------------------------------------------


def test_a_baseline_is_the_median_and_the_spread_of_what_has_a_number() -> None:
    found = baselines([*(reading(value=value) for value in (1.0, 2.0, 6.0)), reading(value=None)])
    assert found == {m.ERROR_RATE: Baseline(m.ERROR_RATE, 2.0, 3.0, pytest.approx(2.1602468994692865), 3)}
    assert baselines([reading(value=None)]) == {}


def test_a_baseline_does_not_hang_on_the_order_and_of_equal_readings_has_no_spread() -> None:
    there, back = ([reading(value=value) for value in row] for row in ((0.1, 0.7, 0.3), (0.3, 0.7, 0.1)))
    assert baselines(there) == baselines(back)
    assert baselines([reading(value=0.1)] * 10)[m.ERROR_RATE] == Baseline(m.ERROR_RATE, 0.1, 0.1, 0.0, 10)


def test_a_baseline_of_small_differences_between_large_numbers_keeps_them() -> None:
    found = baselines([reading(value=1e9 + value) for value in (0.25, 0.75)])
    assert found == {m.ERROR_RATE: Baseline(m.ERROR_RATE, 1e9 + 0.5, 1e9 + 0.5, 0.25, 2)}


def test_a_baseline_of_numbers_too_large_to_be_squared_is_taken_as_well() -> None:
    found = baselines([reading(value=value) for value in (0.0, 2e200)])
    assert found == {m.ERROR_RATE: Baseline(m.ERROR_RATE, 1e200, 1e200, 1e200, 2)}


def test_only_the_words_that_are_places_are_filled_in_and_never_with_what_ends_a_text() -> None:
    query = 'up{job="api",version="{version}",sha=~"{sha}.*"}'
    assert filled(query, {"version": "1.5.0-rc.1", "sha": "abc"}) == (
        'up{job="api",version="1.5.0-rc.1",sha=~"abc.*"}'
    )
    assert filled('x{v="{version}"}', {"version": '1"} or vector(1) #'}) == 'x{v=""}'


def test_a_round_is_the_same_moment_for_every_process() -> None:
    minute = timedelta(minutes=1)
    assert slot(AT + timedelta(seconds=59), minute) == AT
    assert slot(AT + minute, minute) == AT + minute
