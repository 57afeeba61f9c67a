"""What was usual before a deploy: the median of a metric, and how far its readings lie from it."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from statistics import median

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
    found = (baseline_of(metric, some) for metric, some in values.items())
    return {one.metric: one for one in found if one is not None}


def baseline_of(metric: str, values: list[float]) -> Baseline | None:
    """None of no values. In whatever order they come, and however large they are."""
    if not values:
        return None
    ordered = sorted(values)
    first, count = ordered[0], len(ordered)
    apart = [value - first for value in ordered]  # of differences, so that no digits are lost
    mean = sum(apart) / count
    spread = math.dist(apart, [mean] * count) / math.sqrt(count)
    return Baseline(metric, median(ordered), first + mean, spread, count)
