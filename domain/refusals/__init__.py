"""Every typed "no": data only, without wording; `messages.refusals` has a sentence and a hint for each."""

from __future__ import annotations

from domain.refusals.checklists import (
    CheckFailed,
    CheckUnclear,
    ItemSettled,
    KnownByItself,
    ListNotOpen,
    ListsUnfinished,
    ListTooSoon,
    NothingSaid,
    NotYourItem,
    PeopleOnly,
    UnknownItem,
)
from domain.refusals.notes import NotesChanged, NotPublishedYet
from domain.refusals.state import (
    AlreadySo,
    CannotBeApproved,
    ClosedOtherwise,
    Gone,
    InPolicy,
    MeasuredOut,
    NoChannel,
    NoException,
    NoMigration,
    NoRollbackTarget,
    NoSuchOccurrence,
    NothingToWithdraw,
    NotInARoom,
    NotJudgedYet,
    NotReady,
    OtherStep,
    Outdated,
    OutOfTurn,
    PhaseMissing,
    PhaseOutOfOrder,
    ProductionUnconfirmed,
    RepositoryUnknown,
    SeatNotYet,
    StepPassed,
    TooLate,
    UnknownSchemaChange,
    WrongStage,
)
from domain.refusals.typed import (
    BadVersion,
    BlankLeft,
    EndsBeforeStart,
    InThePast,
    NoRelease,
    Overlaps,
    TextMissing,
    TooLong,
    UnknownProject,
    UnknownRelease,
    UnknownVerb,
    Unreadable,
    WhichProject,
    WhichRelease,
)
from domain.refusals.who import (
    NotAllowed,
    NotAMember,
    NotYourSlot,
    NotYourWord,
    OwnExceptionRequest,
    OwnRoles,
    OwnWork,
    RoleLocked,
    SeatTaken,
)

__all__ = [
    "AlreadySo",
    "BadVersion",
    "BlankLeft",
    "CannotBeApproved",
    "CheckFailed",
    "CheckUnclear",
    "ClosedOtherwise",
    "EndsBeforeStart",
    "Gone",
    "InPolicy",
    "InThePast",
    "ItemSettled",
    "KnownByItself",
    "ListNotOpen",
    "ListTooSoon",
    "ListsUnfinished",
    "MeasuredOut",
    "NoChannel",
    "NoException",
    "NoMigration",
    "NoRelease",
    "NoRollbackTarget",
    "NoSuchOccurrence",
    "NotAMember",
    "NotAllowed",
    "NotInARoom",
    "NotJudgedYet",
    "NotPublishedYet",
    "NotReady",
    "NotYourItem",
    "NotYourSlot",
    "NotYourWord",
    "NotesChanged",
    "NothingSaid",
    "NothingToWithdraw",
    "OtherStep",
    "OutOfTurn",
    "Outdated",
    "Overlaps",
    "OwnExceptionRequest",
    "OwnRoles",
    "OwnWork",
    "PeopleOnly",
    "PhaseMissing",
    "PhaseOutOfOrder",
    "ProductionUnconfirmed",
    "Refusal",
    "Refused",
    "RepositoryUnknown",
    "RoleLocked",
    "SeatNotYet",
    "SeatTaken",
    "StepPassed",
    "TextMissing",
    "TooLate",
    "TooLong",
    "UnknownItem",
    "UnknownProject",
    "UnknownRelease",
    "UnknownSchemaChange",
    "UnknownVerb",
    "Unreadable",
    "WhichProject",
    "WhichRelease",
    "WrongStage",
]

Refusal = (
    NotReady
    | WrongStage
    | NotAllowed
    | NotAMember
    | UnknownProject
    | WhichProject
    | UnknownRelease
    | WhichRelease
    | NoRelease
    | UnknownVerb
    | Unreadable
    | InThePast
    | EndsBeforeStart
    | Overlaps
    | BadVersion
    | CannotBeApproved
    | NotYourSlot
    | NotYourWord
    | OwnWork
    | Outdated
    | StepPassed
    | OtherStep
    | TooLate
    | NothingToWithdraw
    | TextMissing
    | BlankLeft
    | TooLong
    | Gone
    | AlreadySo
    | OwnExceptionRequest
    | InPolicy
    | NoSuchOccurrence
    | NoChannel
    | NoException
    | ClosedOtherwise
    | NotJudgedYet
    | RoleLocked
    | OwnRoles
    | NotInARoom
    | SeatTaken
    | SeatNotYet
    | OutOfTurn
    | MeasuredOut
    | NoRollbackTarget
    | RepositoryUnknown
    | ProductionUnconfirmed
    | NotesChanged
    | NotPublishedYet
    | NoMigration
    | PhaseMissing
    | PhaseOutOfOrder
    | UnknownSchemaChange
    | CheckFailed
    | CheckUnclear
    | ItemSettled
    | KnownByItself
    | ListNotOpen
    | ListsUnfinished
    | ListTooSoon
    | NothingSaid
    | NotYourItem
    | PeopleOnly
    | UnknownItem
)


class Refused(Exception):
    """Carries one `Refusal` up to the frame of the command, which undoes, records and answers it."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(type(refusal).__name__)
        self.refusal = refusal
