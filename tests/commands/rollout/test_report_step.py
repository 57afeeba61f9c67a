"""What a pipeline says of a step that a deployer carries out."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from commands.requests import DeclareRollback, ReportStep
from domain.errands import InThread
from domain.events import Advanced, StepDone, StepFailed, StepLive
from domain.people import Via
from domain.refusals import OtherStep, TextMissing, WrongStage
from domain.rollback import Criterion
from domain.types import Action
from domain.views import Happened
from tests.commands.rollout.conftest import Automatic
from tests.support.world import IC, OPS, RM

STEPS = ("canary_10", "canary_50", "canary_100")


def says(drive: Automatic, release: str, step: str, *, done: bool = True, note: str = "") -> Any:
    """The event, or the refusal."""
    outcome = drive.do(ReportStep(release=release, step=step, done=done, note=note), RM, via=Via.API)
    return outcome.event if isinstance(outcome, Happened) else outcome.refusal


def test_done_means_live_and_the_go_is_another_s(machine: Automatic) -> None:
    release = machine.to_deploying()

    said = says(machine, release, "canary_10")

    assert said == StepLive(
        release=release,
        version="1.5.0",
        candidate=1,
        step="canary_10",
        next="canary_50",
        until=machine.clock() + timedelta(minutes=15),
        number=1,
        total=3,
    )
    assert [tell.to for tell in machine.told(StepLive)] == [InThread(release)]
    assert (machine.rollout(release).live, machine.rollout(release).done) == (True, 0)


def test_said_again_it_changes_nothing(machine: Automatic) -> None:
    release = machine.to_deploying()
    first = says(machine, release, "canary_10")
    machine.clock.move(minutes=5)

    assert says(machine, release, "canary_10") == first
    assert len(machine.told(StepLive)) == 1

    machine.advance(release, Action.STEP_DONE, OPS, note="it is fine")
    assert says(machine, release, "canary_10") == StepDone(
        release=release, version="1.5.0", step="canary_10", done=1, total=3
    )
    assert (machine.rollout(release).live, machine.rollout(release).done) == (False, 1)


def test_a_step_that_is_not_under_way_is_named(machine: Automatic) -> None:
    release = machine.to_deploying()
    refused = OtherStep("1.5.0", "canary_50", "canary_10", STEPS)
    assert says(machine, release, "canary_50") == refused
    assert says(machine, release, "canary_50", done=False, note="x") == refused


def test_what_failed_pauses_and_is_told_once(machine: Automatic) -> None:
    release = machine.to_deploying()
    assert says(machine, release, "canary_10", done=False) == TextMissing("reason")

    said = says(machine, release, "canary_10", done=False, note="no disk")

    assert said == StepFailed(release=release, version="1.5.0", candidate=1, step="canary_10", why="no disk")
    told = len(machine.told(StepFailed))
    says(machine, release, "canary_10", done=False, note="no disk")
    found = machine.rollout(release)
    assert (found.paused, found.pause_reason, len(machine.told(StepFailed))) == (True, "no disk", told)


def test_what_is_live_and_then_found_bad_is_paused(machine: Automatic) -> None:
    release = machine.to_deploying()
    says(machine, release, "canary_10")

    said = says(machine, release, "canary_10", done=False, note="the smoke test fails")

    assert isinstance(said, Advanced)
    assert (said.action, said.note) == (Action.PAUSE, "the smoke test fails")
    found = machine.rollout(release)
    assert (found.live, found.paused, found.pause_reason) == (True, True, "the smoke test fails")
    says(machine, release, "canary_10", done=False, note="the smoke test fails")
    assert machine.told(StepFailed) == []


def test_once_the_release_has_left_it_is_refused_as_by_hand(machine: Automatic) -> None:
    release = machine.to_deploying()
    declared = DeclareRollback(
        release=release,
        criteria=(Criterion.ERROR_RATE,),
        evidence="5 %",
        migration=False,
        target="v1.4.0",
        commander=IC,
    )
    machine.ok(declared, IC)
    assert isinstance(says(machine, release, "canary_10"), WrongStage)
