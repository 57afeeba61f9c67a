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
from domain.events.corrections import MessageCorrected
from domain.events.exceptions import (
    ExceptionAsked,
    ExceptionDecided,
    ExceptionExpired,
    ExceptionJudged,
    ExceptionRevoked,
    ExceptionUsed,
    OneAsked,
)
from domain.events.freeze import FreezeBegun, FreezeLifted, FreezeViolated, MergedByException, MergedCommit
from domain.events.git import GitDone, GitFailed, RepositoryRead, WorkAsked
from domain.events.people import AuthorLinked, DigestChosen, RoleGiven, RoleTaken
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
    RoomOpened,
    RoomResolved,
    SeatTakenBy,
    StepMoved,
)
from domain.events.year import AddedPeriod, ProposalsAdded, SetAsideForYear

__all__ = [
    "AddedPeriod",
    "Advanced",
    "Announced",
    "AnnouncementSkipped",
    "ApprovalAsked",
    "ApprovalsLapsed",
    "AuthorLinked",
    "BlackoutAdded",
    "BlackoutMoved",
    "BlackoutRemoved",
    "BlackoutRestored",
    "CaptainNamed",
    "ConditionMet",
    "Confirmed",
    "Decided",
    "DecisionWithdrawn",
    "Denied",
    "DigestChosen",
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
    "FreezeBegun",
    "FreezeLifted",
    "FreezeViolated",
    "GitDone",
    "GitFailed",
    "LockLifted",
    "LockSet",
    "Logged",
    "MergedByException",
    "MergedCommit",
    "MessageCorrected",
    "OccurrenceChanged",
    "OneAsked",
    "PolicyLoaded",
    "PostmortemDone",
    "ProductionConfirmed",
    "ProposalsAdded",
    "QaReported",
    "ReleaseStarted",
    "ReminderResumed",
    "ReminderSeen",
    "ReminderSnoozed",
    "RepositoryRead",
    "Retargeted",
    "RoleGiven",
    "RoleTaken",
    "RollbackDeclared",
    "RolloutInterrupted",
    "RoomChannelMade",
    "RoomOpened",
    "RoomResolved",
    "SeatTakenBy",
    "SetAsideForYear",
    "StakeholdersNamed",
    "StepDone",
    "StepMoved",
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
    | SeatTakenBy
    | StepMoved
    | Logged
    | Escalated
    | RoomResolved
    | PostmortemDone
    | ReminderSeen
    | ReminderSnoozed
    | ReminderResumed
    | Announced
    | AnnouncementSkipped
    | PolicyLoaded
    | Denied
)
