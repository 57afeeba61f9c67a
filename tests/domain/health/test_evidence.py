"""What readings prove of the items of a checklist: all that an item speaks of, fresh, and in range."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

import pytest

from domain.health.baselines import Baseline
from domain.health.evidence import (
    COMPARED,
    HEALTH_ENDPOINT,
    METRICS_IN_RANGE,
    PERFORMANCE_IN_RANGE,
    evidence,
)
from domain.health.model import CPU, ERROR_RATE, HEALTH, MEMORY, P95, Reading, Source, WhyNone
from domain.health.now import health
from domain.health.rules import HealthRules
from domain.types import Environment

AT = datetime(2026, 3, 5, 5, 30, tzinfo=UTC)
GOOD = {ERROR_RATE: 0.002, P95: 0.12, CPU: 0.4, MEMORY: 0.5}
OLD = timedelta(minutes=4)


def held(
    values: Mapping[str, float | None], *, before: tuple[str, ...] = (), age: timedelta = OLD * 0
) -> dict[str, bool | None]:
    newest = {
        metric: Reading(
            metric=metric,
            environment=Environment.PRODUCTION,
            at=AT - age,
            source=Source.PROMETHEUS,
            value=value,
            why=None if value is not None else WhyNone.NAN,
        )
        for metric, value in values.items()
    }
    usual = {metric: Baseline(metric, 0.1, 0.1, 0.01, 1440) for metric in before}
    found = evidence(health(HealthRules(), Environment.PRODUCTION, newest, usual, at=AT))
    return {name: one.holds for name, one in found.items()}


def proves(
    *,
    metrics: bool | None = None,
    compared: bool | None = None,
    endpoint: bool | None = None,
    fast: bool | None = None,
) -> dict[str, bool | None]:
    return {
        METRICS_IN_RANGE: metrics,
        COMPARED: compared,
        HEALTH_ENDPOINT: endpoint,
        PERFORMANCE_IN_RANGE: fast,
    }


@pytest.mark.parametrize(
    ("values", "before", "expected"),
    [
        ({}, (), proves()),
        ({ERROR_RATE: 0.002}, (ERROR_RATE,), proves()),
        ({ERROR_RATE: 0.002, P95: 0.12}, (), proves(metrics=True, fast=True)),
        (GOOD, (), proves(metrics=True, fast=True)),
        (GOOD, (ERROR_RATE, P95, CPU), proves(metrics=True, fast=True)),
        (GOOD, tuple(GOOD), proves(metrics=True, compared=True, fast=True)),
        (GOOD | {CPU: None}, tuple(GOOD), proves()),
        (GOOD | {CPU: 0.9}, tuple(GOOD), proves(metrics=False, compared=False, fast=False)),
        ({ERROR_RATE: 0.03}, (), proves(metrics=False, compared=False)),
        ({HEALTH: 1.0}, (), proves(endpoint=True)),
        ({HEALTH: 0.0}, (), proves(metrics=False, compared=False, endpoint=False)),
    ],
)
def test_an_item_is_proven_by_all_that_it_speaks_of(
    values: dict[str, float | None], before: tuple[str, ...], expected: dict[str, bool | None]
) -> None:
    assert held(values, before=before) == expected


def test_what_is_old_proves_nothing_good_but_still_something_bad() -> None:
    assert held(GOOD, before=tuple(GOOD), age=OLD) == proves()
    assert held({ERROR_RATE: 0.03}, age=OLD) == proves(metrics=False, compared=False)


def _told(metric: str, *, age: timedelta = OLD * 0, source: Source = Source.PROMETHEUS) -> dict[str, Reading]:
    environment, value = Environment.PRODUCTION, GOOD[metric]
    at = AT - age
    return {metric: Reading(metric=metric, environment=environment, at=at, source=source, value=value)}


def test_a_fresh_reading_makes_no_old_one_fresh() -> None:
    def holds(*told: dict[str, Reading]) -> tuple[bool | None, datetime | None]:
        newest = {metric: one for each in told for metric, one in each.items()}
        found = evidence(health(HealthRules(), Environment.PRODUCTION, newest, {}, at=AT))[METRICS_IN_RANGE]
        return found.holds, found.at

    soon = timedelta(minutes=1)
    errors, times = _told(ERROR_RATE), _told(P95, age=soon)
    assert holds(errors, times) == (True, AT - soon)
    assert holds(errors, _told(P95, age=OLD, source=Source.PERSON)) == (None, AT)
    assert holds(errors, times, _told(CPU, age=OLD, source=Source.PERSON)) == (True, AT - soon)
    assert holds(errors, times, _told(CPU, age=OLD)) == (None, AT)  # its monitor fell silent


def test_what_is_out_of_range_is_what_shows_it() -> None:
    newest = {
        metric: Reading(
            metric=metric, environment=Environment.PRODUCTION, at=AT, source=Source.PROMETHEUS, value=value
        )
        for metric, value in (GOOD | {P95: 0.9}).items()
    }
    found = evidence(health(HealthRules(), Environment.PRODUCTION, newest, {}, at=AT))
    assert found[METRICS_IN_RANGE].readings == (newest[P95],)
