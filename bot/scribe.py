"""The scribe's emoji: a message in a war room that is marked with it goes onto the timeline, once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import structlog

from bot import answers, verbs
from bot.directory import Directory
from bot.rendering import reader_of
from bot.slack import Slack, SlackFailure
from commands.context import project_of
from commands.requests import LogMessage
from domain.people import Actor, Origin, Via
from domain.rollback import RoomState
from domain.views import SaidNo
from storage import room_marks, rooms
from storage.db import Database, Tx

log = structlog.get_logger()


class Scribe:
    """Follows reactions. One that is taken away again changes nothing: what is on the timeline stays."""

    def __init__(self, db: Database, slack: Slack, directory: Directory, bot_user: str) -> None:
        self._bot_user = bot_user
        self._db = db
        self._slack = slack
        self._directory = directory

    async def reacted(self, event: Mapping[str, Any]) -> None:
        """Serve one `reaction_added`; any other emoji, place or thing than meant is none of ours."""
        item = event.get("item") or {}
        place = item.get("channel"), item.get("ts"), event.get("user"), event.get("reaction")
        channel, ts, user, emoji = (one if isinstance(one, str) else "" for one in place)
        room = await self._db.read(_room_of, channel, ts, emoji) if channel and ts and user else ""
        person = await self._directory.know(user) if room else None
        if person is None:
            return
        try:
            found = await self._message(channel, ts)
        except SlackFailure as failure:
            log.warning("marked message not read", why=str(failure))
            return
        text, author = str(found.get("text") or ""), str(found.get("user") or "")
        if author == self._bot_user:  # what Naru writes here comes from the timeline, or stands in its state
            return
        request = LogMessage(room=room, ts=ts, text=text, author=author)
        origin = Origin(Actor(person.team, user), Via.EVENT, "", channel)
        outcome = await self._db.run(verbs.perform, request, origin)
        if isinstance(outcome, SaidNo):
            await self._whisper(origin, outcome)

    async def _message(self, channel: str, ts: str) -> Mapping[str, Any]:
        """The message of that `ts`, in the channel or in a thread; empty when it is gone."""
        exactly = {"channel": channel, "latest": ts, "oldest": ts, "inclusive": True, "limit": 1}
        for method, place in (
            ("conversations.history", exactly),
            ("conversations.replies", {"channel": channel, "ts": ts}),
        ):
            page = await self._slack.read(method, **place)
            found = [one for one in page.get("messages", []) if one.get("ts") == ts]
            if found:
                return dict(found[0])
        return {}

    async def _whisper(self, origin: Origin, outcome: SaidNo) -> None:
        reader = await self._db.read(reader_of, origin.actor.user)
        message = answers.outcome(reader, outcome)
        said = {"text": message.text, "blocks": message.blocks}
        try:
            await self._slack.call(
                "chat.postEphemeral", channel=origin.channel, user=origin.actor.user, **said
            )
        except SlackFailure as failure:
            log.info("private line not sent", why=str(failure))


def _room_of(tx: Tx, channel: str, ts: str, emoji: str) -> str:
    """The war room whose timeline the marked message belongs on; empty for none, or where it is already."""
    room = rooms.of_channel(tx, channel)
    if room is None or room.state is RoomState.CLOSED or room_marks.is_marked(tx, room.id, ts):
        return ""
    # A hand with a skin colour is the same emoji: `+1::skin-tone-2`.
    wanted = project_of(tx, room.project).policy.rollback.scribe_emoji.strip(":")
    return room.id if emoji.partition("::")[0] == wanted else ""
