"""What people cancel is cancelled when its deployer says so, and until then nothing is started beside it."""

from __future__ import annotations

from typing import Any

import pytest

from commands.requests import ReportStep
from domain.deploys.model import Deployment, DeployState, DeployWhy
from domain.errands import InThread, Tell, ToPerson
from domain.events import DeploymentLate, DeploymentMoved
from domain.rollout.model import StepIs
from domain.types import Action, Stage
from storage.db import Database
from tests.bot.deployers.actions import Actions, actions
from tests.bot.deployers.yard import Yard
from tests.support.clock import HandClock
from tests.support.deployer import Service
from tests.support.github import GitHub
from tests.support.world import OPS, RM, World

S = DeployState
BEING, UNTOLD = (S.CANCELLED, True, False), (S.CANCELLED, True, True)
CANCELLED = (S.CANCELLED, False, False)


async def at_production(yard: Yard) -> str:
    """The first step of a rollout is to be sent; staging was reported by hand."""
    release = yard.drive.to_deploying()
    yard.tagged()
    return release


async def running(yard: Yard) -> str:
    release = await at_production(yard)
    await yard.work()
    return release


def steps(yard: Yard, release: str) -> list[Deployment]:
    return [one for one in yard.deployments(release) if one.step]


def told(yard: Yard, release: str) -> list[tuple[DeployState, bool, bool]]:
    """(state, being cancelled, may go on) of what the release's thread was told of cancelled steps."""
    found = [t.said for t in yard.drive.told(DeploymentMoved) if t.to == InThread(release)]
    return [
        (said.state, said.ending, said.goes_on)
        for said in found
        if isinstance(said, DeploymentMoved) and said.step and said.state is S.CANCELLED
    ]


def late(yard: Yard) -> list[tuple[DeployState, str]]:
    found = [t.said for t in yard.drive.told(DeploymentLate)]
    return [(said.said, said.detail) for said in found if isinstance(said, DeploymentLate)]


def sent(deployer: Service) -> list[str]:
    """What was asked of the steps, in order."""
    return [one.body["action"] for one in deployer.asked if one.body.get("step")]


def paused(yard: Yard, release: str) -> tuple[bool, StepIs, str]:
    rollout = yard.drive.release(release).rollout
    assert rollout is not None
    return rollout.paused, rollout.state(0), rollout.pause_reason


# --- a webhook ----------------------------------------------------------------------------------------------


async def test_what_the_deployer_says_to_the_cancel_is_heard(yard: Yard, deployer: Service) -> None:
    release = await running(yard)
    deployer.answers = [(200, {"state": "cancelled", "message": "as asked"})]

    yard.drive.advance(release, Action.PAUSE, note="wait")
    assert told(yard, release) == [BEING]
    await yard.work()

    assert told(yard, release) == [BEING, CANCELLED]
    assert not steps(yard, release)[0].ending


@pytest.mark.parametrize(
    ("state", "message"), [("succeeded", "was out already"), ("failed", "cannot be cancelled")]
)
async def test_another_end_than_the_one_asked_for_is_told(
    yard: Yard, deployer: Service, state: str, message: str
) -> None:
    release = await running(yard)
    deployer.answers = [(200, {"state": state, "message": message})]

    yard.drive.advance(release, Action.PAUSE, note="wait")
    await yard.work()

    assert told(yard, release) == [BEING]
    assert late(yard) == [(DeployState(state), message)]
    assert steps(yard, release)[0].late is DeployState(state)


async def test_the_next_attempt_waits_until_the_one_before_has_ended(yard: Yard, deployer: Service) -> None:
    release = await running(yard)
    yard.drive.advance(release, Action.PAUSE, note="wait")
    await yard.work()
    yard.drive.advance(release, Action.CONTINUE, RM)
    for _ in range(3):
        await yard.work_on()
    assert sent(deployer) == ["deploy", "cancel"]

    assert await yard.call(steps(yard, release)[0], "cancelled") == (202, "taken")
    await yard.work_on()

    assert sent(deployer) == ["deploy", "cancel", "deploy"]
    assert [one.state for one in steps(yard, release)] == [S.CANCELLED, S.RUNNING]
    assert told(yard, release) == [BEING, CANCELLED]


async def test_another_rollout_of_the_release_waits_for_it_as_well(yard: Yard, deployer: Service) -> None:
    release = await running(yard)
    yard.drive.advance(release, Action.STOP, note="another day")
    yard.drive.ready(release)
    yard.drive.advance(release, Action.DEPLOY)
    yard.drive.head_was_read(release, Action.DEPLOY)
    for _ in range(3):
        await yard.work_on()
    assert sent(deployer) == ["deploy", "cancel"]

    await yard.call(steps(yard, release)[0], "succeeded")
    await yard.work_on()

    assert sent(deployer) == ["deploy", "cancel", "deploy"]
    assert late(yard) == [(S.SUCCEEDED, "")]


