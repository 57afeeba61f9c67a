"""A run that counts as lost is followed on: more and more seldom, for a day, and never started again."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import update
from sqlmodel import col, select

from bot.deployworker import FOLLOWED_ON, SELDOM
from commands.requests import AskDeployerAgain, DeclareRollback
from domain.deploys.model import Deployment, DeployState, DeployWhy
from domain.errands import InThread
from domain.events import DeploymentLate, DeploymentMoved
from domain.people import Via
from domain.rollback import Criterion
from domain.rollout.model import StepIs
from domain.types import Action, Stage
from storage.db import Database, Tx
from storage.tables import OutboxRow
from tests.bot.deployers.actions import Actions, actions
from tests.support.clock import HandClock
from tests.support.github import GitHub
from tests.support.world import OPS, RM, World

LOST = DeployState.LOST


@pytest.fixture
def yard(database: Database, clock: HandClock, shop: World, hub: GitHub) -> Actions:
    return actions(database, clock, hub)


async def lost(yard: Actions, hub: GitHub) -> str:
    """A staging deploy whose run GitHub did not show for too long."""
    hub.unlisted = True
    release = yard.staging()
    await yard.work_on()
    await yard.work_on()
    yard.drive.clock.move(minutes=30)
    yard.drive.tick()
    await yard.work_on()
    assert (yard.only(release).state, yard.only(release).why) == (LOST, DeployWhy.SILENT)
    hub.news()
    return release


def ends(hub: GitHub, conclusion: str, of: str = "") -> None:
    """The first run of deployment `of` is over: which of two deployments was dispatched first is left open."""
    hub.unlisted = False
    run = next(one for one in hub.runs if of in one["display_title"])
    run |= {"status": "completed", "conclusion": conclusion}


def of_the_step(yard: Actions, release: str) -> Deployment:
    (found,) = [one for one in yard.deployments(release) if one.step == "green_healthy"]
    return found


def mended(yard: Actions) -> list[tuple[DeployState, bool]]:
    """What the release's thread was told of the deploy."""
    moved = [tell.said for tell in yard.drive.told(DeploymentMoved) if isinstance(tell.to, InThread)]
    return [(said.state, said.mended) for said in moved if isinstance(said, DeploymentMoved)]


def waiting(yard: Actions) -> list[timedelta]:
    """How long the deployers' errands that wait still do."""

    def look(tx: Tx) -> list[timedelta]:
        rows = tx.execute(
            select(col(OutboxRow.due_at)).where(
                col(OutboxRow.lane).startswith("deploy:"), col(OutboxRow.done_at).is_(None)
            )
        )
        return [row[0] - tx.wall() for row in rows]

    return yard.drive.read(look)


def outcomes(yard: Actions) -> list[str]:
    def look(tx: Tx) -> list[str]:
        rows = tx.execute(
            select(col(OutboxRow.outcome))
            .where(col(OutboxRow.dedupe).startswith("late:"))
            .order_by(col(OutboxRow.id))
        )
        return [row[0] for row in rows]

    return yard.drive.read(look)


async def test_a_late_success_mends_it_and_takes_the_release_on(yard: Actions, hub: GitHub) -> None:
    release = await lost(yard, hub)
    ends(hub, "success")

    await yard.work_on()

    found = yard.only(release)
    assert (found.state, found.why, found.external) == (DeployState.SUCCEEDED, None, "701")
    assert yard.drive.stage(release) is Stage.QA
    assert mended(yard) == [(DeployState.RUNNING, False), (LOST, False), (DeployState.SUCCEEDED, True)]
    assert (len(hub.dispatched), waiting(yard)) == (1, [])


async def test_a_late_failure_sends_the_release_to_fixing(yard: Actions, hub: GitHub) -> None:
    release = await lost(yard, hub)
    ends(hub, "failure")

    await yard.work_on()

    found = yard.only(release)
    assert (found.state, found.why, found.detail) == (DeployState.FAILED, DeployWhy.SAID, "failure")
    assert yard.drive.stage(release) is Stage.FIXING


async def test_one_that_was_cancelled_meanwhile_is_cancelled(yard: Actions, hub: GitHub) -> None:
    release = await lost(yard, hub)
    ends(hub, "cancelled")

    await yard.work_on()

    assert yard.states(release) == [DeployState.CANCELLED]
    assert yard.drive.stage(release) is Stage.STAGING
    assert waiting(yard) == []


