"""Takes a turn before each message that is seen in a channel: Slack takes one a second there (ADR 23)."""

from __future__ import annotations

from collections.abc import Callable

from bot.slack import Busy, Refusal, SlackFailure
from domain.pace import Ask
from storage import outbox, pace
from storage.db import Database, Tx
from storage.outbox import Claimed
from storage.pace import Now

PACED = True  # tests and benchmarks of other things have no time for it


class Paced(Exception):
    """Not yet its turn: the errand is handed back, nothing was done. `after` is in seconds."""

    def __init__(self, after: float) -> None:
        super().__init__(f"its turn comes in {after:.2f} s")
        self.after = after


class Pace:
    """Who has to wait is told so, and renders anew when the turn has come: what waits for it is not an old
    state but nothing. `now` is of the clock that all share.
    """

    def __init__(self, db: Database, now: Now = pace.now) -> None:
        self._db = db
        self._now = now
        self._taken: dict[int, Ask] = {}

    async def post(self, item: Claimed, channel: str) -> None:
        """Take a turn to post, and note that it may be sent from now on. Raises Paced."""
        await self._take(item, Ask(str(item.id), channel))

    async def update(self, item: Claimed, channel: str, ts: str) -> None:
        """Take a turn for that message, before those that only are posted. Raises Paced."""
        await self._take(item, Ask(str(item.id), channel, ts))

    def answered(self, item: Claimed) -> Callable[[Tx], None]:
        """What belongs into the next transaction once Slack has answered."""
        ask = self._taken.pop(item.id, None)
        return lambda tx: pace.answered(tx, ask, self._now) if ask else None

    def failed(self, item: Claimed, failure: SlackFailure) -> Callable[[Tx], None]:
        """The same where it failed: what may still arrive is waited for, as for one who was killed."""
        if isinstance(failure, Refusal):
            return self.answered(item)
        ask = self._taken.pop(item.id, None)
        if ask is None or not isinstance(failure, Busy):
            return lambda _: None
        return lambda tx: pace.refused(tx, ask, failure.after, self._now)

    async def _take(self, item: Claimed, ask: Ask) -> None:
        if wait := await self._db.run(_turn, item, ask, self._now if PACED else None):
            raise Paced(wait)
        if PACED:
            self._taken[item.id] = ask


def _turn(tx: Tx, item: Claimed, ask: Ask, now: Now | None) -> float:
    """The turn and what it is for commit together."""
    wait = pace.take(tx, ask, now) if now else 0.0
    if wait:
        outbox.hand_back(tx, item)
    elif not ask.ts:
        outbox.sending(tx, item.id)
    return wait
