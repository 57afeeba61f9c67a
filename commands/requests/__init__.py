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
from commands.requests.criteria import AnswerPage, ConfirmBreach, DismissBreach, ReportBreach
from commands.requests.exceptions import AskException, DecideException, JudgeException, RevokeException
from commands.requests.health import EnterReading, GivenReading, ReportReadings
from commands.requests.notes import EditNotes, NewText, PostNotes, PublishNotes
from commands.requests.people import ChooseDigest, GiveRole, LinkAuthor, TakeRole
from commands.requests.readiness import (
    BeginSchemaChange,
    EndSchemaChange,
    GivenWay,
    GiveWaysBack,
    LinkSchemaChange,
    RecordRehearsal,
)
from commands.requests.release import (
    Advance,
    AskDryRun,
    Cancel,
    Confirm,
    CorrectMessage,
    FixForward,
    HandOver,
    LeaveOut,
    NameStakeholders,
    PassQa,
    Retarget,
    RetryGit,
    StartRelease,
    TakeBackChange,
)
from commands.requests.reminders import AcknowledgeReminder, ResumeReminder, SnoozeReminder
from commands.requests.reports import (
    BranchWasCut,
    ChannelSeen,
    DryRunWasMade,
    GroupSeen,
    HeadWasRead,
    MemberMoved,
    Misunderstood,
    PeopleSeen,
    PullRequestsWereMarked,
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
    "AnswerPage",
    "AnswerYear",
    "AskDryRun",
    "AskException",
    "BeginFreeze",
    "BeginSchemaChange",
    "BranchWasCut",
    "Cancel",
    "ChangeOccurrence",
    "ChannelSeen",
    "ChooseDigest",
    "Confirm",
    "ConfirmBreach",
    "CorrectMessage",
    "Decide",
    "DecideException",
    "DeclareRollback",
    "DismissBreach",
    "DryRunWasMade",
    "EditNotes",
    "EndSchemaChange",
    "EnterReading",
    "Escalate",
    "FeedWasRead",
    "FinishPostmortem",
    "FixForward",
    "GiveRole",
    "GiveWaysBack",
    "GivenReading",
    "GivenWay",
    "GroupSeen",
    "HandOver",
    "HandSeat",
    "HeadWasRead",
    "ImportFile",
    "JudgeException",
    "LeaveOut",
    "LiftFreeze",
    "LiftLock",
    "LinkAuthor",
    "LinkSchemaChange",
    "LogLine",
    "MeetCondition",
    "MemberMoved",
    "Misunderstood",
    "MoveBlackout",
    "MoveStep",
    "NameStakeholders",
    "NewCondition",
    "NewText",
    "OpenRoom",
    "PassQa",
    "PeopleSeen",
    "PostNotes",
    "PublishNotes",
    "PullRequestsWereMarked",
    "RecordRehearsal",
    "RefsWereMade",
    "RemindersDue",
    "RemoveBlackout",
    "RemoveWindow",
    "ReportBreach",
    "ReportReadings",
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
    "TakeBackChange",
    "TakeBackOfYear",
    "TakeRole",
    "TakeSeat",
    "WithdrawDecision",
]

Request = (
    StartRelease
    | Advance
    | RetryGit
    | AskDryRun
    | FixForward
    | PassQa
    | Decide
    | WithdrawDecision
    | MeetCondition
    | Confirm
    | HandOver
    | GiveWaysBack
    | RecordRehearsal
    | EnterReading
    | ReportReadings
    | BeginSchemaChange
    | LinkSchemaChange
    | EndSchemaChange
    | CorrectMessage
    | Retarget
    | Cancel
    | NameStakeholders
    | EditNotes
    | PostNotes
    | PublishNotes
    | LeaveOut
    | TakeBackChange
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
    | ReportBreach
    | ConfirmBreach
    | DismissBreach
    | AnswerPage
    | AcknowledgeReminder
    | SnoozeReminder
    | ResumeReminder
    | Misunderstood
)
