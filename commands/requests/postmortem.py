"""What people write for a post-mortem, its action items, and the release that follows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from domain.postmortem import ItemState, Section


@dataclass(frozen=True, kw_only=True)
class WritePostmortem:
    """Sections that are not named stay as they are; an empty text takes one back."""

    room: str
    texts: tuple[tuple[Section, str], ...]


@dataclass(frozen=True, kw_only=True)
class AddActionItem:
    """`owner` empty is who asks; `due` None is a week from now."""

    room: str
    text: str
    owner: str = ""
    due: date | None = None


@dataclass(frozen=True, kw_only=True)
class EndActionItem:
    """`state` is done or dropped; dropping needs a note."""

    room: str
    item: str
    state: ItemState = ItemState.DONE
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class HandOnActionItem:
    """To another `owner`, to another day, or both; empty and None leave it as it is."""

    room: str
    item: str
    owner: str = ""
    due: date | None = None


@dataclass(frozen=True, kw_only=True)
class ReopenActionItem:
    room: str
    item: str


@dataclass(frozen=True, kw_only=True)
class LinkRedeploy:
    """`release` is the id of the one that brings the change out again, `on` the new date; one of them is
    enough, and the other stays as it was.
    """

    room: str
    release: str = ""
    on: date | None = None
