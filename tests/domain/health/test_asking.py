"""That there is nothing of a version is no news before anybody has it, nor while it is taken back."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.health.asking import Answer, gone, readings, wanted
from domain.health.model import Reading, Source, WhyNone
from domain.health.rules import HealthRules
from domain.rollout import moves
from domain.rollout.plans import plan_of
from domain.rollout.rollout import Rollout
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


@pytest.mark.parametrize("automatic", [True, False])
def test_while_it_is_taken_back_nothing_is_missing_of_what_loses_its_users(automatic: bool) -> None:  # noqa: FBT001
    """As far as somebody still has it, it is measured."""
    live = moves.went_live(canary(automatic=automatic), b.AT)
    assert measured(NOTHING, live, Stage.ROLLING_BACK) == ["error_rate"]
    for answer in (Answer(value=0.02), Answer(why=WhyNone.UNREACHABLE)):
        assert measured(answer, live, Stage.ROLLING_BACK) == ["error_rate", "canary_error_rate"]


def test_what_was_measured_last_of_a_version_that_is_taken_back_says_nothing_of_now() -> None:
    def last(metric: str, minutes: int) -> Reading:
        return Reading(
            metric=metric,
            environment=Environment.PRODUCTION,
            at=b.AT - timedelta(minutes=minutes),
            source=Source.PROMETHEUS,
            value=0.07,
        )

    def of(rules: HealthRules, stage: Stage, minutes: int) -> frozenset[str]:
        newest = {metric: last(metric, minutes) for metric in ("error_rate", "canary_error_rate", "cpu")}
        return gone(rules, b.release(stage), newest, b.AT)

    assert of(RULES, Stage.ROLLING_BACK, 4) == {"canary_error_rate"}
    assert of(RULES, Stage.ROLLING_BACK, 3) == frozenset()
    assert of(RULES, Stage.DEPLOYING, 4) == frozenset()
    assert of(HealthRules(), Stage.ROLLING_BACK, 4) == frozenset()
