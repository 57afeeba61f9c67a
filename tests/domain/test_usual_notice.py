"""Which notice there is to send, from where a release stands and what was told of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.notices import NoticeKind
from domain.notices.usual import Told, usual_kind
from domain.rollout.model import PlannedStep, StepTimes
from domain.rollout.rollout import Rollout
from domain.types import Action, RolloutStrategy, Stage
from tests.support.builders import AT, release

MINUTE = timedelta(minutes=1)
OUT = Rollout(
    strategy=RolloutStrategy.CANARY,
    steps=("canary_10", "canary_100"),
    plan=(
        PlannedStep(key="canary_10", percent=10, watch=15 * MINUTE, expected=5 * MINUTE),
        PlannedStep(key="canary_100", percent=100, expected=5 * MINUTE),
    ),
    times=(StepTimes(began=AT), StepTimes()),
    since=AT,
)
K = NoticeKind


@pytest.mark.parametrize(
    ("told", "kind"),
    [
        ((Action.DEPLOY,), K.STARTED),
        ((K.AHEAD, Action.DEPLOY), K.STARTED),
        ((Action.DEPLOY, K.STARTED), K.PROGRESS),
        ((Action.DEPLOY, K.STARTED, Action.PAUSE, K.DELAYED, Action.CONTINUE), K.PROGRESS),
        ((Action.DEPLOY, K.STARTED, Action.STOP, K.ABORTED, Action.DEPLOY), K.STARTED),
    ],
)
def test_a_rollout_under_way_has_started_until_that_was_told(told: tuple[Told, ...], kind: K) -> None:
    assert usual_kind(release(stage=Stage.DEPLOYING, rollout=OUT), told, AT + MINUTE) is kind


def test_what_is_paused_or_takes_longer_than_planned_is_delayed() -> None:
    told = (Action.DEPLOY, K.STARTED)
    paused = release(stage=Stage.DEPLOYING, rollout=replace(OUT, paused=True))
    assert usual_kind(paused, told, AT + MINUTE) is K.DELAYED
    under_way = release(stage=Stage.DEPLOYING, rollout=OUT)
    assert usual_kind(under_way, told, AT + 25 * MINUTE) is K.PROGRESS
    assert usual_kind(under_way, told, AT + 26 * MINUTE) is K.DELAYED
    assert usual_kind(release(stage=Stage.DEPLOYING, rollout=None), told, AT) is K.PROGRESS


@pytest.mark.parametrize(
    ("told", "kind"),
    [
        ((), K.AHEAD),
        ((Action.DEPLOY, K.STARTED, Action.STOP), K.ABORTED),
        ((Action.DEPLOY, Action.STOP, K.ABORTED), K.AHEAD),
    ],
)
def test_a_rollout_that_was_stopped_is_called_off_until_that_was_told(
    told: tuple[Told, ...], kind: K
) -> None:
    assert usual_kind(release(stage=Stage.APPROVED), told, AT) is kind


@pytest.mark.parametrize(
    ("stage", "kind"),
    [
        (Stage.ON_HOLD, K.DELAYED),
        (Stage.VERIFYING, K.DONE),
        (Stage.CANCELLED, K.ABORTED),
        (Stage.ROLLING_BACK, K.ROLLBACK),
        (Stage.ROLLED_BACK, K.RECOVERY),
    ],
)
def test_every_other_stage_has_its_own(stage: Stage, kind: K) -> None:
    assert usual_kind(release(stage=stage), (), AT) is kind
