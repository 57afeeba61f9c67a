"""What became of the items of checklists; of a release's list, or (with `room`) of a war room's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from domain.checklists.model import Check, NamedItem, Phase


@dataclass(frozen=True, kw_only=True)
class ItemsTicked:
    """`reopened` are ticks that were taken back; `open` is how many of the list are not settled yet."""

    phase: Phase
    items: tuple[NamedItem, ...]
    reopened: tuple[NamedItem, ...] = ()
    release: str = ""
    version: str = ""
    room: str = ""
    candidate: int = 0
    note: str = ""
    link: str = ""
    open: int = 0


@dataclass(frozen=True, kw_only=True)
class ItemReopened:
    """What a person had said of it is taken back; `waived` if that was that it can be done without."""

    phase: Phase
    item: NamedItem
    release: str = ""
    version: str = ""
    room: str = ""
    waived: bool = False


@dataclass(frozen=True, kw_only=True)
class ItemWaived:
    phase: Phase
    item: NamedItem
    reason: str
    release: str = ""
    version: str = ""
    room: str = ""
    candidate: int = 0


@dataclass(frozen=True, kw_only=True)
class ItemAssigned:
    """`user` is empty, and `due` None, where there is no such any more."""

    phase: Phase
    item: NamedItem
    user: str = ""
    due: datetime | None = None
    release: str = ""
    version: str = ""
    room: str = ""


@dataclass(frozen=True, kw_only=True)
class ItemNoted:
    phase: Phase
    item: NamedItem
    note: str = ""
    link: str = ""
    release: str = ""
    version: str = ""
    room: str = ""


@dataclass(frozen=True, kw_only=True)
class CheckReported:
    """`release` and `version` are those whose candidate the commit is, empty if it is none's."""

    sha: str
    check: Check
    passed: bool
    evidence: str = ""
    link: str = ""
    value: float | None = None
    wanted: int | None = None
    release: str = ""
    version: str = ""
    candidate: int = 0


@dataclass(frozen=True, kw_only=True)
class ListsOpened:
    """In a war room. `who` are called in: those who usually see to an item."""

    room: str
    phases: tuple[Phase, ...]
    release: str = ""
    version: str = ""
    who: tuple[str, ...] = ()
