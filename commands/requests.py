"""What people (and the bot's own workers) ask for: one frozen request per verb."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from domain.approvals import Outcome
from domain.calendar.blackouts import BlackoutKind
from domain.calendar.exceptions import USUAL, ExceptionResult
from domain.calendar.imports import FeedFault, Imported
from domain.calendar.reasons import GateAction
from domain.calendar.rules import WeeklyWindow
from domain.frozen import Look
from domain.people import Person, Role
from domain.refusals import Refusal
from domain.release import ConfirmItem, Due, Unmet
from domain.rollback import Criterion
from domain.scope import RepositoryFacts, Scope
from domain.types import Action, Environment, ReleaseType


@dataclass(frozen=True, kw_only=True)
class StartRelease:
    """`version` empty takes the proposed one. `deploy_at` None takes the next free slot of the cadence.

    `production` is what the person confirms to run in production, asked before the first release only:
    a version, empty when nothing does yet, None when it was not asked.
    """

    project: str
    type: ReleaseType
    version: str = ""
    deploy_at: datetime | None = None
    feature: str = ""
    commits: tuple[str, ...] = ()
    stakeholders: tuple[str, ...] = ()
    parent: str = ""
    production: str | None = None


@dataclass(frozen=True, kw_only=True)
class Advance:
    """Any step that a person takes along the lifecycle.

    `from_rc` is the candidate that the button was shown for, `early` cuts before the freeze has begun,
    `commits` names those of an emergency or hotfix when its branch is cut.
    """

    release: str
    action: Action
    note: str = ""
    early: bool = False
    commits: tuple[str, ...] = ()
    from_rc: int | None = None


@dataclass(frozen=True, kw_only=True)
class RetryGit:
    """Try again what git could not do."""

    release: str


@dataclass(frozen=True, kw_only=True)
class FixForward:
    """Start a linked hotfix for a release under verification."""

    release: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class PassQa:
    release: str
    migration: bool | None
    breaking: bool | None
    report: str = ""
    reservations: str = ""
    way_back: str = ""


@dataclass(frozen=True, kw_only=True)
class NewCondition:
    text: str
    owner: str = ""
    due: Due = Due.BEFORE_DEPLOY
    due_at: datetime | None = None
    unmet: Unmet = Unmet.BLOCKS


@dataclass(frozen=True, kw_only=True)
class Decide:
    """`candidate` is the rc number on the button that was pressed."""

    release: str
    candidate: int
    outcome: Outcome
    comment: str = ""
    conditions: tuple[NewCondition, ...] = ()


@dataclass(frozen=True, kw_only=True)
class WithdrawDecision:
    release: str
    candidate: int


@dataclass(frozen=True, kw_only=True)
class MeetCondition:
    release: str
    condition: str
    evidence: str = ""


@dataclass(frozen=True, kw_only=True)
class Confirm:
    release: str
    item: ConfirmItem
    candidate: int
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Retarget:
    release: str
    deploy_at: datetime
    reason: str = ""
    lift_freeze: bool = False


@dataclass(frozen=True, kw_only=True)
class HandOver:
    """`to` leads the release from now on."""

    release: str
    to: str


@dataclass(frozen=True, kw_only=True)
class Cancel:
    release: str
    reason: str
    delete_branch: bool = False
    superseded_by: str = ""


@dataclass(frozen=True, kw_only=True)
class NameStakeholders:
    release: str
    users: tuple[str, ...]


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
    at the project's wall-clock times. No type named means every type, no environment production.
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


@dataclass(frozen=True, kw_only=True)
class AskException:
    """Exceptions to all that closes the gate at `since`, None being now.

    To deploy it names the release; to merge the feature release whose own branch is meant, or none for the
    main line. `shown` is the fingerprint of the restrictions that the form named; empty without a form.
    """

    project: str
    what: str
    why: str
    risk: str
    way_back: str
    release: str = ""
    action: GateAction = GateAction.DEPLOY
    since: datetime | None = None
    length: timedelta = USUAL
    single_use: bool = True
    shown: str = ""


@dataclass(frozen=True, kw_only=True)
class DecideException:
    """`length` and `single_use` None are as they are wanted."""

    exception: str
    grant: bool
    length: timedelta | None = None
    single_use: bool | None = None
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class RevokeException:
    """Take back what was granted, or the own request for it."""

    exception: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class JudgeException:
    """What people found afterwards."""

    exception: str
    result: ExceptionResult
    urgent: bool
    reason_true: bool
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class LiftLock:
    project: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class GiveRole:
    project: str
    role: Role
    holder: str


@dataclass(frozen=True, kw_only=True)
class TakeRole:
    project: str
    role: Role
    holder: str


@dataclass(frozen=True, kw_only=True)
class LinkAuthor:
    project: str
    email: str
    user: str


# --- rollback and war room --------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class OpenRoom:
    """`adopt` is the channel to take as the room; empty makes a new one. `release` may be empty."""

    project: str
    release: str = ""
    adopt: str = ""


@dataclass(frozen=True, kw_only=True)
class DeclareRollback:
    """`room` names the war room from inside of which it is declared, else one is opened."""

    release: str
    criteria: tuple[Criterion, ...]
    evidence: str
    migration: bool
    target: str = ""
    commander: str = ""
    room: str = ""


@dataclass(frozen=True, kw_only=True)
class TakeSeat:
    room: str


@dataclass(frozen=True, kw_only=True)
class HandSeat:
    room: str
    to: str


@dataclass(frozen=True, kw_only=True)
class MoveStep:
    """`state` is started, done, skipped or reopened; `owner` empty is who asks."""

    room: str
    step: str
    state: str
    owner: str = ""
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class LogLine:
    room: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Escalate:
    room: str
    role: Role | None = None
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Resolve:
    """Ends the rollback (or the war room without one). `summary` goes to the completion notice."""

    room: str
    summary: str = ""


@dataclass(frozen=True, kw_only=True)
class StandDown:
    room: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class FinishPostmortem:
    room: str
    link: str = ""


# --- said at the edge -------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Misunderstood:
    """A text or form that could not be read: answered and audited like any refusal."""

    refusal: Refusal
    project: str = ""


# --- reports of the bot's own workers ---------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class RepositoryWasRead:
    """`looks` are at the branches that freezes cover, here and in the other reports of a reading."""

    project: str
    facts: RepositoryFacts
    looks: tuple[Look, ...] = ()


@dataclass(frozen=True, kw_only=True)
class HeadWasRead:
    """`head` is the commit of the release's branch, empty with `problem` when it could not be read."""

    release: str
    action: Action | None
    head: str = ""
    scope: Scope | None = None
    looks: tuple[Look, ...] = ()
    problem: str = ""
    detail: str = ""


