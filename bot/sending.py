"""Posts a message once and keeps it up to date, in its channel's turn; an earlier try is looked up first."""

from __future__ import annotations

from bot.pacing import Pace
from bot.rendering import Address, fingerprint
from bot.slack import Refusal, Slack, Unknown
from messages.message import Message
from storage import outbox, surfaces
from storage.db import Database
from storage.outbox import Claimed
from storage.surfaces import Posted

LOOKED_BACK = 200  # newest messages of a channel among which an earlier try is looked for
SAME, UPDATED = "same", "updated"


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
        self._pace.post(address.channel)
        await self._db.run(outbox.sending, item.id)
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

    async def update(self, posted: Posted, message: Message) -> str:
        """Bring it up to date, in its turn, unless it shows the same. Returns what was done."""
        shown = fingerprint(message)
        if shown == posted.shown:
            return SAME
        self._pace.update(posted.channel, posted.ts)
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
        return UPDATED
