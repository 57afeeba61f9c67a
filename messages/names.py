"""The field's words (spec 1) for every closed set of the domain, in the reader's language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from domain.approvals import Outcome
from domain.commits import ChangeKind
from domain.people import Role, RoleSource
from domain.release import ConfirmItem, Due, Unmet
from domain.rollback import Criterion, RoomState, StepKey, StepState
from domain.types import Action, Column, ReleaseType, RolloutStrategy, Stage
from messages.texts import Reader, word

__all__ = ["word"]  # beside everything below

STAGES: Mapping[Stage, str] = {
    Stage.CANDIDATE: word("Candidate"),
    Stage.BUILDING: word("Building"),
    Stage.STAGING: word("Staging"),
    Stage.QA: word("QA"),
    Stage.APPROVAL: word("Waiting for approval"),
    Stage.APPROVED: word("Approved"),
    Stage.DEPLOYING: word("Deploying"),
    Stage.VERIFYING: word("Verifying"),
    Stage.RELEASED: word("Released"),
    Stage.CLOSED: word("Closed"),
    Stage.FIXING: word("Fixing"),
    Stage.ON_HOLD: word("On hold"),
    Stage.CANCELLED: word("Cancelled"),
    Stage.ROLLING_BACK: word("Rolling back"),
    Stage.ROLLED_BACK: word("Rolled back"),
}

ACTIONS: Mapping[Action, str] = {
    Action.CUT_BRANCH: word("Cut branch"),
    Action.BUILD_PASSED: word("Build passed"),
    Action.BUILD_FAILED: word("Build failed"),
    Action.STAGING_DEPLOYED: word("Staging deployed"),
    Action.STAGING_FAILED: word("Staging failed"),
    Action.SKIP_STAGING: word("Skip staging"),
    Action.QA_PASSED: word("QA passed"),
    Action.QA_FAILED: word("QA failed"),
    Action.REBUILD: word("Build again"),
    Action.REQUIREMENTS_MET: word("Complete approval"),
    Action.REJECT: word("Reject"),
    Action.REJECTION_WITHDRAWN: word("Withdraw rejection"),
    Action.APPROVAL_LAPSED: word("Ask for approval again"),
    Action.BUG_FOUND: word("Report a bug"),
    Action.HEAD_MOVED: word("Take in new commits"),
    Action.DEPLOY: word("Deploy"),
    Action.STEP_LIVE: word("Step is out"),
    Action.STEP_DONE: word("Step done"),
    Action.PAUSE: word("Pause"),
    Action.CONTINUE: word("Continue"),
    Action.STOP: word("Stop rollout"),
    Action.ROLLOUT_COMPLETE: word("Rollout complete"),
    Action.DECLARE_ROLLBACK: word("Declare rollback"),
    Action.STAND_DOWN: word("Stand down"),
    Action.ROLLED_BACK: word("Rollback complete"),
    Action.VERIFIED: word("Verified"),
    Action.FIX_FORWARD: word("Fix forward"),
    Action.CLOSE: word("Close release"),
    Action.HOLD: word("Hold"),
    Action.RESUME: word("Resume"),
    Action.CANCEL: word("Cancel release"),
}

ACTIONS_DONE: Mapping[Action, str] = {
    Action.CUT_BRANCH: word("Branch cut"),
    Action.BUILD_PASSED: word("Build passed"),
    Action.BUILD_FAILED: word("Build failed"),
    Action.STAGING_DEPLOYED: word("Deployed to staging"),
    Action.STAGING_FAILED: word("Staging deploy failed"),
    Action.SKIP_STAGING: word("Staging skipped"),
    Action.QA_PASSED: word("QA passed"),
    Action.QA_FAILED: word("QA failed"),
    Action.REBUILD: word("Building again"),
    Action.REQUIREMENTS_MET: word("All approvals given"),
    Action.REJECT: word("Rejected"),
    Action.REJECTION_WITHDRAWN: word("Rejection withdrawn"),
    Action.APPROVAL_LAPSED: word("Approval no longer counts"),
    Action.BUG_FOUND: word("Bug reported"),
    Action.HEAD_MOVED: word("New commits on the release branch"),
    Action.DEPLOY: word("Deploy started"),
    Action.STEP_LIVE: word("Rollout step out"),
    Action.STEP_DONE: word("Rollout step done"),
    Action.PAUSE: word("Rollout paused"),
    Action.CONTINUE: word("Rollout continued"),
    Action.STOP: word("Rollout stopped"),
    Action.ROLLOUT_COMPLETE: word("Rollout completed"),
    Action.DECLARE_ROLLBACK: word("Rollback declared"),
    Action.STAND_DOWN: word("Rollback called off"),
    Action.ROLLED_BACK: word("Rolled back"),
    Action.VERIFIED: word("Verified and released"),
    Action.FIX_FORWARD: word("Fix forward started"),
    Action.CLOSE: word("Closed"),
    Action.HOLD: word("Put on hold"),
    Action.RESUME: word("Resumed"),
    Action.CANCEL: word("Cancelled"),
}

TYPES: Mapping[ReleaseType, str] = {
    ReleaseType.REGULAR: word("Regular"),
    ReleaseType.EMERGENCY: word("Emergency"),
    ReleaseType.HOTFIX: word("Hotfix"),
    ReleaseType.FEATURE: word("Feature"),
}

ROLES: Mapping[Role, str] = {
    Role.RELEASE_MANAGER: word("release manager"),
    Role.TECH_LEAD: word("tech lead"),
    Role.PM: word("PM"),
    Role.INCIDENT_COMMANDER: word("incident commander"),
    Role.QA_LEAD: word("QA lead"),
    Role.DEVOPS: word("DevOps/SRE"),
    Role.DBA: word("DBA"),
    Role.SECURITY: word("security"),
    Role.SUPPORT: word("customer support"),
    Role.MARKETING: word("marketing"),
    Role.ONCALL: word("on-call"),
    Role.IMPLEMENTATION_MANAGER: word("implementation manager"),
    Role.STAKEHOLDER: word("stakeholder"),
}

COLUMNS: Mapping[Column, str] = {
    Column.CANDIDATE: word("Candidate"),
    Column.QA_TESTING: word("QA Testing"),
    Column.APPROVED: word("Approved"),
    Column.DEPLOYING: word("Deploying"),
    Column.DONE: word("Done"),
}

OUTCOMES: Mapping[Outcome, str] = {
    Outcome.APPROVE: word("Approved"),
    Outcome.CONDITIONS: word("Approved with conditions"),
    Outcome.REJECT: word("Rejected"),
}

CONFIRM_ITEMS: Mapping[ConfirmItem, str] = {
    ConfirmItem.DEPLOYER_STANDING_BY: word("Deployer standing by"),
    ConfirmItem.ONCALL_STANDING_BY: word("On-call standing by"),
}

DUES: Mapping[Due, str] = {
    Due.BEFORE_DEPLOY: word("before deploy"),
    Due.BEFORE_COMPLETE: word("before the rollout is complete"),
    Due.AFTER_DEPLOY: word("after deploy"),
    Due.TIME: word("by a set time"),
}

UNMETS: Mapping[Unmet, str] = {
    Unmet.BLOCKS: word("blocks the step"),
    Unmet.HOLDS_COMPLETION: word("holds completion"),
    Unmet.ROLLBACK_REVIEW: word("asks for a rollback review"),
}

STRATEGIES: Mapping[RolloutStrategy, str] = {
    RolloutStrategy.BLUE_GREEN: word("Blue/green"),
    RolloutStrategy.CANARY: word("Canary"),
    RolloutStrategy.ROLLING: word("Rolling"),
    RolloutStrategy.BIG_BANG: word("All at once"),
}

CRITERIA: Mapping[Criterion, str] = {
    Criterion.ERROR_RATE: word("Error rate"),
    Criterion.LATENCY: word("Latency (P95)"),
    Criterion.AVAILABILITY: word("Availability"),
    Criterion.CORE_FUNCTION: word("Core function down"),
    Criterion.DATA: word("Data lost or damaged"),
    Criterion.SECURITY: word("Security"),
    Criterion.RESOURCES: word("CPU or memory"),
    Criterion.OTHER: word("Other"),
}

STEPS: Mapping[StepKey, str] = {
    StepKey.NOTICE: word("Decision and notice"),
    StepKey.OUTAGE_NOTICE: word("Outage notice"),
    StepKey.DATABASE: word("Roll back the database"),
    StepKey.APPLICATION: word("Roll back the application"),
    StepKey.TRAFFIC: word("Move traffic back"),
    StepKey.CACHES: word("Clear caches"),
    StepKey.HEALTH_CHECK: word("Health check"),
    StepKey.CORE_FUNCTIONS: word("Try core functions by hand"),
    StepKey.INTEGRATIONS: word("Check integrations"),
    StepKey.COMPLETION_NOTICE: word("Completion notice"),
}

STEP_STATES: Mapping[StepState, str] = {
    StepState.WAITING: word("Waiting"),
    StepState.RUNNING: word("In progress"),
    StepState.DONE: word("Done"),
    StepState.SKIPPED: word("Skipped"),
}

ROOM_STATES: Mapping[RoomState, str] = {
    RoomState.OPEN: word("War room open"),
    RoomState.ROLLING_BACK: word("Rolling back"),
    RoomState.RESOLVED: word("Resolved"),
    RoomState.CLOSED: word("Closed"),
}

CHANGES: Mapping[ChangeKind, str] = {
    ChangeKind.FEATURE: word("Features"),
    ChangeKind.IMPROVEMENT: word("Improvements"),
    ChangeKind.FIX: word("Bug fixes"),
    ChangeKind.SECURITY: word("Security fixes"),
    ChangeKind.DEPRECATED: word("Deprecated"),
    ChangeKind.OTHER: word("Other changes"),
}

SOURCES: Mapping[RoleSource, str] = {
    RoleSource.POLICY: word("from the policy file"),
    RoleSource.SLACK: word("given in Slack"),
}

_OF_BATCHES = re.compile(r"([0-9]+)_of_([0-9]+)")
_ROLLOUT_STEPS = {
    "green_healthy": word("Green side"),
    "traffic_switched": word("Traffic switched"),
    "all_at_once": word("Everything deployed"),
}


def stage(reader: Reader, of: Stage) -> str:
    return reader.t(STAGES[of])


def action(reader: Reader, of: Action) -> str:
    """A button's label."""
    return reader.t(ACTIONS[of])


