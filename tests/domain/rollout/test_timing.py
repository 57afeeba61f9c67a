from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.rollout import moves
from domain.rollout.plans import plan_of
from domain.rollout.rollout import Rollout
from domain.rollout.rules import RolloutRules
from domain.rollout.timing import Planned, ends_about, planned
from domain.types import RolloutStrategy
from tests.support.builders import AT, rollout

MINUTE = timedelta(minutes=1)
PLAN = plan_of(RolloutStrategy.CANARY, RolloutRules())


def going(*, automatic: bool = True) -> Rollout:
    return moves.set_out(RolloutStrategy.CANARY, PLAN, AT, automatic=automatic)


def minutes(number: float) -> timedelta:
    return number * MINUTE


def test_the_plan_follows_from_when_the_rollout_set_out() -> None:
    assert planned(going()) == (
        Planned(AT, AT + 20 * MINUTE),
        Planned(AT + 20 * MINUTE, AT + 55 * MINUTE),
        Planned(AT + 55 * MINUTE, AT + 60 * MINUTE),
    )


def test_the_plan_stays_when_it_goes_otherwise() -> None:
    late = moves.ended(moves.went_live(going(), AT + 90 * MINUTE), AT + 100 * MINUTE)
    assert planned(late) == planned(going())


def test_without_a_plan_nothing_is_planned_or_estimated() -> None:
    old = rollout(1, since=AT)
    assert (planned(old), ends_about(old, AT)) == ((), None)


def test_at_first_the_plan_is_the_estimate() -> None:
    assert ends_about(going(), AT) == AT + 60 * MINUTE
    assert ends_about(going(), AT + 2 * MINUTE) == AT + 60 * MINUTE


def test_while_it_is_watched_its_watch_is_left_and_the_rest_at_the_pace_so_far() -> None:
    slow = moves.went_live(going(), AT + 10 * MINUTE)  # twice as long as expected
    assert ends_about(slow, AT + 15 * MINUTE) == AT + minutes(25 + 10 + 30 + 10)


def test_what_takes_longer_than_planned_may_be_over_at_any_moment() -> None:
    at = AT + 50 * MINUTE
    assert ends_about(going(), at) == at + 40 * MINUTE


def test_one_strange_step_does_not_carry_the_estimate_away() -> None:
    stuck = moves.went_live(going(), AT + 500 * MINUTE)
    at = AT + 500 * MINUTE
    assert ends_about(stuck, at) == at + minutes(15 + 20 + 30 + 20)


def test_it_is_the_same_for_what_people_carry_out() -> None:
    slow = moves.went_live(going(automatic=False), AT + 10 * MINUTE)
    assert ends_about(slow, AT + 15 * MINUTE) == AT + minutes(25 + 10 + 30 + 10)


@pytest.mark.parametrize("done", [3, 4])
def test_what_is_over_has_no_end_to_expect(done: int) -> None:
    assert ends_about(replace(going(), done=done), AT) is None


def test_what_is_paused_has_no_end_to_expect() -> None:
    assert ends_about(moves.paused(going(), "errors"), AT) is None
