from __future__ import annotations

import asyncio
from typing import Any

import pytest
import structlog

from domain.deploys.model import DeployState, DeployWhy
from domain.types import Action, Stage
from tests.bot.deployers.yard import Yard
from tests.support.deployer import SIGNING, Service
from tests.support.driver import SHA, Driver

LOST, FAILED = DeployState.LOST, DeployState.FAILED


async def test_a_build_that_passed_asks_the_staging_deployer_with_a_signed_request(
    yard: Yard, deployer: Service
) -> None:
    release = yard.staging()

    await yard.work()

    deployment = yard.only(release)
    (asked,) = deployer.asked
    assert (asked.good, asked.key) == (True, deployment.id)
    assert asked.body == {
        "id": deployment.id,
        "project": "shop",
        "version": "1.5.0",
        "tag": "v1.5.0",
        "sha": SHA,
        "environment": "staging",
        "purpose": "staging",
        "step": "",
        "target": "v1.5.0-rc.1",
        "action": "deploy",
        "percent": None,
        "callback": yard.url,
    }
    assert (deployment.state, yard.drive.stage(release)) == (DeployState.RUNNING, Stage.STAGING)


async def test_a_deployer_is_not_asked_before_the_tag_is_in_git(yard: Yard, deployer: Service) -> None:
    release = yard.staging(tagged=False)

    await yard.work_on()
    assert deployer.asked == []

    yard.tagged()
    await yard.work_on()
    (asked,) = deployer.asked
    assert asked.body["target"] == "v1.5.0-rc.1"
    assert yard.states(release) == [DeployState.RUNNING]


@pytest.mark.parametrize(
    ("strategy", "step", "percent"),
    [
        ("blue_green", "green_healthy", 0),
        ("canary", "canary_10", 10),
        ("rolling", "batch_1", 33),
        ("big_bang", "all_at_once", 100),
    ],
)
async def test_a_step_says_how_many_users_it_means(
    yard: Yard, deployer: Service, strategy: str, step: str, percent: int
) -> None:
    yard.rules(policy={"types": {"regular": {"rollout": strategy}}})
    deployer.usual = (200, {"state": "succeeded", "evidence": "health 200"})
    release = yard.staging()
    await yard.work()
    yard.drive.pass_qa(release)
    yard.drive.deploy(release)
    await yard.work()

    assert [(one["step"], one["percent"]) for one in deployer.deploys] == [("", None), (step, percent)]


async def test_a_deployer_that_is_done_at_once_says_so_in_its_answer(yard: Yard, deployer: Service) -> None:
    deployer.usual = (200, {"state": "succeeded", "evidence": "health 200 in 34 ms", "build": 7})
    release = yard.staging()

    await yard.work()

    assert yard.states(release) == [DeployState.SUCCEEDED]
    assert yard.drive.stage(release) is Stage.QA


@pytest.mark.parametrize(
    ("answer", "why", "detail"),
    [
        ((422, {"message": "no <such>\nenvironment"}), DeployWhy.REFUSED, "422 no <such> environment"),
        ("html refused", DeployWhy.SHUT_OUT, "403 Not for you"),
        ((400, "x" * 4000), DeployWhy.REFUSED, "400 " + "x" * 296),
        ("moved", DeployWhy.MOVED, "elsewhere.example"),
    ],
)
async def test_a_no_has_failed_with_its_words_and_is_not_asked_again(
    yard: Yard, deployer: Service, answer: Any, why: DeployWhy, detail: str
) -> None:
    deployer.answers = [answer]
    release = yard.staging()

    await yard.work()
    await yard.work_on()

    deployment = yard.only(release)
    assert (deployment.state, deployment.why, deployment.detail) == (FAILED, why, detail)
    assert len(deployer.asked) == 1


