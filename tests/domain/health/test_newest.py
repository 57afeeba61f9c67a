"""Which reading of a metric is a release's newest: its own, or one that is of all users."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.health.model import CPU, ERROR_RATE, Reading, Source
from domain.health.newest import newest, of_release, own_first
from domain.health.rules import HealthRules
from domain.types import Environment
from tests.support import builders as b

QUERIES = {"error_rate": 'errors{version="{version}"}', "cpu": "cpu"}
ASKED = HealthRules.model_validate({"prometheus": {"url": "http://prometheus.internal", "queries": QUERIES}})
GIVEN = HealthRules()
PRODUCTION, STAGING = Environment.PRODUCTION, Environment.STAGING
MINE, OTHER = "mine", "other"


def taken(release: str, minutes: int, metric: str = CPU, source: Source = Source.PROMETHEUS) -> Reading:
    at = b.AT - timedelta(minutes=minutes)
    return Reading(metric=metric, environment=PRODUCTION, at=at, source=source, value=0.1, release=release)


PIPELINE, PERSON, ENDPOINT = Source.PIPELINE, Source.PERSON, Source.ENDPOINT


@pytest.mark.parametrize(
    ("rules", "own", "other", "expected"),
    [
        (ASKED, taken(MINE, 3), taken(OTHER, 0), MINE),
        (ASKED, taken(MINE, 4), taken(OTHER, 0), OTHER),
        (ASKED, taken(MINE, 4), taken(OTHER, 4), MINE),
        (ASKED, taken(MINE, 4), taken("", 0), ""),
        (ASKED, taken(MINE, 9), taken(OTHER, 0, source=PERSON), MINE),
        (ASKED, taken(MINE, 9, source=PERSON), taken(OTHER, 0), OTHER),
        (ASKED, taken(MINE, 9, source=PERSON), taken(OTHER, 0, source=ENDPOINT), OTHER),
        (ASKED, taken(MINE, 9, ERROR_RATE), taken(OTHER, 0, ERROR_RATE), MINE),
        (ASKED, taken(MINE, 9, ERROR_RATE), taken(OTHER, 0, ERROR_RATE, PIPELINE), MINE),
        (GIVEN, taken(MINE, 9, ERROR_RATE), taken(OTHER, 0, ERROR_RATE, PIPELINE), OTHER),
    ],
)
def test_its_own_counts_while_it_is_of_now_and_what_is_of_all_users_after_it(
    rules: HealthRules, own: Reading, other: Reading, expected: str
) -> None:
    for found in ((own, other), (other, own)):
        kept = of_release(rules, PRODUCTION, found, MINE, at=b.AT)
        assert {metric: one.release for metric, one in kept.items()} == {own.metric: expected}


def test_what_is_of_others_alone_is_none_of_it() -> None:
    found = (taken(OTHER, 0, ERROR_RATE), taken(OTHER, 0, "p95_latency", PERSON))
    assert of_release(ASKED, PRODUCTION, found, MINE, at=b.AT) == {}


def test_each_candidate_has_its_own_place_on_staging() -> None:
    own, other, nobodys = (
        replace(taken(release, minutes), environment=STAGING)
        for release, minutes in ((MINE, 9), (OTHER, 0), ("", 0))
    )
    assert of_release(ASKED, STAGING, (own, other, nobodys), MINE, at=b.AT) == {CPU: own}


def test_the_newest_of_any_release_and_of_this_one_first() -> None:
    own, other, errors = taken(MINE, 9), taken(OTHER, 0), taken(OTHER, 1, ERROR_RATE)
    for found in ((own, other, errors), (errors, other, own)):
        assert newest(found) == {CPU: other, ERROR_RATE: errors}
        assert own_first(found, MINE) == {CPU: own, ERROR_RATE: errors}
