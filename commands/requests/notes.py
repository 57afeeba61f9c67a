"""Release notes: edit, post, publish again."""

from __future__ import annotations

from dataclasses import dataclass

from domain.notes.model import Audience, Section


@dataclass(frozen=True, kw_only=True)
class NewText:
    """What a section shall say in one language; None is the draft. `base` is the id of the edit that stood
    there when it was opened, 0 for none.
    """

    section: Section
    language: str
    text: str | None
    base: int


@dataclass(frozen=True, kw_only=True)
class EditNotes:
    release: str
    texts: tuple[NewText, ...]


@dataclass(frozen=True, kw_only=True)
class PostNotes:
    """Into the channel of the request."""

    release: str
    audience: Audience
    language: str


@dataclass(frozen=True, kw_only=True)
class PublishNotes:
    """Once more, in the place of what was published."""

    release: str
