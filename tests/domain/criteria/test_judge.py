"""Every rule, profile and class of spec 6.1, and what makes a rule impossible to judge."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.criteria.judge import judge
from domain.criteria.model import Judgement, Level, Reported, Verdict, Why
from domain.criteria.rules import PROFILES, CriterionRule, Profile
from domain.health.baselines import Baseline
from domain.health.model import Reading, Source, WhyNone
from domain.types import Environment
from tests.domain.criteria.series import DEPLOY, MINUTE, NOW, lasting, moment, reading, usual

BREACHED, FINE = Verdict.BREACHED, Verdict.FINE
S, L, V, C = Profile.STANDARD, Profile.LAUNCH, Profile.SERVICE, Profile.CHANGE

# profile, rule, class, lasts, usual, the last value in range, the first that breaches
METRICS = [
    (S, "error_rate", Level.ROLLBACK, 5, 0.02, 0.05, 0.0501),
    (S, "error_rate", Level.ROLLBACK, 5, 0.004, 0.0199, 0.02),
    (S, "error_rate", Level.ROLLBACK, 5, 0.001, 0.0099, 0.01),  # multiples are not heeded under 1 %
    (S, "error_rate", Level.ROLLBACK, 5, 0.0, 0.0099, 0.01),
    (S, "p95_latency", Level.ROLLBACK, 5, 2.0, 3.0, 3.001),
    (S, "p95_latency", Level.ROLLBACK, 5, 0.1, 0.299, 0.3),
    (S, "canary_error_rate", Level.ROLLBACK, 5, None, 0.02, 0.0201),
    (L, "error_rate", Level.ROLLBACK, 5, None, 0.05, 0.0501),
    (L, "availability", Level.ROLLBACK, 5, None, 0.9, 0.899),
    (V, "error_rate", Level.ROLLBACK, 5, None, 0.0499, 0.05),
    (V, "p95_latency", Level.ROLLBACK, 5, 0.2, 0.399, 0.4),
    (C, "p95_latency", Level.REVIEW, 5, 0.2, 0.299, 0.3),
    (C, "outage", Level.AUTOMATIC, 15, None, 0.1, 0.0),
    (C, "availability", Level.AUTOMATIC, 15, None, 0.01, 0.0),
    (C, "cpu", Level.AUTOMATIC, 10, None, 0.95, 0.951),
]
REPORTS = [
    (S, "core_function", Reported.CORE_FUNCTION, Level.IMMEDIATE, True),
    (S, "data", Reported.DATA, Level.IMMEDIATE, True),
    (S, "security", Reported.SECURITY, Level.IMMEDIATE, True),
    (L, "data", Reported.DATA, Level.ROLLBACK, False),
    (L, "security", Reported.SECURITY, Level.ROLLBACK, False),
    (V, "core_function", Reported.CORE_FUNCTION, Level.ROLLBACK, False),
    (V, "data", Reported.DATA, Level.ROLLBACK, False),
    (C, "functions", Reported.FUNCTIONS, Level.REVIEW, False),
    (C, "outage_reported", Reported.OUTAGE, Level.AUTOMATIC, True),
    (C, "data", Reported.DATA, Level.AUTOMATIC, True),
    (C, "security", Reported.SECURITY, Level.AUTOMATIC, True),
    (C, "complaints", Reported.COMPLAINTS, Level.REVIEW, False),
    (C, "unexpected", Reported.UNEXPECTED, Level.REVIEW, False),
]


def one(rule: CriterionRule, readings: list[Reading], **facts: Any) -> Judgement:
    return judge({"rule": rule}, readings, moment(**facts))[0]


def ruled(**facts: Any) -> CriterionRule:
    return CriterionRule.model_validate({"metric": "error_rate", "above": 0.05} | facts)


def test_every_rule_of_every_profile_is_in_the_tables() -> None:
    told = {(profile, key) for profile, key, *_ in (*METRICS, *REPORTS)}
    assert told == {(profile, key) for profile, rules in PROFILES.items() for key in rules}


@pytest.mark.parametrize(("profile", "key", "level", "minutes", "base", "good", "bad"), METRICS)
def test_a_metric_is_breached_from_its_limit_on_once_it_lasts(
    profile: Profile, key: str, level: Level, minutes: int, base: float | None, good: float, bad: float
) -> None:
    rule = PROFILES[profile][key]
    before = [] if base is None else usual(rule.metric, base, base, base)
    canary = {"canary": True, "complete": False}

    def verdict(value: float, lasts: int) -> Verdict:
        fine = [reading(rule.metric, good, ago) for ago in range(20, lasts, -1)]
        now = [reading(rule.metric, value, ago) for ago in range(lasts, -1, -1)]
        return one(rule, [*before, *fine, *now], **canary).verdict

    assert (rule.level, rule.sustained, rule.confirmed_first) == (level, minutes * MINUTE, False)
    assert verdict(good, minutes) is FINE
    assert verdict(bad, minutes - 1) is FINE
    assert verdict(bad, minutes) is BREACHED


@pytest.mark.parametrize(("profile", "key", "reported", "level", "confirmed"), REPORTS)
def test_what_people_report_is_judged_by_people(
    profile: Profile, key: str, reported: Reported, level: Level, *, confirmed: bool
) -> None:
    rule = PROFILES[profile][key]
    assert (rule.reported, rule.level, rule.confirmed_first) == (reported, level, confirmed)
    assert one(rule, []) == Judgement(rule="rule", verdict=Verdict.NOT_ASKED, why=Why.BY_PEOPLE)


def test_a_breach_says_since_when_and_how_far() -> None:
    readings = [
        *usual("p95_latency", 0.1, 0.1),
        *lasting("p95_latency", 0.2, 30),
        *lasting("p95_latency", 0.4, 7),
    ]
    readings = [r for r in readings if r.value != 0.2 or r.at < NOW - 7 * MINUTE]
    assert one(PROFILES[S]["p95_latency"], readings) == Judgement(
        rule="rule",
        verdict=BREACHED,
        since=NOW - 7 * MINUTE,
        value=0.4,
        threshold=pytest.approx(0.3),
        baseline=0.1,
    )


UNCLEAR = [
    ("nothing in the window", lasting("error_rate", 0.2)[:10], Why.NO_READINGS, None),
    ("too few requests", lasting("error_rate", 0.2, samples=10), Why.TOO_FEW, 60),
    ("nobody counted requests", lasting("error_rate", 0.2, samples=None), Why.SAMPLES_UNKNOWN, None),
    ("a gap", [r for r in lasting("error_rate", 0.2) if not 0 < (NOW - r.at) / MINUTE < 4], Why.GAPS, None),
    ("the newest are missing", lasting("error_rate", 0.2)[:-4], Why.GAPS, None),
    ("not a number", lasting("error_rate", float("nan")), Why.UNREADABLE, None),
    ("unreachable", lasting("error_rate", None, why=WhyNone.UNREACHABLE), Why.UNREADABLE, None),
]


@pytest.mark.parametrize(
    ("readings", "why", "samples"), [case[1:] for case in UNCLEAR], ids=[c[0] for c in UNCLEAR]
)
def test_what_cannot_be_judged_says_why(readings: list[Reading], why: Why, samples: int | None) -> None:
    judged = one(ruled(), readings)
    assert (judged.verdict, judged.why, judged.samples) == (Verdict.INCONCLUSIVE, why, samples)


def test_an_unreadable_reading_is_told_as_it_was() -> None:
    assert one(ruled(), lasting("error_rate", None, why=WhyNone.TIMEOUT)).seen == "timeout"
    assert one(ruled(), lasting("error_rate", float("inf"))).seen == "nan"


def test_a_few_unreadable_readings_among_others_do_no_harm() -> None:
    readings = [replace(r, value=None) if n % 2 else r for n, r in enumerate(lasting("error_rate", 0.2))]
    assert one(ruled(), readings).verdict is BREACHED


def test_requests_that_are_counted_apart_are_samples() -> None:
    readings = lasting("error_rate", 0.2, samples=None)
    assert one(ruled(), [*readings, *lasting("requests", 10)]).why is Why.TOO_FEW
    assert one(ruled(), [*readings, *lasting("requests", 20)]).verdict is BREACHED
    assert one(ruled(samples=0), readings).verdict is BREACHED


@pytest.mark.parametrize(("last", "verdict"), [(20, BREACHED), (19, Verdict.INCONCLUSIVE)])
def test_a_hundred_requests_are_enough_and_one_less_is_not(last: int, verdict: Verdict) -> None:
    counted = [*lasting("requests", 20)[:-2], reading("requests", 0, 1), reading("requests", last)]
    assert one(ruled(), [*lasting("error_rate", 0.2, samples=None), *counted]).verdict is verdict


def test_loads_need_no_requests() -> None:
    assert one(ruled(metric="cpu", above=0.9), lasting("cpu", 0.99, samples=None)).verdict is BREACHED


def test_without_a_baseline_only_its_multiple_is_unknown() -> None:
    rule = PROFILES[S]["error_rate"]
    assert one(rule, lasting("error_rate", 0.06)).verdict is BREACHED
    assert one(rule, lasting("error_rate", 0.03)).why is Why.NO_BASELINE
    assert one(rule, lasting("error_rate", 0.003)).verdict is FINE
    assert one(PROFILES[V]["p95_latency"], lasting("p95_latency", 0.1)).why is Why.NO_BASELINE
    zero = [*usual("p95_latency", 0, 0), *lasting("p95_latency", 0.1)]
    assert one(PROFILES[V]["p95_latency"], zero).why is Why.NO_BASELINE


NOT_ASKED = [
    ({"since": NOW - 4 * MINUTE}, {}, Why.EARLY),
    ({"complete": False, "begun": ("canary_10",)}, {"from_step": "canary_50"}, Why.BEFORE_STEP),
    ({"canary": False}, {"canary_only": True}, Why.ONLY_CANARY),
]


@pytest.mark.parametrize(("facts", "rule", "why"), NOT_ASKED)
def test_a_rule_that_does_not_count_yet_is_not_asked(
    facts: dict[str, Any], rule: dict[str, Any], why: Why
) -> None:
    assert one(ruled(**rule), lasting("error_rate", 0.2), **facts).why is why


@pytest.mark.parametrize(
    "facts", [{"complete": True}, {"complete": False, "begun": ("canary_10", "canary_50")}]
)
def test_a_rule_counts_from_its_step_on(facts: dict[str, Any]) -> None:
    assert one(ruled(from_step="canary_50"), lasting("error_rate", 0.2), **facts).verdict is BREACHED


def test_what_was_measured_before_its_step_says_nothing_of_it() -> None:
    rule, readings = ruled(from_step="canary_50"), lasting("error_rate", 0.2)

    def at(minutes: int) -> Judgement:
        began = {"canary_10": DEPLOY, "canary_50": NOW - minutes * MINUTE}
        return one(rule, readings, complete=False, begun=("canary_10", "canary_50"), began=began)

    assert at(4).why is Why.EARLY
    assert (at(5).verdict, at(5).since) == (BREACHED, NOW - 5 * MINUTE)
    assert at(12).since == NOW - 12 * MINUTE


def test_what_nobody_ever_measured_is_not_asked_and_what_went_silent_is() -> None:
    assert one(ruled(), []).why is Why.NOT_MEASURED
    assert one(ruled(), [], measured=frozenset({"error_rate"})).why is Why.NO_READINGS


def test_what_a_person_reads_off_in_range_asks_nobody_and_beyond_it_does() -> None:
    typed = {"source": Source.PERSON, "samples": None}
    assert one(ruled(), [reading("error_rate", 0.01, **typed)]).why is Why.NOT_MEASURED
    assert one(ruled(), [reading("error_rate", 0.2, **typed)]).why is Why.SHORT


@pytest.mark.parametrize("source", [Source.PIPELINE, Source.PERSON])
@pytest.mark.parametrize(
    ("told", "verdict", "why"),
    [
        ({0: 0.5}, Verdict.INCONCLUSIVE, Why.SHORT),
        ({4: 0.5, 0: 0.5}, Verdict.INCONCLUSIVE, Why.SHORT),
        ({5: 0.5, 0: 0.5}, BREACHED, None),
        ({14: 0.5, 7: 0.5, 0: 0.5}, BREACHED, None),
        ({14: 0.5, 7: 0.001, 0: 0.5}, FINE, None),
        ({7: 0.001, 0: 0.5}, FINE, None),
        ({7: 0.5, 0: 0.001}, FINE, None),
    ],
)
def test_what_is_told_every_few_minutes_is_judged_at_its_own_pace(
    source: Source, told: dict[int, float], verdict: Verdict, why: Why | None
) -> None:
    given = [reading("error_rate", value, ago, source=source) for ago, value in told.items()]
    judged = one(ruled(), given)
    assert (judged.verdict, judged.why) == (verdict, why)


def test_a_pipeline_that_fell_silent_is_missed() -> None:
    given = [reading("error_rate", 0.001, ago, source=Source.PIPELINE) for ago in (30, 25, 20)]
    assert one(ruled(), given).why is Why.NO_READINGS
    assert one(ruled(), [reading("error_rate", 0.001, source=Source.PIPELINE)]).why is Why.EARLY


def test_other_environments_and_later_readings_are_none_of_it() -> None:
    staging = lasting("error_rate", 0.2, environment=Environment.STAGING)
    later = [reading("error_rate", 0.0, -2)]
    assert one(ruled(), staging).why is Why.NOT_MEASURED
    assert one(ruled(), [*lasting("error_rate", 0.2), *later]).verdict is BREACHED


def test_z_score_counts_deviations_from_the_mean() -> None:
    rule = CriterionRule(metric="p95_latency", z_score=3, baseline_readings=4)
    before = usual("p95_latency", 0.1, 0.2, 0.1, 0.2)  # mean 0.15, deviation 0.05
    assert one(rule, [*before, *lasting("p95_latency", 0.299)]).verdict is FINE
    assert one(rule, [*before, *lasting("p95_latency", 0.3)]).verdict is BREACHED
    assert one(rule, [*before[1:], *lasting("p95_latency", 9.0)]).why is Why.NO_BASELINE
    assert one(rule, [*usual("p95_latency", *[0.1] * 4), *lasting("p95_latency", 9.0)]).why is Why.NO_SPREAD
    low = CriterionRule(metric="requests", z_score=-2, baseline_readings=4)
    few = usual("requests", 90, 110, 90, 110)
    assert one(low, [*few, *lasting("requests", 81)]).verdict is FINE
    assert one(low, [*few, *lasting("requests", 79)]).verdict is BREACHED


def test_a_baseline_has_each_reading_once_in_whatever_order_and_none_that_is_no_number() -> None:
    rule = CriterionRule(metric="p95_latency", z_score=3, baseline_readings=4)
    before = usual("p95_latency", 0.1, 0.2, 0.1, 0.2)
    bad = [reading("p95_latency", value, 99, baseline=True) for value in (None, float("nan"), float("inf"))]
    now = lasting("p95_latency", 0.301)
    assert one(rule, [*before[1:], before[1], *now]).why is Why.NO_BASELINE  # only three of them
    assert one(rule, [*bad, *before, before[0], *now]) == one(rule, [*before[::-1], *now])
    assert one(rule, [*bad, *now]).why is Why.NO_BASELINE


def test_readings_as_large_as_numbers_get_are_judged_as_well() -> None:
    rule = CriterionRule(metric="p95_latency", z_score=3, baseline_readings=2)
    huge = usual("p95_latency", 0.0, 1e308)
    assert one(rule, [*huge, *lasting("p95_latency", 1e308)]).verdict is FINE
    assert one(rule, [*usual("p95_latency", -1e308, 1e308), *lasting("p95_latency", 1.0)]) == Judgement(
        rule="rule", verdict=Verdict.INCONCLUSIVE, why=Why.NO_SPREAD, value=1.0
    )


def test_a_breach_lasts_no_longer_than_the_gap_before_it() -> None:
    early = [reading("error_rate", 0.2, ago) for ago in range(20, 14, -1)]
    late = [reading("error_rate", 0.2, ago) for ago in range(10, -1, -1)]
    assert one(ruled(), [*early, *late]).since == NOW - 10 * MINUTE
    assert one(ruled(), late).since == NOW - 10 * MINUTE


def test_a_baseline_that_is_known_takes_the_place_of_its_readings() -> None:
    rules = {"p95": PROFILES[V]["p95_latency"]}
    known = {
        "p95_latency": Baseline("p95_latency", 0.1, 0.1, 0.0, 60),
        "other": Baseline("other", 1, 1, 0, 1),
    }
    judged = judge(rules, lasting("p95_latency", 0.25), moment(), known)
    assert [(j.verdict, j.baseline) for j in judged] == [(BREACHED, 0.1)]


# --- properties -------------------------------------------------------------------------------------------

values = st.floats(0, 1)
series = st.lists(values, min_size=6, max_size=21)
limits = st.floats(0.01, 0.99)


def _row(found: list[float]) -> list[Reading]:
    return [reading("error_rate", value, ago) for ago, value in enumerate(reversed(found))]


@given(found=series, above=limits, more=st.floats(0, 0.5))
def test_a_worse_row_is_breached_where_a_better_one_is(found: list[float], above: float, more: float) -> None:
    better = one(ruled(above=above), _row(found)).verdict
    worse = one(ruled(above=above), _row([value + more for value in found])).verdict
    assert better is not BREACHED or worse is BREACHED


@given(found=series, above=limits)
def test_breached_is_exactly_what_lasts(found: list[float], above: float) -> None:
    judged = one(ruled(above=above), _row(found))
    assert judged.verdict is (BREACHED if min(found[-6:]) > above else FINE)


@given(found=series, above=limits, seed=st.randoms(use_true_random=False))
def test_order_and_doubles_do_not_matter(found: list[float], above: float, seed: random.Random) -> None:
    row = [*usual("error_rate", 0.001, 0.002), *_row(found)]
    mixed = [*row, *seed.sample(row, len(row) // 2)]
    seed.shuffle(mixed)
    rule = ruled(above=above, baseline=5)
    assert one(rule, mixed) == one(rule, row)


@given(found=st.lists(st.sampled_from([float("nan"), float("inf"), None]), max_size=10), low=st.booleans())
def test_what_is_no_number_never_breaches(found: list[float | None], *, low: bool) -> None:
    rule = ruled(above=None, below=0.5) if low else ruled()
    assert (
        one(rule, [reading("error_rate", value, ago) for ago, value in enumerate(found)]).verdict
        is not BREACHED
    )


def test_the_window_moves_with_time() -> None:
    readings = lasting("error_rate", 0.2)
    later = judge({"rule": ruled()}, readings, moment(at=NOW + timedelta(minutes=9), since=DEPLOY))
    assert later[0].why is Why.NO_READINGS
