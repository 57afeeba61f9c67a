from __future__ import annotations

import pytest

from commands.rollout import fine
from domain.errands import StepOver
from domain.events import StepDone
from domain.types import Action, Stage
from tests.commands.rollout.conftest import Automatic
from tests.support.world import IMPL, OPS


@pytest.fixture
def all_fine(machine: Automatic, monkeypatch: pytest.MonkeyPatch) -> Automatic:
    monkeypatch.setattr(fine, "not_fine", lambda _tx, _found: ())
    machine.rules(go_on="when_fine")
    return machine


def test_it_goes_on_by_itself_when_the_watch_is_over_and_all_is_fine(all_fine: Automatic) -> None:
    release = all_fine.to_deploying()
    all_fine.live(release, "canary_10")
    all_fine.clock.move(minutes=14)
    all_fine.tick()
    assert all_fine.asked == ["canary_10"]
    all_fine.clock.move(minutes=1)
    all_fine.tick()
    assert all_fine.asked == ["canary_10", "canary_50"]
    (told,) = all_fine.told(StepDone)
    assert (told.by, all_fine.told(StepOver)) == ("", [])
    assert ("StepDone", "done", "") in all_fine.audited()


def test_the_last_step_ends_by_itself_and_people_complete_the_rollout(all_fine: Automatic) -> None:
    release = all_fine.to_deploying()
    for step, minutes in (("canary_10", 15), ("canary_50", 30), ("canary_100", 0)):
        all_fine.live(release, step)
        all_fine.clock.move(minutes=minutes)
        all_fine.tick()
    assert all_fine.rollout(release).complete
    assert all_fine.stage(release) is Stage.DEPLOYING
    all_fine.advance(release, Action.ROLLOUT_COMPLETE, OPS)
    assert all_fine.stage(release) is Stage.VERIFYING


def test_what_is_paused_does_not_go_on(all_fine: Automatic) -> None:
    release = all_fine.to_deploying()
    all_fine.live(release, "canary_10")
    all_fine.advance(release, Action.PAUSE, IMPL, note="errors")
    all_fine.clock.move(minutes=15)
    all_fine.tick()
    assert all_fine.rollout(release).done == 0


def test_a_step_that_begins_twice_is_fired_once(all_fine: Automatic) -> None:
    release = all_fine.to_deploying()
    all_fine.live(release, "canary_10")
    all_fine.clock.move(minutes=5)
    all_fine.advance(release, Action.STEP_DONE, OPS, note="it is fine")
    all_fine.clock.move(minutes=10)
    all_fine.tick()
    assert all_fine.rollout(release).done == 1
