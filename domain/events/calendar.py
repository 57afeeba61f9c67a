"""Changes of the calendar."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from domain.calendar.blackouts import BlackoutKind
from domain.calendar.imports import FeedChange, FeedFault
from domain.types import Environment, ReleaseType


@dataclass(frozen=True, kw_only=True)
class BlackoutAdded:
    """No type named is every type; `start` and `end` of a `yearly` one are those of its first year.

    `also` are the keys of the other projects that got it at the same time. `zone` is empty when a yearly one
    comes by the project's clocks.
    """

    blackout: str
    name: str
    start: datetime
    end: datetime
    reason: str
    yearly: bool = False
    kind: BlackoutKind = BlackoutKind.BLACKOUT
    types: tuple[ReleaseType, ...] = ()
    environments: tuple[Environment, ...] = (Environment.PRODUCTION,)
    also: tuple[str, ...] = ()
    zone: str = ""


@dataclass(frozen=True, kw_only=True)
class BlackoutMoved:
    blackout: str
    name: str
    before_start: datetime
    before_end: datetime
    start: datetime
    end: datetime
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class BlackoutRestored:
    """One year of a yearly blackout is as its series has it again: it was cancelled, or moved."""

    blackout: str
    name: str
    start: datetime
    end: datetime
    year: int


@dataclass(frozen=True, kw_only=True)
class BlackoutRemoved:
    """`year` when only that year of a yearly one is cancelled."""

    blackout: str
    name: str
    year: int = 0


@dataclass(frozen=True, kw_only=True)
class OccurrenceChanged:
    """One occurrence of `of` (its key, see `domain.calendar.changes`) due on `day`: cancelled, moved to
    `start` (of hours until `end`), or `restored`.
    """

    of: str
    day: date
    start: datetime | None = None
    end: datetime | None = None
    restored: bool = False
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class FeedRead:
    """What a feed, or a file imported by hand, changed of the calendar; by event.

    `later` counts the times of known events that came into sight as time went on: nothing new.
    """

    feed: str
    added: tuple[FeedChange, ...] = ()
    changed: tuple[FeedChange, ...] = ()
    removed: tuple[FeedChange, ...] = ()
    later: int = 0


@dataclass(frozen=True, kw_only=True)
class FeedRefused:
    """A feed could not be read; what was read from it before stays."""

    feed: str
    faults: tuple[FeedFault, ...]


@dataclass(frozen=True, kw_only=True)
class WindowsChanged:
    """Windows as `tue 10:00-17:00`, before and after."""

    before: tuple[str, ...]
    after: tuple[str, ...]
