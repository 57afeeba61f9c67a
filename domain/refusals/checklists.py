"""What cannot be done with the items of a checklist."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from domain.checklists.model import Auto, NamedItem, Phase
from domain.health.model import Reading
from domain.needs import Missing
from domain.people import Role
from domain.types import Stage


@dataclass(frozen=True)
class UnknownItem:
    """The list has no such item, or asks for none now; `known` are the keys that it has."""

    phase: Phase
    key: str
    known: tuple[str, ...]


@dataclass(frozen=True)
class ListNotOpen:
    """Nothing of this list is true (or can be changed) at this stage. `stage` is None in a war room."""

    phase: Phase
    version: str
    stage: Stage | None


@dataclass(frozen=True)
class ListTooSoon:
    """The list is about how things are some time after the rollout: from `at` on (None: not rolled out)."""

    phase: Phase
    at: datetime | None


@dataclass(frozen=True)
class NotYourItem:
    """None of these items is for who asked. `who` are the user ids who can."""

    items: tuple[NamedItem, ...]
    roles: tuple[Role, ...]
    who: tuple[str, ...]
    waive: bool = False


@dataclass(frozen=True)
class CheckFailed:
    """What the bot knows to have failed is not ticked: it is mended and reported anew, or waived."""

    item: NamedItem
    evidence: str
    link: str
    waive: tuple[Role, ...]
    readings: tuple[Reading, ...] = ()


@dataclass(frozen=True)
class KnownByItself:
    """The item follows from facts alone (the gate, who stands by, the merge…): nobody ticks it."""

    item: NamedItem
    auto: Auto


@dataclass(frozen=True)
class ItemSettled:
    """It is already done or waived, by `by` (empty for Naru itself)."""

    item: NamedItem
    waived: bool
    by: str = ""


@dataclass(frozen=True)
class NothingSaid:
    """There is nothing to take back: nobody ticked or waived it."""

    item: NamedItem


@dataclass(frozen=True)
class PeopleOnly:
    """A program reports checks; ticking and waiving are for people."""


@dataclass(frozen=True)
class CheckUnclear:
    """A report that says neither whether it passed nor how much was covered."""


@dataclass(frozen=True)
class ListsUnfinished:
    """What stands between a war room and the end of its post-mortem; `version` is what was rolled back."""

    missing: tuple[Missing, ...]
    version: str = ""
