"""Decisions on a release, the conditions they set, and what people confirm before and after a deploy."""

from __future__ import annotations

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from commands import seen
from commands.requests import Confirm, MeetCondition, NewCondition, PeopleSeen, WithdrawDecision
from domain.approvals import Outcome
from domain.release import ConfirmItem
from tests.commands.machine.ground import Ground, started, users
from tests.commands.machine.tables import IF, NO, S
from tests.support.driver import GIT
from tests.support.world import RM2, person


class Approvals(Ground):
    @started
    @rule(user=users, outcome=st.sampled_from(Outcome))
    def say(self, user: str, outcome: Outcome) -> None:
        if self.gone(user):
            return
        now, mine = self.now, self.now.mine(user)
        same = mine is outcome and outcome is not IF
        stands = now.stage is not S.ON_HOLD or mine is NO
        allowed = now.decidable() and user in now.deciders() and not same and stands
        asked = (NewCondition(text="x"),) if outcome is IF else ()
        request = self.drive.decision(now.id, outcome, comment="why", conditions=asked)
        self.press(request, user, expected=allowed)
        if allowed:
            now.decide(user, outcome, self.clock())

    @started
    @rule(user=users)
    def take_back(self, user: str) -> None:
        if self.gone(user):
            return
        now = self.now
        allowed = now.decidable() and now.mine(user) is not None
        self.press(WithdrawDecision(release=now.id, candidate=now.rc), user, expected=allowed)
        if allowed:
            now.withdraw(user, self.clock())

    @precondition(lambda self: bool(self.project.releases) and bool(self.now.conditions))
    @rule(user=users, number=st.integers(1, 3))
    def meet(self, user: str, number: int) -> None:
        """Met by who set the condition, or by who could have."""
        if self.gone(user):
            return
        open_ = [c for c in self.drive.release(self.now.id).conditions if c.open]
        if number > len(open_):
            return
        condition, barred = open_[number - 1], self.now.starter
        holders = self.now.deciders() | ({barred} if self.now.holds_place(barred) else set())
        allowed = user in holders or user == condition.asked_by
        self.press(MeetCondition(release=self.now.id, condition=condition.id), user, expected=allowed)
        if allowed:
            self.now.conditions.remove((condition.candidate, condition.asked_by))

    @started
    @rule(item=st.sampled_from(ConfirmItem), user=users)
    def confirm(self, item: ConfirmItem, user: str) -> None:
        if self.gone(user):
            return
        now, allowed = self.now, self.now.confirmable(item, user)
        self.press(Confirm(release=now.id, item=item, candidate=now.rc), user, expected=allowed)
        if allowed:
            now.confirmed.add((now.rc, item))

    @rule(comes=st.booleans())
    def release_manager_leaves_or_comes(self, *, comes: bool) -> None:
        """With who leaves goes their decision: what rests on it is asked again."""
        if comes is not self.gone(RM2):
            return
        with self.database.transaction() as tx:
            seen.people_seen(tx, PeopleSeen(people=(person(RM2, active=comes),)), GIT)
        self.project.left = set() if comes else {RM2}
        for model in self.project.releases:
            if model.stage is S.APPROVED and not comes and not model.approved():
                model.lapse(self.clock())
