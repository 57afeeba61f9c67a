"""Times with a start (inclusive) and an end (exclusive), sorted once and then found by bisection."""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import accumulate
from operator import attrgetter
from typing import Generic, TypeVar

T = TypeVar("T")

FOREVER = datetime(9000, 1, 1, tzinfo=UTC)
"""Stands for the end of what has none."""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """From `start` until `end`, both UTC."""

    start: datetime
    end: datetime


_START = attrgetter("start")


def merge(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The union as disjoint, sorted spans; touching ones become one, empty ones vanish."""
    merged: list[Span] = []
    for span in sorted(spans, key=_START):
        if span.end <= span.start:
            continue
        if merged and span.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return tuple(merged)


def subtract(spans: Iterable[Span], closed: Iterable[Span]) -> tuple[Span, ...]:
    """What is left of `spans` (disjoint) outside all of `closed`."""
    holes = merge(closed)
    return tuple(piece for span in spans for piece in _outside(span, holes))


def _outside(span: Span, holes: tuple[Span, ...]) -> Iterator[Span]:
    start = span.start
    for hole in holes:
        if hole.end <= start or hole.start >= span.end:
            continue
        if hole.start > start:
            yield Span(start, hole.start)
        start = hole.end
    if start < span.end:
        yield Span(start, span.end)


class Intervals(Generic[T]):
    """Items that hold for a time and may overlap; asked what holds at an instant and what starts next.

    `starts` and `ends` read an item. Items that end before they start hold never and are left out.
    """

    def __init__(
        self, items: Iterable[T], *, starts: Callable[[T], datetime], ends: Callable[[T], datetime]
    ) -> None:
        held = sorted((item for item in items if starts(item) < ends(item)), key=starts)
        self._items = tuple(held)
        self._starts = [starts(item) for item in held]
        self._ends = [ends(item) for item in held]
        self._latest_ends = list(accumulate(self._ends, max))

    def around(self, at: datetime) -> tuple[tuple[T, ...], datetime | None]:
        """The items that hold at `at`, by start, and the first start after it.

        The past costs nothing once it is over.
        """
        index = bisect_right(self._starts, at)
        following = self._starts[index] if index < len(self._starts) else None
        if index == 0 or self._latest_ends[index - 1] <= at:
            return (), following
        found = []
        while index > 0 and self._latest_ends[index - 1] > at:
            index -= 1
            if self._ends[index] > at:
                found.append(self._items[index])
        return tuple(reversed(found)), following

    def active(self, at: datetime) -> tuple[T, ...]:
        """The items that hold at `at`, by start."""
        return self.around(at)[0]

    def next_start(self, at: datetime) -> datetime | None:
        """The first start after `at`."""
        return self.around(at)[1]
