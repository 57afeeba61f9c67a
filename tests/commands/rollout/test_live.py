from __future__ import annotations

from datetime import timedelta

from commands.requests import DeclareRollback, StandDown
from commands.show.release import card
from domain.errands import InThread, StepOver, ToPerson
from domain.events import StepDone, StepFailed, StepLive
from domain.needs import AlreadyInProduction, StepNotLive, StillWatched
from domain.refusals import NotReady, Refusal
from domain.rollback import Criterion
from domain.rollout.fine import NoReading
from domain.rollout.model import StepIs
from domain.types import Action, Stage
from tests.commands.rollout.conftest import Automatic
from tests.support.world import IC, IMPL, OPS, RM

MINUTE = timedelta(minutes=1)
EVIDENCE = "errors at 4 % since the switch"


def needs_of(refusal: Refusal) -> list[object]:
    assert isinstance(refusal, NotReady)
    return [one.need for one in refusal.missing]


def declared(release: str) -> DeclareRollback:
    return DeclareRollback(
        release=release, criteria=(Criterion.ERROR_RATE,), evidence=EVIDENCE, migration=False
    )


def test_the_deployer_is_asked_for_a_step_as_soon_as_it_begins(machine: Automatic) -> None:
    release = machine.to_deploying()
    assert machine.asked == ["canary_10"]
    assert machine.rollout(release).state(0) is StepIs.RUNNING
    assert machine.rollout(release).reached_production  # it may have users already


def test_nobody_goes_on_before_the_step_is_live(machine: Automatic) -> None:
    release = machine.to_deploying()
    assert needs_of(machine.refused(release, Action.STEP_DONE, OPS)) == [StepNotLive("canary_10")]


def test_a_step_that_is_live_is_watched_and_then_gone_on_from(machine: Automatic) -> None:
    release = machine.to_deploying()
    machine.live(release, "canary_10")
    until = machine.clock() + 15 * MINUTE
    (told,) = machine.told(StepLive)
    assert told.to == InThread(release)
    assert told.said == StepLive(
        release=release,
        version="1.5.0",
        candidate=1,
        step="canary_10",
        next="canary_50",
        until=until,
        number=1,
        total=3,
    )
    assert machine.rollout(release).watch_until == until
    assert needs_of(machine.refused(release, Action.STEP_DONE, OPS)) == [StillWatched("canary_10", until)]

    machine.clock.set(until)
    machine.tick()
    asked = machine.told(StepOver)
    assert [tell.to for tell in asked] == [InThread(release), ToPerson(RM), ToPerson(OPS)]
    assert asked[0].said == StepOver(
        release=release,
        version="1.5.0",
        candidate=1,
        step="canary_10",
        lasts=15 * MINUTE,
        next="canary_50",
    )
    machine.advance(release, Action.STEP_DONE, OPS)
    assert machine.asked == ["canary_10", "canary_50"]


def test_with_a_reason_one_goes_on_before_the_watch_is_over(machine: Automatic) -> None:
    release = machine.to_deploying()
    machine.live(release, "canary_10")
    event = machine.advance(release, Action.STEP_DONE, OPS, note="the incident cannot wait")
    assert event == StepDone(
        release=release, version="1.5.0", step="canary_10", done=1, total=3, note="the incident cannot wait"
    )


def test_what_is_reported_twice_late_or_of_another_step_changes_nothing(machine: Automatic) -> None:
    release = machine.to_deploying()
    machine.live(release, "canary_50")
    machine.live(release, "canary_10")
    machine.clock.move(minutes=3)
    before = machine.release(release)
    machine.live(release, "canary_10")
    machine.failed(release, "canary_10")
    machine.failed(release, "canary_50")
    assert machine.release(release) == before
    machine.advance(release, Action.STEP_DONE, OPS, note="fine")
    machine.live(release, "canary_10")
    assert len(machine.told(StepLive)) == 1
    assert machine.told(StepFailed) == []


def test_after_the_rollout_a_deployer_says_nothing_any_more(machine: Automatic) -> None:
    release = machine.to_deploying()
    for step in ("canary_10", "canary_50", "canary_100"):
        machine.live(release, step)
        machine.advance(release, Action.STEP_DONE, OPS, note="fine")
    before = machine.release(release)
    machine.live(release, "canary_100")
    assert machine.release(release).rollout == before.rollout
    machine.advance(release, Action.ROLLOUT_COMPLETE, OPS)
    complete = machine.release(release)
    machine.live(release, "canary_100")
    machine.failed(release, "canary_100")
    assert machine.release(release) == complete


