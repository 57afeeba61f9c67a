"""What happened to release notes."""

from __future__ import annotations

from dataclasses import dataclass

from domain.notes.model import Audience, Section


@dataclass(frozen=True, kw_only=True)
class NotesEdited:
    """Somebody wrote a section, or took the draft again (`drafted`). The text itself is in `note_edit`."""

    release: str
    version: str
    section: Section
    language: str
    candidate: int
    drafted: bool = False


@dataclass(frozen=True, kw_only=True)
class NotesPublished:
    """To these channels (an empty one is the release's thread); `again`: in the place of the earlier ones."""

    release: str
    version: str
    channels: tuple[str, ...]
    again: bool = False


@dataclass(frozen=True, kw_only=True)
class NotesPostAsked:
    """Somebody wants the notes in a channel; whether they get there is up to Slack."""

    release: str
    version: str
    channel: str
    audience: Audience
    language: str


@dataclass(frozen=True, kw_only=True)
class NotesNotPosted:
    """Slack refused notes in a channel, with its own word in `code`; `published`: not those of a press, but
    those of the policy.
    """

    release: str
    version: str
    channel: str
    code: str
    published: bool = False


@dataclass(frozen=True, kw_only=True)
class NotesPosted:
    """The notes that somebody asked for are in a channel."""

    release: str
    version: str
    channel: str
    audience: Audience
    language: str