@pytest.mark.parametrize(
    ("answer", "why", "detail"),
    [
        ((500, {"message": "no"}), DeployWhy.STATUS, "500"),
        ("html", DeployWhy.NOT_JSON, "json"),
        ("huge", DeployWhy.TOO_LARGE, ""),
        ("cut", DeployWhy.UNREACHABLE, "ServerDisconnectedError"),
        ((200, ["running"]), DeployWhy.UNREADABLE, "object"),
        ((200, {"state": "perhaps"}), DeployWhy.UNREADABLE, "state"),
        ((200, {"percent": 400}), DeployWhy.UNREADABLE, "percent"),
        ((200, "[" * 60_000), DeployWhy.NOT_JSON, "json"),
    ],
)
async def test_what_may_have_arrived_is_sent_again_with_the_same_id_and_is_lost_in_the_end(
    yard: Yard, deployer: Service, answer: Any, why: DeployWhy, detail: str
) -> None:
    deployer.answers = [answer] * 9
    release = yard.staging()

    for _ in range(5):
        await yard.work_on()

    deployment = yard.only(release)
    assert (deployment.state, deployment.why, deployment.detail) == (LOST, why, detail)
    assert [one.key for one in deployer.asked] == [deployment.id] * 3
    assert yard.drive.stage(release) is Stage.STAGING


async def test_a_deployer_that_never_answers_is_asked_again(yard: Yard, deployer: Service) -> None:
    yard.rules(webhook={"timeout": "1s"})
    deployer.answers = ["never"]
    release = yard.staging()

    await yard.work()
    assert yard.states(release) == [DeployState.ASKED]
    await yard.work_on()

    assert yard.states(release) == [DeployState.RUNNING]
    assert {one.key for one in deployer.asked} == {yard.only(release).id}


async def test_a_deployer_that_is_not_there_has_failed_and_the_candidate_is_not_to_blame(yard: Yard) -> None:
    yard.rules(webhook={"url": "http://127.0.0.1:9/deploy"})
    release = yard.staging()

    for _ in range(4):
        await yard.work_on()

    assert (yard.only(release).state, yard.only(release).why) == (FAILED, DeployWhy.UNREACHABLE)
    assert yard.drive.stage(release) is Stage.STAGING


@pytest.mark.parametrize("host", ["a..b", "a" * 64 + ".com"])
async def test_a_host_that_can_be_none_has_failed_at_once(
    yard: Yard, monkeypatch: pytest.MonkeyPatch, host: str
) -> None:
    """A policy that was loaded before such hosts were refused."""
    monkeypatch.setattr("domain.deploys.rules.refuse_unless_host", lambda _: None)
    yard.rules(webhook={"url": f"https://{host}/deploy"})
    release = yard.staging()

    with structlog.testing.capture_logs() as logged:
        await yard.work()

    found = yard.only(release)
    assert (found.state, found.why, found.detail) == (FAILED, DeployWhy.UNREACHABLE, host)
    assert [one["event"] for one in logged] == ["deployer"]


async def test_what_could_not_be_reached_after_a_doubtful_try_is_lost(yard: Yard, deployer: Service) -> None:
    deployer.answers = [(503, {})]
    release = yard.staging()
    await yard.work()
    yard.rules(webhook={"url": "http://127.0.0.1:9/deploy"})

    for _ in range(4):
        await yard.work_on()

    assert (yard.only(release).state, yard.only(release).why) == (LOST, DeployWhy.UNREACHABLE)


@pytest.mark.parametrize(
    ("url", "private", "why"),
    [
        ("https://10.1.2.3/deploy", "public", DeployWhy.PRIVATE_ADDRESS),
        ("https://169.254.169.254/deploy", "private", DeployWhy.PRIVATE_ADDRESS),
        ("https://localhost/deploy", "public", DeployWhy.PRIVATE_ADDRESS),
        ("https://localhost/deploy", "private", DeployWhy.PRIVATE_ADDRESS),
    ],
)
async def test_addresses_of_machines_and_networks_are_refused_unless_the_policy_allows_them(
    deployer: Service, bare: Driver, url: str, private: str, why: DeployWhy
) -> None:
    async with Yard.opened(bare, deployer, local=False) as yard:
        yard.rules(webhook={"url": url, "private": private == "private"})
        release = yard.staging()

        await yard.work()

        assert (yard.only(release).state, yard.only(release).why) == (FAILED, why)


