"""Fast forward: the right person takes the next step. Random presses alone seldom get far."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import strategies as st
from hypothesis.stateful import rule

from domain.release import ConfirmItem
from domain.types import Stage
from tests.commands.machine.approvals import Approvals
from tests.commands.machine.ground import unfinished
from tests.commands.machine.rollback import Rollback
from tests.commands.machine.tables import ENDED, MOVABLE, OUT, STEPS_OF, YES, A, S
from tests.support.world import IC, ONCALL, OPS, QA, RM

STEPS_AT_MOST = 8
DAYS_AT_MOST = 8
ORDINARY = {
    S.CANDIDATE: A.CUT_BRANCH,
    S.BUILDING: A.BUILD_PASSED,
    S.STAGING: A.STAGING_DEPLOYED,
    S.FIXING: A.REBUILD,
}


class Forward(Approvals, Rollback):
    @unfinished
    @rule(data=st.data(), stages=st.integers(2, 10), trouble=st.sampled_from((*[None] * 5, *OUT)))
    def all_that_these_stages_need(self, data: st.DataObject, stages: int, trouble: Stage | None) -> None:
        """Perhaps into trouble."""
        for _ in range(stages):
            before = self.now.stage
            if before is trouble:
                self.trouble(OPS)
            self.leave_stage(data)

    def reach(self, stage: Stage, data: st.DataObject) -> None:
        for _ in Stage:
            if self.now.stage is not stage:
                self.leave_stage(data)
        assert self.now.stage is stage, self.now

    def leave_stage(self, data: st.DataObject) -> None:
        before = self.now.stage
        for _ in range(STEPS_AT_MOST):
            if self.now.stage is before and before not in ENDED:
                self.onward(data)

    @unfinished
    @rule(data=st.data())
    def onward(self, data: st.DataObject) -> None:
        """The right person takes the next step."""
        now = self.now
        if now.pending is not None and not now.stuck:
            self.report("same")
        elif now.stage is S.QA:
            self.qa(QA)
        elif now.stage is S.APPROVAL:
            self.approve(data)
        elif now.stage is S.APPROVED:
            self.go_out(data)
        elif now.stage is S.ON_HOLD:
            self.step(A.REBUILD if now.rejected else A.RESUME, RM)
        elif now.stage in ORDINARY:
            self.step(ORDINARY[now.stage], RM)
        else:
            self.onward_in_production()

    def approve(self, data: st.DataObject) -> None:
        """Somebody who has not yet decided, while there is one."""
        deciders = sorted(self.now.deciders())
        silent = [user for user in deciders if self.now.mine(user) is None]
        if deciders:
            self.say(data.draw(st.sampled_from(silent or deciders)), YES)

    def go_out(self, data: st.DataObject) -> None:
        if not self.now.ready(self.clock()):
            self.prepare()
        elif self.now.in_the_way():
            self.step(A.DEPLOY, RM)
            self.make_way(data)
        else:
            self.step(A.DEPLOY, RM)

    def prepare(self) -> None:
        """All that a deploy needs, other releases aside."""
        while self.project.locks:
            self.lift_lock(IC)
        for item, user in zip(ConfirmItem, (OPS, ONCALL), strict=True):
            self.confirm(item, user)
        for number, (_, asker) in enumerate(list(self.now.conditions), start=1):
            self.meet(asker, number)
        self.wait(next(h for h in range(DAYS_AT_MOST * 24) if self.timely_in(h)))

    def timely_in(self, hours: int) -> bool:
        return self.now.timely(self.clock() + timedelta(hours=hours))

    def make_way(self, data: st.DataObject) -> None:
        """Another release that stands in the way goes on, waits or ends."""
        here = self.now
        self.now = data.draw(st.sampled_from(list(here.in_the_way().values())))
        way = data.draw(st.sampled_from((None, A.HOLD, A.CANCEL)))
        if way is None or self.now.stage not in MOVABLE:
            self.leave_stage(data)
        else:
            self.step(way, RM)
        self.now = here

    def onward_in_production(self) -> None:
        now = self.now
        match now.stage:
            case S.DEPLOYING:
                self.roll_out()
            case S.VERIFYING:
                self.step(A.VERIFIED, QA)
            case S.RELEASED if not now.merged:
                self.finished(ok=True)
            case S.RELEASED:
                self.wait(24)
                self.step(A.CLOSE, RM)
            case S.ROLLING_BACK:
                self.restore(whole=True)
                self.step(A.ROLLED_BACK, IC)

    def roll_out(self) -> None:
        if self.now.paused:
            self.step(A.CONTINUE, RM)
        elif self.now.done == STEPS_OF[self.now.kind]:
            self.step(A.ROLLOUT_COMPLETE, OPS)
        elif self.now.watch() and self.now.live_since is None:
            self.step(A.STEP_LIVE, OPS)
        else:
            self.step(A.STEP_DONE, OPS)
