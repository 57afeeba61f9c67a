"""Random people press random buttons; a small model of one release knows what comes of it.

Lifecycle, approvals, rollback and lock, and what another release of the project stands in the way of.
"""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, event, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from commands import seen
from commands.requests import (
    Advance,
    Cancel,
    Confirm,
    DeclareRollback,
    LiftLock,
    MeetCondition,
    MoveStep,
    NewCondition,
    PassQa,
    PeopleSeen,
    Resolve,
    StandDown,
    StartRelease,
    WithdrawDecision,
)
from domain.approvals import Outcome
from domain.people import Role
from domain.release import ConfirmItem
from domain.rollback import Criterion, StepKey, StepState
from domain.types import Action, ReleaseType, Stage
from domain.views import Happened
from storage import releases, rooms, schema
from storage.db import Database
from tests.support.clock import HandClock
from tests.support.driver import GIT, SHA, SHA2, Driver
from tests.support.proof import rounds
from tests.support.world import DEV, IC, IMPL, ONCALL, OPS, PM, QA, RM, RM2, ROLES, TL, person, world

A, S, R = Action, Stage, ReleaseType
YES, IF, NO = Outcome.APPROVE, Outcome.CONDITIONS, Outcome.REJECT
SEOUL = ZoneInfo("Asia/Seoul")
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
MANAGER, LEAD, PMS, COMMANDER = Role.RELEASE_MANAGER, Role.TECH_LEAD, Role.PM, Role.INCIDENT_COMMANDER
TESTER, DEPLOYER, IMPLEMENTER = Role.QA_LEAD, Role.DEVOPS, Role.IMPLEMENTATION_MANAGER
USERS = (RM, RM2, TL, PM, IC, QA, OPS, ONCALL, IMPL, DEV)
MOVABLE = (S.CANDIDATE, S.BUILDING, S.STAGING, S.QA, S.APPROVAL, S.APPROVED, S.FIXING)
ENDED = (S.CLOSED, S.CANCELLED, S.ROLLED_BACK)
OUT = (S.DEPLOYING, S.VERIFYING, S.RELEASED)

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
ASKED_OF_GIT = (A.CUT_BRANCH, A.BUILD_PASSED, A.DEPLOY)
NEED_WORDS = {A.BUILD_FAILED, A.STAGING_DEPLOYED, A.STAGING_FAILED, A.SKIP_STAGING, A.QA_FAILED} | {
    A.BUG_FOUND,
    A.PAUSE,
    A.STOP,
    A.HOLD,
    A.CANCEL,
    A.DECLARE_ROLLBACK,
    A.STAND_DOWN,
}
CONFIRMERS = {
    ConfirmItem.PRE_RELEASE_ITEMS: {MANAGER, TESTER},
    ConfirmItem.DEPLOYER_STANDING_BY: {DEPLOYER, MANAGER},
    ConfirmItem.ONCALL_STANDING_BY: {Role.ONCALL, DEPLOYER},
    ConfirmItem.POST_RELEASE_ITEMS: {TESTER, MANAGER},
}
SOAK = {R.REGULAR: DAY, R.EMERGENCY: HOUR / 2, R.FEATURE: 3 * DAY, R.HOTFIX: None}
STEPS_OF = {R.REGULAR: 2, R.EMERGENCY: 3, R.HOTFIX: 3, R.FEATURE: 3}
MONITORING = {R.REGULAR: DAY, R.EMERGENCY: 2 * HOUR, R.HOTFIX: HOUR, R.FEATURE: 2 * DAY}
RESTORE = {StepKey.TRAFFIC, StepKey.APPLICATION, StepKey.CACHES}
NOTICES = {StepKey.OUTAGE_NOTICE, StepKey.COMPLETION_NOTICE}
OPEN_STEP = {StepState.WAITING, StepState.RUNNING}
STEPS_AT_MOST = 8
LAPSE = {R.REGULAR: 7 * DAY, R.FEATURE: 7 * DAY, R.EMERGENCY: DAY, R.HOTFIX: DAY}


