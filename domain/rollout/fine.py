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
    newest = {one.reading.metric: one for one in health.measured}
    for metric in step.health if step.percent else ():
        one = newest.get(metric)
        if one is None or one.reading.at < max(live, health.at - health.too_old):
            yield NoReading(metric=metric)
    for one in health.measured:
        if one.judged is Judged.OUT:
            yield OutOfRange(reading=one.reading)
        elif one.judged is Judged.UNKNOWN:
            yield Unmeasured(reading=one.reading)
