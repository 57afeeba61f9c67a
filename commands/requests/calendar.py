"""Changes of a project's calendar."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from domain.calendar.blackouts import BlackoutKind
from domain.calendar.imports import FeedFault, Imported
from domain.calendar.rules import WeeklyWindow
from domain.types import Environment, ReleaseType


@dataclass(frozen=True, kw_only=True)
class BeginFreeze:
    """Begin a release's freeze now, before its time."""

    release: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class LiftFreeze:
    release: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class AddBlackout:
    """`last_day` where whole days were typed: `end` is then the midnight after it. A `yearly` one comes again
    at the wall-clock times of `zone`, each project's own if it is empty. No type named means every type, no
    environment production. The projects `also` get the same one, each its own: all of them or none.
    """

    project: str
    name: str
    start: datetime
    end: datetime
    last_day: date | None = None
    reason: str = ""
    yearly: bool = False
    kind: BlackoutKind = BlackoutKind.BLACKOUT
    types: tuple[ReleaseType, ...] = ()
    environments: tuple[Environment, ...] = ()
    also: tuple[str, ...] = ()
    zone: str = ""


@dataclass(frozen=True, kw_only=True)
class MoveBlackout:
    """Other times for a blackout, or for one year's occurrence of a yearly one (its id names the year)."""

    project: str
    blackout: str
    start: datetime
    end: datetime
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class FeedWasRead:
    """What came of reading a feed of the policy: `unchanged` since the last time, `faults`, or the `times` up
    to `until`. `settings` is the digest of how it was read.
    """

    project: str
    feed: str
    settings: str
    unchanged: bool = False
    faults: tuple[FeedFault, ...] = ()
    times: tuple[Imported, ...] = ()
    until: datetime | None = None
    content: str = ""
    etag: str = ""
    modified: str = ""


@dataclass(frozen=True, kw_only=True)
class ImportFile:
    """A file that somebody imports by hand under a name; importing another one by that name replaces it."""

    project: str
    name: str
    kind: BlackoutKind
    times: tuple[Imported, ...]
    types: tuple[ReleaseType, ...] = ()
    environments: tuple[Environment, ...] = (Environment.PRODUCTION,)


@dataclass(frozen=True, kw_only=True)
class RemoveBlackout:
    """`blackout` is an id or a name; the id of one year's occurrence takes away only that year."""

    project: str
    blackout: str


@dataclass(frozen=True, kw_only=True)
class RestoreBlackout:
    """One year of a yearly blackout, cancelled or moved, takes place as usual; `blackout` is its id."""

    project: str
    blackout: str


@dataclass(frozen=True, kw_only=True)
class ChangeOccurrence:
    """One occurrence of a weekly window, of no-deploy hours or of the cadence's deploys: `cancelled`, or
    moved to `start` (of hours until `end`); neither gives it back to its rule. `of` is its key, `day` its due
    day.
    """

    project: str
    of: str
    day: date
    cancelled: bool = False
    start: datetime | None = None
    end: datetime | None = None
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class AddWindow:
    project: str
    window: WeeklyWindow


@dataclass(frozen=True, kw_only=True)
class RemoveWindow:
    project: str
    window: WeeklyWindow