async def test_one_that_still_runs_is_back_and_followed_to_its_end(yard: Actions, hub: GitHub) -> None:
    release = await lost(yard, hub)
    hub.unlisted = False
    hub.runs[0]["status"] = "in_progress"

    await yard.work_on()
    assert yard.states(release) == [DeployState.RUNNING]
    assert timedelta() < waiting(yard)[0] <= timedelta(seconds=15)
    await yard.work_on()
    ends(hub, "success")
    await yard.work_on()

    assert yard.states(release) == [DeployState.SUCCEEDED]
    assert outcomes(yard) == ["back"]


async def test_what_is_lost_again_is_followed_on_again(yard: Actions, hub: GitHub) -> None:
    release = await lost(yard, hub)
    hub.unlisted = False
    await yard.work_on()
    hub.faults["/runs"] = "500"
    yard.drive.clock.move(minutes=30)
    yard.drive.tick()
    await yard.work_on()
    assert yard.states(release) == [LOST]
    hub.faults.clear()
    ends(hub, "success")
    await yard.work_on()

    assert yard.states(release) == [DeployState.SUCCEEDED]
    assert outcomes(yard) == ["back", "succeeded"]
    assert len(hub.dispatched) == 1


async def test_a_dispatch_whose_answers_were_lost_is_found_later(yard: Actions, hub: GitHub) -> None:
    """Nobody knows whether it was taken: it is looked for, and not sent once more."""
    hub.loses_answers = 9
    hub.unlisted = True
    release = yard.staging()
    for _ in range(4):
        await yard.work_on()
    assert yard.states(release) == [DeployState.ASKED]
    yard.drive.clock.move(minutes=30)
    yard.drive.tick()
    assert (yard.only(release).state, yard.only(release).why) == (LOST, DeployWhy.SILENT)
    ends(hub, "success")

    await yard.work_on()

    assert (yard.states(release), len(hub.dispatched)) == ([DeployState.SUCCEEDED], 1)


@pytest.mark.parametrize(
    "fault", ["500", "502", "404", "401", "403", "html", "cut", "huge", "away", "secondary"]
)
async def test_faults_of_github_only_cost_time(yard: Actions, hub: GitHub, fault: str) -> None:
    """Also a token that was wrong, or a repository that was gone: it is mended within the day."""
    release = await lost(yard, hub)
    said = mended(yard)
    hub.faults["/runs"] = fault
    for _ in range(3):
        await yard.work_on()
    assert (yard.only(release).state, yard.only(release).why) == (LOST, DeployWhy.SILENT)
    assert mended(yard) == said
    hub.faults.clear()
    ends(hub, "success")

    await yard.work_on()

    assert yard.states(release) == [DeployState.SUCCEEDED]


async def test_it_is_asked_more_and_more_seldom(yard: Actions, hub: GitHub) -> None:
    await lost(yard, hub)
    seen = [waiting(yard)]
    for _ in range(9):
        await yard.work_on()
        seen.append(waiting(yard))

    assert [round(one.total_seconds()) for (one,) in seen] == [
        30, 60, 120, 240, 480, 960, 1800, 1800, 1800, 1800,
    ]  # fmt: skip
    assert timedelta(minutes=30) == SELDOM


@pytest.mark.parametrize(("fault", "seconds"), [("retry", 30), ("spent", 3600)])
async def test_a_github_that_wants_fewer_requests_is_left_alone_for_as_long_as_it_says(
    yard: Actions, hub: GitHub, fault: str, seconds: int
) -> None:
    """Seven seconds are less than the next look is away; the reset of a spent limit is an hour at most."""
    hub.unlisted = True
    yard.staging()
    await yard.work_on()
    yard.drive.clock.move(minutes=30)
    yard.drive.tick()
    hub.faults["/runs"] = fault

    await yard.work_on()

    (left,) = waiting(yard)
    assert round(left.total_seconds()) == seconds


async def test_after_a_day_it_is_left_to_people(yard: Actions, hub: GitHub) -> None:
    release = await lost(yard, hub)

    def a_day_ago(tx: Tx) -> None:
        aged = tx.wall() - FOLLOWED_ON - timedelta(seconds=1)
        tx.execute(update(OutboxRow).where(col(OutboxRow.dedupe).startswith("late:")).values(added_at=aged))

    with yard.drive.tx() as tx:
        a_day_ago(tx)
    await yard.work_on()
    assert (outcomes(yard), waiting(yard)) == (["not found"], [])
    ends(hub, "success")
    hub.news()
    await yard.work_on()

    assert (yard.states(release), hub.news()) == ([LOST], [])


