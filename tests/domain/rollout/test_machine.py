"""A rollout against a small model: whatever people, deployers and the calendar do, in whatever order."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from domain.calendar.gate import GateAnswer, Verdict
from domain.in_flight import interrupted, step_done
from domain.rollout import moves
from domain.rollout.model import StepIs
from domain.rollout.plans import plan_of
from domain.rollout.rollout import Rollout
from domain.rollout.rules import RolloutRules
from domain.types import RolloutStrategy
from tests.support.builders import AT

MINUTE = timedelta(minutes=1)


class RolloutMachine(RuleBasedStateMachine):
    """The model counts done steps and knows one word for the step under way."""

    @initialize(strategy=st.sampled_from(RolloutStrategy), automatic=st.booleans())
    def set_out(self, strategy: RolloutStrategy, automatic: bool) -> None:  # noqa: FBT001 - drawn
        self.at = AT
        self.plan = plan_of(strategy, RolloutRules())
        self.automatic = automatic
        self.rollout: Rollout = moves.set_out(strategy, self.plan, AT, automatic=automatic)
        self.done, self.now, self.attempts = 0, StepIs.RUNNING, 1
        self.paused = False

    @property
    def over(self) -> bool:
        return self.done == len(self.plan)

    @property
    def may_be_done(self) -> bool:
        """People end what nobody has to watch with one word."""
        return self.now is StepIs.WATCHED or (not self.automatic and self.now is StepIs.RUNNING)

    @rule(minutes=st.integers(1, 60))
    def time_passes(self, minutes: int) -> None:
        self.at += minutes * MINUTE

    @precondition(lambda self: not self.over and self.now is not StepIs.WAITING)
    @rule()
    def it_is_live(self) -> None:
        self.rollout = moves.went_live(self.rollout, self.at)
        self.now = StepIs.WATCHED

    @precondition(lambda self: self.automatic and not self.over and self.now is not StepIs.WAITING)
    @rule()
    def it_fails(self) -> None:
        self.rollout = moves.failed(self.rollout, "no disk")
        self.now, self.paused = StepIs.FAILED, True

    @precondition(lambda self: not self.over)
    @rule()
    def somebody_pauses(self) -> None:
        self.rollout = moves.paused(self.rollout, "errors")
        self.paused = True

    @precondition(lambda self: not self.over and not self.rollout.interruption)
    @rule()
    def the_gate_closes(self) -> None:
        self.rollout = interrupted(self.rollout, self.at)
        self.paused = True

    @precondition(lambda self: self.paused)
    @rule()
    def somebody_continues(self) -> None:
        self.rollout = moves.went_on(self.rollout, self.at)
        self.paused = False
        again = self.now is StepIs.WAITING or (self.automatic and self.now is not StepIs.WATCHED)
        if again:
            self.now, self.attempts = StepIs.RUNNING, self.attempts + 1

    @precondition(lambda self: not self.over and self.may_be_done)
    @rule(shut=st.booleans())
    def the_step_is_done(self, shut: bool) -> None:  # noqa: FBT001 - drawn
        answer = GateAnswer(verdict=Verdict.CLOSED if shut else Verdict.OPEN, at=self.at)
        before = self.rollout.interruption
        self.rollout = step_done(self.rollout, answer, self.at)
        self.done += 1
        self.paused = not self.over and (self.paused or (shut and before is None))
        begins = not self.over and not self.paused
        self.now = StepIs.RUNNING if begins else StepIs.WAITING
        self.attempts = 1 if begins else 0

    @invariant()
    def it_is_where_the_model_is(self) -> None:
        assert (self.rollout.done, self.rollout.paused) == (self.done, self.paused)
        assert self.rollout.complete == self.over
        if self.over:
            assert self.rollout.step_under_way == ""
            return
        assert self.rollout.state(self.done) is self.now
        assert self.rollout.times_of(self.done).attempt == self.attempts

    @invariant()
    def what_reached_users_is_never_taken_for_nothing(self) -> None:
        reached = [step.percent for step in self.plan[: self.done] if step.percent]
        begun = not self.over and self.now is not StepIs.WAITING
        running = begun and self.plan[self.done].percent > 0
        assert self.rollout.reached_production == bool(reached or running)
        most = self.plan[: self.done + 1] if begun else self.plan[: self.done]
        assert self.rollout.at_most == (most[-1].percent if most else 0)
        live = self.now is StepIs.WATCHED and not self.over
        certain = self.plan[: self.done + 1] if live else self.plan[: self.done]
        assert self.rollout.percent == (certain[-1].percent if certain else 0)

    @invariant()
    def times_follow_one_another(self) -> None:
        for index in range(self.done):
            times = self.rollout.times_of(index)
            assert times.live is not None
            assert times.ended is not None
            assert times.live <= times.ended
            assert times.began is None or times.began <= times.live


RolloutMachine.TestCase.settings = settings(max_examples=60, stateful_step_count=25, deadline=None)
TestRollout = RolloutMachine.TestCase