def action_done(reader: Reader, of: Action) -> str:
    """What happened, as the head of a line."""
    return reader.t(ACTIONS_DONE[of])


def release_type(reader: Reader, of: ReleaseType) -> str:
    return reader.t(TYPES[of])


def role(reader: Reader, of: Role) -> str:
    """Within a sentence."""
    return reader.t(ROLES[of])


def role_label(reader: Reader, of: Role) -> str:
    """At the head of a line or in a list."""
    return capital(role(reader, of))


def roles(reader: Reader, of: Iterable[Role]) -> str:
    """`release manager, QA lead or PM`; empty for none."""
    return either(reader, [role(reader, one) for one in of])


def either(reader: Reader, items: Iterable[str]) -> str:
    """`a, b or c`; empty for none."""
    *first, last = [*items] or [""]
    return reader.t("{first} or {last}", first=", ".join(first), last=last) if first else last


def column(reader: Reader, of: Column) -> str:
    return reader.t(COLUMNS[of])


def outcome(reader: Reader, of: Outcome) -> str:
    return reader.t(OUTCOMES[of])


def confirm_item(reader: Reader, of: ConfirmItem) -> str:
    return reader.t(CONFIRM_ITEMS[of])


def due(reader: Reader, of: Due) -> str:
    return reader.t(DUES[of])


