from __future__ import annotations

import pytest

from domain.deploys.model import DeployState, DeployWhy
from domain.events import DeploymentMoved
from domain.types import Action, Stage
from storage.db import Database
from tests.bot.deployers.actions import Actions, actions
from tests.support.clock import HandClock
from tests.support.driver import SHA
from tests.support.github import NAME, TOKEN, GitHub
from tests.support.world import World

RUNNING = DeployState.RUNNING


@pytest.fixture
def yard(database: Database, clock: HandClock, shop: World, hub: GitHub) -> Actions:
    return actions(database, clock, hub)


async def test_a_workflow_is_dispatched_found_by_its_id_and_followed_to_its_end(
    yard: Actions, hub: GitHub
) -> None:
    release = yard.staging()

    await yard.work()
    deployment = yard.only(release)
    assert hub.dispatched == [
        {
            "ref": "main",
            "inputs": {
                "deployment": deployment.id,
                "environment": "staging",
                "purpose": "staging",
                "step": "",
                "target": "v1.5.0-rc.1",
                "sha": SHA,
            },
        }
    ]
    await yard.work_on()
    found = yard.only(release)
    assert (found.state, found.external, found.url) == (
        RUNNING,
        "701",
        f"https://github.example/{NAME}/actions/runs/701",
    )
    hub.runs[0] |= {"status": "completed", "conclusion": "success"}
    await yard.work_on()

    assert yard.states(release) == [DeployState.SUCCEEDED]
    assert yard.drive.stage(release) is Stage.QA
    hub.news()
    await yard.work_on()
    assert hub.news() == []


async def test_a_run_that_waits_for_a_reviewer_is_told_once_with_the_way_to_it(
    yard: Actions, hub: GitHub
) -> None:
    release = yard.staging()
    await yard.work()
    hub.runs[0]["status"] = "waiting"
    for _ in range(3):
        await yard.work_on()

    told = [
        said for tell in yard.drive.told(DeploymentMoved) if isinstance(said := tell.said, DeploymentMoved)
    ]
    url = f"https://github.example/{NAME}/actions/runs/701"
    assert [(one.state, one.why, one.url) for one in told] == [
        (RUNNING, None, ""),
        (RUNNING, DeployWhy.APPROVAL, url),
    ]
    hub.runs[0] |= {"status": "completed", "conclusion": "success"}
    await yard.work_on()
    assert (yard.only(release).state, yard.only(release).why) == (DeployState.SUCCEEDED, None)


@pytest.mark.parametrize("conclusion", ["failure", "timed_out", "startup_failure", "skipped", None])
async def test_a_run_that_did_not_succeed_has_failed(
    yard: Actions, hub: GitHub, conclusion: str | None
) -> None:
    release = yard.staging()
    await yard.work()
    hub.runs[0] |= {"status": "completed", "conclusion": conclusion}

    await yard.work_on()

    found = yard.only(release)
    assert (found.state, found.why, found.detail) == (DeployState.FAILED, DeployWhy.SAID, conclusion or "")
    assert yard.drive.stage(release) is Stage.FIXING


async def test_what_cannot_be_stored_or_shown_of_a_run_is_left_out(yard: Actions, hub: GitHub) -> None:
    release = yard.staging()
    await yard.work()
    hub.runs[0] |= {"status": "completed", "conclusion": "no\0pe", "html_url": "https://x/\0"}
    hub.runs.append(hub.runs[0] | {"id": 9, "display_title": "Another", "html_url": None})

    await yard.work_on()

    found = yard.only(release)
    assert (found.state, found.detail, found.url, found.external) == (DeployState.FAILED, "no pe", "", "701")


async def test_a_run_that_somebody_cancelled_on_github_is_cancelled(yard: Actions, hub: GitHub) -> None:
    release = yard.staging()
    await yard.work()
    hub.runs[0] |= {"status": "completed", "conclusion": "cancelled"}

    await yard.work_on()

    assert yard.states(release) == [DeployState.CANCELLED]
    assert yard.drive.stage(release) is Stage.STAGING


async def test_after_a_lost_answer_the_run_is_looked_for_and_not_started_twice(
    yard: Actions, hub: GitHub
) -> None:
    hub.loses_answers = 1
    release = yard.staging()

    await yard.work()
    assert yard.states(release) == [DeployState.ASKED]
    await yard.work_on()

    assert len(hub.dispatched) == 1
    assert (yard.only(release).state, yard.only(release).external) == (RUNNING, "701")


async def test_a_run_that_is_never_listed_is_lost_after_the_silence(yard: Actions, hub: GitHub) -> None:
    hub.unlisted = True
    release = yard.staging()
    await yard.work()
    for _ in range(3):
        await yard.work_on()
    assert yard.states(release) == [RUNNING]

    yard.drive.clock.move(minutes=30)
    yard.drive.tick()

    assert (yard.only(release).state, yard.only(release).why) == (DeployState.LOST, DeployWhy.SILENT)


@pytest.mark.parametrize(
    ("fault", "why", "detail"),
    [
        ("401", DeployWhy.BAD_TOKEN, ""),
        ("403", DeployWhy.DENIED, ""),
        ("404", DeployWhy.NOT_FOUND, ""),
        ("away", DeployWhy.MOVED, "evil.example"),
    ],
)
async def test_settings_that_do_not_work_have_failed_and_the_candidate_is_not_to_blame(
    yard: Actions, hub: GitHub, fault: str, why: DeployWhy, detail: str
) -> None:
    hub.faults["dispatches"] = fault
    release = yard.staging()

    await yard.work()

    found = yard.only(release)
    assert (found.state, found.why, found.detail) == (DeployState.FAILED, why, detail)
    assert yard.drive.stage(release) is Stage.STAGING
    assert TOKEN not in str(found)


async def test_a_ref_that_is_not_there_has_failed_with_github_s_words(yard: Actions, hub: GitHub) -> None:
    yard.rules(github_actions={"ref": "nowhere"})
    release = yard.staging()

    await yard.work()

    found = yard.only(release)
    assert (found.state, found.detail) == (DeployState.FAILED, "422 No ref found for: nowhere")
    assert hub.dispatched == []


async def test_a_github_that_wants_fewer_requests_is_left_alone(yard: Actions, hub: GitHub) -> None:
    hub.faults["dispatches"] = "retry"
    release = yard.staging()
    await yard.work()
    hub.faults.clear()

    await yard.work()
    assert hub.dispatched == []
    await yard.work_on()

    assert yard.states(release) == [RUNNING]


async def test_while_a_run_is_followed_faults_of_github_only_cost_time(yard: Actions, hub: GitHub) -> None:
    release = yard.staging()
    await yard.work()
    for fault in ("500", "html", "cut", "retry"):
        hub.faults["/runs"] = fault
        for _ in range(4):
            await yard.work_on()
    hub.faults.clear()
    hub.runs[0] |= {"status": "completed", "conclusion": "success"}

    await yard.work_on()

    assert yard.states(release) == [DeployState.SUCCEEDED]


async def test_a_release_on_hold_has_its_run_cancelled(yard: Actions, hub: GitHub) -> None:
    release = yard.staging()
    await yard.work()

    yard.drive.advance(release, Action.HOLD, note="wait")
    await yard.work_on()
    await yard.work_on()

    assert hub.runs[0]["conclusion"] == "cancelled"
    assert yard.states(release) == [DeployState.CANCELLED]