async def test_a_cancel_that_does_not_arrive_is_told_and_nothing_is_sent_beside_it(
    yard: Yard, deployer: Service
) -> None:
    release = await running(yard)
    deployer.answers = [(500, {})] * 3
    yard.drive.advance(release, Action.PAUSE, note="wait")
    await yard.work()
    yard.drive.advance(release, Action.CONTINUE, RM)
    await yard.work()
    assert sent(deployer) == ["deploy", "cancel"]
    for _ in range(4):
        await yard.work_on()

    assert sent(deployer) == ["deploy", "cancel", "cancel", "cancel"]
    assert told(yard, release) == [BEING, UNTOLD]
    assert paused(yard, release) == (True, StepIs.FAILED, "before_goes_on")
    yard.drive.advance(release, Action.CONTINUE, RM)  # they have looked at what runs
    await yard.work()
    assert sent(deployer)[4:] == ["deploy"]


async def test_a_deployer_that_never_says_that_it_ended_is_told_of_after_the_silence(
    yard: Yard, deployer: Service
) -> None:
    release = await running(yard)
    yard.drive.advance(release, Action.PAUSE, note="wait")
    await yard.work()
    yard.drive.clock.move(minutes=10)
    yard.drive.advance(release, Action.CONTINUE, RM)
    yard.drive.clock.move(minutes=20)

    yard.drive.tick()
    await yard.work_on()

    assert told(yard, release) == [BEING, UNTOLD]
    assert [(one.state, one.why) for one in steps(yard, release)] == [
        (S.CANCELLED, DeployWhy.SILENT),
        (S.FAILED, DeployWhy.BEFORE_GOES_ON),
    ]
    assert sent(deployer) == ["deploy", "cancel"]
    people = [t.to for t in yard.drive.told(DeploymentMoved) if _goes_on(t)]
    assert people == [InThread(release), ToPerson(RM), ToPerson(OPS)]
    await yard.call(steps(yard, release)[0], "cancelled")
    assert told(yard, release) == [BEING, UNTOLD, CANCELLED]


