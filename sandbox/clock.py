"""The business clock that the workspace is shown and stamped with."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Protocol, runtime_checkable


class Clock(Protocol):
    """Business time; signatures, triggers and rate limits never ask it."""

    def now(self) -> datetime:
        """The aware UTC time of the business."""
        ...


@runtime_checkable
class MovableClock(Protocol):
    """A clock that the page may move ahead or let run at another rate."""

    def now(self) -> datetime: ...

    def advance(self, by: timedelta) -> object: ...

    def set_rate(self, rate: float) -> object: ...


class SystemClock:
    """Business time that equals real time."""

    def now(self) -> datetime:
        return datetime.now(UTC)


def rate_of(clock: Clock) -> float:
    """Business seconds per real second; 1.0 for a clock that does not say."""
    rate = getattr(clock, "rate", 1.0)
    return float(rate) if isinstance(rate, int | float) else 1.0
