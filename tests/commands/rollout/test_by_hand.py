"""A rollout that people carry out: a step is out, is watched, and is gone on from, each with a word of theirs."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from commands.requests import Advance, ReportStep
from commands.show.lists.mine import mine
from commands.show.release import card
from domain.errands import InThread, Show, StepOver, Surface, SurfaceKind, ToPerson
from domain.events import StepDone, StepLive
from domain.needs import AlreadyInProduction, GateClosed, StepIsLive, StepNotLive, StillWatched
from domain.people import Via
from domain.refusals import NotReady, OtherStep, Refusal, StepPassed
from domain.rollout.rollout import Rollout
from domain.types import Action, Stage
from domain.views import Happened
from tests.support.driver import Driver
from tests.support.world import IMPL, OPS, RM, world

MINUTE = timedelta(minutes=1)


def deploying(drive: Driver, strategy: str = "canary", **rules: Any) -> str:
    with drive.tx() as tx:
        world(tx, types={"regular": {"rollout": strategy}}, rollout=rules)
    return drive.to_deploying()


def rollout(drive: Driver, release: str) -> Rollout:
    found = drive.release(release).rollout
    assert found is not None
    return found


def needs_of(refusal: Refusal) -> list[object]:
    assert isinstance(refusal, NotReady)
    return [one.need for one in refusal.missing]


def test_nobody_goes_on_from_what_nobody_has_said_is_out(drive: Driver) -> None:
    release = deploying(drive)
    assert Action.STEP_LIVE in drive.read(card, release).actions
    assert Action.STEP_DONE not in drive.read(card, release).actions
    refusal = drive.refused(release, Action.STEP_DONE, OPS, note="quickly")
    assert needs_of(refusal) == [StepNotLive("canary_10", by_hand=True)]


def test_what_is_out_is_watched_from_then_on_and_asked_about(drive: Driver) -> None:
    release = deploying(drive)
    drive.clock.move(minutes=5)
    until = drive.clock() + 15 * MINUTE
    event = drive.advance(release, Action.STEP_LIVE, OPS)
    assert event == StepLive(
        release=release,
        version="1.5.0",
        candidate=1,
        step="canary_10",
        next="canary_50",
        until=until,
        number=1,
        total=3,
    )
    assert [tell.to for tell in drive.told(StepLive)] == [InThread(release)]
    assert rollout(drive, release).percent == 10
    assert needs_of(drive.refused(release, Action.STEP_DONE, OPS)) == [StillWatched("canary_10", until)]

    drive.clock.set(until - MINUTE)
    drive.tick()
    assert drive.told(StepOver) == []
    drive.clock.set(until)
    drive.tick()
    told = drive.told(StepOver)
    assert [tell.to for tell in told] == [InThread(release), ToPerson(RM), ToPerson(OPS)]
    drive.advance(release, Action.STEP_DONE, OPS)
    assert rollout(drive, release).step_under_way == "canary_50"


def test_the_card_is_drawn_anew_when_the_watch_is_over(drive: Driver) -> None:
    release = deploying(drive)
    drive.advance(release, Action.STEP_LIVE, OPS)
    card_of_it = Show(Surface(SurfaceKind.CARD, release))
    drive.clock.move(minutes=14)
    drive.tick()
    before = drive.errands().count(card_of_it)
    drive.clock.move(minutes=1)
    drive.tick()
    assert drive.errands().count(card_of_it) == before + 1


def test_who_carries_it_out_reads_what_the_cards_button_is_for(drive: Driver) -> None:
    """While it is watched, the go is asked for from the end of the watch on."""
    release = deploying(drive)
    assert next_of(drive) == (Action.STEP_LIVE, "canary_10", False, drive.clock())
    drive.advance(release, Action.STEP_LIVE, OPS)
    until = drive.clock() + 15 * MINUTE
    assert next_of(drive) == (Action.STEP_DONE, "canary_10", True, until)
    drive.clock.set(until)
    assert next_of(drive) == (Action.STEP_DONE, "canary_10", False, until)


def next_of(drive: Driver) -> tuple[object, ...]:
    (task,) = [one for one in drive.read(mine, OPS).tasks if one.kind == "action"]
    assert task.rollout is not None
    return task.action, task.rollout.step_under_way, task.early, task.since


def test_before_its_time_one_goes_on_with_a_reason_only(drive: Driver) -> None:
    release = deploying(drive)
    drive.advance(release, Action.STEP_LIVE, OPS)
    event = drive.advance(release, Action.STEP_DONE, OPS, note="the incident cannot wait")
    assert event == StepDone(
        release=release, version="1.5.0", step="canary_10", done=1, total=3, note="the incident cannot wait"
    )


def test_a_step_is_said_to_be_out_once(drive: Driver) -> None:
    release = deploying(drive)
    press = Advance(release=release, action=Action.STEP_LIVE, from_rc=1, from_step="canary_10")
    drive.ok(press, OPS)
    assert needs_of(drive.no(press, OPS)) == [StepIsLive("canary_10")]
    drive.step_out(release)
    assert drive.no(press, OPS) == StepPassed("1.5.0", "canary_10", "canary_50")
    drive.step_out(release)
    drive.step_out(release)
    assert needs_of(drive.refused(release, Action.STEP_LIVE, OPS)) == [StepIsLive("")]


def test_what_was_paused_meanwhile_can_still_be_said_to_be_out(drive: Driver) -> None:
    release = deploying(drive)
    drive.advance(release, Action.PAUSE, IMPL, note="errors")
    drive.advance(release, Action.STEP_LIVE, OPS)
    found = rollout(drive, release)
    assert (found.paused, found.live, found.percent) == (True, True, 10)
    drive.clock.move(minutes=20)
    drive.advance(release, Action.CONTINUE, IMPL)
    assert rollout(drive, release).watch_until == drive.clock() + 15 * MINUTE


def test_what_has_not_begun_is_not_out(drive: Driver) -> None:
    """The gate closed while the step before was ended."""
    release = deploying(drive)
    drive.advance(release, Action.STEP_LIVE, OPS)
    drive.clock.set(drive.clock().replace(hour=8, minute=0))
    drive.tick()
    drive.advance(release, Action.STEP_DONE, OPS)
    (need,) = needs_of(drive.refused(release, Action.STEP_LIVE, OPS))
    assert isinstance(need, GateClosed)


@pytest.mark.parametrize("strategy", ["canary", "rolling", "big_bang"])
def test_what_is_being_put_out_may_have_users_and_cannot_be_stopped(drive: Driver, strategy: str) -> None:
    release = deploying(drive, strategy)
    drive.clock.move(minutes=12)
    assert Action.STOP not in drive.read(card, release).actions
    refusal = drive.refused(release, Action.STOP, RM, note="errors")
    assert needs_of(refusal) == [AlreadyInProduction(0)]
    assert (rollout(drive, release).percent, rollout(drive, release).at_most > 0) == (0, True)


def test_a_green_side_serves_nobody(drive: Driver) -> None:
    release = deploying(drive, "blue_green")
    drive.advance(release, Action.STOP, RM, note="the wrong build")
    assert drive.stage(release) is Stage.APPROVED


def test_what_nobody_has_to_watch_is_done_with_one_word(drive: Driver) -> None:
    release = deploying(drive, "rolling")
    for done in (1, 2, 3):
        assert Action.STEP_LIVE not in drive.read(card, release).actions
        drive.advance(release, Action.STEP_DONE, OPS)
        assert rollout(drive, release).done == done


def test_a_batch_that_is_watched_takes_two(drive: Driver) -> None:
    release = deploying(drive, "rolling", rolling={"batches": 2, "watch": "5m"})
    drive.advance(release, Action.STEP_LIVE, OPS)
    drive.clock.move(minutes=5)
    drive.advance(release, Action.STEP_DONE, OPS)
    assert rollout(drive, release).step_under_way == "batch_2_of_2"


# --- what a pipeline says of it ----------------------------------------------------------------------------


def says(drive: Driver, release: str, step: str, *, done: bool = True, note: str = "") -> Any:
    """The event, or the refusal."""
    outcome = drive.do(ReportStep(release=release, step=step, done=done, note=note), OPS, via=Via.API)
    return outcome.event if isinstance(outcome, Happened) else outcome.refusal


def test_for_a_pipeline_done_means_out_and_the_go_is_a_person_s(drive: Driver) -> None:
    release = deploying(drive)
    first = says(drive, release, "canary_10")
    assert isinstance(first, StepLive)
    drive.clock.move(minutes=5)
    assert says(drive, release, "canary_10") == first
    assert (rollout(drive, release).done, len(drive.told(StepLive))) == (0, 1)
    assert says(drive, release, "canary_50") == OtherStep(
        "1.5.0", "canary_50", "canary_10", ("canary_10", "canary_50", "canary_100")
    )
    drive.step_out(release)
    assert says(drive, release, "canary_10") == StepDone(
        release=release, version="1.5.0", step="canary_10", done=1, total=3
    )


def test_a_pipeline_ends_what_nobody_has_to_watch(drive: Driver) -> None:
    release = deploying(drive, "rolling")
    said = says(drive, release, "batch_1")
    assert said == StepDone(release=release, version="1.5.0", step="batch_1", done=1, total=3)


def test_what_a_pipeline_could_not_bring_out_is_paused(drive: Driver) -> None:
    release = deploying(drive)
    request = ReportStep(release=release, step="canary_10", done=False, note="no disk")
    drive.ok(request, RM, via=Via.API)
    found = rollout(drive, release)
    assert (found.paused, found.pause_reason, found.live) == (True, "no disk", False)