@dataclass(frozen=True, kw_only=True)
class BranchWasCut:
    release: str
    branch: str
    sha: str = ""
    scope: Scope | None = None
    looks: tuple[Look, ...] = ()
    taken: tuple[str, ...] = ()
    problem: str = ""
    detail: str = ""
    files: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class RefsWereMade:
    """The outcome of tagging, merging or deleting. `work` is tag_candidate, finish, tag or drop_branch."""

    release: str
    work: str
    refs: tuple[tuple[str, str], ...] = ()
    problem: str = ""
    detail: str = ""
    files: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class RoomWasMade:
    room: str
    channel: str
    name: str


@dataclass(frozen=True, kw_only=True)
class PeopleSeen:
    people: tuple[Person, ...]


@dataclass(frozen=True, kw_only=True)
class GroupSeen:
    group: str
    users: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class ChannelSeen:
    channel: str
    users: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class MemberMoved:
    channel: str
    user: str
    joined: bool


@dataclass(frozen=True, kw_only=True)
class RemindersDue:
    """A tick of the scheduler: whatever is due is said, asked or skipped."""


Request = (
    StartRelease
    | Advance
    | RetryGit
    | FixForward
    | PassQa
    | Decide
    | WithdrawDecision
    | MeetCondition
    | Confirm
    | HandOver
    | Retarget
    | Cancel
    | NameStakeholders
    | BeginFreeze
    | LiftFreeze
    | AddBlackout
    | MoveBlackout
    | RemoveBlackout
    | ChangeOccurrence
    | AddWindow
    | RemoveWindow
    | AskException
    | DecideException
    | RevokeException
    | JudgeException
    | LiftLock
    | GiveRole
    | TakeRole
    | LinkAuthor
    | OpenRoom
    | DeclareRollback
    | TakeSeat
    | HandSeat
    | MoveStep
    | LogLine
    | Escalate
    | Resolve
    | StandDown
    | FinishPostmortem
    | Misunderstood
)
