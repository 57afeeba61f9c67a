"""Whether a number can be what it is said to be: no share is 45, and nothing takes less than no time."""

from __future__ import annotations

from domain.health.model import HEALTH, REQUESTS, SECONDS, SHARES, WhyNone

BEYOND = 0.01
"""Rates are guessed to the ends of their window: a share of two may come out so little outside its own."""
LARGEST = 1e18
"""Nothing that is counted or timed is larger."""
_SHARES = SHARES | {HEALTH}
_NEVER_NEGATIVE = SECONDS | {REQUESTS}


def in_measure(metric: str, value: float) -> float | WhyNone:
    """As it can be, or why it is none. The policy's own metrics may be anything that is not absurd."""
    if metric in _SHARES:
        possible = -BEYOND <= value <= 1 + BEYOND
        return min(max(value, 0.0), 1.0) if possible else WhyNone.NO_SHARE
    least = 0.0 if metric in _NEVER_NEGATIVE else -LARGEST
    return value if least <= value <= LARGEST else WhyNone.OUT_OF_MEASURE
