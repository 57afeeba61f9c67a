"""What keeps a rollout from going on by itself: every reading must be fine, and known."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from domain.health.model import CPU, ERROR_RATE, P95, Reading, Source, WhyNone
from domain.health.now import health
from domain.health.rules import HealthRules
from domain.rollout.fine import NoReading, NotFine, OutOfRange, Unmeasured, reasons
from domain.rollout.model import PlannedStep
from domain.types import Environment

AT = datetime(2026, 3, 5, 5, 30, tzinfo=UTC)
LIVE = AT - timedelta(minutes=15)
CANARY = PlannedStep(key="canary_10", percent=10, health=(ERROR_RATE, P95))
GREEN = PlannedStep(key="green_healthy", percent=0, health=(ERROR_RATE, P95))


def measured(metric: str, value: float | None, *, before: timedelta = timedelta(0)) -> Reading:
    return Reading(
        metric=metric,
        environment=Environment.PRODUCTION,
        at=AT - before,
        source=Source.PROMETHEUS,
        value=value,
        why=None if value is not None else WhyNone.NAN,
    )


FINE = (measured(ERROR_RATE, 0.002), measured(P95, 0.12))
NO_CPU = measured(CPU, None)
HIGH = measured(ERROR_RATE, 0.03)
BEFORE_IT_WAS_LIVE = measured(P95, 0.12, before=timedelta(minutes=16))
TOO_OLD = measured(P95, 0.12, before=timedelta(minutes=4))


@pytest.mark.parametrize(
    ("step", "readings", "expected"),
    [
        (CANARY, FINE, ()),
        (CANARY, (), (NoReading(metric=ERROR_RATE), NoReading(metric=P95))),
        (CANARY, (FINE[0], BEFORE_IT_WAS_LIVE), (NoReading(metric=P95),)),
        (CANARY, (FINE[0], TOO_OLD), (NoReading(metric=P95),)),
        (CANARY, (HIGH, FINE[1]), (OutOfRange(reading=HIGH),)),
        (CANARY, (*FINE, NO_CPU), (Unmeasured(reading=NO_CPU),)),
        (GREEN, (), ()),
        (GREEN, (HIGH,), (OutOfRange(reading=HIGH),)),
        (GREEN, (NO_CPU,), (Unmeasured(reading=NO_CPU),)),
    ],
)
def test_it_goes_on_when_all_that_is_measured_is_known_and_fine(
    step: PlannedStep, readings: tuple[Reading, ...], expected: tuple[NotFine, ...]
) -> None:
    now = health(HealthRules(), Environment.PRODUCTION, {one.metric: one for one in readings}, {}, at=AT)
    assert tuple(reasons(step, now, LIVE)) == expected