async def test_a_deployer_that_wants_to_be_left_alone_is_for_as_long(yard: Yard, deployer: Service) -> None:
    deployer.answers = [(429, {})]
    release = yard.staging()

    await yard.work()

    assert yard.states(release) == [DeployState.ASKED]
    await yard.work()
    assert len(deployer.asked) == 1


async def test_killed_between_sending_and_keeping_the_same_id_is_sent_again(
    yard: Yard, deployer: Service
) -> None:
    release = yard.staging()

    def dies() -> None:
        for task in asyncio.all_tasks():
            if getattr(task.get_coro(), "__qualname__", "") == "DeployWorker._one":
                task.cancel()

    deployer.on_ask = dies
    await yard.worker.work()
    await yard.worker.idle()
    assert yard.states(release) == [DeployState.ASKED]
    await yard.worker.work()  # its row is leased until its process is known to be gone
    assert len(deployer.asked) == 1
    deployer.on_ask = None
    await yard.work_on()

    assert len(deployer.asked) == 2
    assert [one["id"] for one in deployer.deploys] == [yard.only(release).id]
    assert yard.states(release) == [DeployState.RUNNING]


async def test_a_deployer_that_does_not_hear_that_it_is_to_stop_is_told_of(
    yard: Yard, deployer: Service
) -> None:
    release = yard.staging()
    await yard.work()

    deployer.answers = [(403, {})]
    yard.drive.advance(release, Action.HOLD, note="the customer asks to wait")
    await yard.work()

    deployment = yard.only(release)
    assert (deployment.state, deployment.why) == (DeployState.CANCELLED, DeployWhy.SHUT_OUT)


async def test_no_secret_is_logged_or_kept(yard: Yard, deployer: Service) -> None:
    deployer.answers = [(500, {}), (403, {"message": "who are you?"})]
    release = yard.staging()

    with structlog.testing.capture_logs() as logged:
        await yard.work()
        await yard.work_on()

    secret = SIGNING.decode()
    assert [one["event"] for one in logged] == ["deployer", "deployer"]
    assert secret not in str(logged)
    assert secret not in str(yard.deployments(release))
    assert secret not in str(yard.drive.errands())


async def test_a_release_on_hold_has_its_deployer_told_to_stop(yard: Yard, deployer: Service) -> None:
    release = yard.staging()
    await yard.work()

    yard.drive.advance(release, Action.HOLD, note="the customer asks to wait")
    await yard.work()

    deployment = yard.only(release)
    assert deployment.state is DeployState.CANCELLED
    told = deployer.asked[-1]
    assert (told.good, told.key, told.body["action"]) == (True, f"{deployment.id}:cancel", "cancel")


async def test_a_deployer_without_a_word_is_asked_for_its_status_before_it_is_lost(
    yard: Yard, deployer: Service
) -> None:
    yard.rules(webhook={"status_url": f"{deployer.url}/status"}, lost_after="10m")
    release = yard.staging()
    await yard.work()
    deployment = yard.only(release)
    deployer.status = (200, {"state": "running", "percent": 60})

    yard.drive.clock.move(minutes=10)
    yard.drive.tick()
    await yard.work()

    looked = deployer.asked[-1]
    assert (looked.method, looked.good, looked.query) == ("GET", True, f"id={deployment.id}")
    assert (yard.only(release).state, yard.only(release).percent) == (DeployState.RUNNING, 60)

    deployer.status = (404, {"message": "no such deployment"})
    yard.drive.clock.move(minutes=10)
    yard.drive.tick()
    await yard.work()

    assert yard.only(release).state is LOST
    assert (yard.only(release).why, yard.only(release).detail) == (
        DeployWhy.NOT_THERE,
        "404 no such deployment",
    )
