"""What a transition still needs. A refusal lists all of them at once, with who can settle each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.calendar.gate import GateAnswer
from domain.checklists.model import NamedItem, Phase
from domain.criteria.model import Breach
from domain.notes.missing import GapKind
from domain.people import Role
from domain.release import ConfirmItem
from domain.types import Action, ReleaseType, Stage


@dataclass(frozen=True)
class EmptyScope:
    """There is nothing to release since `since` (a tag)."""

    since: str


@dataclass(frozen=True)
class NameTaken:
    """A branch or tag of that name exists on the remote."""

    name: str


@dataclass(frozen=True)
class FreezeNotBegun:
    begins: datetime | None


@dataclass(frozen=True)
class NoCommitsNamed:
    """An emergency or hotfix is cut from named commits."""


@dataclass(frozen=True)
class ReasonMissing:
    pass


@dataclass(frozen=True)
class BugMissing:
    pass


@dataclass(frozen=True)
class QaAnswerMissing:
    """Migration and breaking changes are answered by a person at QA."""


@dataclass(frozen=True)
class NotesIncomplete:
    """The policy wants something in the release notes that nobody has written; `subject` as in `Gap`."""

    kind: GapKind
    subject: str = ""


@dataclass(frozen=True)
class FilesNotWritten:
    """What the policy wants on the branch could not be written there, all of it or nothing; `problem` is the
    code of why, `at` the file where it lies, if it is one's.
    """

    files: tuple[str, ...]
    problem: str
    at: str = ""


@dataclass(frozen=True)
class QaDeviates:
    """QA says that there is nothing of the kind, but these paths and changes were detected."""

    migrations: tuple[str, ...] = ()
    breaking: tuple[str, ...] = ()


@dataclass(frozen=True)
class WayBackMissing:
    """A first release has no rollback target and must state its way back (spec 2.3)."""


@dataclass(frozen=True)
class NotSoaked:
    until: datetime


@dataclass(frozen=True)
class NotConfirmed:
    item: ConfirmItem


@dataclass(frozen=True)
class ItemsOpen:
    """Items of a checklist that are neither done nor waived; `failed` are the keys of those known to fail."""

    phase: Phase
    items: tuple[NamedItem, ...]
    failed: tuple[str, ...] = ()


@dataclass(frozen=True)
class ConditionOpen:
    text: str
    owner: str


@dataclass(frozen=True)
class GateClosed:
    answer: GateAnswer


@dataclass(frozen=True)
class HeadUnknown:
    branch: str


@dataclass(frozen=True)
class OutsideApproval:
    """The approval is bound to another commit than the head of the branch."""

    approved: str
    head: str


@dataclass(frozen=True)
class OtherDeploying:
    version: str
    stage: Stage


@dataclass(frozen=True)
class UrgentFirst:
    """A hotfix or emergency in progress blocks planned deploys."""

    version: str
    type: ReleaseType


@dataclass(frozen=True)
class OlderUnfinished:
    version: str
    stage: Stage


@dataclass(frozen=True)
class HotfixUnfinished:
    """The hotfix that was started to mend this release is still on its way."""

    version: str
    stage: Stage


@dataclass(frozen=True)
class NoStakeholder:
    pass


@dataclass(frozen=True)
class Unmeetable:
    """After separation of duties only `eligible` people are left for a requirement of `count`."""

    role: Role
    count: int
    eligible: int


@dataclass(frozen=True)
class NobodyHolds:
    """`steps` are for `roles`, and nobody of the project has one of these."""

    roles: tuple[Role, ...]
    steps: tuple[Action | ConfirmItem, ...]


@dataclass(frozen=True)
class StepNotLive:
    """Its deployer is still at the rollout step; `by_hand` people are, and have not said that it is out."""

    step: str
    by_hand: bool = False


@dataclass(frozen=True)
class StepIsLive:
    """The rollout step is out already, all of them where `step` is empty."""

    step: str


@dataclass(frozen=True)
class StillWatched:
    """The rollout step is live; before `until` only a reason lets the next one begin."""

    step: str
    until: datetime


@dataclass(frozen=True)
class StillBreached:
    """Rollback criteria that nobody has put aside: the rollout reaches no more users."""

    breaches: tuple[Breach, ...]


@dataclass(frozen=True)
class RolloutPaused:
    """`reason` is a person's, empty where the calendar paused it and the gate is open again."""

    reason: str


