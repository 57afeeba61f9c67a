"""What a transition still needs. A refusal lists all of them at once, with who can settle each."""

from __future__ import annotations

from dataclasses import dataclass

from domain.needs.back import NothingRestored, NotInProduction, RestoreBegun, RestoreUnfinished
from domain.needs.building import (
    BugMissing,
    EmptyScope,
    FilesNotWritten,
    FreezeNotBegun,
    NameTaken,
    NoCommitsNamed,
    NotesIncomplete,
    QaAnswerMissing,
    QaDeviates,
    ReasonMissing,
    WayBackMissing,
)
from domain.needs.deploying import (
    ConditionOpen,
    GateClosed,
    HeadUnknown,
    HotfixUnfinished,
    ItemsOpen,
    NobodyHolds,
    NoStakeholder,
    NotConfirmed,
    NotRejected,
    NotSoaked,
    OlderUnfinished,
    OtherDeploying,
    OutsideApproval,
    RejectionStands,
    Unmeetable,
    UrgentFirst,
)
from domain.needs.readiness import (
    MigrationWayMissing,
    NotExpanded,
    OldSchemaInUse,
    RehearsalMissing,
    TagMissing,
    TagUnknown,
)
from domain.needs.rollout import (
    AlreadyInProduction,
    NotMerged,
    NotPaused,
    RolloutPaused,
    StepIsLive,
    StepNotLive,
    StepsLeft,
    StepUnheard,
    StillBreached,
    StillMonitoring,
    StillWatched,
    WorkUnderWay,
)
from domain.people import Role

__all__ = [
    "AlreadyInProduction",
    "BugMissing",
    "ConditionOpen",
    "EmptyScope",
    "FilesNotWritten",
    "FreezeNotBegun",
    "GateClosed",
    "HeadUnknown",
    "HotfixUnfinished",
    "ItemsOpen",
    "MigrationWayMissing",
    "Missing",
    "NameTaken",
    "Need",
    "NoCommitsNamed",
    "NoStakeholder",
    "NobodyHolds",
    "NotConfirmed",
    "NotExpanded",
    "NotInProduction",
    "NotMerged",
    "NotPaused",
    "NotRejected",
    "NotSoaked",
    "NotesIncomplete",
    "NothingRestored",
    "OldSchemaInUse",
    "OlderUnfinished",
    "OtherDeploying",
    "OutsideApproval",
    "QaAnswerMissing",
    "QaDeviates",
    "ReadinessNeed",
    "ReasonMissing",
    "RehearsalMissing",
    "RejectionStands",
    "RestoreBegun",
    "RestoreUnfinished",
    "RolloutPaused",
    "StepIsLive",
    "StepNeed",
    "StepNotLive",
    "StepUnheard",
    "StepsLeft",
    "StillBreached",
    "StillMonitoring",
    "StillWatched",
    "TagMissing",
    "TagUnknown",
    "Unmeetable",
    "UrgentFirst",
    "WayBackMissing",
    "WorkUnderWay",
]

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
    | StepUnheard
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
