"""A deployer has left a step and not said that it is out; people see that it is, and say so with a reason."""

from __future__ import annotations

import pytest

from domain.deploys.model import DeployState
from domain.events import DeploymentLate, StepLive
from domain.needs import StepIsLive, StepNotLive, StepUnheard
from domain.people import Role
from domain.refusals import NotAllowed, NotReady, Refusal
from domain.rollout.rollout import Rollout
from domain.types import Action
from tests.commands.deploys.conftest import Deploys
from tests.support.world import OPS, RM

A, S = Action, DeployState
SEEN = "10 % of the pods have it"


def needs_of(refusal: Refusal) -> list[object]:
    assert isinstance(refusal, NotReady)
    return [one.need for one in refusal.missing]


def rollout(drive: Deploys, release: str) -> Rollout:
    found = drive.release(release).rollout
    assert found is not None
    return found


@pytest.fixture
def canary(drive: Deploys) -> str:
    drive.rules("canary")
    return drive.out(drive.start())


def test_while_the_deployer_is_at_it_nobody_else_says_so(drive: Deploys, canary: str) -> None:
    assert needs_of(drive.refused(canary, A.STEP_LIVE, OPS, note=SEEN)) == [StepNotLive("canary_10")]


def test_of_a_lost_step_whoever_runs_deploys_says_with_a_reason_that_it_is_out(
    drive: Deploys, canary: str
) -> None:
    drive.says(drive.last(canary), S.LOST)
    assert needs_of(drive.refused(canary, A.STEP_LIVE, OPS)) == [StepUnheard("canary_10")]
    assert isinstance(drive.refused(canary, A.STEP_LIVE, RM, note=SEEN), NotAllowed)

    event = drive.advance(canary, A.STEP_LIVE, OPS, note=SEEN)

    assert event == StepLive(
        release=canary,
        version="1.5.0",
        candidate=1,
        step="canary_10",
        next="canary_50",
        until=drive.clock() + rollout(drive, canary).plan[0].watch,
        number=1,
        total=3,
        paused="silent",
        roles=(Role.IMPLEMENTATION_MANAGER, Role.RELEASE_MANAGER, Role.INCIDENT_COMMANDER),
        note=SEEN,
    )
    assert needs_of(drive.refused(canary, A.STEP_LIVE, OPS, note=SEEN)) == [StepIsLive("canary_10")]
    drive.advance(canary, A.CONTINUE)
    drive.clock.move(minutes=15)
    drive.advance(canary, A.STEP_DONE, OPS)
    assert drive.work(canary)[1:] == [("step", "canary_10", "lost"), ("step", "canary_50", "asked")]


def test_so_it_is_of_one_that_a_pause_took_from_its_deployer(drive: Deploys, canary: str) -> None:
    drive.advance(canary, A.PAUSE, note="a moment")
    assert needs_of(drive.refused(canary, A.STEP_LIVE, OPS)) == [StepUnheard("canary_10")]
    drive.advance(canary, A.STEP_LIVE, OPS, note=SEEN)
    drive.advance(canary, A.CONTINUE)
    assert (rollout(drive, canary).live, drive.work(canary)[1:]) == (
        True,
        [("step", "canary_10", "cancelled")],
    )


@pytest.mark.parametrize("gone_on", [False, True])
def test_what_the_lost_deployer_then_says_otherwise_is_told_and_undoes_nothing(
    drive: Deploys,
    canary: str,
    gone_on: bool,  # noqa: FBT001 - drawn
) -> None:
    lost = drive.last(canary)
    drive.says(lost, S.LOST)
    drive.advance(canary, A.STEP_LIVE, OPS, note=SEEN)
    drive.advance(canary, A.CONTINUE)
    if gone_on:
        drive.advance(canary, A.STEP_DONE, OPS, note="the incident cannot wait")
    before = rollout(drive, canary)

    drive.says(lost, S.FAILED, detail="no disk")
    drive.says(lost, S.FAILED, detail="no disk")

    (told,) = drive.told(DeploymentLate)
    assert isinstance(told.said, DeploymentLate)
    assert (told.said.step, told.said.state, told.said.said) == ("canary_10", S.LOST, S.FAILED)
    assert rollout(drive, canary) == before


def test_where_it_then_says_the_same_all_is_well(drive: Deploys, canary: str) -> None:
    lost = drive.last(canary)
    drive.says(lost, S.LOST)
    drive.advance(canary, A.STEP_LIVE, OPS, note=SEEN)
    before = rollout(drive, canary)

    drive.says(lost, S.SUCCEEDED)

    assert drive.work(canary)[1:] == [("step", "canary_10", "succeeded")]
    assert (rollout(drive, canary), drive.told(DeploymentLate)) == (before, [])
