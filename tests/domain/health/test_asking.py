"""What a query that names a release says before anybody has its version is no news; later it is."""

from __future__ import annotations

from dataclasses import replace

import pytest

from domain.health.asking import Answer, readings, wanted
from domain.health.model import WhyNone
from domain.health.rules import HealthRules
from domain.release import Rollout
from domain.rollout import moves
from domain.rollout.plans import plan_of
from domain.rollout.rules import RolloutRules
from domain.types import Environment, RolloutStrategy, Stage
from tests.support import builders as b

QUERIES = {"error_rate": "errors", "canary_error_rate": 'errors{version="{version}"}'}
RULES = HealthRules.model_validate({"prometheus": {"url": "http://prometheus.internal", "queries": QUERIES}})
NOTHING = Answer(why=WhyNone.EMPTY)


def canary(*, automatic: bool = True) -> Rollout:
    plan = plan_of(RolloutStrategy.CANARY, RolloutRules())
    return moves.set_out(RolloutStrategy.CANARY, plan, b.AT, automatic=automatic)


def measured(answer: Answer, rollout: Rollout | None, stage: Stage = Stage.DEPLOYING) -> list[str]:
    """The metrics of which there is a reading, when all queries are answered alike."""
    asked = tuple(wanted(RULES, Environment.PRODUCTION, (b.release(stage, rollout=rollout),)))
    answers = {one.question: (answer,) for one in asked}
    return [one.metric for one in readings(asked, answers, Environment.PRODUCTION, b.AT)]


@pytest.mark.parametrize("why", [WhyNone.EMPTY, WhyNone.NAN])
def test_before_the_first_step_is_live_nothing_is_missing_of_the_new_version(why: WhyNone) -> None:
    assert measured(Answer(why=why), canary()) == ["error_rate"]


def test_a_number_or_a_monitor_that_fails_is_told_from_the_beginning() -> None:
    for answer in (Answer(value=0.02), Answer(why=WhyNone.UNREACHABLE)):
        assert measured(answer, canary()) == ["error_rate", "canary_error_rate"]


def test_once_its_users_have_it_nothing_of_the_new_version_is_missed() -> None:
    live = moves.went_live(canary(), b.AT)
    second = moves.begun(moves.ended(live, b.AT), b.AT)
    for rollout in (live, second, replace(second, paused=True)):
        assert measured(NOTHING, rollout) == ["error_rate", "canary_error_rate"]


def test_people_say_when_their_own_step_is_out() -> None:
    by_hand = canary(automatic=False)
    assert measured(NOTHING, by_hand) == ["error_rate"]
    assert measured(NOTHING, moves.went_live(by_hand, b.AT)) == ["error_rate", "canary_error_rate"]


def test_what_is_taken_back_may_be_anywhere() -> None:
    assert measured(NOTHING, canary(), Stage.ROLLING_BACK) == ["error_rate", "canary_error_rate"]