async def test_what_is_given_up_in_the_moment_before_it_is_sent_is_not_sent_beside_another(
    yard: Yard, deployer: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    release = await running(yard)
    yard.drive.advance(release, Action.PAUSE, note="wait")
    await yard.work()
    yard.drive.advance(release, Action.CONTINUE, RM)
    yard.drive.clock.move(minutes=30)
    read = yard.worker._job

    def told_meanwhile(*args: Any) -> Any:
        found = read(*args)
        yard.drive.tick()
        return found

    monkeypatch.setattr(yard.worker, "_job", told_meanwhile)
    for _ in range(2):
        await yard.work_on()

    assert sent(deployer) == ["deploy", "cancel"]
    assert told(yard, release) == [BEING, UNTOLD]
    assert [one.why for one in steps(yard, release)] == [DeployWhy.SILENT, DeployWhy.BEFORE_GOES_ON]


def _goes_on(tell: Tell) -> bool:
    return isinstance(tell.said, DeploymentMoved) and tell.said.goes_on


async def test_where_there_is_a_status_it_is_asked_how_the_cancelled_one_ended(
    yard: Yard, deployer: Service
) -> None:
    yard.rules(webhook={"status_url": f"{deployer.url}/status"})
    release = await running(yard)
    yard.drive.advance(release, Action.PAUSE, note="wait")
    await yard.work()
    deployer.status = (200, {"state": "running"})
    await yard.work_on()
    assert told(yard, release) == [BEING]

    deployer.status = (200, {"state": "cancelled"})
    await yard.work_on()

    assert told(yard, release) == [BEING, CANCELLED]


async def test_what_was_never_sent_is_not_cancelled_with_its_deployer(yard: Yard, deployer: Service) -> None:
    """It would answer that it knows no such deployment, and people would be alarmed for nothing."""
    release = await at_production(yard)
    deployer.answers = [(404, {"message": "no such deployment"})]

    yard.drive.advance(release, Action.PAUSE, note="wait")
    await yard.work_on()

    assert sent(deployer) == []
    assert told(yard, release) == [CANCELLED]
    yard.drive.advance(release, Action.CONTINUE, RM)
    deployer.answers = []
    await yard.work()
    assert sent(deployer) == ["deploy"]


async def test_what_was_never_taken_is_not_cancelled_with_its_deployer_either(
    yard: Yard, deployer: Service
) -> None:
    release = await at_production(yard)
    deployer.answers = [(429, {})] * 2
    await yard.work()

    yard.drive.advance(release, Action.PAUSE, note="wait")
    await yard.work_on()

    assert sent(deployer) == ["deploy"]
    assert told(yard, release) == [CANCELLED]


async def test_one_that_is_cancelled_in_the_moment_before_it_is_sent_is_not_sent(
    yard: Yard, deployer: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    release = await at_production(yard)
    taken = yard.worker._job

    def pauses(*args: Any) -> Any:
        if not told(yard, release):
            yard.drive.advance(release, Action.PAUSE, note="wait")
        return taken(*args)

    monkeypatch.setattr(yard.worker, "_job", pauses)
    await yard.work()
    await yard.work_on()

    assert sent(deployer) == []
    assert told(yard, release) == [BEING, CANCELLED]


async def test_what_a_pipeline_reported_before_it_was_sent_is_not_sent_either(
    yard: Yard, deployer: Service
) -> None:
    release = await at_production(yard)
    yard.drive.ok(ReportStep(release=release, step="green_healthy", done=True, note="health 200"), OPS)

    await yard.work()

    assert sent(deployer) == []
    assert [(one.state, one.late) for one in steps(yard, release)] == [(S.SUCCEEDED, None)]


async def test_a_staging_deploy_on_hold_is_sent_again_when_the_release_is_resumed(
    yard: Yard, deployer: Service
) -> None:
    release = yard.staging()
    await yard.work()
    yard.drive.advance(release, Action.HOLD, note="wait")
    yard.drive.advance(release, Action.RESUME)
    for _ in range(3):
        await yard.work_on()
    first, second = yard.deployments(release)
    assert [one.body["action"] for one in deployer.asked] == ["deploy", "cancel"]

    await yard.call(first, "cancelled")
    await yard.work_on()
    await yard.call(second, "succeeded", evidence="GET /health 200")

    assert [one.body["action"] for one in deployer.asked] == ["deploy", "cancel", "deploy"]
    assert yard.drive.stage(release) is Stage.QA


# --- GitHub Actions -----------------------------------------------------------------------------------------


@pytest.fixture
def runs(database: Database, clock: HandClock, shop: World, hub: GitHub) -> Actions:
    return actions(database, clock, hub)


def cancels(hub: GitHub) -> int:
    return sum(path.endswith("/cancel") for _, path, _ in hub.asked)


def run_of(hub: GitHub, deployment: Deployment) -> dict[str, Any]:
    return next(one for one in hub.runs if deployment.id in one["display_title"])


async def test_a_run_that_is_not_listed_yet_is_looked_for_until_it_can_be_cancelled(
    runs: Actions, hub: GitHub
) -> None:
    hub.unlisted = True
    release = await running(runs)
    runs.drive.advance(release, Action.PAUSE, note="wait")
    await runs.work_on()
    runs.drive.advance(release, Action.CONTINUE, RM)
    await runs.work_on()
    first, second = steps(runs, release)
    assert (told(runs, release), cancels(hub)) == ([BEING], 0)
    assert not [one for one in hub.runs if second.id in one["display_title"]]

    hub.unlisted = False
    for _ in range(3):
        await runs.work_on()

    assert run_of(hub, first)["conclusion"] == "cancelled"
    assert run_of(hub, second)["conclusion"] is None
    assert told(runs, release) == [BEING, CANCELLED]


async def test_one_that_is_never_listed_is_told_and_followed_to_its_end(runs: Actions, hub: GitHub) -> None:
    hub.unlisted = True
    release = await running(runs)
    runs.drive.advance(release, Action.STOP, note="another day")
    for _ in range(4):
        await runs.work_on()
    assert told(runs, release) == [BEING, UNTOLD]
    assert steps(runs, release)[0].why is DeployWhy.SILENT

    hub.unlisted = False
    run_of(hub, steps(runs, release)[0]).update(status="completed", conclusion="success")
    await runs.work_on()

    assert late(runs) == [(S.SUCCEEDED, "")]
    assert runs.drive.stage(release) is Stage.APPROVED


async def test_a_run_that_ends_well_though_it_was_to_be_cancelled_is_told(runs: Actions, hub: GitHub) -> None:
    hub.heeds_cancels = False
    release = await running(runs)
    await runs.work_on()
    runs.drive.advance(release, Action.PAUSE, note="wait")
    await runs.work_on()
    runs.drive.advance(release, Action.CONTINUE, RM)
    for _ in range(3):
        await runs.work_on()
    assert cancels(hub) == 1
    assert told(runs, release) == [BEING]
    assert [one.state for one in steps(runs, release)] == [S.CANCELLED, S.ASKED]

    run_of(hub, steps(runs, release)[0]).update(status="completed", conclusion="success")
    await runs.work_on()
    await runs.work_on()

    assert late(runs) == [(S.SUCCEEDED, "")]
    assert [one.state for one in steps(runs, release)] == [S.CANCELLED, S.RUNNING]


async def test_a_run_that_had_ended_before_it_was_to_be_cancelled_is_told_as_it_ended(
    runs: Actions, hub: GitHub
) -> None:
    release = await running(runs)
    await runs.work_on()
    run_of(hub, steps(runs, release)[0]).update(status="completed", conclusion="success")

    runs.drive.advance(release, Action.PAUSE, note="wait")
    await runs.work_on()

    assert (cancels(hub), late(runs)) == (0, [(S.SUCCEEDED, "")])
