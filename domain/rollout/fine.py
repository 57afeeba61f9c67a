"""What keeps a rollout from going on by itself (spec 5.2, 5.3)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from domain.criteria.model import Breach
from domain.health.model import Reading
from domain.health.now import Health
from domain.health.ranges import Judged
from domain.rollout.model import PlannedStep
from domain.rollout.steady import Gap, NotLong, lasting, unsteady


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


NotFine = NoReading | OutOfRange | Unmeasured | NotLong | Gap | Breached


def reasons(
    step: PlannedStep, health: Health, live: datetime, taken: Iterable[Reading] = ()
) -> Iterator[NotFine]:
    """Of the metrics that a step is watched by, since it is `live`; and of any other that is not in range.

    A step that no user is on has nothing to be measured by: its deployer's word is that it is well. `taken`
    are the readings up to now, of which the newest ones alone could be luck.
    """
    unknown = {one.reading.metric: one.reading for one in health.measured if one.judged is Judged.UNKNOWN}
    since = max(live, health.at - health.too_old)
    fresh = {one.reading.metric for one in health.measured if one.reading.at >= since}
    watched = step.health if step.percent else ()
    for metric in watched:
        if metric not in fresh and metric not in unknown:
            yield NoReading(metric=metric)
    out = {one.reading.metric: one.reading for one in health.measured if one.judged is Judged.OUT}
    yield from (Unmeasured(reading=reading) for reading in unknown.values())
    yield from (OutOfRange(reading=reading) for reading in out.values())
    fine = [metric for metric in watched if metric in fresh and metric not in unknown and metric not in out]
    yield from _not_for_long(fine, step, health, live, tuple(taken))


def _not_for_long(
    fine: Iterable[str], step: PlannedStep, health: Health, live: datetime, taken: tuple[Reading, ...]
) -> Iterator[NotFine]:
    lasts = lasting(health.rules, step.watch)
    for metric in fine:
        of = (one for one in taken if one.metric == metric)
        found = unsteady(health.rules, of, lasts, live=live, at=health.at)
        if found is not None:
            yield found
