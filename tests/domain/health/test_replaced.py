"""A release whose users all have a newer one: nothing of its version is missed any more."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.health.asking import wanted
from domain.health.replaced import replaced_by
from domain.health.rules import HealthRules
from domain.release import Release
from domain.rollout import moves
from domain.rollout.plans import plan_of
from domain.rollout.rollout import Rollout
from domain.rollout.rules import RolloutRules
from domain.types import Environment, RolloutStrategy, Stage
from tests.support import builders as b

QUERIES = {"error_rate": "errors", "canary_error_rate": 'errors{version="{version}"}'}
RULES = HealthRules.model_validate({"prometheus": {"url": "http://prometheus.internal", "queries": QUERIES}})


def out(id_: str, minute: int, stage: Stage = Stage.RELEASED, rollout: Rollout | None = None) -> Release:
    at = b.AT + timedelta(minutes=minute)
    return replace(b.release(stage, rollout=rollout), id=id_, deploy_started_at=at)


OLD = out("old", 0)
CANARY = moves.set_out(
    RolloutStrategy.CANARY, plan_of(RolloutStrategy.CANARY, RolloutRules()), b.AT, automatic=True
)


def steps(number: int) -> Rollout:
    """So many steps are done, and the next one has begun."""
    found = CANARY
    for _ in range(number):
        found = moves.begun(moves.ended(moves.went_live(found, b.AT), b.AT), b.AT)
    return found


@pytest.mark.parametrize(
    ("newer", "expected", "surely"),
    [
        (out("new", 1, Stage.DEPLOYING, CANARY), False, False),
        (out("new", 1, Stage.DEPLOYING, steps(1)), False, False),
        (out("new", 1, Stage.DEPLOYING, steps(2)), True, False),
        (out("new", 1, Stage.DEPLOYING, moves.went_live(steps(2), b.AT)), True, True),
        (out("new", 1, Stage.VERIFYING), True, True),
        (out("new", 1, Stage.RELEASED), True, True),
        (out("new", 1, Stage.CLOSED), True, True),
        (out("new", 1, Stage.ROLLING_BACK), False, False),
        (out("new", 1, Stage.ROLLED_BACK), False, False),
        (out("new", 0, Stage.RELEASED), False, False),
        (replace(OLD, id="new", deploy_started_at=None), False, False),
    ],
)
def test_it_is_replaced_once_all_users_may_have_the_newer_one(
    newer: Release, *, expected: bool, surely: bool
) -> None:
    found = (OLD, newer)
    assert replaced_by(OLD, found) == (newer if expected else None)
    assert replaced_by(OLD, found, surely=True) == (newer if surely else None)


def test_the_newest_one_is_told() -> None:
    newest = out("newest", 2)
    assert replaced_by(OLD, (newest, out("new", 1), OLD)) == newest


@pytest.mark.parametrize("stage", [Stage.DEPLOYING, Stage.ROLLING_BACK, Stage.CLOSED])
def test_only_what_is_out_and_stays_is_replaced(stage: Stage) -> None:
    assert replaced_by(out("old", 0, stage), (out("new", 1),)) is None


def test_what_never_went_out_is_not_replaced() -> None:
    assert replaced_by(replace(OLD, deploy_started_at=None), (out("new", 1),)) is None


def test_only_what_is_asked_for_its_version_is_not_missed() -> None:
    asked = wanted(RULES, Environment.PRODUCTION, (OLD,), frozenset({OLD.id}))
    assert {one.metric: one.unused for one in asked} == {"error_rate": False, "canary_error_rate": True}
