"""Files of Slack: uploaded and shared, each exactly once."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from bot.pacing import Pace
from bot.slack import Refusal, Slack, SlackFailure
from storage.db import Database
from storage.outbox import Claimed

_LOOKED_BACK = 200
_LOOKS, _A_MOMENT_S = 20, 0.25


@dataclass(frozen=True, kw_only=True)
class Upload:
    """`name` is that of one errand alone; `description` is read to who cannot see a picture.

    `thread` is the ts of the message under which it goes, empty for the channel itself.
    """

    name: str
    title: str
    comment: str
    body: bytes
    description: str | None = None
    thread: str = ""


class Uploads:
    """Slack's upload in three steps (docs.slack.dev, files.getUploadURLExternal): only the third is seen by
    anybody, so that the first two may be tried again without harm.
    """

    def __init__(self, db: Database, slack: Slack) -> None:
        self._db = db
        self._slack = slack
        self._pace = Pace(db)
        self._waiting: dict[int, str] = {}

    async def post(self, item: Claimed, file: Upload, channel: str) -> str:
        """Returns the outcome in a word. Raises Paced, Refusal, Busy, Unknown."""
        if await self.was_shared(item, file.name, channel, file.thread):
            return "sent"
        return await self.share(item, file, channel)

    async def share(self, item: Claimed, file: Upload, channel: str) -> str:
        """The same of a file that no earlier try has shared."""
        uploaded = self._waiting.get(item.id) or await self._uploaded(file)
        self._waiting[item.id] = uploaded
        await self._pace.post(item, channel)
        del self._waiting[item.id]
        try:
            await self._shared(channel, uploaded, file)
        except SlackFailure as failure:
            await self._db.run(self._pace.failed(item, failure))
            raise
        await self._db.run(self._pace.answered(item))
        return "sent"

    def waits(self, item: Claimed) -> bool:
        """Whether its file was uploaded, and it only waits for its turn in the channel."""
        return item.id in self._waiting

    async def shown(self, name: str, channel: str, thread: str = "") -> bool:
        """Whether it stands there, some seconds from now at the latest: Slack shows a file a moment after it
        was shared, and what closes the channel must not come first.
        """
        for _ in range(_LOOKS):
            if await self._is_there(channel, name, thread):
                return True
            await asyncio.sleep(_A_MOMENT_S)
        return False

    async def was_shared(self, item: Claimed, name: str, channel: str, thread: str = "") -> bool:
        """Whether an earlier try has shared the file, of which no answer came."""
        return item.sent_at is not None and await self.shown(name, channel, thread)

    async def _uploaded(self, file: Upload) -> str:
        """The id of the file, which nobody sees yet."""
        address = await self._slack.read(
            "files.getUploadURLExternal",
            filename=file.name,
            length=len(file.body),
            alt_txt=file.description,
        )
        await self._slack.upload(str(address["upload_url"]), file.body)
        return str(address["file_id"])

    async def _shared(self, channel: str, uploaded: str, file: Upload) -> None:
        """A public channel that we are not in yet is joined first."""
        shared = {
            "files": [{"id": uploaded, "title": file.title}],
            "channel_id": channel,
            "initial_comment": file.comment,
        } | ({"thread_ts": file.thread} if file.thread else {})
        try:
            await self._slack.call("files.completeUploadExternal", **shared)
        except Refusal as refusal:
            if refusal.code != "not_in_channel":
                raise
            await self._slack.call("conversations.join", channel=channel)
            await self._slack.call("files.completeUploadExternal", **shared)

    async def _is_there(self, channel: str, name: str, thread: str) -> bool:
        if thread:
            messages = await self._slack.pages(
                "conversations.replies", "messages", channel=channel, ts=thread
            )
        else:
            page = await self._slack.read("conversations.history", channel=channel, limit=_LOOKED_BACK)
            messages = page.get("messages", [])
        files = (file for message in messages for file in message.get("files") or [])
        return any(file.get("name") == name for file in files)
