"""What was usual before a deploy: the median of a metric, and how far its readings lie from it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from statistics import fmean, median, pstdev

from domain.health.model import Reading


@dataclass(frozen=True)
class Baseline:
    """Of `count` readings; `spread` is their standard deviation, 0 of a single one."""

    metric: str
    median: float
    mean: float
    spread: float
    count: int


def baselines(readings: Iterable[Reading]) -> Mapping[str, Baseline]:
    """By metric; those without a single number are left out."""
    values: dict[str, list[float]] = defaultdict(list)
    for one in readings:
        if one.value is not None:
            values[one.metric].append(one.value)
    return {metric: _of(metric, found) for metric, found in values.items()}


def _of(metric: str, values: list[float]) -> Baseline:
    mean = fmean(values)
    return Baseline(metric, median(values), mean, pstdev(values, mean), len(values))
