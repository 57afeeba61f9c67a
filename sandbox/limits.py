"""Slack's rate limits: a bucket per method, and about one message per second and channel."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass, field

POSTS_PER_SECOND = 1.0
POST_BURST = 3.0


@dataclass
class Bucket:
    """Real time (monotonic seconds)."""

    capacity: float
    per_second: float
    level: float
    at: float

    def take(self, now: float) -> float:
        """0.0 when allowed, else the seconds until it will be."""
        self.level = min(self.capacity, self.level + (now - self.at) * self.per_second)
        self.at = now
        if self.level >= 1.0:
            self.level -= 1.0
            return 0.0
        return (1.0 - self.level) / self.per_second


@dataclass
class RateLimiter:
    buckets: dict[str, Bucket] = field(default_factory=dict)

    def wait_for(self, method: str, per_minute: int, channel: str | None) -> int:
        """Whole seconds for Retry-After; 0 when the call may go on."""
        now = time.monotonic()
        waits = [self._take(method, float(per_minute), per_minute / 60, now)]
        if method == "chat.postMessage" and channel and not waits[0]:
            waits.append(self._take(f"{method}/{channel}", POST_BURST, POSTS_PER_SECOND, now))
        return math.ceil(max(waits))

    def _take(self, key: str, capacity: float, per_second: float, now: float) -> float:
        bucket = self.buckets.setdefault(key, Bucket(capacity, per_second, capacity, now))
        return bucket.take(now)
