"""What modals are opened with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from domain.calendar.blackouts import Blackout
from domain.calendar.conflicts import Conflicts
from domain.calendar.slots import Slot
from domain.criteria.model import Breach
from domain.errands import DateTaken
from domain.names import Names
from domain.notices import NoticeAudience, NoticeKind
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
    large: bool = False


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
    """The next occurrences of what has the key `of` (see `domain.calendar.changes`).

    `taken` are the planned releases that the chosen change would close, None before one is chosen; of a
    deploy that is moved, `moved` is what its new time would run into.
    """

    project: ProjectView
    of: str
    due: tuple[DueOccurrence, ...]
    taken: tuple[DateTaken, ...] | None = None
    moved: ChosenTime | None = None


@dataclass(frozen=True, kw_only=True)
class ChosenTime:
    """A deploy time that somebody thinks of: what it would run into, the nearest times that are free of that,
    and the freeze and QA that would come before it.
    """

    deploy_at: datetime
    found: Conflicts
    free: tuple[datetime, ...]
    dates: Slot


@dataclass(frozen=True, kw_only=True)
class RetargetForm:
    """A release whose deploy is being moved; `slots` are offered. `deploy_at` is proposed or chosen, of the
    slots if `from_slot`; what it would run into is `chosen` unless it lies in the past.
    """

    project: ProjectView
    release: Release
    slots: tuple[Slot, ...]
    at: datetime
    deploy_at: datetime | None = None
    from_slot: bool = False
    chosen: ChosenTime | None = None


@dataclass(frozen=True)
class StandingLock:
    """A deploy lock: the id and version of the release whose rollback set it, and why."""

    release: str
    version: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class RollbackForm:
    """What the rollback modal needs: target versions newest first, the preselected one first.

    `database_first` where it is known that the old version cannot run on the new schema; `breaches` are
    what it is declared for, what it was opened at first. `standing` is the target that still stands on the
    other side of the rollout, empty for none, None for a rollout without sides; `by_deployer` where a
    deployer restores.
    """

    project: ProjectView
    release: Release
    targets: tuple[str, ...]
    commanders: tuple[str, ...]
    room: str = ""
    migration: bool | None = None
    database_first: bool = False
    breaches: tuple[Breach, ...] = ()
    standing: str | None = None
    by_deployer: bool = False


@dataclass(frozen=True, kw_only=True)
class NoticeForm:
    """`languages` are those of the audience's `channels`; without channels there is nobody to tell.

    `templates` are the project's own words; `target` and `summary` those of its rollback, if there was one.
    `downtime` is how long its rollout is planned to take the service down. `room` is the war room that it is
    told from, which began at `since`; there may be no release in it.
    """

    project: ProjectView
    release: Release | None
    kind: NoticeKind
    audience: NoticeAudience
    languages: tuple[str, ...]
    channels: tuple[str, ...]
    templates: Mapping[NoticeKind, Names]
    target: str
    summary: str
    at: datetime
    downtime: timedelta = timedelta(0)
    room: str = ""
    since: datetime | None = None