@dataclass
class Model:
    """One release as the specification has it. Nothing of the program's own code is used."""

    kind: ReleaseType
    starter: str
    deploy_at: datetime | None
    stage: Stage = S.CANDIDATE
    rc: int = 0
    said: dict[tuple[int, str], Outcome] = field(default_factory=dict)
    held_from: Stage | None = None
    back_from: Stage | None = None
    restoring: bool = False
    restored: bool = False
    rejected: bool = False
    pending: tuple[Action, str] | None = None
    stuck: bool = False
    soak_until: datetime | None = None
    confirmed: set[tuple[int, ConfirmItem]] = field(default_factory=set)
    conditions: list[tuple[int, str]] = field(default_factory=list)
    asked_at: datetime | None = None
    until: datetime | None = None
    done: int = 0
    paused: bool = False
    deployed_at: datetime | None = None
    monitoring_until: datetime | None = None
    merged: bool = False
    sha: str = ""

    def mine(self, user: str) -> Outcome | None:
        return self.said.get((self.rc, user))

    def enter(self, stage: Stage) -> None:
        event(f"{self.kind}: {stage}")  # what a run has met: --hypothesis-show-statistics
        self.stage, self.pending, self.stuck = stage, None, False
        if stage in {S.FIXING, S.BUILDING}:
            self.asked_at = self.until = self.held_from = None
            self.rejected = False


@dataclass
class Other:
    """Another release of the project, as far as it stands in the way; it is never deployed itself."""

    id: str
    kind: ReleaseType
    older: bool = False
    held: bool = False


def window_close(at: datetime) -> datetime | None:
    """The default windows: Tuesday to Thursday, 10:00 to 17:00 in Seoul."""
    local = at.astimezone(SEOUL)
    if local.weekday() not in {1, 2, 3} or not 10 <= local.hour < 17:
        return None
    return local.replace(hour=17, minute=0, second=0, microsecond=0)


@cache
def template() -> Path:
    path = Path(tempfile.mkdtemp(prefix="naru-machine-")) / "template.db"
    schema.upgrade(f"sqlite:///{path}")
    return path


users = st.sampled_from(USERS)