@dataclass(frozen=True)
class StepsLeft:
    done: int
    total: int


@dataclass(frozen=True)
class NotPaused:
    pass


@dataclass(frozen=True)
class AlreadyInProduction:
    """Stopped after something reached production: only continue or roll back (spec 2.2)."""

    done: int


@dataclass(frozen=True)
class NotMerged:
    branch: str


@dataclass(frozen=True)
class StillMonitoring:
    until: datetime


@dataclass(frozen=True)
class RejectionStands:
    """A plain resume is refused: the rejection is withdrawn, or a new candidate is built."""

    by: str


@dataclass(frozen=True)
class NotRejected:
    """From a hold without a rejection one resumes; only a rejection is answered with a new candidate."""


@dataclass(frozen=True)
class WorkUnderWay:
    """The git worker is still at `action`, asked at `since`."""

    action: Action
    since: datetime


@dataclass(frozen=True)
class NotInProduction:
    """A closed release can be rolled back only while it is the version in production."""

    production: str


@dataclass(frozen=True)
class RestoreBegun:
    pass


@dataclass(frozen=True)
class RestoreUnfinished:
    """Steps of the way back that are still open, by key."""

    steps: tuple[str, ...]


@dataclass(frozen=True)
class NothingRestored:
    """Every step that brings a version back was skipped, by key; `begun` where standing down is too late."""

    steps: tuple[str, ...]
    begun: bool


@dataclass(frozen=True)
class TagMissing:
    """The tag of the version that a rollback would go to is not on the remote."""

    tag: str


@dataclass(frozen=True)
class TagUnknown:
    """Whether a rollback has a tag to go to is not known: the repository was never read."""


@dataclass(frozen=True)
class MigrationWayMissing:
    """A migration without its way back; `path` is empty for the one that QA reported."""

    path: str


@dataclass(frozen=True)
class RehearsalMissing:
    """No rollback was rehearsed on staging `within` that time; the last one was at `last`, if ever."""

    last: datetime | None
    within: timedelta


@dataclass(frozen=True)
class OldSchemaInUse:
    """The contract step of `subject` must wait: a rollback would go to `target`, which needs the old schema.

    It is allowed once `migrated` is in production (planned for `planned`), and `more` further releases after.
    """

    subject: str
    target: str
    migrated: str
    in_production: bool
    more: int = 0
    planned: datetime | None = None


@dataclass(frozen=True)
class NotExpanded:
    """The migrate step of `subject` must wait: a rollback would go to `target`, which has no expanded schema.

    It is allowed once `expanded` is in production, and so on as in OldSchemaInUse.
    """

    subject: str
    target: str
    expanded: str
    in_production: bool
    more: int = 0
    planned: datetime | None = None


StepNeed = (
    EmptyScope
    | NameTaken
    | FreezeNotBegun
    | NoCommitsNamed
    | ReasonMissing
    | BugMissing
    | QaAnswerMissing
    | NotesIncomplete
    | FilesNotWritten
    | QaDeviates
    | WayBackMissing
    | NotSoaked
    | NotConfirmed
    | ConditionOpen
    | GateClosed
    | HeadUnknown
    | OutsideApproval
    | OtherDeploying
    | UrgentFirst
    | OlderUnfinished
    | HotfixUnfinished
    | NoStakeholder
    | Unmeetable
    | NobodyHolds
    | StepNotLive
    | StepIsLive
    | StillWatched
    | StillBreached
    | RolloutPaused
    | StepsLeft
    | NotPaused
    | AlreadyInProduction
    | NotMerged
    | StillMonitoring
    | RejectionStands
    | NotRejected
    | WorkUnderWay
    | NotInProduction
    | RestoreBegun
    | RestoreUnfinished
    | NothingRestored
)
ReadinessNeed = (
    TagMissing | TagUnknown | MigrationWayMissing | RehearsalMissing | OldSchemaInUse | NotExpanded
)
"""What a rollback would lack."""
Need = StepNeed | ReadinessNeed | ItemsOpen


@dataclass(frozen=True)
class Missing:
    """One thing that is missing, with the roles (or the one user) who can settle it."""

    need: Need
    roles: tuple[Role, ...] = ()
    user: str = ""
