"""The newest reading alone can be luck: a metric must have been fine for a while, as far as it comes that often."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from domain.health.model import ERROR_RATE, P95, Reading, Source, WhyNone
from domain.health.now import health
from domain.health.rules import HealthRules
from domain.rollout.fine import NotFine, OutOfRange, reasons
from domain.rollout.model import PlannedStep
from domain.rollout.steady import Gap, NotLong, lasting, unsteady
from domain.types import Environment

LIVE = datetime(2026, 3, 5, 5, 15, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
POLLED, PIPELINE = Source.PROMETHEUS, Source.PIPELINE
EACH_MINUTE, SELDOM = HealthRules(), HealthRules(interval=10 * MINUTE)
WATCH, FIVE = 30 * MINUTE, 5 * MINUTE
GOOD, HIGH, NONE = 0.002, 0.045, None


def measured(
    minute: float, value: float | None, source: Source = POLLED, metric: str = ERROR_RATE
) -> Reading:
    """So many minutes after the step was live."""
    why = None if value is not None else WhyNone.UNREACHABLE
    at = LIVE + minute * MINUTE
    production = Environment.PRODUCTION
    return Reading(metric=metric, environment=production, at=at, source=source, value=value, why=why)


def each(*minutes: float, value: float | None = GOOD, source: Source = POLLED) -> list[Reading]:
    return [measured(minute, value, source) for minute in minutes]


def not_long(minute: float, value: float | None = HIGH, source: Source = POLLED) -> NotLong:
    return NotLong(reading=measured(minute, value, source), lasts=FIVE)


def gap(since: float, until: float) -> Gap:
    return Gap(metric=ERROR_RATE, since=LIVE + since * MINUTE, until=LIVE + until * MINUTE)


ALL = each(*range(1, 31))
UP_TO_10 = each(*range(1, 11))
BLIND = each(*range(11, 30), value=NONE)


@pytest.mark.parametrize(
    ("taken", "at", "expected"),
    [
        (ALL, 30, None),
        (each(*range(1, 30), value=HIGH) + each(30), 30, not_long(29)),
        (each(*range(1, 25), value=HIGH) + each(*range(25, 31)), 30, None),
        (each(*range(1, 26), value=HIGH) + each(*range(26, 31)), 30, not_long(25)),
        (UP_TO_10 + BLIND + each(30), 30, not_long(29, NONE)),
        (UP_TO_10 + BLIND + each(*range(30, 36)), 35, None),
        (UP_TO_10 + each(30), 30, gap(10, 30)),
        (UP_TO_10 + each(30, 31, 32, 33), 33, gap(10, 30)),
        (UP_TO_10 + each(*range(30, 36)), 35, None),
        (each(4, 8), 8, gap(4, 8)),
        (each(4, 8, 12), 12, None),
        (each(4, 8, 21), 21, gap(8, 21)),
        (each(4), 4, gap(0, 4)),
        (each(3), 3, None),
        (each(1, 2, 5), 5, None),
        (each(1, 2, 5.1), 5.1, gap(2, 5.1)),
        (each(-1, value=HIGH) + each(1), 1, None),
        ([], 30, None),
    ],
)
def test_what_naru_asks_for_comes_at_its_interval_or_more_slowly(
    taken: list[Reading], at: float, expected: NotLong | Gap | None
) -> None:
    assert unsteady(EACH_MINUTE, taken, FIVE, live=LIVE, at=LIVE + at * MINUTE) == expected
    assert unsteady(EACH_MINUTE, taken[::-1], FIVE, live=LIVE, at=LIVE + at * MINUTE) == expected


@pytest.mark.parametrize(
    ("taken", "at", "expected"),
    [
        (each(14, source=PIPELINE), 15, None),
        (each(14, value=HIGH, source=PIPELINE), 15, not_long(14, HIGH, PIPELINE)),
        (each(14, value=HIGH, source=PIPELINE) + each(29, source=PIPELINE), 30, not_long(14, HIGH, PIPELINE)),
        (each(14, value=HIGH, source=PIPELINE) + each(29, 44, source=PIPELINE), 45, None),
        (each(15, 30, 45, source=PIPELINE), 45, None),
        (each(1, 20, source=PIPELINE), 20, None),
        (each(1, 2, 3, 20, source=PIPELINE), 20, gap(3, 20)),
        (each(1, 2, 3, 20, 21, 22, 23, 24, 25, source=PIPELINE), 25, None),
        (each(1, 2, source=PIPELINE) + each(20, source=POLLED), 20, gap(2, 20)),
    ],
)
def test_pipelines_tell_at_their_own_pace(
    taken: list[Reading], at: float, expected: NotLong | Gap | None
) -> None:
    assert unsteady(EACH_MINUTE, taken, FIVE, live=LIVE, at=LIVE + at * MINUTE) == expected


@pytest.mark.parametrize(
    ("rules", "watch", "expected"),
    [
        (EACH_MINUTE, WATCH, FIVE),
        (EACH_MINUTE, 2 * MINUTE, 2 * MINUTE),
        (EACH_MINUTE, timedelta(0), timedelta(0)),
        (SELDOM, timedelta(hours=1), 30 * MINUTE),
        (SELDOM, 15 * MINUTE, 15 * MINUTE),
    ],
)
def test_it_must_last_no_longer_than_the_watch_and_cover_the_last_few_readings(
    rules: HealthRules, watch: timedelta, expected: timedelta
) -> None:
    assert lasting(rules, watch) == expected


def test_of_readings_that_are_asked_for_seldom_the_last_few_count() -> None:
    lasts, end = lasting(SELDOM, timedelta(hours=1)), LIVE + 60 * MINUTE
    early = each(10, value=HIGH)
    assert unsteady(SELDOM, early + each(20, 30, 40, 50, 60), lasts, live=LIVE, at=end) is None
    late = each(10, 20, 30) + each(40, value=HIGH) + each(50, 60)
    assert unsteady(SELDOM, late, lasts, live=LIVE, at=end) == NotLong(reading=late[3], lasts=lasts)


@pytest.mark.parametrize(
    ("readings", "expected"),
    [
        (each(14) + each(15), ()),
        (each(14, value=HIGH) + each(15), (not_long(14),)),
        (each(14, value=NONE) + each(15, value=HIGH), (OutOfRange(reading=measured(15, HIGH)),)),
        ([measured(15, GOOD), measured(14, 9.0, metric=P95)], ()),
    ],
)
def test_what_is_said_of_now_is_not_said_again_of_before(
    readings: list[Reading], expected: tuple[NotFine, ...]
) -> None:
    """And only what the step is watched by must last."""
    step = PlannedStep(key="canary_10", percent=10, watch=5 * MINUTE, health=(ERROR_RATE,))
    rules = HealthRules.model_validate({"interval": "5m"})
    newest = {ERROR_RATE: next(one for one in readings if one.at == LIVE + 15 * MINUTE)}
    now = health(rules, Environment.PRODUCTION, newest, {}, at=LIVE + 15 * MINUTE)
    assert tuple(reasons(step, now, LIVE, readings)) == expected
