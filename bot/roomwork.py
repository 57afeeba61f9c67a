"""War-room errands in Slack: make the channel, invite, topic, pins, archive; each harmless to repeat."""

from __future__ import annotations

from typing import assert_never

from bot import rendering
from bot.slack import Refusal, Slack
from bot.uploads import Upload, Uploads
from commands.context import project_of
from commands.frame import perform
from commands.requests import RoomWasMade
from commands.rollback.reports import room_was_made
from commands.rollback.show import room_view
from domain.errands import (
    ArchiveRoom,
    InviteToRoom,
    MakeRoom,
    PinInRoom,
    PostPostmortem,
    PostSnapshot,
    RoomErrand,
    SetRoomTopic,
)
from domain.people import BOT, Origin, Via
from domain.rollback import Room, room_names
from messages import warroom
from messages.texts import Reader
from storage import rooms, snapshots, surfaces
from storage.db import Database, Tx
from storage.outbox import Claimed
from web.postmortems import as_file

INVITED_AT_ONCE = 100
NAMES_TRIED = 50
TOPIC = 250
_THERE = {
    "already_in_channel",
    "cant_invite_self",
    "already_pinned",
    "already_archived",
    "no_pin",
    "is_archived",
}
_ONE_BY_ONE = {"cant_invite", "user_not_found", "ura_max_channels", "user_is_restricted", "users_not_found"}


class RoomWork:
    """Does one room errand at a time; returns its outcome in a word."""

    def __init__(self, db: Database, slack: Slack, bot_user: str) -> None:
        self._db = db
        self._slack = slack
        self._bot_user = bot_user
        self._uploads = Uploads(db, slack)

    async def do(self, errand: RoomErrand, item: Claimed) -> str:
        """`item` is the outbox row of the errand."""
        room = await self._db.read(rooms.get, errand.room)
        if room is None:
            return "gone"
        match errand:
            case MakeRoom():
                return await self._make(room)
            case InviteToRoom():
                return await self._invite(room, errand.users)
            case SetRoomTopic():
                return await self._topic(room)
            case PinInRoom():
                return await self._pin(room, errand)
            case PostSnapshot():
                return await self._post_snapshot(room, errand, item)
            case PostPostmortem():
                return await self._post_postmortem(room, errand, item)
            case ArchiveRoom():
                return await self._quietly("conversations.archive", room.channel)
            case _:
                assert_never(errand)

    async def _make(self, room: Room) -> str:
        """A free name is found by trying; one that an earlier try of ours made is taken up."""
        if room.channel:
            return "made"
        for number, name in enumerate(room_names(room.name)):
            if number >= NAMES_TRIED:
                break
            channel = await self._create(room, name)
            if channel:
                report = RoomWasMade(room=room.id, channel=channel, name=name)
                await self._db.run(perform, room_was_made, report, Origin(BOT, Via.BOT))
                return "made"
        raise Refusal("name_taken", room.name)

    async def _create(self, room: Room, name: str) -> str:
        private = await self._db.read(_is_private, room)
        try:
            made = await self._slack.call("conversations.create", name=name, is_private=private)
        except Refusal as refusal:
            if refusal.code != "name_taken":
                raise
            return await self._ours(name)
        return str(made["channel"]["id"])

    async def _ours(self, name: str) -> str:
        """The channel of that name if we made it and no room has it: a try whose answer was lost.

        Where we may not look, the name is somebody else's.
        """
        kinds = "public_channel,private_channel"
        try:
            listed = await self._slack.pages(
                "conversations.list", "channels", types=kinds, exclude_archived=True
            )
        except Refusal:
            return ""
        for channel in listed:
            mine = channel.get("name") == name and channel.get("creator") == self._bot_user
            if mine and await self._db.read(rooms.of_channel, channel["id"]) is None:
                return str(channel["id"])
        return ""

    async def _invite(self, room: Room, users: tuple[str, ...]) -> str:
        for start in range(0, len(users), INVITED_AT_ONCE):
            batch = users[start : start + INVITED_AT_ONCE]
            try:
                await self._slack.call_in(room.channel, "conversations.invite", users=",".join(batch))
            except Refusal as refusal:
                if refusal.code not in _THERE | _ONE_BY_ONE:
                    raise
                for user in batch:
                    await self._invite_one(room, user)
        return "invited"

    async def _invite_one(self, room: Room, user: str) -> None:
        """One who cannot be invited must not keep the others out."""
        try:
            await self._slack.call_in(room.channel, "conversations.invite", users=user)
        except Refusal as refusal:
            if refusal.code not in _THERE | _ONE_BY_ONE:
                raise

    async def _topic(self, room: Room) -> str:
        topic = await self._db.read(_topic, room.id)
        return await self._quietly("conversations.setTopic", room.channel, topic=topic[:TOPIC])

    async def _pin(self, room: Room, errand: PinInRoom) -> str:
        posted = await self._db.read(surfaces.get, errand.surface)
        if posted is None:
            raise rendering.NotYet(room.id)
        return await self._quietly("pins.add", posted.channel, timestamp=posted.ts)

    async def _post_snapshot(self, room: Room, errand: PostSnapshot, item: Claimed) -> str:
        kept = await self._db.read(snapshots.get, errand.snapshot)
        if kept is None:
            return "gone"
        reader = await self._db.read(_reader, room)
        document = warroom.snapshot(reader, kept)
        file = Upload(
            name=f"{room.name}-{kept.taken}-{item.id}.md",
            title=document.title,
            comment=document.comment,
            body=document.text.encode(),
        )
        return await self._uploads.post(item, file, room.channel)

    async def _post_postmortem(self, room: Room, errand: PostPostmortem, item: Claimed) -> str:
        document = await self._db.read(as_file, errand.room, errand.language)
        file = Upload(
            name=f"{room.name}-postmortem-{errand.language}-{item.id}.md",
            title=document.title,
            comment=document.comment,
            body=document.text.encode(),
        )
        outcome = await self._uploads.post(item, file, room.channel)
        await self._uploads.shown(file.name, room.channel)
        return outcome

    async def _quietly(self, method: str, channel: str, **arguments: str) -> str:
        """Call; that it was already so is as good."""
        try:
            await self._slack.call_in(channel, method, **arguments)
        except Refusal as refusal:
            if refusal.code not in _THERE:
                raise
            return refusal.code
        return "done"


def _is_private(tx: Tx, room: Room) -> bool:
    project = project_of(tx, room.project)
    return project.policy.rollback.private_room


def _reader(tx: Tx, room: Room) -> Reader:
    return rendering.channel_reader(project_of(tx, room.project))


def _topic(tx: Tx, room: str) -> str:
    view = room_view(tx, room)
    reader = rendering.channel_reader(project_of(tx, view.project.key))
    return warroom.topic(reader, view)
