"""What happened: the payload of audit rows and of the lines in a release's thread. A closed set."""

from domain.events.approval import ApprovalAsked, ApprovalsLapsed, ConditionMet, Decided, DecisionWithdrawn
from domain.events.calendar import (
    BlackoutAdded,
    BlackoutMoved,
    BlackoutRemoved,
    BlackoutRestored,
    FeedRead,
    FeedRefused,
    OccurrenceChanged,
    WindowsChanged,
)
from domain.events.checklists import (
    CheckReported,
    ItemAssigned,
    ItemNoted,
    ItemReopened,
    ItemsTicked,
    ItemWaived,
    ListsOpened,
)
from domain.events.corrections import MessageCorrected
from domain.events.criteria import (
    BreachConfirmed,
    BreachDeclared,
    BreachDismissed,
    BreachesOpenAgain,
    BreachHeard,
    BreachOpened,
    BreachOver,
    CriteriaUnclear,
    PageAnswered,
    Paged,
)
from domain.events.deploys import DeploymentAsked, DeploymentLate, DeploymentMoved
from domain.events.exceptions import (
    ExceptionAsked,
    ExceptionDecided,
    ExceptionExpired,
    ExceptionJudged,
    ExceptionRevoked,
    ExceptionUsed,
    OneAsked,
)
from domain.events.forge import ForgeAnswered, ForgeFailed, PullRequestsHeld
from domain.events.freeze import (
    FreezeBegun,
    FreezeLifted,
    FreezeViolated,
    MergedByException,
    MergedCommit,
    MergedExempt,
)
from domain.events.git import (
    AgedBranch,
    BranchesLeft,
    DryRunAsked,
    FilesWaived,
    GitDone,
    GitFailed,
    RepositoryRead,
    WorkAsked,
)
from domain.events.health import BaselineMissing, HealthTurned, ReadingsGiven
from domain.events.notes import NotesEdited, NotesNotPosted, NotesPostAsked, NotesPosted, NotesPublished
from domain.events.notices import NoticeNotSent, NoticeSent
from domain.events.people import AuthorLinked, DigestChosen, RoleGiven, RoleTaken
from domain.events.postmortem import (
    ActionItemAdded,
    ActionItemEnded,
    ActionItemHandedOn,
    ActionItemReopened,
    PostmortemWritten,
    RedeployLinked,
)
from domain.events.readiness import (
    RollbackRehearsed,
    SchemaChangeBegun,
    SchemaChangeEnded,
    SchemaChangeLinked,
    WaysBackGiven,
)
from domain.events.record import Announced, AnnouncementSkipped, Denied, PolicyLoaded
from domain.events.release import (
    Advanced,
    CaptainNamed,
    Confirmed,
    ProductionConfirmed,
    QaReported,
    ReleaseStarted,
    Retargeted,
    RolloutInterrupted,
    StakeholdersNamed,
    StepDone,
    StepFailed,
    StepLive,
)
from domain.events.reminders import ReminderResumed, ReminderSeen, ReminderSnoozed
from domain.events.room import (
    Escalated,
    LockLifted,
    LockSet,
    Logged,
    PostmortemDone,
    RollbackDeclared,
    RoomChannelMade,
    RoomClosed,
    RoomLeads,
    RoomNotMade,
    RoomOpened,
    RoomResolved,
    SeatTakenBy,
    StepMoved,
)
from domain.events.scope import CandidateCompared, ChangeLeftOut, ChangeTakenBack, ScopeDetected
from domain.events.tokens import TokenMade, TokenRevoked, TokenRotated
from domain.events.year import AddedPeriod, ProposalsAdded, SetAsideForYear

