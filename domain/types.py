"""The closed sets that every part of the domain speaks of."""

from enum import StrEnum


class ReleaseType(StrEnum):
    """The four ways a version goes to production (spec 2.1)."""

    REGULAR = "regular"
    EMERGENCY = "emergency"
    HOTFIX = "hotfix"
    FEATURE = "feature"


PLANNED = frozenset({ReleaseType.REGULAR, ReleaseType.FEATURE})
URGENT = frozenset({ReleaseType.EMERGENCY, ReleaseType.HOTFIX})


class Environment(StrEnum):
    """Where something is deployed."""

    PRODUCTION = "production"
    STAGING = "staging"


class Stage(StrEnum):
    """Where a release stands (spec 2.2)."""

    CANDIDATE = "candidate"
    BUILDING = "building"
    STAGING = "staging"
    QA = "qa"
    APPROVAL = "approval"
    APPROVED = "approved"
    DEPLOYING = "deploying"
    VERIFYING = "verifying"
    RELEASED = "released"
    CLOSED = "closed"
    FIXING = "fixing"
    ON_HOLD = "on_hold"
    CANCELLED = "cancelled"
    ROLLING_BACK = "rolling_back"
    ROLLED_BACK = "rolled_back"


WAY = (
    Stage.CANDIDATE,
    Stage.BUILDING,
    Stage.STAGING,
    Stage.QA,
    Stage.APPROVAL,
    Stage.APPROVED,
    Stage.DEPLOYING,
    Stage.VERIFYING,
    Stage.RELEASED,
    Stage.CLOSED,
)
"""The way of a release that meets no trouble."""
ENDED = frozenset({Stage.CLOSED, Stage.CANCELLED, Stage.ROLLED_BACK})
BEFORE_QA_ENDS = (Stage.CANDIDATE, Stage.FIXING, Stage.BUILDING, Stage.STAGING, Stage.QA)
"""The stages from which a QA result is still ahead, in the order in which they are passed."""
BEFORE_DEPLOY = frozenset(
    {Stage.CANDIDATE, Stage.BUILDING, Stage.STAGING, Stage.QA, Stage.APPROVAL, Stage.APPROVED, Stage.FIXING}
)
DEPLOY_BEGUN = frozenset(Stage) - BEFORE_DEPLOY - {Stage.ON_HOLD, Stage.CANCELLED}
"""A deploy that is stopped before it reached production has not begun."""
FINISHED = ENDED | {Stage.RELEASED}
"""No other release waits for one of these."""
REACHED_PRODUCTION = frozenset({Stage.RELEASED, Stage.CLOSED})


class Column(StrEnum):
    """The columns of the release board (spec 2.5)."""

    CANDIDATE = "candidate"
    QA_TESTING = "qa_testing"
    APPROVED = "approved"
    DEPLOYING = "deploying"
    DONE = "done"


COLUMN_OF = {
    Stage.CANDIDATE: Column.CANDIDATE,
    Stage.BUILDING: Column.CANDIDATE,
    Stage.STAGING: Column.QA_TESTING,
    Stage.QA: Column.QA_TESTING,
    Stage.FIXING: Column.QA_TESTING,
    Stage.APPROVAL: Column.QA_TESTING,
    Stage.APPROVED: Column.APPROVED,
    Stage.DEPLOYING: Column.DEPLOYING,
    Stage.VERIFYING: Column.DEPLOYING,
    Stage.ROLLING_BACK: Column.DEPLOYING,
    Stage.RELEASED: Column.DONE,
    Stage.CLOSED: Column.DONE,
    Stage.ROLLED_BACK: Column.DONE,
    Stage.CANCELLED: Column.DONE,
}


class Action(StrEnum):
    """What can happen to a release; the table in `lifecycle` says when and by whom."""

    CUT_BRANCH = "cut_branch"
    BUILD_PASSED = "build_passed"
    BUILD_FAILED = "build_failed"
    STAGING_DEPLOYED = "staging_deployed"
    STAGING_FAILED = "staging_failed"
    SKIP_STAGING = "skip_staging"
    QA_PASSED = "qa_passed"
    QA_FAILED = "qa_failed"
    REBUILD = "rebuild"
    REQUIREMENTS_MET = "requirements_met"
    REJECT = "reject"
    REJECTION_WITHDRAWN = "rejection_withdrawn"
    APPROVAL_LAPSED = "approval_lapsed"
    BUG_FOUND = "bug_found"
    HEAD_MOVED = "head_moved"
    DEPLOY = "deploy"
    STEP_LIVE = "step_live"
    STEP_DONE = "step_done"
    PAUSE = "pause"
    CONTINUE = "continue"
    STOP = "stop"
    ROLLOUT_COMPLETE = "rollout_complete"
    DECLARE_ROLLBACK = "declare_rollback"
    STAND_DOWN = "stand_down"
    ROLLED_BACK = "rolled_back"
    VERIFIED = "verified"
    FIX_FORWARD = "fix_forward"
    CLOSE = "close"
    HOLD = "hold"
    RESUME = "resume"
    CANCEL = "cancel"


class RolloutStrategy(StrEnum):
    """How a version reaches production (spec 5.2)."""

    BLUE_GREEN = "blue_green"
    CANARY = "canary"
    ROLLING = "rolling"
    BIG_BANG = "big_bang"


class InFlight(StrEnum):
    """What becomes of a rollout under way when the gate closes (spec 3.2)."""

    FINISH = "finish"  # it goes on to its end
    PAUSE = "pause"  # the step under way ends; what follows needs an exception, or the gate to open
    STOP = "stop"  # the same, and no exception is heeded that was not granted before the deploy


class GitStep(StrEnum):
    """What Naru does on a remote, as people name it when they ask what it would do."""

    CUT = "cut"
    TAG = "tag"
    FINISH = "finish"
    DELETE = "delete"


class Flow(StrEnum):
    """How the project branches (spec 2.4)."""

    GIT_FLOW = "git_flow"
    TRUNK = "trunk"


class ReminderKind(StrEnum):
    """What is said at a moment of its own; the values stand in keys and policies and stay."""

    ANNOUNCEMENT = "announcement"
    APPROVAL_WAITING = "approval_waiting"
    APPROVAL_LAPSES = "approval_lapses"
    SOAK_OVER = "soak_over"
    MONITORING_OVER = "monitoring_over"
    STILL_VERIFYING = "still_verifying"
    QA_DUE = "qa_due"
    MISSED_WINDOW = "missed_window"
    URGENT_AHEAD = "urgent_ahead"
    DOWNTIME_AHEAD = "downtime_ahead"
    DOWNTIME_OVERRUN = "downtime_overrun"
    SEAT_EMPTY = "seat_empty"
    OVER_BUDGET = "over_budget"
    STEP_WAITS = "step_waits"
    POSTMORTEM_SOON = "postmortem_soon"
    POSTMORTEM_OVERDUE = "postmortem_overdue"
    ACTION_ITEM = "action_item"
    ROOM_TO_CLOSE = "room_to_close"
    GATE_TURNS = "gate_turns"
    ROLLOUT_UNDECIDED = "rollout_undecided"
    STEP_OVER = "step_over"
    ITEM_DUE = "item_due"
    LIST_OPENS = "list_opens"
    EXCEPTION_ENDS = "exception_ends"
    SNOOZED = "snoozed"
    DIGEST = "digest"
    BRANCHES = "branches"
    DEPLOY_SILENT = "deploy_silent"
    PAGE = "page"
    BREACH_LASTS = "breach_lasts"