def test_a_step_that_fails_pauses_the_rollout_and_tells_its_people(machine: Automatic) -> None:
    release = machine.to_deploying()
    machine.failed(release, "canary_10")
    found = machine.rollout(release)
    assert (found.paused, found.pause_reason, found.state(0)) == (True, "no disk", StepIs.FAILED)
    told = machine.told(StepFailed)
    assert [tell.to for tell in told] == [InThread(release), ToPerson(RM), ToPerson(OPS)]
    machine.failed(release, "canary_10")  # said once more
    assert len(machine.told(StepFailed)) == 3


def test_continuing_begins_a_failed_step_again(machine: Automatic) -> None:
    release = machine.to_deploying()
    machine.failed(release, "canary_10")
    machine.advance(release, Action.CONTINUE, IMPL)
    found = machine.rollout(release)
    assert (found.state(0), found.times_of(0).attempt) == (StepIs.RUNNING, 2)
    assert machine.asked == ["canary_10", "canary_10"]


def test_a_pause_while_the_deployer_is_at_work_tells_it_to_leave_it(machine: Automatic) -> None:
    release = machine.to_deploying()
    machine.advance(release, Action.PAUSE, IMPL, note="errors")
    assert machine.cancelled == ["canary_10"]
    machine.live(release, "canary_10")  # too late to be cancelled
    found = machine.rollout(release)
    assert (found.paused, found.pause_reason, found.live) == (True, "errors", True)
    machine.advance(release, Action.CONTINUE, IMPL)
    assert machine.asked == ["canary_10"]  # it is live: there is nothing to begin again


def test_what_runs_on_after_the_gate_has_closed_can_still_be_paused(machine: Automatic) -> None:
    release = machine.to_deploying()
    machine.clock.set(machine.clock().replace(hour=8, minute=0))
    machine.tick()
    offered = machine.read(card, release).actions
    assert (machine.rollout(release).ending, offered) == (
        True,
        (Action.PAUSE, Action.CONTINUE, Action.DECLARE_ROLLBACK),
    )

    machine.advance(release, Action.PAUSE, IMPL, note="errors")

    assert machine.cancelled == ["canary_10"]
    assert machine.read(card, release).actions == (Action.STEP_LIVE, Action.CONTINUE, Action.DECLARE_ROLLBACK)


def test_a_pause_while_it_is_watched_leaves_it_live(machine: Automatic) -> None:
    release = machine.to_deploying()
    machine.live(release, "canary_10")
    machine.advance(release, Action.PAUSE, IMPL, note="errors")
    assert machine.cancelled == []
    machine.clock.move(minutes=20)
    machine.tick()
    assert machine.told(StepOver) == []
    machine.advance(release, Action.CONTINUE, IMPL)
    assert machine.rollout(release).watch_until == machine.clock() + 15 * MINUTE  # watched anew


def test_a_green_side_without_traffic_can_be_stopped(machine: Automatic) -> None:
    machine.rules(rollout="blue_green")
    release = machine.to_deploying()
    machine.live(release, "green_healthy")
    machine.advance(release, Action.STEP_DONE, OPS)
    refusal = machine.refused(release, Action.STOP, IMPL, note="wrong build")
    assert needs_of(refusal) == [AlreadyInProduction(1)]  # the traffic is being switched


def test_stopping_green_takes_its_deployment_back(machine: Automatic) -> None:
    machine.rules(rollout="blue_green")
    release = machine.to_deploying()
    machine.advance(release, Action.STOP, IMPL, note="wrong build")
    assert (machine.stage(release), machine.cancelled) == (Stage.APPROVED, ["green_healthy"])


def test_a_rollback_takes_the_step_back_and_standing_down_waits_for_people(machine: Automatic) -> None:
    release = machine.to_deploying()
    machine.ok(declared(release), IC)
    assert machine.cancelled == ["canary_10"]
    machine.live(release, "canary_10")
    assert machine.told(StepLive) == []
    room = machine.release(release).room
    machine.ok(StandDown(room=room, reason="a false alarm"), IC)
    found = machine.rollout(release)
    assert (machine.stage(release), found.paused, found.pause_reason) == (
        Stage.DEPLOYING,
        True,
        "a false alarm",
    )
    machine.advance(release, Action.CONTINUE, IMPL)
    assert machine.asked == ["canary_10", "canary_10"]


def test_without_readings_it_never_goes_on_by_itself(machine: Automatic) -> None:
    machine.rules(go_on="when_fine", health=["error_rate"])
    release = machine.to_deploying()
    machine.live(release, "canary_10")
    machine.clock.move(minutes=15)
    machine.tick()
    (told, *_) = machine.told(StepOver)
    assert isinstance(told.said, StepOver)
    assert told.said.not_fine == (NoReading(metric="error_rate"),)
    assert machine.rollout(release).done == 0
    machine.clock.move(minutes=5)
    machine.tick()
    assert len(machine.told(StepOver)) == 3  # asked once: the thread and two people
