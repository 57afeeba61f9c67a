"""The state of the workspace: finding and changing people, channels and messages."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field

from sandbox.clock import Clock
from sandbox.errors import SlackError
from sandbox.model import Channel, File, Group, Json, Message, User
from sandbox.notices import Board
from sandbox.triggers import Triggers
from sandbox.viewstate import ViewBook


@dataclass(frozen=True)
class Identity:
    """The team and the app as Slack names them."""

    team_id: str
    team_name: str
    team_domain: str
    app_id: str
    app_name: str
    bot_id: str
    bot_user_id: str


@dataclass
class Workspace:
    """Everything that Slack would remember. `base_url` is where this workspace is served; `scopes` are the
    app's bot scopes (None: all), `has_home` and `has_messages` its tabs.
    """

    identity: Identity
    clock: Clock
    base_url: str = ""
    scopes: frozenset[str] | None = None
    has_home: bool = True
    has_messages: bool = True
    users: dict[str, User] = field(default_factory=dict)
    channels: dict[str, Channel] = field(default_factory=dict)
    groups: dict[str, Group] = field(default_factory=dict)
    files: dict[str, File] = field(default_factory=dict)
    uploads: dict[str, bytes] = field(default_factory=dict)
    views: ViewBook = field(default_factory=ViewBook)
    triggers: Triggers = field(default_factory=Triggers)
    board: Board = field(default_factory=Board)
    last_micros: int = 0
    serial: int = 0

    @property
    def bot(self) -> User:
        return self.users[self.identity.bot_user_id]

    def granted(self, scope: str) -> bool:
        return self.scopes is None or scope in self.scopes

    def now(self) -> int:
        """Business time in whole unix seconds."""
        return int(self.clock.now().timestamp())

    def next_ts(self) -> str:
        """A message ts from business time; strictly growing even when that clock stands or goes back."""
        micros = int(self.clock.now().timestamp()) * 1_000_000
        self.last_micros = max(micros, self.last_micros + 1)
        return f"{self.last_micros // 1_000_000}.{self.last_micros % 1_000_000:06d}"

    def next_id(self, prefix: str) -> str:
        """Unique and reproducible: the n-th id of a workspace is always the same."""
        self.serial += 1
        digest = hashlib.sha256(f"{self.identity.team_id}/{self.serial}".encode()).digest()
        letters = "ABCDEFGHJKLMNPQRSTUVWXYZ0123456789"
        return prefix + "0" + "".join(letters[b % len(letters)] for b in digest[:9])

    def user(self, user_id: str) -> User:
        user = self.users.get(user_id)
        if user is None:
            raise SlackError("user_not_found")
        return user

    def person(self, name: str) -> User:
        """By id or handle, with or without `@`; LookupError when nobody is called so."""
        wanted = name.removeprefix("@")
        for user in self.users.values():
            if wanted in (user.id, user.name):
                return user
        raise LookupError(f"nobody is called {name!r}; known: {sorted(u.name for u in self.users.values())}")

    def channel_named(self, name: str) -> Channel | None:
        """By id, or by name with or without `#`; direct messages have no name."""
        if name in self.channels:
            return self.channels[name]
        wanted = name.removeprefix("#")
        return next((c for c in self.channels.values() if c.name == wanted and c.im_user is None), None)

    def im_with(self, user_id: str) -> Channel:
        """The direct messages between the app and this person, opened when they are not yet."""
        for channel in self.channels.values():
            if channel.im_user == user_id:
                return channel
        members = [self.identity.bot_user_id, user_id]
        im = Channel(self.next_id("D"), "", user_id, self.now(), members, is_private=True, im_user=user_id)
        self.channels[im.id] = im
        self.board.changed("channel", only=user_id, channel=im.id)
        return im

    def may_see(self, user_id: str, channel: Channel) -> bool:
        """Members see a channel; staff also see public ones; guests and strangers only what they are in."""
        if user_id in channel.members:
            return True
        user = self.users[user_id]
        outsider = user.is_guest or user.team_id != self.identity.team_id
        return channel.kind == "public" and not outsider

    def post(self, channel: Channel, message: Message) -> Message:
        channel.messages[message.ts] = message
        if message.thread_ts and not message.ephemeral_to:
            parent = channel.messages.get(message.thread_ts)
            if parent is not None:
                parent.thread_ts = parent.ts
        if message.ephemeral_to:
            self.board.changed("ephemeral", only=message.ephemeral_to, **_place(channel, message))
        else:
            self.board.changed("message", **_place(channel, message))
            self.board.happened(self._message_event(channel, message))
        return message

    def touch(self, channel: Channel, message: Message) -> None:
        """The pages of everybody who sees this message show it anew."""
        self.board.changed("changed", only=message.ephemeral_to, **_place(channel, message))

    def drop(self, channel: Channel, ts: str) -> None:
        message = channel.messages.pop(ts)
        if ts in channel.pins:
            channel.pins.remove(ts)
        self.board.changed("deleted", only=message.ephemeral_to, **_place(channel, message))

    def note(self, channel: Channel, user_id: str, subtype: str, text: str) -> None:
        """The grey line that Slack writes into a channel: joined, left, set the topic …"""
        self.post(channel, Message(self.next_ts(), user_id, text, subtype=subtype))

    def join(self, channel: Channel, user_id: str, *, inviter: str | None = None) -> None:
        channel.members.append(user_id)
        self.note(channel, user_id, "channel_join", f"<@{user_id}> has joined the channel")
        event: Json = {"type": "member_joined_channel", "user": user_id, "channel": channel.id}
        event |= {"channel_type": channel_letter(channel), "team": self.users[user_id].team_id}
        self.board.happened(event | ({"inviter": inviter} if inviter else {}))
        self.board.changed("channel", channel=channel.id)

    def leave(self, channel: Channel, user_id: str) -> None:
        channel.members.remove(user_id)
        self.note(channel, user_id, "channel_leave", f"<@{user_id}> has left the channel")
        event: Json = {"type": "member_left_channel", "user": user_id, "channel": channel.id}
        event |= {"channel_type": channel_letter(channel), "team": self.users[user_id].team_id}
        self.board.happened(event)
        self.board.changed("channel", channel=channel.id)

    def groups_of(self, user_id: str) -> Iterable[Group]:
        return (g for g in self.groups.values() if user_id in g.members)

    def _message_event(self, channel: Channel, message: Message) -> Json:
        types = {"public": "channel", "private": "group", "im": "im"}
        event: Json = {"type": "message", "channel": channel.id, "channel_type": types[channel.kind]}
        event |= {"user": message.user, "text": message.text, "ts": message.ts, "event_ts": message.ts}
        team = self.users[message.user].team_id
        event["team"] = self.identity.team_id
        if team != self.identity.team_id:
            event |= {"user_team": team, "source_team": team}
        if message.user == self.identity.bot_user_id:
            event["bot_id"] = self.identity.bot_id
        optional = {"thread_ts": message.thread_ts, "subtype": message.subtype, "blocks": message.blocks}
        return event | {k: v for k, v in optional.items() if v}


def channel_letter(channel: Channel) -> str:
    """The first letter of the kind of conversation, as membership events have it."""
    return {"public": "C", "private": "G", "im": "D"}[channel.kind]


def _place(channel: Channel, message: Message) -> Json:
    thread = message.thread_ts if message.thread_ts != message.ts else None
    return {"channel": channel.id, "ts": message.ts, "thread_ts": thread}


def micros(ts: str) -> int:
    """A ts as whole microseconds: a float would lose the last digit. Raises ValueError for other texts."""
    seconds, _, fraction = ts.partition(".")
    return int(seconds) * 1_000_000 + int(fraction[:6].ljust(6, "0"))
