"""Every strategy, at every step, met by every interruption: what spec 5.2 and 2.2 want of each, as a table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import pytest

from domain import needs as n
from domain.needs import Missing
from domain.people import Role
from domain.refusals import NotAllowed, NotReady, Refused, WrongStage
from domain.release import Release
from domain.rollout import moves
from domain.rollout.model import StepIs
from domain.rollout.plans import plan_of
from domain.rollout.rollout import Rollout
from domain.rollout.rules import RolloutRules
from domain.steps import step
from domain.types import Action, RolloutStrategy, Stage
from tests.support.builders import AT, release, situation
from tests.support.world import policy

A, S = Action, Stage
OPS, RM, IC, IMPL = Role.DEVOPS, Role.RELEASE_MANAGER, Role.INCIDENT_COMMANDER, Role.IMPLEMENTATION_MANAGER

# How many of a strategy's steps may be done or under way with nobody served yet.
SERVES_NOBODY = {
    RolloutStrategy.BLUE_GREEN: 1,  # green without traffic
    RolloutStrategy.CANARY: 0,
    RolloutStrategy.ROLLING: 0,
    RolloutStrategy.BIG_BANG: 0,
}
STEPS = {
    RolloutStrategy.BLUE_GREEN: ("green_healthy", "traffic_switched"),
    RolloutStrategy.CANARY: ("canary_10", "canary_50", "canary_100"),
    RolloutStrategy.ROLLING: ("batch_1", "batch_2", "batch_3"),
    RolloutStrategy.BIG_BANG: ("all_at_once",),
}


@dataclass(frozen=True)
class Moment:
    """`done` steps are behind; the one under way is at `state`. Only machines' steps fail."""

    strategy: RolloutStrategy
    done: int
    automatic: bool
    state: StepIs

    def __str__(self) -> str:
        who = "machine" if self.automatic else "people"
        return f"{self.strategy}-{self.done}-{who}-{self.state}"

    @property
    def over(self) -> bool:
        return self.done == len(STEPS[self.strategy])

    @property
    def reached(self) -> bool:
        """A step counts from when it begins: it may be anywhere."""
        begun = self.done + (0 if self.over else 1)
        return begun > SERVES_NOBODY[self.strategy]

    @property
    def release(self) -> Release:
        return release(S.DEPLOYING, rollout=self.rollout, deploy_started_at=AT)

    @property
    def rollout(self) -> Rollout:
        plan = plan_of(self.strategy, RolloutRules())
        found = moves.set_out(self.strategy, plan, AT, automatic=self.automatic)
        for _ in range(self.done):
            ended = moves.ended(moves.went_live(found, AT), AT)
            found = ended if ended.complete else moves.begun(ended, AT)
        match self.state:
            case StepIs.WATCHED:
                return moves.went_live(found, AT)
            case StepIs.FAILED:
                return moves.failed(found, "no disk")
            case _:
                return found


def _moments() -> Iterator[Moment]:
    for strategy, steps in STEPS.items():
        for done in range(len(steps)):
            for state in (StepIs.RUNNING, StepIs.WATCHED):
                yield Moment(strategy, done, automatic=False, state=state)
            for state in (StepIs.RUNNING, StepIs.WATCHED, StepIs.FAILED):
                yield Moment(strategy, done, automatic=True, state=state)
        yield Moment(strategy, len(steps), automatic=False, state=StepIs.DONE)
        yield Moment(strategy, len(steps), automatic=True, state=StepIs.DONE)


MOMENTS = tuple(_moments())
every_moment = pytest.mark.parametrize("of", MOMENTS, ids=str)


def take(found: Release, action: Action, role: Role = IMPL) -> Release:
    return step(found, action, situation(role, note="errors"), policy())


def missing(found: Release, action: Action, role: Role = IMPL) -> tuple[Missing, ...]:
    with pytest.raises(Refused) as no:
        take(found, action, role)
    assert isinstance(no.value.refusal, NotReady)
    return no.value.refusal.missing


