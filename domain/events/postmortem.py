"""What people write for a post-mortem, and what becomes of its action items."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from domain.postmortem.model import ItemState, Section


@dataclass(frozen=True, kw_only=True)
class PostmortemWritten:
    """`sections` are those that read otherwise now."""

    room: str
    version: str
    sections: tuple[Section, ...]


@dataclass(frozen=True, kw_only=True)
class ActionItemAdded:
    room: str
    version: str
    item: str
    text: str
    owner: str
    due: datetime


@dataclass(frozen=True, kw_only=True)
class ActionItemEnded:
    """`state` is done or dropped; `owner` whose it was."""

    room: str
    version: str
    item: str
    text: str
    owner: str
    state: ItemState
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class ActionItemHandedOn:
    """It is `owner`'s now, by `due`; `former` had it, and may be the same."""

    room: str
    version: str
    item: str
    text: str
    owner: str
    former: str
    due: datetime


@dataclass(frozen=True, kw_only=True)
class ActionItemReopened:
    room: str
    version: str
    item: str
    text: str
    owner: str


@dataclass(frozen=True, kw_only=True)
class RedeployLinked:
    """`release` brings the rolled-back `version` out again, as `by_version`, `on` a planned day; the release
    is empty where only the day is known.
    """

    room: str
    version: str
    release: str
    by_version: str
    on: date | None = None
