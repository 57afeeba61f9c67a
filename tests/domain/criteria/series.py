"""Readings in a row, a minute apart, for tests of criteria."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from domain.criteria.judge import Moment
from domain.health.model import Reading, Source
from domain.types import Environment

MINUTE = timedelta(minutes=1)
DEPLOY = datetime(2026, 3, 5, 5, tzinfo=UTC)
NOW = DEPLOY + 60 * MINUTE


def reading(metric: str, value: float | None, ago: float = 0, **facts: Any) -> Reading:
    known = {
        "environment": Environment.PRODUCTION,
        "at": NOW - ago * MINUTE,
        "source": Source.PROMETHEUS,
        "samples": 100,
    }
    return Reading(metric=metric, value=value, **(known | facts))


def lasting(metric: str, value: float | None, minutes: int = 20, **facts: Any) -> list[Reading]:
    """The same value every minute up to now."""
    return [reading(metric, value, ago, **facts) for ago in range(minutes, -1, -1)]


def usual(metric: str, *values: float) -> list[Reading]:
    return [reading(metric, value, 90 + n, baseline=True) for n, value in enumerate(values)]


def moment(**facts: Any) -> Moment:
    return Moment(**({"at": NOW, "since": DEPLOY, "complete": True} | facts))
