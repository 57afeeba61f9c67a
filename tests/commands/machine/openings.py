"""How a run begins: a story that random presses seldom come to. From its end on they go their own way."""

from __future__ import annotations

from hypothesis import strategies as st
from hypothesis.stateful import initialize

from domain.types import ReleaseType, Stage
from tests.commands.machine.lifecycle import kinds, starters
from tests.commands.machine.model import Release
from tests.commands.machine.neighbours import Neighbours
from tests.commands.machine.tables import OUT, SHIPPED, A, R, S
from tests.support.world import IC, OPS, RM

planned = st.sampled_from((R.REGULAR, R.FEATURE))
urgent = st.sampled_from((R.EMERGENCY, R.HOTFIX))
shipped = st.sampled_from(sorted(SHIPPED))


class Alone(Neighbours):
    @initialize(kind=kinds, user=starters, data=st.data(), stages=st.integers(0, 10))
    def lay_down(self, kind: ReleaseType, user: str, data: st.DataObject, stages: int) -> None:
        """A release is somewhere on its way."""
        self.start(kind, user)
        if self.project.releases:
            self.all_that_these_stages_need(data=data, stages=stages, trouble=None)


class Opening(Neighbours):
    """Whatever is drawn, an opening meets what it was written for."""

    def begin(self, kind: ReleaseType) -> Release:
        self.start(kind, RM)
        return self.now

    def has_met(self, *whats: str) -> None:
        assert set(whats) <= self.project.met, sorted(self.project.met)


class Trouble(Opening):
    @initialize(kind=kinds, data=st.data())
    def lay_down(self, kind: ReleaseType, data: st.DataObject) -> None:
        """A rollback is declared wherever one can be, and called off again."""
        self.begin(kind)
        for stage in OUT:
            self.reach(stage, data)
            self.trouble(OPS)
            self.step(A.STAND_DOWN, IC)
            self.has_met(f"declare_rollback from {stage}")
        self.has_met("stand_down from rolling_back")


class TwoPlanned(Opening):
    @initialize(older=planned, newer=planned, data=st.data())
    def lay_down(self, older: ReleaseType, newer: ReleaseType, data: st.DataObject) -> None:
        """The newer one waits for the older one until that is on hold."""
        first, second = self.begin(older), self.begin(newer)
        self.get_ready([first, second], data)
        self.step(A.DEPLOY, RM)
        self.now = first
        self.step(A.HOLD, RM)
        self.now = second
        self.step(A.DEPLOY, RM)
        self.report("same")
        self.now = first
        self.step(A.RESUME, RM)
        self.step(A.DEPLOY, RM)
        self.has_met("deploy refused: an older planned one is unfinished", "deploy past one that is on hold")
        self.has_met("resume from on_hold", "deploy refused: another is deploying")


class PlannedAndUrgent(Opening):
    @initialize(kind=planned, other=urgent, first=st.booleans(), data=st.data())
    def lay_down(self, kind: ReleaseType, other: ReleaseType, *, first: bool, data: st.DataObject) -> None:
        """The urgent one goes before the planned one, whichever was started first."""
        for each in (kind, other) if first else (other, kind):
            self.begin(each)
        self.both_want_out(data)
        self.has_met(
            "deploy refused: an urgent one goes first", "deploy past one that is planned, unfinished"
        )
        self.has_met("deploy refused: another is deploying")


class TwoUrgent(Opening):
    @initialize(kind=urgent, other=urgent, whole=st.booleans(), data=st.data())
    def lay_down(self, kind: ReleaseType, other: ReleaseType, *, whole: bool, data: st.DataObject) -> None:
        """Both are asked for, one goes out, the other waits for it, even while it is rolled back."""
        both = [self.begin(kind), self.begin(other)]
        self.both_want_out(data)
        for self.now in both:
            if self.now.stage is S.DEPLOYING:
                self.trouble(OPS)
                self.restore(whole=whole)
        while self.project.locks:
            self.lift_lock(IC)
        for self.now in both:
            self.step(A.DEPLOY, RM)
        self.has_met("deploy refused: another is deploying", "deploy refused: another is rolling_back")


class OneAfterTheOther(Opening):
    @initialize(kind=kinds, until=shipped, other=kinds, other_until=shipped, data=st.data())
    def lay_down(
        self, kind: ReleaseType, until: Stage, other: ReleaseType, other_until: Stage, data: st.DataObject
    ) -> None:
        """Only what is in production is rolled back; then what was there before is in production again."""
        first = self.begin(kind)
        self.reach(until, data)
        second = self.begin(other)
        self.reach(other_until, data)
        for self.now in (first, second):
            self.trouble(OPS)
        self.restore(whole=True)
        self.step(A.ROLLED_BACK, IC)
        self.now = first
        self.trouble(OPS)
        self.has_met("rollback refused: another is in production", "rolled_back from rolling_back")
        assert first.stage is S.ROLLING_BACK


OPENINGS = (Alone, Trouble, TwoPlanned, PlannedAndUrgent, TwoUrgent, OneAfterTheOther)
