"""Business time that a test moves by hand."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

START = datetime(2026, 3, 2, 0, 30, tzinfo=UTC)
"""Monday 2 March 2026, 09:30 in Seoul: the week of spec 3.1's example."""


class HandClock:
    """Called, it tells the time: `Database(url, now=clock)`. It stands still until it is moved."""

    def __init__(self, at: datetime = START) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at

    def move(self, **by: float) -> datetime:
        """`clock.move(hours=3)`."""
        self.at += timedelta(**by)
        return self.at

    def set(self, at: datetime) -> datetime:
        self.at = at
        return at
