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
from commands.requests.checklists import (
    AssignItem,
    NoteItem,
    ReportCheck,
    TickItems,
    UntickItem,
    WaiveItem,
)
from commands.requests.criteria import AnswerPage, ConfirmBreach, DismissBreach, ReportBreach
from commands.requests.deploys import AskDeployerAgain
from commands.requests.exceptions import AskException, DecideException, JudgeException, RevokeException
from commands.requests.health import EnterReading, GivenReading, ReportReadings
from commands.requests.notes import EditNotes, NewText, PostNotes, PublishNotes
from commands.requests.notices import SendNotice
from commands.requests.people import ChooseDigest, GiveRole, LinkAuthor, TakeRole
from commands.requests.postmortem import (
    AddActionItem,
    EndActionItem,
    HandOnActionItem,
    LinkRedeploy,
    ReopenActionItem,
    WritePostmortem,
)
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
    LogMessage,
    MoveStep,
    OpenPlaybook,
    OpenRoom,
    Resolve,
    StandDown,
    TakeSeat,
)
from commands.requests.tokens import MakeToken, ReportStep, RevokeToken, RotateToken
from commands.requests.year import AddAllOfYear, AnswerYear, TakeBackOfYear

__all__ = [
    "AcknowledgeReminder",
    "AddActionItem",
    "AddAllOfYear",
    "AddBlackout",
    "AddWindow",
    "Advance",
    "AnswerPage",
    "AnswerYear",
    "AskDeployerAgain",
    "AskDryRun",
    "AskException",
    "AssignItem",
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
    "EndActionItem",
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
    "HandOnActionItem",
    "HandOver",
    "HandSeat",
    "HeadWasRead",
    "ImportFile",
    "JudgeException",
    "LeaveOut",
    "LiftFreeze",
    "LiftLock",
    "LinkAuthor",
    "LinkRedeploy",
    "LinkSchemaChange",
    "LogLine",
    "LogMessage",
    "MakeToken",
    "MeetCondition",
    "MemberMoved",
    "Misunderstood",
    "MoveBlackout",
    "MoveStep",
    "NameStakeholders",
    "NewCondition",
    "NewText",
    "NoteItem",
    "OpenPlaybook",
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
    "ReopenActionItem",
    "ReportBreach",
    "ReportCheck",
    "ReportReadings",
    "ReportStep",
    "RepositoryWasRead",
    "Request",
    "Resolve",
    "RestoreBlackout",
    "ResumeReminder",
    "Retarget",
    "RetryGit",
    "RevokeException",
    "RevokeToken",
    "RoomWasMade",
    "RotateToken",
    "ScopeWasRead",
    "SendNotice",
    "SnoozeReminder",
    "StandDown",
    "StartRelease",
    "TakeBackChange",
    "TakeBackOfYear",
    "TakeRole",
    "TakeSeat",
    "TickItems",
    "UntickItem",
    "WaiveItem",
    "WithdrawDecision",
    "WritePostmortem",
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
    | TickItems
    | UntickItem
    | WaiveItem
    | AssignItem
    | NoteItem
    | ReportCheck
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
    | OpenPlaybook
    | OpenRoom
    | DeclareRollback
    | TakeSeat
    | HandSeat
    | MoveStep
    | LogLine
    | LogMessage
    | Escalate
    | Resolve
    | StandDown
    | FinishPostmortem
    | SendNotice
    | WritePostmortem
    | AddActionItem
    | EndActionItem
    | HandOnActionItem
    | ReopenActionItem
    | LinkRedeploy
    | ReportBreach
    | ConfirmBreach
    | DismissBreach
    | AnswerPage
    | AskDeployerAgain
    | AcknowledgeReminder
    | SnoozeReminder
    | ResumeReminder
    | ReportStep
    | Misunderstood
)