__all__ = [
    "ActionItemAdded",
    "ActionItemEnded",
    "ActionItemHandedOn",
    "ActionItemReopened",
    "AddedPeriod",
    "Advanced",
    "AgedBranch",
    "Announced",
    "AnnouncementSkipped",
    "ApprovalAsked",
    "ApprovalsLapsed",
    "AuthorLinked",
    "BaselineMissing",
    "BlackoutAdded",
    "BlackoutMoved",
    "BlackoutRemoved",
    "BlackoutRestored",
    "BranchesLeft",
    "BreachConfirmed",
    "BreachDeclared",
    "BreachDismissed",
    "BreachHeard",
    "BreachOpened",
    "BreachOver",
    "BreachesOpenAgain",
    "CandidateCompared",
    "CaptainNamed",
    "ChangeLeftOut",
    "ChangeTakenBack",
    "CheckReported",
    "ConditionMet",
    "Confirmed",
    "CriteriaUnclear",
    "Decided",
    "DecisionWithdrawn",
    "Denied",
    "DeploymentAsked",
    "DeploymentLate",
    "DeploymentMoved",
    "DigestChosen",
    "DryRunAsked",
    "Escalated",
    "Event",
    "ExceptionAsked",
    "ExceptionDecided",
    "ExceptionExpired",
    "ExceptionJudged",
    "ExceptionRevoked",
    "ExceptionUsed",
    "FeedRead",
    "FeedRefused",
    "FilesWaived",
    "ForgeAnswered",
    "ForgeFailed",
    "FreezeBegun",
    "FreezeLifted",
    "FreezeViolated",
    "GitDone",
    "GitFailed",
    "HealthTurned",
    "ItemAssigned",
    "ItemNoted",
    "ItemReopened",
    "ItemWaived",
    "ItemsTicked",
    "ListsOpened",
    "LockLifted",
    "LockSet",
    "Logged",
    "MergedByException",
    "MergedCommit",
    "MergedExempt",
    "MessageCorrected",
    "NotesEdited",
    "NotesNotPosted",
    "NotesPostAsked",
    "NotesPosted",
    "NotesPublished",
    "NoticeNotSent",
    "NoticeSent",
    "OccurrenceChanged",
    "OneAsked",
    "PageAnswered",
    "Paged",
    "PolicyLoaded",
    "PostmortemDone",
    "PostmortemWritten",
    "ProductionConfirmed",
    "ProposalsAdded",
    "PullRequestsHeld",
    "QaReported",
    "ReadingsGiven",
    "RedeployLinked",
    "ReleaseStarted",
    "ReminderResumed",
    "ReminderSeen",
    "ReminderSnoozed",
    "RepositoryRead",
    "Retargeted",
    "RoleGiven",
    "RoleTaken",
    "RollbackDeclared",
    "RollbackRehearsed",
    "RolloutInterrupted",
    "RoomChannelMade",
    "RoomClosed",
    "RoomLeads",
    "RoomNotMade",
    "RoomOpened",
    "RoomResolved",
    "SchemaChangeBegun",
    "SchemaChangeEnded",
    "SchemaChangeLinked",
    "ScopeDetected",
    "SeatTakenBy",
    "SetAsideForYear",
    "StakeholdersNamed",
    "StepDone",
    "StepFailed",
    "StepLive",
    "StepMoved",
    "TokenMade",
    "TokenRevoked",
    "TokenRotated",
    "WaysBackGiven",
    "WindowsChanged",
    "WorkAsked",
]

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
    | WaysBackGiven
    | RollbackRehearsed
    | SchemaChangeBegun
    | SchemaChangeLinked
    | CheckReported
    | ItemAssigned
    | ItemNoted
    | ItemReopened
    | ItemsTicked
    | ItemWaived
    | ListsOpened
    | SchemaChangeEnded
    | ReadingsGiven
    | HealthTurned
    | BaselineMissing
    | Retargeted
    | StepDone
    | StepFailed
    | StepLive
    | ScopeDetected
    | CandidateCompared
    | ChangeLeftOut
    | ChangeTakenBack
    | RolloutInterrupted
    | DeploymentAsked
    | DeploymentMoved
    | DeploymentLate
    | WorkAsked
    | BranchesLeft
    | DryRunAsked
    | FilesWaived
    | GitDone
    | GitFailed
    | RepositoryRead
    | NotesEdited
    | NotesPublished
    | NotesPostAsked
    | NotesNotPosted
    | NotesPosted
    | ProductionConfirmed
    | FreezeBegun
    | FreezeLifted
    | FreezeViolated
    | MergedByException
    | MergedExempt
    | PullRequestsHeld
    | ForgeFailed
    | ForgeAnswered
    | MessageCorrected
    | BlackoutAdded
    | BlackoutMoved
    | BlackoutRemoved
    | BlackoutRestored
    | OccurrenceChanged
    | ProposalsAdded
    | SetAsideForYear
    | FeedRead
    | FeedRefused
    | WindowsChanged
    | RoleGiven
    | RoleTaken
    | AuthorLinked
    | DigestChosen
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
    | RoomClosed
    | RoomLeads
    | RoomNotMade
    | SeatTakenBy
    | StepMoved
    | Logged
    | Escalated
    | RoomResolved
    | PostmortemDone
    | NoticeSent
    | NoticeNotSent
    | PostmortemWritten
    | ActionItemAdded
    | ActionItemEnded
    | ActionItemHandedOn
    | ActionItemReopened
    | RedeployLinked
    | TokenMade
    | TokenRotated
    | TokenRevoked
    | BreachOpened
    | CriteriaUnclear
    | BreachConfirmed
    | BreachDismissed
    | BreachHeard
    | BreachesOpenAgain
    | BreachDeclared
    | BreachOver
    | Paged
    | PageAnswered
    | ReminderSeen
    | ReminderSnoozed
    | ReminderResumed
    | Announced
    | AnnouncementSkipped
    | PolicyLoaded
    | Denied
)
