"""Posts a message once and keeps it up to date, in its channel's turn; an earlier try is looked up first."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from bot.pacing import Pace
from bot.rendering import Address, fingerprint
from bot.slack import Refusal, Slack, Unknown
from messages.message import Message
from storage import outbox, surfaces
from storage.db import Database, Tx
from storage.outbox import Claimed
from storage.surfaces import Posted

LOOKED_BACK = 200  # newest messages of a channel among which an earlier try is looked for


class Sender:
    def __init__(self, db: Database, slack: Slack, pace: Pace) -> None:
        self._db = db
        self._slack = slack
        self._pace = pace
        self._dms: dict[str, str] = {}

    async def post(self, item: Claimed, address: Address, message: Message) -> str:
        """Post once: a try whose outcome is unknown is looked up first. Returns the message's ts."""
        if item.sent_at is not None and (ts := await self._find(item, address)):
            return ts
        await self._pace.post(item, address.channel)
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

    async def resolved(self, address: Address) -> Address:
        """A DM's channel; asked of Slack once per person."""
        if address.channel or not address.user:
            return address
        if address.user not in self._dms:
            opened = await self._slack.call("conversations.open", users=address.user)
            self._dms[address.user] = opened["channel"]["id"]
        return Address(channel=self._dms[address.user], user=address.user)

    async def update(
        self, item: Claimed, posted: Posted, message: Message, ends: Sequence[tuple[int, str]] = ()
    ) -> bool:
        """Bring it up to date, in its turn, unless it shows the same. The errands of `ends` are finished with
        that. Returns whether it was sent.
        """
        shown = fingerprint(message)
        if shown == posted.shown:
            return False
        await self._pace.update(item, posted.channel, posted.ts)
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
            await self._db.run(_gone, posted, self._pace.answered(item))
            raise Unknown("the message is gone, it is posted anew") from refusal
        await self._db.run(_shows, posted, shown, ends, self._pace.answered(item))
        return True


def _shows(
    tx: Tx, posted: Posted, shown: str, ends: Sequence[tuple[int, str]], answered: Callable[[Tx], None]
) -> None:
    surfaces.shows(tx, posted.surface, shown)
    outbox.finish(tx, ends)
    answered(tx)


def _gone(tx: Tx, posted: Posted, answered: Callable[[Tx], None]) -> None:
    surfaces.forget(tx, posted.surface)
    answered(tx)
