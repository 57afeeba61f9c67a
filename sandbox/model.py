"""What a workspace consists of: people, channels, messages, files and groups."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

Json = dict[str, Any]
Kind = Literal["public", "private", "im"]


@dataclass
class User:
    """A person or bot; `team_id` is another team's for somebody reached through Slack Connect."""

    id: str
    name: str
    real_name: str
    email: str
    tz: str
    locale: str
    title: str
    emoji: str
    color: str
    team_id: str
    team_name: str
    is_admin: bool = False
    is_restricted: bool = False
    is_ultra_restricted: bool = False
    is_bot: bool = False
    deleted: bool = False
    updated: int = 0

    @property
    def is_guest(self) -> bool:
        return self.is_restricted or self.is_ultra_restricted


@dataclass
class Message:
    """One message; `ephemeral_to` names its only reader, `thread_ts` its parent (itself for a parent).

    `values` is the state of its selects and pickers for each person who touched it; `earlier` is what could
    be pressed before it was changed: a client shows that for a moment longer.
    """

    ts: str
    user: str
    text: str
    blocks: list[Json] | None = None
    thread_ts: str | None = None
    edited: str | None = None
    metadata: Json | None = None
    files: list[str] = field(default_factory=list)
    reactions: dict[str, list[str]] = field(default_factory=dict)
    ephemeral_to: str | None = None
    subtype: str | None = None
    values: Json = field(default_factory=dict)
    attachments: list[Json] | None = None
    earlier: list[Json] = field(default_factory=list)


@dataclass
class Channel:
    id: str
    name: str
    creator: str
    created: int
    members: list[str] = field(default_factory=list)
    is_private: bool = False
    is_general: bool = False
    is_archived: bool = False
    im_user: str | None = None
    topic: str = ""
    purpose: str = ""
    messages: dict[str, Message] = field(default_factory=dict)
    pins: list[str] = field(default_factory=list)
    bookmarks: list[Json] = field(default_factory=list)
    read: dict[str, str] = field(default_factory=dict)

    @property
    def kind(self) -> Kind:
        if self.im_user is not None:
            return "im"
        return "private" if self.is_private else "public"

    def replies(self, ts: str) -> list[Message]:
        """What was said in the thread of `ts`, oldest first, without the parent and without ephemerals."""
        return [m for m in self.messages.values() if m.thread_ts == ts and m.ts != ts and not m.ephemeral_to]


@dataclass
class Group:
    id: str
    handle: str
    name: str
    members: list[str]
    updated: int = 0


@dataclass
class File:
    """An upload; `uploaded` holds its size once the bytes arrived, `shares` where it is shown."""

    id: str
    name: str
    title: str
    length: int
    mimetype: str
    user: str
    created: int
    ticket: str
    uploaded: int | None = None
    complete: bool = False
    alt_txt: str | None = None
    shares: dict[str, list[str]] = field(default_factory=dict)
