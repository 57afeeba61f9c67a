"""The readings of the time before a deploy, as the monitors tell them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from domain.health.asking import Answer, Wanted, measured
from domain.health.model import Reading, Source
from domain.types import Environment


def readings_before(wanted: Wanted, history: Iterable[tuple[datetime, Answer]]) -> tuple[Reading, ...]:
    """Those with a number; where none has one, the last, which says why."""
    found = tuple(_reading(wanted, at, measured(wanted.metric, answer)) for at, answer in history)
    return tuple(one for one in found if one.value is not None) or found[-1:]


def _reading(wanted: Wanted, at: datetime, answer: Answer) -> Reading:
    return Reading(
        metric=wanted.metric,
        environment=Environment.PRODUCTION,
        at=at,
        source=Source.PROMETHEUS,
        value=answer.value,
        why=answer.why,
        detail=answer.detail,
        release=wanted.release,
        baseline=True,
    )
