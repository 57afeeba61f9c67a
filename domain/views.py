"""What reads return and messages show: plain values, complete enough that messages ask nothing further."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from domain.approvals import Decision, Tally
from domain.calendar.blackouts import Blackout
from domain.calendar.entries import DeployLock, Freeze
from domain.calendar.gate import GateAnswer
from domain.calendar.imports import FeedState
from domain.calendar.published import Published
from domain.calendar.rules import WeeklyWindow
from domain.calendar.slots import Slot
from domain.errands import DateTaken
from domain.events import Event
from domain.needs import Missing
from domain.people import Holding, Role
from domain.policy import Contact, Separation
from domain.refusals import Refusal
from domain.release import ConfirmItem, Release
from domain.rollback import Entry, Room, StepKey
from domain.scope import RepositoryFacts, Scope
from domain.types import Action, Column, ReleaseType, Stage

# --- outcomes of commands ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class Happened:
    """The verb was done (or asked of the git worker); the event says what."""

    event: Event


@dataclass(frozen=True)
class SaidNo:
    """`zone` is that of the project concerned, empty when none is."""

    refusal: Refusal
    zone: str = ""


Outcome = Happened | SaidNo


# --- living messages --------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class ProjectView:
    """How a project is shown: its title in both languages, channel id, language and zone of its channel."""

    key: str
    title: Mapping[str, str]
    channel: str
    language: str
    zone: str


@dataclass(frozen=True, kw_only=True)
class CardView:
    """A release's card. `actions` are the buttons of this stage; `missing` what the deploy still needs
    (shown while approved); `open_conditions` by id are within `release.conditions`; `room_channel` is the
    war room's channel when there is one, `restore_open` what its rollback cannot end without;
    `ahead_of_production` after a rollback from released; `newer_channel` and `newer_ts` are where the card of
    the release that superseded it is, if anywhere.
    """

    project: ProjectView
    release: Release
    scope: Scope | None
    tally: Tally | None
    gate: GateAnswer
    actions: tuple[Action, ...]
    to_confirm: tuple[ConfirmItem, ...]
    missing: tuple[Missing, ...] = ()
    room_channel: str = ""
    restore_open: tuple[StepKey, ...] = ()
    lock: DeployLock | None = None
    ahead_of_production: bool = False
    large: bool = False
    newer_channel: str = ""
    newer_ts: str = ""


@dataclass(frozen=True, kw_only=True)
class ApprovalView:
    """The approval request of one candidate. `current` is false once it means nothing: no buttons then."""

    project: ProjectView
    release: Release
    candidate: int
    scope: Scope | None
    tally: Tally
    decisions: tuple[Decision, ...]
    gate: GateAnswer
    separation: Separation
    current: bool
    compare_url: str = ""


@dataclass(frozen=True, kw_only=True)
class ExceptionView:
    """`state` is asked, granted, denied, used, expired."""

    project: ProjectView
    id: str
    release: Release
    blackout: Blackout
    state: str
    asked_by: str
    asked_at: datetime
    what: str
    why: str
    risk: str
    way_back: str
    decided_by: str = ""
    until: datetime | None = None
    note: str = ""
    deciders: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class RoomView:
    """A war room with all that its messages show. `may_take` are the roles that may take the seat now,
    `core_functions` what the policy wants tried by hand after the way back.
    """

    project: ProjectView
    room: Room
    release: Release | None
    contacts: tuple[Contact, ...]
    members: Mapping[Role, tuple[str, ...]]
    may_take: tuple[Role, ...]
    entries: tuple[Entry, ...]
    core_functions: tuple[str, ...]
    at: datetime


# --- answers to slash commands and Home -------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Row:
    """One release in a list: `waits_for` people or roles, `since` when that began."""

    project: str
    release: str
    version: str
    type: ReleaseType
    stage: Stage
    column: Column
    changes: int
    deploy_at: datetime | None
    held: bool
    waits_for: tuple[str, ...]
    waits_for_roles: tuple[Role, ...]
    since: datetime


@dataclass(frozen=True, kw_only=True)
class ListView:
    project: ProjectView | None
    rows: tuple[Row, ...]
    ended: int = 0


@dataclass(frozen=True, kw_only=True)
class BoardView:
    project: ProjectView
    columns: Mapping[Column, tuple[Row, ...]]


@dataclass(frozen=True, kw_only=True)
class Task:
    """One thing that waits for a person: `kind` is approve, action, confirm, condition, exception, seat,
    postmortem, git or revert. `action` or `item` say which; `channel` and `ts` are those of the
    message to press on. `zone` is the project's.
    """

    kind: str
    project: str
    release: str
    version: str
    zone: str
    since: datetime
    due: datetime | None = None
    action: Action | None = None
    item: ConfirmItem | None = None
    text: str = ""
    channel: str = ""
    ts: str = ""


@dataclass(frozen=True, kw_only=True)
class MineView:
    tasks: tuple[Task, ...]


@dataclass(frozen=True, kw_only=True)
class GateView:
    project: ProjectView
    type: ReleaseType
    answer: GateAnswer
    release: Release | None = None
    exception_for: str = ""


@dataclass(frozen=True, kw_only=True)
class ProjectHome:
    """One project on App Home: may it deploy now (for a regular release), and its next dates.

    `feeds` are those that could not be read.
    """

    project: ProjectView
    gate: GateAnswer
    running: tuple[Row, ...]
    slots: tuple[Slot, ...]
    blackouts: tuple[Blackout, ...]
    problem: str = ""
    feeds: tuple[FeedState, ...] = ()


@dataclass(frozen=True, kw_only=True)
class HomeView:
    """`why_not` is guest or stranger (as in NotAMember) where this person takes no part in releases."""

    tasks: tuple[Task, ...]
    projects: tuple[ProjectHome, ...]
    at: datetime
    why_not: str = ""


@dataclass(frozen=True, kw_only=True)
class FreezeView:
    project: ProjectView
    freezes: tuple[Freeze, ...]
    slots: tuple[Slot, ...]
    at: datetime


@dataclass(frozen=True, kw_only=True)
class BlackoutsView:
    project: ProjectView
    blackouts: tuple[Blackout, ...]
    at: datetime


@dataclass(frozen=True, kw_only=True)
class WindowsView:
    project: ProjectView
    windows: tuple[WeeklyWindow, ...]
    from_policy: bool


@dataclass(frozen=True, kw_only=True)
class FeedView:
    """A feed of the calendar from `since` to `until`; `person` is the name of whose it is, empty for all."""

    project: ProjectView
    published: tuple[Published, ...]
    since: datetime
    until: datetime
    person: str = ""


@dataclass(frozen=True, kw_only=True)
class RolesView:
    """Every role with its holdings; `members` with groups resolved; `owners` may change them."""

    project: ProjectView
    holdings: tuple[Holding, ...]
    members: Mapping[Role, tuple[str, ...]]
    locked: tuple[Role, ...]
    owners: tuple[str, ...]


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
    """

    project: ProjectView
    blackout: Blackout | None = None
    start: datetime | None = None
    end: datetime | None = None
    taken: tuple[DateTaken, ...] = ()


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


@dataclass(frozen=True, kw_only=True)
class ScopeView:
    project: ProjectView
    release: Release
    scope: Scope
    compare_url: str = ""


View = (
    CardView
    | ApprovalView
    | ExceptionView
    | RoomView
    | ListView
    | BoardView
    | MineView
    | GateView
    | HomeView
    | FreezeView
    | BlackoutsView
    | WindowsView
    | RolesView
    | ScopeView
)