async def test_once_it_was_asked_for_again_its_late_end_is_only_told(yard: Actions, hub: GitHub) -> None:
    release = await lost(yard, hub)
    again = AskDeployerAgain(release=release, candidate=yard.drive.release(release).rc)
    yard.drive.ok(again, OPS, via=Via.BUTTON)
    await yard.work_on()
    first, second = yard.deployments(release)
    assert (first.state, second.state, len(hub.dispatched)) == (LOST, DeployState.RUNNING, 2)
    hub.unlisted = False
    for run in hub.runs:
        mine = first.id in run["display_title"]
        run |= {"status": "completed" if mine else "in_progress", "conclusion": "success" if mine else None}

    await yard.work_on()
    await yard.work_on()

    first, second = yard.deployments(release)
    assert (first.state, first.late, second.state) == (LOST, DeployState.SUCCEEDED, DeployState.RUNNING)
    told = [tell.said for tell in yard.drive.told(DeploymentLate)]
    assert [said.said for said in told if isinstance(said, DeploymentLate)] == [DeployState.SUCCEEDED]
    assert outcomes(yard) == ["lost"]
    assert yard.drive.stage(release) is Stage.STAGING


async def test_a_hand_that_was_quicker_is_left_as_it_is(yard: Actions, hub: GitHub) -> None:
    """Staging was reported by hand: the late end changes nothing any more, and is not deployed twice."""
    release = await lost(yard, hub)
    yard.drive.advance(release, Action.STAGING_DEPLOYED, OPS, note="healthy")
    ends(hub, "failure")

    await yard.work_on()

    assert yard.drive.stage(release) is Stage.QA
    assert len(hub.dispatched) == 1


async def test_a_process_that_dies_between_the_answer_and_its_end_asks_once_more(
    yard: Actions, hub: GitHub, monkeypatch: pytest.MonkeyPatch
) -> None:
    release = await lost(yard, hub)
    ends(hub, "success")

    def dies(*_args: Any) -> None:
        raise ZeroDivisionError

    with monkeypatch.context() as patched:
        patched.setattr("bot.deployworker.take_in", dies)
        await yard.work_on()
    assert yard.states(release) == [LOST]
    await yard.work_on()

    assert yard.states(release) == [DeployState.SUCCEEDED]
    assert len(hub.dispatched) == 1


async def lost_step(yard: Actions, hub: GitHub) -> str:
    """The first step of the rollout was dispatched, GitHub lists no run of it, and it counts as lost."""
    hub.unlisted = True
    release = yard.drive.to_deploying()
    yard.tagged()
    await yard.work_on()
    await yard.work_on()
    yard.drive.clock.move(minutes=30)
    yard.drive.tick()
    await yard.work_on()
    return release


async def test_a_step_of_the_rollout_that_comes_back_goes_on_where_it_was(yard: Actions, hub: GitHub) -> None:
    """Lost, it pauses the rollout; its late end makes it live. Whoever continues deploys nothing again."""
    release = await lost_step(yard, hub)
    rollout = yard.drive.release(release).rollout
    assert rollout is not None
    assert (rollout.paused, rollout.state(0)) == (True, StepIs.FAILED)
    sent = len(hub.dispatched)
    ends(hub, "success", of_the_step(yard, release).id)

    await yard.work_on()

    rollout = yard.drive.release(release).rollout
    assert rollout is not None
    assert (rollout.paused, rollout.state(0), len(hub.dispatched)) == (True, StepIs.WATCHED, sent)
    yard.drive.advance(release, Action.CONTINUE, RM)
    await yard.work_on()
    assert len(hub.dispatched) == sent


async def test_once_the_way_back_has_begun_its_late_end_is_only_told(yard: Actions, hub: GitHub) -> None:
    release = await lost_step(yard, hub)
    declared = DeclareRollback(
        release=release, criteria=(Criterion.ERROR_RATE,), evidence="5xx", migration=False
    )
    yard.drive.ok(declared, OPS, via=Via.BUTTON)
    ends(hub, "success", of_the_step(yard, release).id)

    await yard.work_on()

    found = of_the_step(yard, release)
    assert (found.state, found.late) == (LOST, DeployState.SUCCEEDED)
    assert yard.drive.stage(release) is Stage.ROLLING_BACK