class Releases(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="naru-machine-"))
        shutil.copy(template(), self.folder / "naru.db")
        self.clock = HandClock()
        self.database = Database(f"sqlite:///{self.folder}/naru.db", now=self.clock)
        self.drive = Driver(self.database, self.clock)
        self.model: Model | None = None
        self.id = ""
        self.left: set[str] = set()
        self.remote = SHA
        self.locked = False
        self.other: Other | None = None

    @initialize(
        kind=st.sampled_from(ReleaseType),
        user=st.sampled_from((RM, DEV, IC)),
        data=st.data(),
        stages=st.integers(0, 9),
    )
    def lay_down(self, kind: ReleaseType, user: str, data: st.DataObject, stages: int) -> None:
        """A project with a release that is under way: random presses alone seldom get far."""
        with self.database.transaction() as tx:
            world(tx)
        self.drive.read_repository()
        self.start(kind, user)
        if self.model:
            self.all_that_these_stages_need(data=data, stages=stages, trouble=None)

    def teardown(self) -> None:
        assert self.drive.chain_holds()
        self.database.close()
        shutil.rmtree(self.folder)

    # --- the model ----------------------------------------------------------------------------------------

    @property
    def now(self) -> Model:
        assert self.model is not None
        return self.model

    def roles(self, user: str) -> set[Role]:
        return set() if user in self.left else {role for role, held in ROLES.items() if user in held}

    def may(self, user: str, action: Action) -> bool:
        roles = set(STEPS[action][0])
        if self.now.kind is R.HOTFIX and MANAGER in roles:
            roles.add(COMMANDER)
        return bool(roles & self.roles(user))

    def places(self) -> list[set[str]]:
        """Who can fill each place of the approval."""
        holders = {
            R.REGULAR: [{RM, RM2}],
            R.EMERGENCY: [{TL}, {PM}],
            R.HOTFIX: [{IC}],
            R.FEATURE: [{PM}, {DEV}],
        }[self.now.kind]
        out = self.left | (set() if self.now.kind is R.HOTFIX else {self.now.starter})
        return [place - out for place in holders]

    def deciders(self) -> set[str]:
        return set().union(*self.places())

    def met(self) -> bool:
        counting = {u: o for (rc, u), o in self.now.said.items() if rc == self.now.rc}
        counting = {u: o for u, o in counting.items() if u in self.deciders()}
        return NO not in counting.values() and all(place & set(counting) for place in self.places())

    def over(self) -> bool:
        assert self.now.until is not None
        return self.clock() >= self.now.until or not self.met()

    def lapse(self) -> None:
        now = self.now
        now.said = {key: outcome for key, outcome in now.said.items() if key[0] != now.rc}
        now.enter(S.APPROVAL)
        now.asked_at, now.until = self.clock(), None

    def grant(self) -> None:
        now = self.now
        now.enter(S.APPROVED)
        now.until = self.clock() + LAPSE[now.kind]
        if now.kind in {R.REGULAR, R.FEATURE} and now.deploy_at:
            close = window_close(now.deploy_at)
            if close is not None and close > self.clock():
                now.until = min(now.until, close)

    def blocked(self) -> bool:
        """An urgent release goes before planned ones, an older planned one before a newer; held it does not."""
        other = self.other
        if other is None or other.held or self.now.kind in {R.HOTFIX, R.EMERGENCY}:
            return False
        return other.older or other.kind in {R.HOTFIX, R.EMERGENCY}

    def deployable(self) -> bool:
        now = self.now
        items = {ConfirmItem.DEPLOYER_STANDING_BY, ConfirmItem.ONCALL_STANDING_BY}
        items |= set() if now.kind is R.HOTFIX else {ConfirmItem.PRE_RELEASE_ITEMS}
        gate = now.kind in {R.HOTFIX, R.EMERGENCY} or window_close(self.clock()) is not None
        soaked = now.soak_until is None or self.clock() >= now.soak_until
        confirmed = all((now.rc, item) in now.confirmed for item in items)
        return (
            not self.locked
            and not self.blocked()
            and gate
            and soaked
            and confirmed
            and not any(rc == now.rc for rc, _ in now.conditions)
        )

    def holds(self, action: Action, note: str) -> bool:
        """Whether all that a step needs holds."""
        now = self.now
        if action in NEED_WORDS and not note:
            return False
        pending = now.pending is not None and not now.stuck
        return {
            A.SKIP_STAGING: now.kind is R.HOTFIX,
            A.REBUILD: now.stage is S.FIXING or now.rejected,
            A.STEP_DONE: not now.paused,
            A.CONTINUE: now.paused,
            A.STOP: now.done == 0,
            A.ROLLOUT_COMPLETE: not now.paused
            and now.done == STEPS_OF[now.kind]
            and not any(rc == now.rc for rc, _ in now.conditions),
            A.VERIFIED: (now.rc, ConfirmItem.POST_RELEASE_ITEMS) in now.confirmed
            and not any(rc == now.rc for rc, _ in now.conditions),
            A.CLOSE: now.merged and (now.monitoring_until or self.clock()) <= self.clock(),
            A.RESUME: not now.rejected,
            A.STAND_DOWN: not now.restoring,
            A.ROLLED_BACK: now.restored,
            A.CUT_BRANCH: not pending,
            A.BUILD_PASSED: not pending,
            A.DEPLOY: not pending and self.deployable(),
        }.get(action, True)

    def take(self, action: Action) -> None:  # noqa: C901, PLR0912 - as the specification has them
        """The step with its effects."""
        now, at = self.now, self.clock()
        before, target = now.stage, STEPS[action][1][now.stage]
        if action is A.RESUME:
            assert now.held_from is not None
            target, now.held_from = now.held_from, None
        elif action is A.STAND_DOWN:
            assert now.back_from is not None
            target, self.locked = now.back_from, False
        elif action is A.DECLARE_ROLLBACK:
            now.back_from, self.locked = before, True
        now.enter(target)
        if action is A.HOLD:
            now.held_from = before
        elif action is A.RESUME and target is S.APPROVAL:
            now.asked_at = at
        elif action is A.RESUME and target is S.APPROVED and self.over():
            self.lapse()
        elif action is A.STAGING_DEPLOYED:
            soak = SOAK[now.kind]
            now.soak_until = at + soak if soak else None
        elif action is A.SKIP_STAGING:
            now.soak_until = None
        elif action is A.STEP_DONE:
            now.done = min(now.done + 1, STEPS_OF[now.kind])
        elif action in {A.PAUSE, A.CONTINUE}:
            now.paused = action is A.PAUSE
        elif action is A.STOP:
            now.done, now.paused = 0, False
            if self.over():
                self.lapse()
        elif action is A.ROLLOUT_COMPLETE:
            now.deployed_at = at
        elif action is A.VERIFIED:
            assert now.deployed_at is not None
            now.monitoring_until = now.deployed_at + MONITORING[now.kind]

    # --- people -------------------------------------------------------------------------------------------

    def press(self, request: Any, user: str, *, expected: bool) -> None:
        outcome = self.drive.do(request, user)
        assert isinstance(outcome, Happened) is expected, (outcome, self.model)

    @precondition(lambda self: self.model is None or self.model.stage in ENDED)
    @rule(kind=st.sampled_from(ReleaseType), user=st.sampled_from((RM, DEV, IC)))
    def start(self, kind: ReleaseType, user: str) -> None:
        if user in self.left:
            return
        self.model = Model(kind, user, None)
        request = StartRelease(project="shop", type=kind, feature="f", stakeholders=(DEV,))
        expected = all(self.places())
        outcome = self.drive.do(request, user)
        assert isinstance(outcome, Happened) is expected, outcome
        if not isinstance(outcome, Happened):
            self.model = None
            return
        self.id = str(outcome.event.release)  # type: ignore[union-attr]  # ReleaseStarted
        if self.other:
            self.other.older = True
        self.model.deploy_at = self.drive.release(self.id).deploy_at

    def asked(self, action: Action, note: str) -> Any:
        """The request by which people take a step."""
        if action is A.CANCEL:
            return Cancel(release=self.id, reason=note)
        if action is A.DECLARE_ROLLBACK:
            criteria = (Criterion.ERROR_RATE,)
            return DeclareRollback(release=self.id, criteria=criteria, evidence=note, migration=False)
        room = self.drive.release(self.id).room
        if action is A.STAND_DOWN:
            return StandDown(room=room, reason=note)
        if action is A.ROLLED_BACK:
            return Resolve(room=room)
        early = {"early": True, "note": "early"} if action is A.CUT_BRANCH else {"note": note}
        return Advance(release=self.id, action=action, commits=(SHA,), **early)  # type: ignore[arg-type]  # its own fields

    def step(self, action: Action, user: str, note: str) -> None:
        now = self.now
        allowed = now.stage in STEPS[action][1] and self.may(user, action) and self.holds(action, note)
        self.press(self.asked(action, note), user, expected=allowed)
        if not allowed:
            return
        if action is A.DEPLOY and self.over():
            self.lapse()
        elif action in ASKED_OF_GIT:
            now.pending, now.stuck = (action, user), False
        else:
            self.take(action)

    @precondition(lambda self: self.model is not None)
    @rule(action=st.sampled_from(sorted(STEPS)), user=users, note=st.sampled_from(("", "why")))
    def anything(self, action: Action, user: str, note: str) -> None:
        in_room = action in {A.STAND_DOWN, A.ROLLED_BACK}
        elsewhere = in_room and self.now.stage is not S.ROLLING_BACK
        closed = action is A.DECLARE_ROLLBACK and self.now.stage is S.CLOSED
        if user not in self.left and not elsewhere and not closed:
            self.step(action, user, note)

    @precondition(lambda self: self.model is not None and self.model.stage not in ENDED)
    @rule(data=st.data())
    def onward(self, data: st.DataObject) -> None:  # noqa: C901 - one branch per stage
        """The right person takes the next step."""
        now = self.now
        if now.stage is S.QA:
            self.qa(QA)
        elif now.stage is S.APPROVAL:
            places = [sorted(place) for place in self.places() if place]
            if places:
                self.say(data.draw(st.sampled_from(data.draw(st.sampled_from(places)))), YES)
        elif now.pending is not None and not now.stuck:
            self.report("same")
        elif now.stage is S.APPROVED and not self.deployable():
            self.prepare()
        elif now.stage is S.RELEASED and not now.merged:
            self.finished(ok=True)
        elif now.stage is S.RELEASED:
            self.wait(24)
            self.step(A.CLOSE, RM, "why")
        elif now.stage is S.ROLLING_BACK:
            self.restore(whole=True)
            self.step(A.ROLLED_BACK, IC, "why")
        elif now.stage is S.VERIFYING:
            self.confirm(ConfirmItem.POST_RELEASE_ITEMS, QA)
            self.step(A.VERIFIED, QA, "why")
        elif now.stage is S.DEPLOYING:
            complete = now.done == STEPS_OF[now.kind]
            action = A.CONTINUE if now.paused else A.ROLLOUT_COMPLETE if complete else A.STEP_DONE
            self.step(action, RM if now.paused else OPS, "why")
        else:
            action = {
                S.CANDIDATE: A.CUT_BRANCH,
                S.BUILDING: A.BUILD_PASSED,
                S.STAGING: A.STAGING_DEPLOYED,
                S.FIXING: A.REBUILD,
                S.APPROVED: A.DEPLOY,
                S.ON_HOLD: A.REBUILD if now.rejected else A.RESUME,
            }[now.stage]
            self.step(action, RM, "why")

    @precondition(lambda self: self.model is not None and self.model.stage not in ENDED)
    @rule(data=st.data(), stages=st.integers(2, 9), trouble=st.sampled_from((*[None] * 5, *OUT)))
    def all_that_these_stages_need(self, data: st.DataObject, stages: int, trouble: Stage | None) -> None:
        """Fast forward, perhaps into trouble: without it the deep stages are hardly seen."""
        for _ in range(stages):
            before = self.now.stage
            if before is trouble:
                self.trouble(OPS)
            for _ in range(STEPS_AT_MOST):
                if self.now.stage is before and before not in ENDED:
                    self.onward(data)

    @precondition(lambda self: self.model is not None and self.model.stage in OUT)
    @rule(user=users)
    def trouble(self, user: str) -> None:
        """What is on its way out or in production shows trouble."""
        if user not in self.left:
            self.step(A.DECLARE_ROLLBACK, user, "5xx")

    @precondition(lambda self: self.model is not None and self.model.stage is S.ROLLING_BACK)
    @rule(whole=st.booleans())
    def restore(self, *, whole: bool) -> None:
        """The steps of the war room: the first that touches production is begun, or all are done."""
        room = self.drive.read(rooms.get, self.drive.release(self.id).room)
        assert room is not None
        if not whole and not self.now.restoring:
            first = next(step.key for step in room.steps if step.key in RESTORE)
            self.press(MoveStep(room=room.id, step=first, state="started"), OPS, expected=True)
        elif whole and not self.now.restored:
            for step in room.steps:
                if step.key not in NOTICES and step.state in OPEN_STEP:
                    self.press(MoveStep(room=room.id, step=step.key, state="done"), OPS, expected=True)
            self.now.restored = True
        self.now.restoring = True

    @precondition(lambda self: self.locked)
    @rule(user=users)
    def lift_lock(self, user: str) -> None:
        """Nothing is deployed until a release manager or an incident commander says why it is safe again."""
        if user in self.left:
            return
        allowed = bool({MANAGER, COMMANDER} & self.roles(user))
        self.press(LiftLock(project="shop", reason="why"), user, expected=allowed)
        self.locked = self.locked and not allowed

    @precondition(lambda self: self.model is not None and self.other is None)
    @rule(kind=st.sampled_from((R.REGULAR, R.EMERGENCY, R.HOTFIX)))
    def another_starts(self, kind: ReleaseType) -> None:
        self.other = Other(self.drive.start(kind, DEV), kind)

    @precondition(lambda self: self.other is not None)
    @rule(end=st.booleans())
    def another_waits_goes_on_or_ends(self, *, end: bool) -> None:
        other = self.other
        assert other is not None
        if end:
            self.press(Cancel(release=other.id, reason="why"), RM, expected=True)
            self.other = None
            return
        self.drive.advance(other.id, A.RESUME if other.held else A.HOLD, note="why")
        other.held = not other.held

    def prepare(self) -> None:
        if self.locked:
            self.lift_lock(IC)
        if self.blocked():
            event(f"{self.now.kind}: waits for another {self.other and self.other.kind}")
            self.step(A.DEPLOY, RM, "why")
            self.another_waits_goes_on_or_ends(end=False)
        for item, user in zip(ConfirmItem, (QA, OPS, ONCALL), strict=False):
            self.confirm(item, user)
        for number, (_, asker) in enumerate(list(self.now.conditions), start=1):
            self.meet(asker, number)
        at = self.now.deploy_at or self.clock()
        ahead = max(at, self.now.soak_until or at) - self.clock()
        self.wait(max(0, -(-ahead // HOUR)))

    @precondition(lambda self: self.model is not None)
    @rule(user=users)
    def qa(self, user: str) -> None:
        if user in self.left:
            return
        now = self.now
        roles = {TESTER, MANAGER} | ({COMMANDER} if now.kind is R.HOTFIX else set())
        allowed = now.stage is S.QA and bool(roles & self.roles(user))
        self.press(PassQa(release=self.id, migration=False, breaking=True), user, expected=allowed)
        if allowed:
            now.enter(S.APPROVAL)
            now.asked_at = self.clock()

    @precondition(lambda self: self.model is not None)
    @rule(user=users, outcome=st.sampled_from(Outcome))
    def say(self, user: str, outcome: Outcome) -> None:
        if user in self.left:
            return
        now, mine = self.now, self.now.mine(user)
        open_ = now.stage in {S.APPROVAL, S.APPROVED} or (now.stage is S.ON_HOLD and now.rejected)
        on_hold = now.stage is S.ON_HOLD
        same = mine is outcome and outcome is not IF
        allowed = open_ and user in self.deciders() and not same and (not on_hold or mine is NO)
        asked = (NewCondition(text="x"),) if outcome is IF else ()
        request = self.drive.decision(self.id, outcome, comment="why", conditions=asked)
        self.press(request, user, expected=allowed)
        if not allowed:
            return
        now.said[now.rc, user] = outcome
        if mine is IF:
            now.conditions = [c for c in now.conditions if c != (now.rc, user)]
        if outcome is IF:
            now.conditions.append((now.rc, user))
        self.follow(rejected=outcome is NO)

    def follow(self, *, rejected: bool) -> None:
        """What comes of the decisions as they are now."""
        now = self.now
        if rejected:
            now.stage, now.rejected, now.until, now.held_from = S.ON_HOLD, True, None, S.APPROVAL
            return
        against = [u for (rc, u), o in now.said.items() if rc == now.rc and o is NO]
        if now.stage is S.ON_HOLD and not set(against) & self.deciders():
            now.enter(S.APPROVAL)
            now.rejected, now.asked_at, now.held_from = False, self.clock(), None
        if now.stage is S.APPROVAL and self.met():
            self.grant()
        elif now.stage is S.APPROVED and not self.met():
            now.enter(S.APPROVAL)
            now.asked_at, now.until = self.clock(), None

    @precondition(lambda self: self.model is not None)
    @rule(user=users)
    def take_back(self, user: str) -> None:
        if user in self.left:
            return
        now = self.now
        open_ = now.stage in {S.APPROVAL, S.APPROVED} or (now.stage is S.ON_HOLD and now.rejected)
        allowed = open_ and now.mine(user) is not None
        self.press(WithdrawDecision(release=self.id, candidate=now.rc), user, expected=allowed)
        if allowed:
            del now.said[now.rc, user]
            now.conditions = [c for c in now.conditions if c[1] != user]
            self.follow(rejected=False)

    @precondition(lambda self: self.model is not None and bool(self.model.conditions))
    @rule(user=users, number=st.integers(1, 3))
    def meet(self, user: str, number: int) -> None:
        if user in self.left:
            return
        now = self.now
        open_ = [c for c in self.drive.release(self.id).conditions if c.open]
        if number > len(open_):
            return
        condition = open_[number - 1]
        barred = set() if now.kind is R.HOTFIX else {now.starter}
        holders = self.deciders() | {u for u in barred if self.may_hold(u)}
        allowed = user in holders or user == condition.asked_by
        self.press(MeetCondition(release=self.id, condition=condition.id), user, expected=allowed)
        if allowed:
            now.conditions.remove((condition.candidate, condition.asked_by))

    def may_hold(self, user: str) -> bool:
        """Whether somebody holds a required role, separation of duties aside."""
        roles = {R.REGULAR: {MANAGER}, R.EMERGENCY: {LEAD, PMS}, R.FEATURE: {PMS}, R.HOTFIX: {COMMANDER}}
        stakeholder = self.now.kind is R.FEATURE and user == DEV
        return bool(roles[self.now.kind] & self.roles(user)) or stakeholder

    @precondition(lambda self: self.model is not None)
    @rule(item=st.sampled_from(ConfirmItem), user=users)
    def confirm(self, item: ConfirmItem, user: str) -> None:
        if user in self.left:
            return
        now = self.now
        if item is ConfirmItem.POST_RELEASE_ITEMS:
            due = now.stage is S.VERIFYING
        else:
            spared = item is ConfirmItem.PRE_RELEASE_ITEMS and now.kind is R.HOTFIX
            due = now.stage in {S.APPROVAL, S.APPROVED} and not spared
        allowed = due and bool(CONFIRMERS[item] & self.roles(user)) and (now.rc, item) not in now.confirmed
        self.press(Confirm(release=self.id, item=item, candidate=now.rc), user, expected=allowed)
        if allowed:
            now.confirmed.add((now.rc, item))

    @rule(comes=st.booleans())
    def release_manager_leaves_or_comes(self, *, comes: bool) -> None:
        if comes is (RM2 not in self.left):
            return
        with self.database.transaction() as tx:
            seen.people_seen(tx, PeopleSeen(people=(person(RM2, active=comes),)), GIT)
        self.left = set() if comes else {RM2}
        if self.model and self.now.stage is S.APPROVED and not comes and not self.met():
            self.lapse()

    # --- git and time -------------------------------------------------------------------------------------

    @precondition(lambda self: self.model is not None and self.model.pending is not None)
    @rule(how=st.sampled_from(("same", "same", "moved", "problem")))
    def report(self, how: str) -> None:
        """The worker says what it found for the action that waits."""
        now = self.now
        assert now.pending is not None
        action, by = now.pending
        if action is A.CUT_BRANCH:
            facts: dict[str, Any] = {"problem": "unreachable"} if how == "problem" else {}
            self.drive.branch_was_cut(self.id, **facts)
        else:
            if how == "moved":
                self.push()
            facts = {"problem": "unreachable", "head": ""} if how == "problem" else {"head": self.remote}
            self.drive.head_was_read(self.id, action, **facts)
        if how == "problem":
            now.stuck = True
            return
        now.pending, now.stuck = None, False
        at_place = now.stage in STEPS[action][1]
        if action is A.DEPLOY and now.stage is S.APPROVED and self.over():
            self.lapse()
            return
        if action is A.DEPLOY and self.remote != now.sha:
            if now.stage in {S.QA, S.APPROVAL, S.APPROVED}:
                now.enter(S.FIXING)
            return
        if not (at_place and self.may(by, action) and self.holds(action, "why")):
            return
        self.take(action)
        if action is A.BUILD_PASSED:
            now.rc += 1
            now.sha, now.soak_until = self.remote, None

    def push(self) -> None:
        """Somebody commits to the branch."""
        self.remote = SHA2 if self.remote == SHA else SHA

    @precondition(lambda self: self.model is not None and self.model.rc > 0)
    @rule(moves=st.booleans())
    def watch(self, *, moves: bool) -> None:
        """The branch is looked at under an approval."""
        now = self.now
        if moves:
            self.push()
        self.drive.head_was_read(self.id, None, head=self.remote)
        if now.stage in {S.QA, S.APPROVAL, S.APPROVED} and self.remote != now.sha:
            now.enter(S.FIXING)

    @precondition(lambda self: self.model is not None and self.model.stage is S.RELEASED)
    @rule(ok=st.booleans())
    def finished(self, *, ok: bool) -> None:
        self.drive.refs_were_made(self.id, problem="" if ok else "conflict")
        self.now.merged = self.now.merged or ok

    @rule(hours=st.sampled_from((1, 3, 24, 100)))
    def wait(self, hours: int) -> None:
        self.clock.move(hours=hours)
        self.drive.tick()
        now = self.model
        if now is None:
            return
        if now.stage is S.APPROVAL and now.asked_at and self.clock() >= now.asked_at + LAPSE[now.kind]:
            self.lapse()
        if now.stage is S.APPROVED and now.until and self.clock() >= now.until:
            self.lapse()

    # --- what always holds --------------------------------------------------------------------------------

    @invariant()
    def the_release_is_where_the_model_says(self) -> None:
        if self.model is None:
            return
        found = self.drive.release(self.id)
        assert (found.stage, found.rc) == (self.now.stage, self.now.rc), self.model
        decided = {d.user: d.outcome for d in self.drive.read(releases.decisions, self.id, found.rc)}
        assert decided == {u: o for (rc, u), o in self.now.said.items() if rc == self.now.rc}
        assert (found.approval_until is not None) is (self.now.until is not None)

    @invariant()
    def stage_times_are_gapless(self) -> None:
        if self.model is None:
            return
        times = self.drive.read(releases.stage_times, self.id)
        assert [entered for _, entered, _ in times[1:]] == [left for _, _, left in times[:-1]]
        assert times[-1][0] is self.now.stage
        assert times[-1][2] is None


Releases.TestCase.settings = settings(
    max_examples=rounds(40, 3000),
    stateful_step_count=40,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)


@pytest.mark.proof
@pytest.mark.timeout(3600)
class TestReleases(Releases.TestCase):  # type: ignore[misc]  # made by hypothesis
    """`pytest --hypothesis-seed=N` runs the same again; the seed stands at the head of every run."""
