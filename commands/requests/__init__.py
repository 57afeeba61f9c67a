"""What people (and the bot's own workers) ask for: one frozen request per verb."""

from commands.requests.approval import Decide, MeetCondition, NewCondition, WithdrawDecision
from commands.requests.calendar import (
    AddBlackout,
    AddWindow,
    BeginFreeze,
    ChangeOccurrence,
    FeedWasRead,
    ImportFile,
    LiftFreeze,
    MoveBlackout,
    RemoveBlackout,
    RemoveWindow,
    RestoreBlackout,
)
from commands.requests.exceptions import AskException, DecideException, JudgeException, RevokeException
from commands.requests.people import ChooseDigest, GiveRole, LinkAuthor, TakeRole
from commands.requests.release import (
    Advance,
    Cancel,
    Confirm,
    CorrectMessage,
    FixForward,
    HandOver,
    NameStakeholders,
    PassQa,
    Retarget,
    RetryGit,
    StartRelease,
)
from commands.requests.reminders import AcknowledgeReminder, ResumeReminder, SnoozeReminder
from commands.requests.reports import (
    BranchWasCut,
    ChannelSeen,
    GroupSeen,
    HeadWasRead,
    MemberMoved,
    Misunderstood,
    PeopleSeen,
    RefsWereMade,
    RemindersDue,
    RepositoryWasRead,
    RoomWasMade,
    ScopeWasRead,
)
from commands.requests.room import (
    DeclareRollback,
    Escalate,
    FinishPostmortem,
    HandSeat,
    LiftLock,
    LogLine,
    MoveStep,
    OpenRoom,
    Resolve,
    StandDown,
    TakeSeat,
)
from commands.requests.year import AddAllOfYear, AnswerYear, TakeBackOfYear

__all__ = [
    "AcknowledgeReminder",
    "AddAllOfYear",
    "AddBlackout",
    "AddWindow",
    "Advance",
    "AnswerYear",
    "AskException",
    "BeginFreeze",
    "BranchWasCut",
    "Cancel",
    "ChangeOccurrence",
    "ChannelSeen",
    "ChooseDigest",
    "Confirm",
    "CorrectMessage",
    "Decide",
    "DecideException",
    "DeclareRollback",
    "Escalate",
    "FeedWasRead",
    "FinishPostmortem",
    "FixForward",
    "GiveRole",
    "GroupSeen",
    "HandOver",
    "HandSeat",
    "HeadWasRead",
    "ImportFile",
    "JudgeException",
    "LiftFreeze",
    "LiftLock",
    "LinkAuthor",
    "LogLine",
    "MeetCondition",
    "MemberMoved",
    "Misunderstood",
    "MoveBlackout",
    "MoveStep",
    "NameStakeholders",
    "NewCondition",
    "OpenRoom",
    "PassQa",
    "PeopleSeen",
    "RefsWereMade",
    "RemindersDue",
    "RemoveBlackout",
    "RemoveWindow",
    "RepositoryWasRead",
    "Request",
    "Resolve",
    "RestoreBlackout",
    "ResumeReminder",
    "Retarget",
    "RetryGit",
    "RevokeException",
    "RoomWasMade",
    "ScopeWasRead",
    "SnoozeReminder",
    "StandDown",
    "StartRelease",
    "TakeBackOfYear",
    "TakeRole",
    "TakeSeat",
    "WithdrawDecision",
]

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
    | CorrectMessage
    | Retarget
    | Cancel
    | NameStakeholders
    | BeginFreeze
    | LiftFreeze
    | AddBlackout
    | MoveBlackout
    | RemoveBlackout
    | RestoreBlackout
    | ChangeOccurrence
    | AnswerYear
    | AddAllOfYear
    | TakeBackOfYear
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
    | ChooseDigest
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
    | AcknowledgeReminder
    | SnoozeReminder
    | ResumeReminder
    | Misunderstood
)
