"""Criteria as a policy writes them: profiles, changed rows, and what contradicts itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from pydantic import ValidationError

from domain.criteria.model import TWICE, Breach, BreachState, Level, Reported, Witness, worse
from domain.criteria.rules import PROFILES, CriteriaRules, CriterionRule, Profile
from domain.criteria.told import criterion, evidence, written
from domain.rollback import Criterion

AT = datetime(2026, 3, 5, 5, tzinfo=UTC)


def rules(**given: Any) -> CriteriaRules:
    return CriteriaRules.model_validate(given)


def test_without_a_word_the_standard_profile_counts() -> None:
    assert rules().rules == PROFILES[Profile.STANDARD]


def test_a_row_is_changed_removed_and_added_by_its_key() -> None:
    found = rules(
        profile="launch",
        changes={
            "error_rate": {"above": "2 %", "class": "immediate"},
            "availability": {"sustained": "10m"},
            "data": None,
            "queue": {"metric": "queue_length", "above": 1000, "class": "review"},
        },
    ).rules
    assert dict(found) == {
        "error_rate": CriterionRule(metric="error_rate", above=0.02, level=Level.IMMEDIATE),
        "availability": CriterionRule(metric="availability", below=0.9, sustained=timedelta(minutes=10)),
        "security": CriterionRule(reported=Reported.SECURITY, level=Level.ROLLBACK),
        "queue": CriterionRule(metric="queue_length", above=1000, level=Level.REVIEW),
    }


def test_another_subject_or_level_takes_the_place_of_the_profiles() -> None:
    found = rules(changes={"data": {"reported": "outage", "level": "review"}}).rules["data"]
    assert found == CriterionRule(reported=Reported.OUTAGE, level=Level.REVIEW)


def test_reports_have_to_last_only_where_the_policy_says_so() -> None:
    found = rules(
        profile="change",
        changes={
            "security": {"sustained": "10m"},
            "outage": {"reported": "complaints", "below": None},
            "unexpected": {"metric": "queue_length", "above": 9},
            "complaints": {"reported": "functions"},
        },
    ).rules
    asked = ("outage_reported", "data", "security", "outage", "unexpected", "complaints")
    assert [found[key].sustained // timedelta(minutes=1) for key in asked] == [15, 0, 10, 0, 5, 0]


WRONG = [
    ({"x": {"above": 1}}, "criterion_subject"),
    ({"x": {"metric": "a", "reported": "data", "above": 1}}, "criterion_subject"),
    ({"x": {"metric": "a"}}, "criterion_no_limit"),
    ({"x": {"metric": "a", "z_score": 0}}, "criterion_no_limit"),
    ({"x": {"metric": "a", "above": 1, "below": 0.5}}, "criterion_both_ways"),
    ({"x": {"metric": "error_rate", "above": 5}}, "criterion_not_a_share"),
    ({"x": {"metric": "error_rate", "above": 1}}, "criterion_not_a_share"),
    ({"x": {"metric": "error_rate", "at_least": 0}}, "criterion_not_a_share"),
    ({"x": {"metric": "availability", "below": 90}}, "criterion_not_a_share"),
    ({"x": {"metric": "availability", "below": 0}}, "criterion_not_a_share"),
    ({"x": {"reported": "data", "above": 1}}, "criterion_reported"),
    ({"nothing": None}, "criterion_unknown"),
    ({"error_low": {"metric": "error_rate", "below": 0.5}}, "criterion_crossing"),
    (
        {"low": {"metric": "a", "below": 0.05}, "high": {"metric": "a", "at_least": 0.05}},
        "criterion_crossing",
    ),
    ({"p95_latency": {"above": -1}}, "criterion_not_a_time"),
    ({"p95_latency": {"at_least": 0}}, "criterion_not_a_time"),
    ({"slow": {"metric": "response_time", "below": 0}}, "criterion_not_a_time"),
    ({"error_look": {"metric": "error_rate", "above": 0.2, "class": "review"}}, "criterion_never_heard"),
    ({"x": {"metric": "a", "above": "much"}}, "float_parsing"),
    ({"x": {"metric": "a", "above": "much %"}}, "float_parsing"),
    ({"x": {"metric": "a", "above": "0,5 %"}}, "float_parsing"),
    ({"x": {"metric": "a", "above": "1_0 %"}}, "float_parsing"),
    ({"x": {"metric": "a", "above": "٣ %"}}, "float_parsing"),
    ({"x": {"metric": "a", "above": float("nan")}}, "finite_number"),
    ({"x": {"metric": "a", "baseline": 0}}, "greater_than"),
]


@pytest.mark.parametrize(("changes", "code"), WRONG)
def test_what_contradicts_itself_is_refused(changes: dict[str, Any], code: str) -> None:
    with pytest.raises(ValidationError) as refused:
        rules(changes=changes)
    assert [error["type"] for error in refused.value.errors()] == [code]


RIGHT = [
    {"look": {"metric": "error_rate", "above": 0.03, "class": "review"}},
    {"look": {"metric": "error_rate", "above": 0.2, "class": "review", "dry_run": True}},
    {"look": {"metric": "error_rate", "above": 0.2, "class": "review", "sustained": "1m"}},
    {"low": {"metric": "cpu", "below": 0.1}, "high": {"metric": "cpu", "above": 0.9}},
    {"low": {"metric": "a", "below": 3}, "high": {"metric": "a", "above": 3}},  # 3 it must be
    {"low": {"metric": "a", "z_score": -3}, "high": {"metric": "a", "above": 3}},
    {"low": {"metric": "a", "below": 0.1}, "lower": {"metric": "a", "below": 0.05, "class": "automatic"}},
    {"odd": {"metric": "a", "z_score": 3}, "odder": {"metric": "a", "z_score": -3, "class": "review"}},
]


@pytest.mark.parametrize("changes", RIGHT)
def test_what_goes_together_is_taken(changes: dict[str, Any]) -> None:
    assert changes.keys() <= rules(changes=changes).rules.keys()


def breach(**facts: Any) -> Breach:
    known = {"id": "b", "project": "shop", "release": "r", "version": "1.5.0", "rule": "x", "opened_at": AT}
    return Breach(**({"level": Level.ROLLBACK, "metric": "error_rate"} | known | facts))


WORSE = [
    (False, 0.06, 0.089, False),
    (False, 0.06, 0.09, True),
    (False, 0.0, 0.0, False),
    (True, 0.8, 0.71, False),  # a share: what is missing of it counts
    (True, 0.8, 0.69, True),
    (True, 90, 61, False),
    (True, 90, 60, True),
    (False, None, 1, False),
    (False, 1, None, False),
]


@pytest.mark.parametrize(("low", "held", "value", "expected"), WORSE)
def test_worse_is_half_as_bad_again(
    *, low: bool, held: float | None, value: float | None, expected: bool
) -> None:
    assert worse(breach(low=low, held=held), value) is expected


@pytest.mark.parametrize(
    ("held", "value", "expected"),
    [(0.2, 0.39, False), (0.2, 0.4, True), (0.6, 0.79, False), (0.6, 0.8, True), (1.0, 1.0, False)],
)
def test_twice_as_bad_is_never_more_than_all(*, held: float, value: float, expected: bool) -> None:
    assert worse(breach(held=held), value, TWICE) is expected


def test_evidence_of_reports_has_all_their_words_as_far_as_they_fit() -> None:
    further = (Witness("U2", AT, "y" * 1500), Witness("U3", AT, "z" * 1500))
    told = breach(reported=Reported.DATA, evidence="orders twice", further=further)
    assert evidence(told) == ("orders twice\n" + "y" * 1500 + "\n" + "z" * 1500)[:2000]


def test_evidence_reads_alike_in_every_language() -> None:
    assert evidence(breach(value=0.072, threshold=0.05, baseline=0.008)) == (
        "error_rate 7.2 % ≥ 5 % (baseline 0.8 %)"
    )
    assert evidence(breach(metric="availability", value=0.85, threshold=0.9, low=True)) == (
        "availability 85 % < 90 %"
    )
    assert evidence(breach(reported=Reported.DATA, evidence="orders doubled")) == "orders doubled"
    assert evidence(breach(reported=Reported.DATA)) == "x"
    assert evidence(breach()) == "error_rate ?"
    assert [written("p95_latency", 0.12), written("p95_latency", 3.1), written("queue", 1234)] == [
        "120 ms",
        "3.1 s",
        "1234",
    ]


def test_every_breach_is_a_criterion_that_people_know() -> None:
    reported = {one: criterion(breach(metric="", reported=one)) for one in Reported}
    assert reported == {
        Reported.CORE_FUNCTION: Criterion.CORE_FUNCTION,
        Reported.DATA: Criterion.DATA,
        Reported.SECURITY: Criterion.SECURITY,
        Reported.OUTAGE: Criterion.AVAILABILITY,
        Reported.FUNCTIONS: Criterion.CORE_FUNCTION,
        Reported.COMPLAINTS: Criterion.OTHER,
        Reported.UNEXPECTED: Criterion.OTHER,
    }
    assert criterion(breach(metric="cpu")) is Criterion.RESOURCES
    assert criterion(breach(metric="queue")) is Criterion.OTHER


def test_what_waits_and_what_counts() -> None:
    waiting = breach(needs_report=True)
    assert (waiting.waits, replace(waiting, confirmed_by="U1").waits) == (True, False)
    assert (breach().counts, breach(dry_run=True).counts) == (True, False)
    assert not breach(state=BreachState.DISMISSED).counts
