"""What keeps a rollout from going on by itself (spec 5.2, 5.3)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class NoReading:
    """Nothing is known of `metric` since the step is live: nothing is guessed."""

    metric: str


NotFine = NoReading
