from __future__ import annotations

import asyncio
import json
import time
from typing import Any

import pytest
from aiohttp import ClientSession

from bot.deployers.signing import SIGNATURE, TIMESTAMP, signature, signed
from commands.requests import DeclareRollback
from domain.deploys.model import DeployState, DeployWhy, Purpose
from domain.events import DeploymentLate
from domain.rollback import Criterion
from domain.types import Action, Stage
from tests.bot.deployers.yard import Yard
from tests.support.deployer import CALLBACK, SIGNING, Service, reported
from tests.support.world import IC, RM

RUNNING, SUCCEEDED = DeployState.RUNNING, DeployState.SUCCEEDED


async def at_staging(yard: Yard) -> str:
    release = yard.staging()
    await yard.work()
    return release


async def test_progress_only_grows_and_success_takes_the_release_on(yard: Yard) -> None:
    release = await at_staging(yard)
    deployment = yard.only(release)

    said = [
        await yard.call(deployment, "running", percent=40, url="https://ci.example/7"),
        await yard.call(deployment, "running", percent=40),
        await yard.call(deployment, "running", percent=30),
        await yard.call(deployment, "running", percent=80),
        await yard.call(deployment, "succeeded", evidence="health 200"),
        await yard.call(deployment, "succeeded", evidence="health 200"),
        await yard.call(deployment, "running", percent=90),
        await yard.call(deployment, "failed"),
    ]

    assert said == [
        (202, "taken"),
        (200, "same"),
        (409, "out_of_order"),
        (202, "taken"),
        (202, "taken"),
        (200, "same"),
        (409, "late"),
        (409, "late"),
    ]
    after = yard.only(release)
    assert (after.state, after.percent, after.url) == (SUCCEEDED, 100, "https://ci.example/7")
    assert yard.drive.stage(release) is Stage.QA


async def test_a_failure_sends_the_release_to_fixing_with_the_deployer_s_words(yard: Yard) -> None:
    release = await at_staging(yard)

    assert await yard.call(yard.only(release), "failed", message="pod crashed\n\x1b[31m") == (202, "taken")

    deployment = yard.only(release)
    assert (deployment.why, deployment.detail) == (DeployWhy.SAID, "pod crashed [31m")
    assert yard.drive.stage(release) is Stage.FIXING


async def test_a_contradiction_is_told_to_people_once(yard: Yard) -> None:
    release = await at_staging(yard)
    deployment = yard.only(release)
    await yard.call(deployment, "succeeded")

    for _ in range(3):
        await yard.call(deployment, "failed")

    assert [tell.said for tell in yard.drive.told(DeploymentLate)] == [
        DeploymentLate(
            release=release,
            version="1.5.0",
            deployment=deployment.id,
            environment=deployment.environment,
            purpose=deployment.purpose,
            step="",
            target="v1.5.0-rc.1",
            state=SUCCEEDED,
            said=DeployState.FAILED,
        )
    ]


async def test_what_counted_as_lost_comes_back(yard: Yard) -> None:
    release = await at_staging(yard)
    deployment = yard.only(release)
    yard.drive.clock.move(minutes=30)
    yard.drive.tick()
    assert (yard.only(release).state, yard.only(release).why) == (DeployState.LOST, DeployWhy.SILENT)

    assert await yard.call(deployment, "succeeded") == (202, "taken")

    assert (yard.only(release).state, yard.only(release).why) == (SUCCEEDED, None)
    assert yard.drive.stage(release) is Stage.QA


async def test_a_word_puts_off_the_moment_from_which_it_counts_as_lost(yard: Yard) -> None:
    release = await at_staging(yard)
    for _ in range(3):
        yard.drive.clock.move(minutes=20)
        yard.drive.tick()
        await yard.call(yard.only(release), "running")
    assert yard.states(release) == [RUNNING]

    yard.drive.clock.move(minutes=30)
    yard.drive.tick()

    assert yard.states(release) == [DeployState.LOST]


