"""Slack takes one message a second in each channel: whose turn it is, and how long the others wait."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field

APART_S = 1.0
CARD_APART_S = 1.25
"""Slack takes about 50 updates a minute: one card alone stays under it."""
IN_A_ROW = 2
"""So many updates go before a message that can wait, then it has its turn."""
_SOON_S = 0.1


class Paced(Exception):
    """Not yet its turn: nothing was done. `after` is in seconds."""

    def __init__(self, after: float) -> None:
        super().__init__(f"its turn comes in {after:.2f} s")
        self.after = after


@dataclass
class _Bucket:
    """`burst` at once, then one each `apart` seconds."""

    burst: int
    apart: float
    level: float
    at: float

    def wait(self, now: float) -> float:
        self.level = min(self.burst, self.level + (now - self.at) / self.apart)
        self.at = now
        return 0.0 if self.level >= 1 - _ROUNDING else (1 - self.level) * self.apart

    def take(self) -> None:
        self.level = max(self.level - 1, 0.0)


_ROUNDING = 1e-9


@dataclass
class _Channel:
    """`waiting` says until when an update (True), or what can wait (False), is expected to come again."""

    bucket: _Bucket
    in_a_row: int = 0
    waiting: dict[bool, float] = field(default_factory=dict)

    def turn(self, now: float, *, update: bool) -> float:
        """0 when the turn is taken, else the seconds to wait."""
        wait = self.bucket.wait(now)
        others = self.waiting.get(not update, now) > now and (self.in_a_row >= IN_A_ROW) is update
        if wait or others:
            self.waiting[update] = now + wait + APART_S
            return wait or _SOON_S
        self.bucket.take()
        self.waiting.pop(update, None)
        self.in_a_row = self.in_a_row + 1 if update else 0
        return 0.0


class Pace:
    """Of one process. Who has to wait is told so, and renders anew when the turn has come: what waits for it
    is not an old state but nothing. `monotonic` is real time in seconds.
    """

    def __init__(self, burst: int, monotonic: Callable[[], float]) -> None:
        self._now = monotonic
        self._channels: dict[str, _Channel] = defaultdict(lambda: _Channel(self._bucket(burst, APART_S)))
        self._cards: dict[str, _Bucket] = defaultdict(lambda: self._bucket(burst, CARD_APART_S))

    def post(self, channel: str) -> None:
        """Take a turn in the channel. Raises Paced."""
        if wait := self._channels[channel].turn(self._now(), update=False):
            raise Paced(wait)

    def update(self, channel: str, ts: str) -> None:
        """Take a turn for that message, before those that only are posted. Raises Paced."""
        now, card = self._now(), self._cards[f"{channel}/{ts}"]
        if wait := card.wait(now) or self._channels[channel].turn(now, update=True):
            raise Paced(wait)
        card.take()

    def _bucket(self, burst: int, apart: float) -> _Bucket:
        return _Bucket(burst, apart, burst, self._now())
