"""What keeps a rollout from going on by itself (spec 5.2, 5.3)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from domain.criteria.model import Breach
from domain.health.model import Reading
from domain.health.now import Health
from domain.health.ranges import Judged
from domain.rollout.model import PlannedStep


@dataclass(frozen=True, kw_only=True)
class NoReading:
    """Nothing is known of `metric` since the step is live: nothing is guessed."""

    metric: str


@dataclass(frozen=True, kw_only=True)
class OutOfRange:
    reading: Reading


@dataclass(frozen=True, kw_only=True)
class Unmeasured:
    """A reading without a number: a person has to look."""

    reading: Reading


@dataclass(frozen=True, kw_only=True)
class Breached:
    """A rollback criterion is breached, or cannot be judged, and nobody has put it aside."""

    breach: Breach


NotFine = NoReading | OutOfRange | Unmeasured | Breached


def reasons(step: PlannedStep, health: Health, live: datetime) -> Iterator[NotFine]:
    """Of the metrics that a step is watched by, since it is `live`; and of any other that is not in range.

    A step that no user is on has nothing to be measured by: its deployer's word is that it is well.
    """
    unknown = {one.reading.metric: one.reading for one in health.measured if one.judged is Judged.UNKNOWN}
    since = max(live, health.at - health.too_old)
    fresh = {one.reading.metric for one in health.measured if one.reading.at >= since}
    for metric in step.health if step.percent else ():
        if metric not in fresh and metric not in unknown:
            yield NoReading(metric=metric)
    yield from (Unmeasured(reading=reading) for reading in unknown.values())
    yield from (OutOfRange(reading=one.reading) for one in health.measured if one.judged is Judged.OUT)