def unmet(reader: Reader, of: Unmet) -> str:
    return reader.t(UNMETS[of])


def strategy(reader: Reader, of: RolloutStrategy) -> str:
    return reader.t(STRATEGIES[of])


def rollout_step(reader: Reader, key: str) -> str:
    """`Canary 10 %`, `Batch 2`, `Traffic switched`; a step that nobody named here is shown by its key."""
    kind, _, number = key.partition("_")
    if kind == "canary" and number.isdecimal():
        return reader.t("Canary {percent} %", percent=number)
    if kind == "traffic" and number.isdecimal():
        return reader.t("Traffic {percent} %", percent=number)
    if kind == "batch" and number.isdecimal():
        return reader.t("Batch {number}", number=number)
    if kind == "batch" and (found := _OF_BATCHES.fullmatch(number)):
        return reader.t("Batch {number} of {total}", number=found[1], total=found[2])
    return reader.t(_ROLLOUT_STEPS[key]) if key in _ROLLOUT_STEPS else key


def criterion(reader: Reader, of: Criterion) -> str:
    return reader.t(CRITERIA[of])


def step(reader: Reader, of: StepKey) -> str:
    """A step of a rollback."""
    return reader.t(STEPS[of])


def step_state(reader: Reader, of: StepState) -> str:
    return reader.t(STEP_STATES[of])


def room_state(reader: Reader, of: RoomState) -> str:
    return reader.t(ROOM_STATES[of])


def change_kind(reader: Reader, of: ChangeKind) -> str:
    return reader.t(CHANGES[of])


def role_source(reader: Reader, of: RoleSource) -> str:
    return reader.t(SOURCES[of])


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]