def test_the_table_has_the_steps_of_the_plans() -> None:
    assert {one: moves.keys(plan_of(one, RolloutRules())) for one in RolloutStrategy} == STEPS
    assert len(MOMENTS) == 5 * (2 + 3 + 3 + 1) + 4 * 2


@every_moment
@pytest.mark.parametrize("role", [IMPL, RM, IC])
def test_a_pause_holds_where_it_is_and_continuing_goes_on_from_there(of: Moment, role: Role) -> None:
    before = of.release
    paused = take(before, A.PAUSE, role)
    assert before.rollout is not None
    assert paused == replace(before, rollout=replace(before.rollout, paused=True, pause_reason="errors"))
    if not of.over:
        refused = missing(paused, A.STEP_DONE, OPS)
        assert Missing(n.RolloutPaused("errors"), (IMPL, RM, IC)) in refused
    assert missing(paused, A.ROLLOUT_COMPLETE, OPS)[0] == Missing(n.RolloutPaused("errors"), (IMPL, RM, IC))

    on = take(paused, A.CONTINUE, role).rollout
    assert on is not None
    again = of.automatic and of.state in {StepIs.RUNNING, StepIs.FAILED}
    goes_on = StepIs.RUNNING if again else of.state
    assert (on.done, on.paused, on.pause_reason) == (of.done, False, "")
    assert (on.step_under_way, on.complete) == (before.rollout.step_under_way, of.over)
    if not of.over:
        assert on.state(on.done) is goes_on
        assert on.times_of(on.done).attempt == before.rollout.times_of(of.done).attempt + (1 if again else 0)


@every_moment
@pytest.mark.parametrize("role", [IMPL, RM, IC])
def test_a_stop_is_possible_only_while_nobody_has_the_new_version(of: Moment, role: Role) -> None:
    if of.reached:
        assert missing(of.release, A.STOP, role) == (Missing(n.AlreadyInProduction(of.done), (OPS, IC)),)
        return
    stopped = take(of.release, A.STOP, role)
    assert (stopped.stage, stopped.rollout, stopped.deploy_started_at) == (S.APPROVED, None, None)


@every_moment
@pytest.mark.parametrize("role", [IC, RM, Role.TECH_LEAD, OPS])
def test_a_rollback_can_be_declared_at_every_step(of: Moment, role: Role) -> None:
    declared = take(of.release, A.DECLARE_ROLLBACK, role)
    assert (declared.stage, declared.before_rollback) == (S.ROLLING_BACK, S.DEPLOYING)
    assert declared.rollout == of.rollout
    for action in (A.STEP_LIVE, A.STEP_DONE, A.ROLLOUT_COMPLETE, A.PAUSE, A.CONTINUE, A.STOP):
        with pytest.raises(Refused) as no:
            take(declared, action, RM)
        assert isinstance(no.value.refusal, WrongStage)

    back = take(declared, A.STAND_DOWN, IC)
    assert back.stage is S.DEPLOYING
    assert back.rollout is not None
    # What a machine was at has been taken back: it waits for people.
    waits = of.automatic and not of.over
    assert back.rollout.paused == (waits or of.state is StepIs.FAILED)
    assert back.rollout.done == of.done


@every_moment
def test_only_those_who_may_interrupt_do(of: Moment) -> None:
    for action, may in {
        A.PAUSE: {IMPL, RM, IC},
        A.STOP: {IMPL, RM, IC},
        A.CONTINUE: {IMPL, RM, IC},
        A.DECLARE_ROLLBACK: {IC, RM, Role.TECH_LEAD, OPS},
    }.items():
        others = situation(*(set(Role) - may), note="errors")
        with pytest.raises(Refused) as no:
            step(of.release, action, others, policy())
        assert isinstance(no.value.refusal, NotAllowed)
