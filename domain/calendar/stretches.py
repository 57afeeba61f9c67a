"""Times in which the gate says the same, as far as they are known: found once, then by bisection."""

from bisect import bisect_left, bisect_right
from datetime import datetime

_KEPT = 4096
"""More than ten years of a busy project; then they are found anew."""


class Stretches:
    """Disjoint, by time; of each the end is known, and the beginning as far back as anybody has asked."""

    def __init__(self) -> None:
        self._starts: list[datetime] = []
        self._ends: list[datetime] = []

    def end(self, at: datetime) -> datetime | None:
        """The end of the known stretch that `at` lies in."""
        index = bisect_right(self._starts, at) - 1
        return self._ends[index] if index >= 0 and at < self._ends[index] else None

    def learn(self, at: datetime, end: datetime) -> None:
        """From `at` until `end` the gate says the same, and at `end` something else."""
        if len(self._ends) >= _KEPT:
            self._starts.clear()
            self._ends.clear()
        index = bisect_left(self._ends, end)
        if index < len(self._ends) and self._ends[index] == end:
            self._starts[index] = min(self._starts[index], at)
        else:
            self._starts.insert(index, at)
            self._ends.insert(index, end)
