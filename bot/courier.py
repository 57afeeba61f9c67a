"""Delivers the outbox: renders from state, posts or updates, and looks up before it sends a second time."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial

import structlog
from aiolimiter import AsyncLimiter

from bot import rendering
from bot.delivered import slack_refused, stands
from bot.errors import boundary
from bot.pictures.painter import NotDrawn
from bot.pictures.posting import Pictures, breach_in_words, sorry
from bot.rendering import Address, NotYet, Ready, fingerprint
from bot.roomwork import RoomWork
from bot.slack import Busy, Refusal, Slack, Unknown
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
    Surface,
    Tell,
)
from domain.refusals import Refused
from messages.message import Message
from storage import outbox, surfaces
from storage.db import Database, Tx
from storage.outbox import Claimed, Waiting
from storage.surfaces import Posted

log = structlog.get_logger()

LEASE = timedelta(seconds=60)
AT_ONCE = 40
GIVE_UP_AFTER = 5  # tries of an errand that fails for a reason of its own
PRIVATE_EXPIRES = timedelta(minutes=2)
LOOKED_BACK = 200  # newest messages of a channel among which an earlier try is looked for
SLOWEST = timedelta(seconds=60)
NOT_YET = timedelta(seconds=2)
# Slack takes about one message a second per channel, and short bursts.
BURST, PER_SECONDS = 10, 10


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
    ) -> None:
        """`workspace` is Slack's address of the workspace, for links to messages."""
        self._db = db
        self._slack = slack
        self._rooms = rooms
        self._pictures = pictures
        self._changed = changed
        self._workspace = workspace
        self._dms: dict[str, str] = {}
        self._limits: dict[str, AsyncLimiter] = defaultdict(lambda: AsyncLimiter(BURST, PER_SECONDS))

    async def work(self) -> int:
        """Deliver what is due; returns how many errands were handled."""
        claimed = await self._db.run(_claim)
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
            await self._later(item, timedelta(seconds=busy.after), "ratelimited")
        except NotYet:
            await self._not_yet(item)
        except Unknown as unknown:
            await self._later(item, _backoff(item.attempts), str(unknown))
        except Refusal as refusal:
            log.warning("slack refused", errand=type(item.errand).__name__, code=refusal.code)
            await self._db.run(slack_refused, item, refusal)
        except Refused as refused:
            await self._done(item, f"moot: {refused}")
        else:
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
                return await self._show(item, item.errand)
            case ShowCopies(subject):
                return await self._show_copies(subject)
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
        await self._post(item, await self._resolved(ready.address), ready.message)
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
            await self._post(item, await self._resolved(Address(user=address.user)), message)
        return "sent"

    async def _post(self, item: Claimed, address: Address, message: Message) -> str:
        """Post once: a try whose outcome is unknown is looked up first. Returns the message's ts."""
        if item.sent_at is not None and (ts := await self._find(item, address)):
            return ts
        await self._db.run(outbox.sending, item.id)
        async with self._limits[address.channel]:
            posted = await self._slack.call_in(
                address.channel,
                "chat.postMessage",
                text=message.text,
                blocks=message.blocks,
                thread_ts=address.thread_ts or None,
                metadata={"event_type": "naru", "event_payload": {"outbox": item.id}},
                unfurl_links=False,
                unfurl_media=False,
            )
        return str(posted["ts"])

    async def _picture(self, item: Claimed, errand: PostPicture) -> str:
        """Who asked for a picture is told when there will be none: an app may lack the scope for files."""
        address = await self._resolved(rendering.address_of(errand.to))
        try:
            return await self._pictures.post(item, errand, address.channel)
        except (Refusal, NotDrawn) as no:
            why = no.code if isinstance(no, Refusal) else str(no)
            message = await self._db.read(sorry, errand, why)
            await self._post(item, await self._resolved(Address(user=errand.by)), message)
            return f"no picture: {no}"

    async def _breach(self, item: Claimed, errand: PostBreach) -> str:
        """Where it cannot be drawn or posted, the newest readings say the same in words."""
        place = InRoom(errand.room) if errand.room else InThread(errand.release)
        address = await self._db.read(rendering.address_in, place)
        try:
            return await self._pictures.post_breach(item, errand, address.channel, address.thread_ts)
        except (Refusal, NotDrawn) as no:
            await self._post(item, address, await self._db.read(breach_in_words, errand))
            return f"no picture: {no}"

    async def _find(self, item: Claimed, address: Address) -> str:
        """The ts of the message that an earlier try left in the channel, empty when there is none."""
        arguments = {"channel": address.channel, "include_all_metadata": True}
        if address.thread_ts:
            arguments["ts"] = address.thread_ts
            found = await self._slack.pages("conversations.replies", "messages", **arguments)
        else:
            page = await self._slack.read("conversations.history", limit=LOOKED_BACK, **arguments)
            found = page.get("messages", [])
        for message in found:
            payload = message.get("metadata", {}).get("event_payload", {})
            if payload.get("outbox") == item.id:
                return str(message["ts"])
        return ""

    async def _resolved(self, address: Address) -> Address:
        """A DM's channel; asked of Slack once per person."""
        if address.channel or not address.user:
            return address
        if address.user not in self._dms:
            opened = await self._slack.call("conversations.open", users=address.user)
            self._dms[address.user] = opened["channel"]["id"]
        return Address(channel=self._dms[address.user], user=address.user)

    # --- living messages ---

    async def _show(self, item: Claimed, errand: Show) -> str:
        ready, posted = await self._db.read(_look, errand.surface, self._workspace)
        if ready.message is None:
            return "moot"
        done = await (self._update(posted, ready.message) if posted else self._first(item, errand, ready))
        if ready.after is not None:  # the same way, once, however often this one is tried
            next_one = Show(ready.after, by=errand.by)
            on = Waiting(lane=item.lane, dedupe=f"{item.id}:after", errand=next_one)
            await self._db.run(outbox.add, [on])
        return done

    async def _first(self, item: Claimed, errand: Show, ready: Ready) -> str:
        if ready.message is None:
            raise ValueError("nothing to post")
        address = await self._resolved(ready.address)
        ts = await self._post(item, address, ready.message)
        shown = Posted(errand.surface, address.channel, ts, fingerprint(ready.message))
        await self._db.run(stands, errand, shown)
        self._changed()
        return "posted"

    async def _update(self, posted: Posted, message: Message) -> str:
        shown = fingerprint(message)
        if shown == posted.shown:
            return "same"
        try:
            await self._slack.call(
                "chat.update",
                channel=posted.channel,
                ts=posted.ts,
                text=message.text,
                blocks=message.blocks,
            )
        except Refusal as refusal:
            if refusal.code != "message_not_found":
                raise
            await self._db.run(surfaces.forget, posted.surface)
            raise Unknown("the message is gone, it is posted anew") from refusal
        await self._db.run(surfaces.shows, posted.surface, shown)
        self._changed()
        return "updated"

    async def _show_copies(self, subject: str) -> str:
        for posted in await self._db.read(surfaces.of_subject, subject):
            if posted.surface.audience:
                ready, _ = await self._db.read(_look, posted.surface, self._workspace)
                if ready.message is not None:
                    await self._update(posted, ready.message)
        return "updated"

    # --- ends ---

    async def _done(self, item: Claimed, outcome: str) -> None:
        await self._db.run(outbox.finish, [(item.id, outcome)])

    async def _later(self, item: Claimed, after: timedelta, why: str) -> None:
        await self._db.run(outbox.put_back, item.id, after, why)

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


def _claim(tx: Tx) -> list[Claimed]:
    return outbox.claim_due(tx, git=False, limit=AT_ONCE, lease=LEASE)


def _look(tx: Tx, surface: Surface, workspace: str) -> tuple[Ready, Posted | None]:
    return rendering.surface(tx, surface, workspace), surfaces.get(tx, surface)


def _backoff(attempts: int) -> timedelta:
    return min(timedelta(seconds=0.25 * 2 ** min(attempts, 10)), SLOWEST)
