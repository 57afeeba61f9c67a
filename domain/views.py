"""What reads return and messages show: plain values, complete enough that messages ask nothing further."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from domain.approvals import Decision, Tally
from domain.calendar.blackouts import Blackout
from domain.calendar.entries import DeployLock, Freeze
from domain.calendar.exceptions import Budget, ExceptionResult, FreezeException, Restriction
from domain.calendar.gate import GateAction, GateAnswer, GateReason
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
    """An exception as it stands at `at`, its time heeded. `version` is empty where no release is concerned.

    `deciders` hold one of `roles` and did not ask; where there is none, `owners` can give the role to
    somebody. `known` is what Naru knows of the result, `to_judge` whether people are asked for it now.
    """

    project: ProjectView
    exception: FreezeException
    version: str
    roles: tuple[Role, ...]
    deciders: tuple[str, ...]
    owners: tuple[str, ...]
    budget: Budget
    at: datetime
    known: ExceptionResult | None = None
    to_judge: bool = False


@dataclass(frozen=True, kw_only=True)
class NeededException:
    """One exception that would have to be granted. `asked_by` is who has asked for it already."""

    restriction: Restriction
    roles: tuple[Role, ...]
    deciders: tuple[str, ...]
    until: datetime | None = None
    asked_by: str = ""


@dataclass(frozen=True, kw_only=True)
class ExceptionForm:
    """What the form of a request shows for the time that is chosen in it (`since` None: now).

    `stays_closed` are the reasons that no exception opens; without any, the gate is open with all exceptions
    until `closes_at`, None for as long as they last. `release` is None where no release is concerned,
    `closed` the fingerprint of all that closes then.
    """

    project: ProjectView
    release: Release | None
    action: GateAction
    since: datetime | None
    needed: tuple[NeededException, ...]
    stays_closed: tuple[GateReason, ...]
    closes_at: datetime | None
    longest: timedelta
    budget: Budget
    owners: tuple[str, ...]
    closed: str


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
    """One thing that waits for a person: `kind` is approve, action, confirm, condition, exception, judgement,
    seat, postmortem, git or revert. `action` or `item` say which; `channel` and `ts` are those of the
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


@dataclass(frozen=True, kw_only=True)
class ExceptionsView:
    """The exceptions that wait for a decision or are granted."""

    project: ProjectView
    exceptions: tuple[ExceptionView, ...]
    budget: Budget


@dataclass(frozen=True, kw_only=True)
class LedgerView:
    """Every exception asked in a month, oldest first; `beyond` are the ids granted beyond the budget."""

    project: ProjectView
    budget: Budget
    exceptions: tuple[ExceptionView, ...]
    beyond: frozenset[str] = frozenset()


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
    | ExceptionsView
    | LedgerView
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
