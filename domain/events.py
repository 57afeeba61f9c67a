"""What happened: the payload of audit rows and of the lines in a release's thread. A closed set."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from domain.approvals import Outcome
from domain.calendar.blackouts import BlackoutKind
from domain.calendar.entries import GateRule
from domain.calendar.exceptions import ExceptionResult, Restriction
from domain.calendar.imports import FeedChange, FeedFault
from domain.calendar.reasons import GateReason
from domain.commits import ChangeCounts
from domain.people import Role
from domain.refusals import Refusal
from domain.release import ConfirmItem
from domain.types import Action, Environment, ReleaseType, Stage

# What exceptions were from before they could be from anything else: some of their events still wait.
_BLACKOUT = Restriction(rule=GateRule.BLACKOUT)


@dataclass(frozen=True, kw_only=True)
class ReleaseStarted:
    release: str
    version: str
    type: ReleaseType
    previous_version: str
    deploy_at: datetime | None
    freeze_at: datetime | None
    lower_than: str = ""


@dataclass(frozen=True, kw_only=True)
class Advanced:
    """A step of the lifecycle. `note` is the reason, bug or result; `sha` the commit it speaks of."""

    release: str
    version: str
    action: Action
    source: Stage
    target: Stage
    candidate: int = 0
    sha: str = ""
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class QaReported:
    release: str
    version: str
    candidate: int
    migration: bool
    breaking: bool
    report: str = ""
    reservations: str = ""
    way_back: str = ""


@dataclass(frozen=True, kw_only=True)
class ApprovalAsked:
    """`again` says why it is asked once more: new candidate, lapsed, moved."""

    release: str
    version: str
    candidate: int
    sha: str
    policy: str
    again: str = ""
    relaxed: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Decided:
    release: str
    version: str
    candidate: int
    sha: str
    outcome: Outcome
    comment: str = ""
    conditions: tuple[str, ...] = ()
    replaces: Outcome | None = None
    policy: str = ""


@dataclass(frozen=True, kw_only=True)
class DecisionWithdrawn:
    release: str
    version: str
    candidate: int
    outcome: Outcome


@dataclass(frozen=True, kw_only=True)
class ApprovalsLapsed:
    """Decisions that count no more; `why` is new_candidate, time, role_lost, moved."""

    release: str
    version: str
    candidate: int
    why: str
    users: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ConditionMet:
    release: str
    version: str
    condition: str
    text: str
    evidence: str = ""


@dataclass(frozen=True, kw_only=True)
class Confirmed:
    release: str
    version: str
    item: ConfirmItem
    candidate: int
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class StakeholdersNamed:
    release: str
    version: str
    users: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class CaptainNamed:
    """Who leads a release from now on; `former` did, empty when the rotation decided at the start."""

    release: str
    version: str
    captain: str
    former: str = ""


@dataclass(frozen=True, kw_only=True)
class Retargeted:
    release: str
    version: str
    before: datetime | None
    after: datetime
    freeze_before: datetime | None
    freeze_after: datetime | None
    freeze_stays: bool = False
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class StepDone:
    release: str
    version: str
    step: str
    done: int
    total: int


@dataclass(frozen=True, kw_only=True)
class RolloutInterrupted:
    """The gate closed on a rollout: `step` was under way and may end, `left` have to wait."""

    release: str
    version: str
    candidate: int
    step: str
    left: tuple[str, ...]
    reasons: tuple[GateReason, ...]
    next_open: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class WorkAsked:
    """The git worker was asked; a second command decides with what it reports."""

    release: str
    version: str
    action: Action
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class GitDone:
    """What was made on the remote: ref names with the commits they are at."""

    release: str
    version: str
    work: str
    refs: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, kw_only=True)
class GitFailed:
    """`problem` is the code of what went wrong, `detail` free of secrets, `files` the conflicting ones."""

    release: str
    version: str
    work: str
    problem: str
    detail: str = ""
    files: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class RepositoryRead:
    tags: int
    branches: int
    changes: ChangeCounts
    next_version: str
    problem: str = ""


@dataclass(frozen=True, kw_only=True)
class ProductionConfirmed:
    """What a person said to run in production, once per project: empty when nothing does yet.

    `found` is the highest tag on main, as it was proposed.
    """

    version: str
    found: str


@dataclass(frozen=True, kw_only=True)
class FreezeBegun:
    """A freeze that a person began early."""

    release: str
    version: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class FreezeLifted:
    """`why` is deployed, cancelled, rolled_back or by_hand."""

    release: str
    version: str
    why: str
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class MergedCommit:
    """A commit that came onto a frozen branch. `user` is its author in Slack, empty for whom nobody matched.

    Of a merge `brings` are the first of the `brought` commits that are no fixes. `url` is on the code host.
    """

    sha: str
    text: str
    author: str
    user: str = ""
    url: str = ""
    brings: tuple[str, ...] = ()
    brought: int = 0


@dataclass(frozen=True, kw_only=True)
class FreezeViolated:
    """Commits that are no fixes came onto a branch during a code freeze: each is told once.

    `version` is that of the release whose freeze it is; a slot that no release has taken has its deploy
    `day` (ISO) instead. `own_branch` is that of a feature release. `more` were not looked at one by one.
    `grantors` may grant an exception.
    """

    project: str
    own_branch: bool = False
    release: str = ""
    version: str = ""
    day: str = ""
    branch: str
    commits: tuple[MergedCommit, ...]
    more: int = 0
    grantors: tuple[Role, ...] = ()


@dataclass(frozen=True, kw_only=True)
class MergedByException:
    """The same, covered by an exception from the freeze that `granted_by` granted."""

    release: str = ""
    version: str = ""
    day: str = ""
    branch: str
    commits: tuple[MergedCommit, ...]
    more: int = 0
    exception: str
    granted_by: str


@dataclass(frozen=True, kw_only=True)
class BlackoutAdded:
    """No type named is every type; `start` and `end` of a `yearly` one are those of its first year."""

    blackout: str
    name: str
    start: datetime
    end: datetime
    reason: str
    yearly: bool = False
    kind: BlackoutKind = BlackoutKind.BLACKOUT
    types: tuple[ReleaseType, ...] = ()
    environments: tuple[Environment, ...] = (Environment.PRODUCTION,)


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


@dataclass(frozen=True, kw_only=True)
class RoleGiven:
    role: Role
    holder: str


@dataclass(frozen=True, kw_only=True)
class RoleTaken:
    role: Role
    holder: str


@dataclass(frozen=True, kw_only=True)
class AuthorLinked:
    email: str
    user: str


@dataclass(frozen=True, kw_only=True)
class OneAsked:
    """One of the exceptions that were asked for together; `deciders` were asked, nobody when it is empty."""

    exception: str
    restriction: Restriction
    roles: tuple[Role, ...]
    deciders: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class ExceptionAsked:
    """`since` None is as soon as it is granted. `release` and `version` are empty for merges into the freeze
    of a slot that no release has taken.
    """

    release: str
    version: str
    what: str
    why: str
    risk: str
    way_back: str
    asked: tuple[OneAsked, ...] = ()
    since: datetime | None = None
    length: timedelta = timedelta(hours=2)
    single_use: bool = True
    over_budget: bool = False


@dataclass(frozen=True, kw_only=True)
class ExceptionDecided:
    """`since` None is from now on."""

    exception: str
    release: str
    version: str
    granted: bool
    restriction: Restriction = _BLACKOUT
    since: datetime | None = None
    until: datetime | None = None
    single_use: bool = True
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class ExceptionUsed:
    """A deploy went through that its restriction would have held."""

    exception: str
    release: str
    version: str
    restriction: Restriction


@dataclass(frozen=True, kw_only=True)
class ExceptionExpired:
    """Its time is over. `why` is unanswered, unused, over (used before), or moot (nothing left to deploy)."""

    exception: str
    release: str
    version: str
    restriction: Restriction
    why: str


@dataclass(frozen=True, kw_only=True)
class ExceptionRevoked:
    """`granted` is false where who asked took the request back."""

    exception: str
    release: str
    version: str
    restriction: Restriction
    granted: bool
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class ExceptionJudged:
    exception: str
    release: str
    version: str
    restriction: Restriction
    result: ExceptionResult
    urgent: bool
    reason_true: bool
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class LockSet:
    release: str
    version: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class LockLifted:
    reason: str


@dataclass(frozen=True, kw_only=True)
class RoomOpened:
    """`channel` is one that was already there, empty where one is made."""

    room: str
    release: str
    version: str
    name: str
    channel: str = ""


@dataclass(frozen=True, kw_only=True)
class RollbackDeclared:
    room: str
    release: str
    version: str
    target: str
    criteria: tuple[str, ...]
    evidence: str
    migration: bool


@dataclass(frozen=True, kw_only=True)
class RoomChannelMade:
    room: str
    channel: str
    name: str


@dataclass(frozen=True, kw_only=True)
class SeatTakenBy:
    """The incident commander's seat; `handed_by` is empty when it was free."""

    room: str
    user: str
    handed_by: str = ""


