"""Delivers the outbox: renders from state, posts or updates, and looks up before it sends a second time."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import structlog

from bot import rendering
from bot.delivered import slack_refused
from bot.errors import boundary
from bot.living import ENDED, Elsewhere, Living
from bot.pacing import Pace, Paced
from bot.pictures.painter import NotDrawn
from bot.pictures.posting import Pictures, breach_in_words, sorry
from bot.rendering import Address, NotYet, Ready
from bot.roomwork import RoomWork
from bot.sending import Sender
from bot.slack import Busy, Refusal, Slack, SlackFailure, Unknown
from domain.errands import (
    Brief,
    InRoom,
    InThread,
    PostBreach,
    PostPicture,
    RoomErrand,
    SendDigest,
    Show,
    ShowCopies,
    Tell,
)
from domain.refusals import Refused
from messages.message import Message
from storage import outbox, pace
from storage.db import Database, Tx
from storage.outbox import Claimed
from storage.pace import Now

log = structlog.get_logger()

LEASE = timedelta(seconds=60)
AT_ONCE = 40
GIVE_UP_AFTER = 5  # tries of an errand that fails for a reason of its own
PRIVATE_EXPIRES = timedelta(minutes=2)
SLOWEST = timedelta(seconds=60)
NOT_YET = timedelta(seconds=2)


class Courier:
    """One round claims the first waiting errand of every lane and delivers them side by side."""

    def __init__(
        self,
        db: Database,
        slack: Slack,
        rooms: RoomWork,
        pictures: Pictures,
        *,
        changed: Callable[[], None],
        workspace: str = "",
        monotonic: Callable[[], float] = time.monotonic,
        shared: Now = pace.now,
    ) -> None:
        """`workspace` is Slack's address of the workspace, for links to messages. `shared` tells the seconds
        of the clock that all processes share, `monotonic` those of this one.
        """
        self._db = db
        self._slack = slack
        self._rooms = rooms
        self._pictures = pictures
        self._changed = changed
        self._wake: Callable[[], None] = lambda: None
        self._monotonic = monotonic
        self._pace = Pace(db, shared)
        self._sender = Sender(db, slack, self._pace)
        self._living = Living(db, self._sender, changed=changed, workspace=workspace)
        self._paced: dict[str, float] = {}

    def when_its_turn(self, wake: Callable[[], None]) -> None:
        """What waits for its turn in a channel is done when `wake` makes us work."""
        self._wake = wake

    async def work(self) -> int:
        """Deliver what is due; returns how many errands were handled. Lanes that wait for their turn in a
        channel hold up no other.
        """
        now = self._monotonic()
        self._paced = {lane: until for lane, until in self._paced.items() if until > now}
        claimed = await self._db.run(_claim, frozenset(self._paced))
        await asyncio.gather(*(self._one(item) for item in claimed))
        return len(claimed)

    async def _one(self, item: Claimed) -> None:
        about = {"errand": type(item.errand).__name__, "outbox": item.id}
        async with boundary(partial(self._failed, item), **about):
            await self._attempt(item)

    async def _attempt(self, item: Claimed) -> None:
        try:
            outcome = await self._deliver(item)
        except Busy as busy:
            await self._later(item, timedelta(seconds=busy.after), "ratelimited", busy)
        except Paced as paced:
            self._in_its_turn(item, paced.after)
        except Elsewhere as elsewhere:
            await self._db.run(outbox.hand_back, item, elsewhere.lane)
        except NotYet:
            await self._not_yet(item)
        except Unknown as unknown:
            await self._later(item, _backoff(item.attempts), str(unknown), unknown)
        except Refusal as refusal:
            log.warning("slack refused", errand=type(item.errand).__name__, code=refusal.code)
            await self._db.run(_both, self._pace.failed(item, refusal), slack_refused, item, refusal)
        except Refused as refused:
            await self._done(item, f"moot: {refused}")
        else:
            if outcome != ENDED:
                await self._done(item, outcome)

    async def _deliver(self, item: Claimed) -> str:
        match item.errand:
            case Tell():
                return await self._tell(item, item.errand)
            case SendDigest():
                return await self._sent(item, await self._db.read(rendering.digest, item.errand))
            case Brief():
                return await self._sent(item, await self._db.read(rendering.briefing, item.errand))
            case Show():
                return await self._living.show(item, item.errand)
            case ShowCopies(subject):
                return await self._living.show_copies(item, subject)
            case PostPicture():
                return await self._picture(item, item.errand)
            case errand if isinstance(errand, RoomErrand):
                return await self._rooms.do(errand, item)
            case PostBreach():
                return await self._breach(item, item.errand)
            case _:
                raise ValueError(f"{type(item.errand).__name__} is not for Slack")

    # --- one-off messages ---

    async def _tell(self, item: Claimed, errand: Tell) -> str:
        told = await self._sent(item, await self._db.read(rendering.tell, errand))
        self._changed()  # a Home that stands open may show what it tells of
        return told

    async def _sent(self, item: Claimed, ready: Ready) -> str:
        if ready.message is None:
            return "moot"
        if ready.address.ephemeral:
            return await self._whisper(item, ready.address, ready.message)
        await self._sender.post(item, await self._sender.resolved(ready.address), ready.message)
        return "sent"

    async def _whisper(self, item: Claimed, address: Address, message: Message) -> str:
        """An ephemeral cannot be looked up: sent at most once, and not when it is old news."""
        if item.sent_at is not None:
            return "unknown"
        if datetime.now(UTC) - item.added_at > PRIVATE_EXPIRES:
            return "expired"
        await self._db.run(outbox.sending, item.id)
        try:
            await self._slack.call(
                "chat.postEphemeral",
                channel=address.channel,
                user=address.user,
                text=message.text,
                blocks=message.blocks,
            )
        except Refusal as refusal:
            if refusal.code not in _ELSEWHERE:
                raise
            await self._sender.post(item, await self._sender.resolved(Address(user=address.user)), message)
        return "sent"

    async def _picture(self, item: Claimed, errand: PostPicture) -> str:
        """Who asked for a picture is told when there will be none: an app may lack the scope for files."""
        address = await self._sender.resolved(rendering.address_of(errand.to))
        try:
            return await self._pictures.post(item, errand, address.channel)
        except (Refusal, NotDrawn) as no:
            why = no.code if isinstance(no, Refusal) else str(no)
            message = await self._db.read(sorry, errand, why)
            await self._sender.post(item, await self._sender.resolved(Address(user=errand.by)), message)
            return f"no picture: {no}"

    async def _breach(self, item: Claimed, errand: PostBreach) -> str:
        """Where it cannot be drawn or posted, the newest readings say the same in words."""
        place = InRoom(errand.room) if errand.room else InThread(errand.release)
        address = await self._db.read(rendering.address_in, place)
        try:
            return await self._pictures.post_breach(item, errand, address.channel, address.thread_ts)
        except (Refusal, NotDrawn) as no:
            await self._sender.post(item, address, await self._db.read(breach_in_words, errand))
            return f"no picture: {no}"

    # --- ends ---

    async def _done(self, item: Claimed, outcome: str) -> None:
        await self._db.run(_both, self._pace.answered(item), outbox.finish, [(item.id, outcome)])

    async def _later(
        self, item: Claimed, after: timedelta, why: str, failure: SlackFailure | None = None
    ) -> None:
        failed = self._pace.failed(item, failure or Unknown(why))
        await self._db.run(_both, failed, outbox.put_back, item.id, after, why)

    def _in_its_turn(self, item: Claimed, after: float) -> None:
        self._paced[item.lane] = self._monotonic() + after
        asyncio.get_running_loop().call_later(after, self._wake)

    async def _not_yet(self, item: Claimed) -> None:
        """What it belongs under comes by the same lane or not at all: after a while it is given up."""
        if item.attempts > 10 * GIVE_UP_AFTER:
            await self._done(item, "no place")
        else:
            await self._later(item, NOT_YET, "not yet")

    async def _failed(self, item: Claimed, reference: str) -> None:
        """A bug of ours must not hold up the lane for ever."""
        if item.attempts >= GIVE_UP_AFTER:
            await self._done(item, f"failed: {reference}")
        else:
            await self._later(item, _backoff(item.attempts), f"failed: {reference}")


# An ephemeral needs its reader in the channel: elsewhere the answer comes as a DM.
_ELSEWHERE = {"user_not_in_channel", "not_in_channel", "channel_not_found", "is_archived", "no_permission"}


def _claim(tx: Tx, but: frozenset[str]) -> list[Claimed]:
    return outbox.claim_due(tx, but=but, limit=AT_ONCE, lease=LEASE)


def _both(tx: Tx, also: Callable[[Tx], None], work: Callable[..., None], *args: Any) -> None:
    work(tx, *args)
    also(tx)


def _backoff(attempts: int) -> timedelta:
    return min(timedelta(seconds=0.25 * 2 ** min(attempts, 10)), SLOWEST)