async def test_a_step_that_was_lost_stays_lost_once_the_way_back_has_begun(yard: Yard) -> None:
    release = yard.drive.to_deploying()
    (step,) = yard.deployments(release)[-1:]
    await yard.work()
    yard.drive.clock.move(minutes=30)
    yard.drive.tick()
    declared = DeclareRollback(
        release=release, criteria=(Criterion.ERROR_RATE,), evidence="5 %", migration=False
    )
    yard.drive.ok(declared, IC)

    assert await yard.call(step, "succeeded") == (409, "late")

    states = {one.purpose: one.state for one in yard.deployments(release)}
    assert states[Purpose.STEP] is DeployState.LOST
    assert states[Purpose.ROLLBACK] is DeployState.ASKED  # the way back has begun with the declaration


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"{",
        b"[" * 60_000,
        b"\xff\xfe",
        b'{"id": 7, "state": "running"}',
        b'{"id": "x", "state": "done"}',
        b'{"id": "x", "state": "running", "percent": 101}',
        b'{"id": "x", "state": "running", "percent": true}',
        b'{"id": "x", "state": "running", "percent": NaN}',
        b'{"id": "x", "state": "running", "url": "javascript:alert(1)"}',
        b'{"id": "x", "state": "running", "secret": "y"}',
        b'{"id": "x", "state": "running", "message": "\\ud800"}',
        b'{"id": "x"}',
    ],
)
async def test_what_is_not_a_report_is_turned_away_with_what_is_wrong(yard: Yard, body: bytes) -> None:
    status, answer = await reported(yard.url, body)

    assert (status, answer["result"]) == (400, "unreadable")
    assert answer["what"] in {"json", "object", "text", "id", "state", "percent", "url", "secret"}


async def _sent(url: str, raw: bytes, headers: dict[str, str]) -> int:
    async with ClientSession() as session, session.post(url, data=raw, headers=headers) as told:
        return told.status


async def test_forged_old_and_unsigned_callbacks_are_refused_before_they_are_read(yard: Yard) -> None:
    release = await at_staging(yard)
    raw = json.dumps({"id": yard.only(release).id, "state": "succeeded"}).encode()
    old = str(int(time.time()) - 301)
    ahead = str(int(time.time()) + 301)
    forged: list[dict[str, str]] = [
        {},
        signed(SIGNING, raw),
        signed(CALLBACK, raw + b" "),
        {TIMESTAMP: old, SIGNATURE: signature(CALLBACK, old, raw)},
        {TIMESTAMP: ahead, SIGNATURE: signature(CALLBACK, ahead, raw)},
        {TIMESTAMP: "-1", SIGNATURE: signature(CALLBACK, "-1", raw)},
        {TIMESTAMP: "9" * 13, SIGNATURE: "v1="},
        signed(CALLBACK, raw) | {SIGNATURE: "v1=é"},
    ]

    assert [await _sent(yard.url, raw, headers) for headers in forged] == [401] * len(forged)
    assert [await _sent(yard.url, b"{", headers) for headers in forged] == [401] * len(forged)
    assert yard.states(release) == [RUNNING]


async def test_a_replayed_callback_changes_nothing(yard: Yard) -> None:
    release = await at_staging(yard)
    raw = json.dumps({"id": yard.only(release).id, "state": "failed", "message": "no"}).encode()
    headers = signed(CALLBACK, raw)

    assert [await _sent(yard.url, raw, headers) for _ in range(3)] == [202, 200, 200]
    yard.drive.advance(release, Action.REBUILD)
    yard.drive.build(release)

    assert await _sent(yard.url, raw, headers) == 200
    assert yard.drive.stage(release) is Stage.STAGING


async def test_callbacks_of_other_projects_and_of_nothing_are_not_found(yard: Yard) -> None:
    release = await at_staging(yard)
    deployment = yard.only(release)
    elsewhere = yard.url.removesuffix("shop") + "other"

    assert await reported(elsewhere, {"id": deployment.id, "state": "succeeded"}) == (
        404,
        {"result": "other"},
    )
    assert await reported(yard.url, {"id": "nobody", "state": "failed"}) == (404, {"result": "other"})
    assert yard.states(release) == [RUNNING]


async def test_what_is_too_large_is_refused_while_it_arrives(yard: Yard) -> None:
    raw = b" " * 70_000

    async def slices() -> Any:
        for start in range(0, len(raw), 10_000):
            yield raw[start : start + 10_000]

    assert await _sent(yard.url, raw, signed(CALLBACK, raw)) == 413
    async with ClientSession() as session, session.post(yard.url, data=slices()) as told:
        assert told.status == 413


async def test_two_callbacks_at_once_end_it_once(yard: Yard, deployer: Service) -> None:
    release = await at_staging(yard)
    deployment = yard.only(release)

    said = await asyncio.gather(*(yard.call(deployment, "succeeded") for _ in range(8)))

    assert sorted(said) == [(200, "same")] * 7 + [(202, "taken")]
    assert yard.drive.stage(release) is Stage.QA
    assert len(deployer.deploys) == 1


async def test_a_hand_that_was_quicker_is_not_undone(yard: Yard) -> None:
    release = await at_staging(yard)
    yard.drive.advance(release, Action.STAGING_DEPLOYED, RM, note="seen it myself")

    assert await yard.call(yard.only(release), "failed", message="late") == (202, "taken")

    assert yard.drive.stage(release) is Stage.QA
