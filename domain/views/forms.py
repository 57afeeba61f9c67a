"""What modals are opened with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from domain.calendar.blackouts import Blackout
from domain.calendar.slots import Slot
from domain.errands import DateTaken
from domain.release import Release
from domain.scope import RepositoryFacts
from domain.types import ReleaseType
from domain.views.living import ProjectView


@dataclass(frozen=True, kw_only=True)
class StartForm:
    """What the start modal needs. `facts` None while the repository was never read.

    `production` is the tag of what runs; while a person still has to confirm that, `to_confirm` are the
    tags to choose from, the highest one on main first.
    """

    project: ProjectView
    projects: tuple[ProjectView, ...]
    type: ReleaseType
    version: str
    proposed: str
    facts: RepositoryFacts | None
    slots: tuple[Slot, ...]
    deploy_at: datetime | None
    parent: str = ""
    production: str = ""
    to_confirm: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class BlackoutForm:
    """A blackout being entered, or an existing one being moved. `taken` are the planned releases that it
    would close, by deploy time; not looked for before both dates are chosen.

    `projects` are those that may get it together, the one it was opened for among them; `chosen` the keys of
    those that shall, `zones` those by whose clocks a yearly one may come, the project's first.
    """

    project: ProjectView
    blackout: Blackout | None = None
    name: str = ""
    reason: str = ""
    start: datetime | None = None
    end: datetime | None = None
    projects: tuple[ProjectView, ...] = ()
    chosen: tuple[str, ...] = ()
    zones: tuple[str, ...] = ()
    taken: tuple[TakenIn, ...] = ()


@dataclass(frozen=True, kw_only=True)
class TakenIn:
    """A release of `project` that a blackout would close."""

    project: ProjectView
    said: DateTaken


@dataclass(frozen=True, kw_only=True)
class WindowForm:
    """A weekly window being added; `zones` are those by whose clocks it may hold, the project's first."""

    project: ProjectView
    zones: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class DueOccurrence:
    """What recurs, once: due on `day`; `start` None when it is cancelled, `end` None for a deploy."""

    day: date
    start: datetime | None
    end: datetime | None = None
    changed: bool = False


@dataclass(frozen=True, kw_only=True)
class OccurrenceForm:
    """The next occurrences of what has the key `of` (see `domain.calendar.changes`)."""

    project: ProjectView
    of: str
    due: tuple[DueOccurrence, ...]


@dataclass(frozen=True, kw_only=True)
class RollbackForm:
    """What the rollback modal needs: target versions newest first, the preselected one first."""

    project: ProjectView
    release: Release
    targets: tuple[str, ...]
    commanders: tuple[str, ...]
    room: str = ""
    migration: bool | None = None
