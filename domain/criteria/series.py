"""The readings of each metric as rows of numbers, made once for all rules. Pure and total."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from itertools import islice
from operator import lt

from domain.health.baselines import Baseline, baseline_of
from domain.health.model import GIVEN, Reading, Source
from domain.types import Environment


@dataclass(frozen=True)
class Numbers:
    """What could be read: when, what, and over how many requests; oldest first."""

    times: list[datetime]
    values: list[float]
    samples: list[int | None]

    def between(self, begin: datetime, end: datetime) -> Numbers:
        """Both ends belong to it."""
        part = slice(bisect_left(self.times, begin), bisect_right(self.times, end))
        return Numbers(self.times[part], self.values[part], self.samples[part])


class Series:
    """The readings of one metric."""

    def __init__(self, baseline: list[Reading], taken: list[Reading]) -> None:
        self._baseline = baseline
        self._taken = taken
        self.known: Baseline | None = None

    @property
    def measured(self) -> bool:
        return bool(self._taken)

    @cached_property
    def typed(self) -> bool:
        """Whether only people read it off, now and then."""
        return self.measured and all(one.source is Source.PERSON for one in self._taken)

    @cached_property
    def given(self) -> bool:
        """Whether Naru did not ask for it: pipelines and people tell it at their own pace."""
        return self.measured and all(one.source in GIVEN for one in self._taken)

    def between(self, begin: datetime, end: datetime) -> list[Reading]:
        """Oldest first, each once, also those that say nothing; both ends belong to it."""
        return self._now[bisect_left(self._times, begin) : bisect_right(self._times, end)]

    @cached_property
    def numbers(self) -> Numbers:
        good = [one for one in self._now if readable(one)]
        values = [one.value for one in good if one.value is not None]
        return Numbers([one.at for one in good], values, [one.samples for one in good])

    @cached_property
    def usual(self) -> Baseline | None:
        """What it was before the deploy; None where that was not measured."""
        if self.known is not None or not self._baseline:
            return self.known
        given: Iterable[float | None] = [one.value for one in self._baseline]
        if not _rising([one.at for one in self._baseline]):  # doubles, perhaps
            given = [value for _, value in {(one.at, one.value) for one in self._baseline}]
        values = [value for value in given if value is not None and math.isfinite(value)]
        return baseline_of(self._baseline[0].metric, values)

    @cached_property
    def _now(self) -> list[Reading]:
        if _rising([one.at for one in self._taken]):
            return self._taken
        return sorted(dict.fromkeys(self._taken), key=_in_order)

    @cached_property
    def _times(self) -> list[datetime]:
        return [one.at for one in self._now]


def by_metric(readings: Iterable[Reading], wanted: set[str]) -> dict[str, Series]:
    """Of production. Also of those wanted metrics of which there are none."""
    before: dict[str, list[Reading]] = {metric: [] for metric in wanted}
    taken: dict[str, list[Reading]] = {metric: [] for metric in wanted}
    production = Environment.PRODUCTION
    for one in readings:
        metric = one.metric
        if metric in wanted and one.environment is production:
            (before if one.baseline else taken)[metric].append(one)
    return {metric: Series(before[metric], taken[metric]) for metric in wanted}


def readable(reading: Reading) -> bool:
    return reading.value is not None and math.isfinite(reading.value)


def _rising(times: list[datetime]) -> bool:
    """In order and no moment twice, as they come from where they are kept. Hashing moments costs far more."""
    return all(map(lt, times, islice(times, 1, None)))


def _in_order(reading: Reading) -> tuple[datetime, str, bool, float, int]:
    """By time, and of the same moment always alike."""
    good = readable(reading)
    value = reading.value if good and reading.value is not None else 0.0
    return reading.at, reading.source, good, value, reading.samples or 0
