"""Rollouts as they were recorded before they kept their plan and their times."""

from __future__ import annotations

import json
from datetime import timedelta

from domain.release import Release
from domain.rollout import moves
from domain.rollout.model import GoOn, StepIs
from domain.rollout.plans import plan_of
from domain.rollout.rollout import Rollout
from domain.rollout.rules import RolloutRules
from domain.types import RolloutStrategy, Stage
from storage.codec import adapter
from tests.support.builders import AT, release

OLD = {
    "strategy": "canary",
    "steps": ["canary_10", "canary_50", "canary_100"],
    "done": 1,
    "paused": True,
    "pause_reason": "errors",
    "interruption": {"since": "2026-03-05T05:00:00Z", "step": "canary_10"},
    "since": "2026-03-05T05:00:00Z",
}
BODY = adapter(Release)


def loaded(rollout: object) -> Rollout:
    body = BODY.dump_python(release(Stage.DEPLOYING), mode="json") | {"rollout": rollout}
    found = BODY.validate_json(json.dumps(body)).rollout
    assert found is not None
    return found


def test_an_old_rollout_is_read_and_known_by_its_keys() -> None:
    found = loaded(OLD)
    assert (found.plan, found.times, found.automatic, found.go_on) == ((), (), False, GoOn.BY_HAND)
    assert [found.state(index) for index in range(3)] == [StepIs.DONE, StepIs.RUNNING, StepIs.WAITING]
    assert (found.percent, found.reached_production, found.planned(1).watch.seconds) == (10, True, 1800)


def test_an_old_rollout_goes_on() -> None:
    on = moves.went_on(loaded(OLD), AT)
    over = moves.ended(on, AT)
    assert (over.done, over.step_under_way, over.paused) == (2, "canary_100", False)
    assert [over.times_of(index).ended for index in range(3)] == [None, AT, None]


def test_times_from_before_it_was_kept_how_long_a_step_took_are_read() -> None:
    plan = plan_of(RolloutStrategy.ROLLING, RolloutRules())
    out = moves.went_live(moves.set_out(RolloutStrategy.ROLLING, plan, AT), AT + timedelta(minutes=5))
    written = BODY.dump_python(release(Stage.DEPLOYING, rollout=out), mode="json")["rollout"]
    assert loaded(written) == out
    del written["times"][0]["took"]
    (times,) = loaded(written).times
    assert (times.began, times.live, times.took) == (AT, AT + timedelta(minutes=5), None)


def test_a_rollout_is_read_as_it_was_written() -> None:
    plan = plan_of(RolloutStrategy.ROLLING, RolloutRules())
    rollout = moves.failed(moves.set_out(RolloutStrategy.ROLLING, plan, AT, automatic=True), "no disk")
    written = BODY.dump_python(release(Stage.DEPLOYING, rollout=rollout), mode="json")
    assert loaded(written["rollout"]) == rollout
