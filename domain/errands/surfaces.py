"""Living messages, and the places of one-off ones."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class SurfaceKind(StrEnum):
    """The living messages: each is always rendered from the state of its subject."""

    CARD = "card"
    APPROVAL = "approval"
    APPROVAL_COPY = "approval_copy"
    EXCEPTION = "exception"
    JUDGEMENT = "judgement"
    CLOSE_QUESTION = "close_question"
    ROOM_SUMMARY = "room_summary"
    ROOM_STATE = "room_state"
    SEAT = "seat"
    POSTMORTEM = "postmortem"
    OUTLOOK = "outlook"
    YEAR = "year"
    NOTES = "notes"


@dataclass(frozen=True)
class Surface:
    """`subject` is a release, `release/rc`, `project/day`, `project/year`, a place of notes, room or
    exception id; `audience` a user id, or empty for the place that belongs to the subject (the project's
    channel, the release's thread, the room).
    """

    kind: SurfaceKind
    subject: str
    audience: str = ""


@dataclass(frozen=True)
class InThread:
    release: str


@dataclass(frozen=True)
class InChannel:
    """`language` empty is the project's."""

    channel: str
    language: str = ""


@dataclass(frozen=True)
class ToPerson:
    user: str


@dataclass(frozen=True)
class Privately:
    """An ephemeral line: cannot be looked up afterwards, so it is sent at most once."""

    channel: str
    user: str


@dataclass(frozen=True)
class InRoom:
    room: str


Place = InThread | InChannel | ToPerson | Privately | InRoom
