from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.in_flight import interrupted
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


def test_a_pause_is_no_work_of_the_deployer() -> None:
    """It begins anew, and its five minutes are the pace; the step is watched for its quarter of an hour."""
    held = moves.paused(going(), "lunch", AT + 2 * MINUTE)
    out = moves.went_live(moves.went_on(held, AT + 62 * MINUTE), AT + 67 * MINUTE)
    assert out.times_of(0).took == 5 * MINUTE
    assert ends_about(out, AT + 67 * MINUTE) == AT + minutes(67 + 15 + 5 + 30 + 5)


def test_nor_is_the_time_in_which_nobody_tried_again() -> None:
    tried = moves.went_on(moves.failed(going(), "no disk"), AT + 60 * MINUTE)
    assert moves.went_live(tried, AT + 65 * MINUTE).times_of(0).took == 5 * MINUTE


@pytest.mark.parametrize("automatic", [False, True])
def test_what_came_out_during_a_pause_tells_nothing_of_the_pace(automatic: bool) -> None:  # noqa: FBT001
    held = moves.paused(going(automatic=automatic), "lunch", AT + 2 * MINUTE)
    out = moves.went_on(moves.went_live(held, AT + 40 * MINUTE), AT + 62 * MINUTE)
    assert out.times_of(0).took is None
    assert ends_about(out, AT + 62 * MINUTE) == AT + minutes(62 + 15 + 5 + 30 + 5)


def test_nor_does_what_people_went_on_with_after_one() -> None:
    held = moves.paused(going(automatic=False), "lunch", AT + 4 * MINUTE)
    out = moves.went_live(moves.went_on(held, AT + 62 * MINUTE), AT + 63 * MINUTE)
    assert ends_about(out, AT + 63 * MINUTE) == AT + minutes(63 + 15 + 5 + 30 + 5)


def test_the_step_that_may_end_after_the_gate_has_closed_is_not_held_up() -> None:
    late = moves.went_live(interrupted(going(), AT + 2 * MINUTE), AT + 10 * MINUTE)
    assert late.times_of(0).took == 10 * MINUTE


def test_what_is_done_with_one_word_took_until_then() -> None:
    quick = moves.ended(going(automatic=False), AT + 10 * MINUTE)
    assert quick.times_of(0).took == 10 * MINUTE


@pytest.mark.parametrize("done", [3, 4])
def test_what_is_over_has_no_end_to_expect(done: int) -> None:
    assert ends_about(replace(going(), done=done), AT) is None


def test_what_is_paused_has_no_end_to_expect() -> None:
    assert ends_about(moves.paused(going(), "errors"), AT) is None
