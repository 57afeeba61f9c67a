"""The specification's tables as the model reads them: who may what, from where to where, and for how long."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from domain.approvals import Outcome
from domain.people import Role
from domain.release import ConfirmItem
from domain.rollback import StepKey, StepState
from domain.types import Action, ReleaseType, Stage
from tests.support.world import DEV, IC, IMPL, ONCALL, OPS, PM, QA, RM, RM2, TL

A, S, R = Action, Stage, ReleaseType
YES, IF, NO = Outcome.APPROVE, Outcome.CONDITIONS, Outcome.REJECT
SEOUL = ZoneInfo("Asia/Seoul")
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
MANAGER, LEAD, PMS, COMMANDER = Role.RELEASE_MANAGER, Role.TECH_LEAD, Role.PM, Role.INCIDENT_COMMANDER
TESTER, DEPLOYER, IMPLEMENTER = Role.QA_LEAD, Role.DEVOPS, Role.IMPLEMENTATION_MANAGER
USERS = (RM, RM2, TL, PM, IC, QA, OPS, ONCALL, IMPL, DEV)

PLANNED = {R.REGULAR, R.FEATURE}
MOVABLE = (S.CANDIDATE, S.BUILDING, S.STAGING, S.QA, S.APPROVAL, S.APPROVED, S.FIXING)
DECIDED = {S.APPROVAL, S.APPROVED}
REVIEWED = {S.QA, S.APPROVAL, S.APPROVED}
ENDED = {S.CLOSED, S.CANCELLED, S.ROLLED_BACK}
OVER = ENDED | {S.RELEASED}
GOING_OUT = {S.DEPLOYING, S.ROLLING_BACK}
SHIPPED = {S.RELEASED, S.CLOSED}
OUT = (S.DEPLOYING, S.VERIFYING, S.RELEASED, S.CLOSED)

# action: who may, from where to where
STEPS: dict[Action, tuple[set[Role], dict[Stage, Stage]]] = {
    A.BUILD_FAILED: ({MANAGER}, {S.BUILDING: S.FIXING}),
    A.STAGING_DEPLOYED: ({DEPLOYER, MANAGER}, {S.STAGING: S.QA}),
    A.STAGING_FAILED: ({DEPLOYER, MANAGER}, {S.STAGING: S.FIXING}),
    A.SKIP_STAGING: ({COMMANDER, MANAGER}, {S.STAGING: S.QA}),
    A.QA_FAILED: ({TESTER, MANAGER}, {S.QA: S.FIXING}),
    A.BUG_FOUND: ({TESTER, MANAGER}, dict.fromkeys((S.QA, S.APPROVAL, S.APPROVED), S.FIXING)),
    A.REBUILD: ({MANAGER}, {S.FIXING: S.BUILDING, S.ON_HOLD: S.BUILDING}),
    A.STEP_DONE: ({DEPLOYER}, {S.DEPLOYING: S.DEPLOYING}),
    A.PAUSE: ({IMPLEMENTER, MANAGER, COMMANDER}, {S.DEPLOYING: S.DEPLOYING}),
    A.CONTINUE: ({IMPLEMENTER, MANAGER, COMMANDER}, {S.DEPLOYING: S.DEPLOYING}),
    A.STOP: ({IMPLEMENTER, MANAGER, COMMANDER}, {S.DEPLOYING: S.APPROVED}),
    A.ROLLOUT_COMPLETE: ({DEPLOYER}, {S.DEPLOYING: S.VERIFYING}),
    A.VERIFIED: ({TESTER, MANAGER}, {S.VERIFYING: S.RELEASED}),
    A.CLOSE: ({MANAGER}, {S.RELEASED: S.CLOSED}),
    A.HOLD: ({MANAGER, PMS, IMPLEMENTER}, dict.fromkeys(MOVABLE, S.ON_HOLD)),
    A.RESUME: ({MANAGER, PMS, IMPLEMENTER}, {S.ON_HOLD: S.ON_HOLD}),
    A.CANCEL: ({MANAGER, PMS}, dict.fromkeys((*MOVABLE, S.ON_HOLD), S.CANCELLED)),
    A.CUT_BRANCH: ({MANAGER}, {S.CANDIDATE: S.BUILDING}),
    A.BUILD_PASSED: ({MANAGER}, {S.BUILDING: S.STAGING}),
    A.DEPLOY: ({MANAGER, DEPLOYER}, {S.APPROVED: S.DEPLOYING}),
    A.DECLARE_ROLLBACK: ({COMMANDER, MANAGER, LEAD, DEPLOYER}, dict.fromkeys(OUT, S.ROLLING_BACK)),
    A.STAND_DOWN: ({COMMANDER}, {S.ROLLING_BACK: S.ROLLING_BACK}),
    A.ROLLED_BACK: ({COMMANDER, MANAGER}, {S.ROLLING_BACK: S.ROLLED_BACK}),
}
IN_ROOM = {A.STAND_DOWN, A.ROLLED_BACK}
ASKED_OF_GIT = {A.CUT_BRANCH, A.BUILD_PASSED, A.DEPLOY}
NEED_WORDS = {A.BUILD_FAILED, A.STAGING_DEPLOYED, A.STAGING_FAILED, A.SKIP_STAGING, A.QA_FAILED} | {
    A.BUG_FOUND,
    A.PAUSE,
    A.STOP,
    A.HOLD,
    A.CANCEL,
    A.DECLARE_ROLLBACK,
    A.STAND_DOWN,
}

STANDING_BY = {ConfirmItem.DEPLOYER_STANDING_BY, ConfirmItem.ONCALL_STANDING_BY}
CONFIRMERS = {
    ConfirmItem.DEPLOYER_STANDING_BY: {DEPLOYER, MANAGER},
    ConfirmItem.ONCALL_STANDING_BY: {Role.ONCALL, DEPLOYER},
}
SOAK = {R.REGULAR: DAY, R.EMERGENCY: HOUR / 2, R.FEATURE: 3 * DAY, R.HOTFIX: None}
STEPS_OF = {R.REGULAR: 2, R.EMERGENCY: 3, R.HOTFIX: 3, R.FEATURE: 3}
# So many steps may be done before a user has the new version: a green side serves nobody.
WITHOUT_USERS = {R.REGULAR: 1, R.EMERGENCY: 0, R.HOTFIX: 0, R.FEATURE: 0}
MONITORING = {R.REGULAR: DAY, R.EMERGENCY: 2 * HOUR, R.HOTFIX: HOUR, R.FEATURE: 2 * DAY}
LAPSE = {R.REGULAR: 7 * DAY, R.FEATURE: 7 * DAY, R.EMERGENCY: DAY, R.HOTFIX: DAY}

RESTORE = {StepKey.TRAFFIC, StepKey.APPLICATION, StepKey.CACHES}
NOTICES = {StepKey.OUTAGE_NOTICE, StepKey.COMPLETION_NOTICE}
OPEN_STEP = {StepState.WAITING, StepState.RUNNING}


def window_close(at: datetime) -> datetime | None:
    """The default windows: Tuesday to Thursday, 10:00 to 17:00 in Seoul."""
    local = at.astimezone(SEOUL)
    if local.weekday() not in {1, 2, 3} or not 10 <= local.hour < 17:
        return None
    return local.replace(hour=17, minute=0, second=0, microsecond=0)