@dataclass(frozen=True, kw_only=True)
class StepMoved:
    """A step of the rollback. `state` is started, done, skipped or reopened."""

    room: str
    step: str
    state: str
    owner: str = ""
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Logged:
    room: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Escalated:
    room: str
    to: Role
    users: tuple[str, ...]
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class RoomResolved:
    room: str
    release: str
    summary: str
    seconds_to_restore: int = 0


@dataclass(frozen=True, kw_only=True)
class PostmortemDone:
    room: str
    link: str = ""


@dataclass(frozen=True, kw_only=True)
class Announced:
    """A timed announcement went into the outbox; `late` when it missed its moment within its grace."""

    announcement: str
    kind: str
    late: bool = False


@dataclass(frozen=True, kw_only=True)
class AnnouncementSkipped:
    """`why` is stale, moot, or failed."""

    announcement: str
    kind: str
    why: str


@dataclass(frozen=True, kw_only=True)
class PolicyLoaded:
    policy: str
    before: str = ""


@dataclass(frozen=True, kw_only=True)
class Denied:
    """A refusal: what was asked (the request's class name) and the answer."""

    request: str
    refusal: Refusal
    release: str = ""


Event = (
    ReleaseStarted
    | Advanced
    | QaReported
    | ApprovalAsked
    | Decided
    | DecisionWithdrawn
    | ApprovalsLapsed
    | ConditionMet
    | Confirmed
    | StakeholdersNamed
    | CaptainNamed
    | Retargeted
    | StepDone
    | RolloutInterrupted
    | WorkAsked
    | GitDone
    | GitFailed
    | RepositoryRead
    | ProductionConfirmed
    | FreezeBegun
    | FreezeLifted
    | FreezeViolated
    | MergedByException
    | BlackoutAdded
    | BlackoutMoved
    | BlackoutRemoved
    | OccurrenceChanged
    | FeedRead
    | FeedRefused
    | WindowsChanged
    | RoleGiven
    | RoleTaken
    | AuthorLinked
    | ExceptionAsked
    | ExceptionDecided
    | ExceptionUsed
    | ExceptionExpired
    | ExceptionRevoked
    | ExceptionJudged
    | LockSet
    | LockLifted
    | RoomOpened
    | RollbackDeclared
    | RoomChannelMade
    | SeatTakenBy
    | StepMoved
    | Logged
    | Escalated
    | RoomResolved
    | PostmortemDone
    | Announced
    | AnnouncementSkipped
    | PolicyLoaded
    | Denied
)
