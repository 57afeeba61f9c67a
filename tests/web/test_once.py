"""Tokens are renewed while they are in use, and a request that comes again is done once."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import update
from sqlmodel import col

from commands import tokens
from commands.requests import RevokeToken, RotateToken
from domain.tokens import Scope
from domain.types import Stage
from storage import inbox
from storage import tokens as stored
from storage.tables import InboxRow
from tests.support.world import PROJECT
from tests.web.conftest import TERMINAL, Pipeline
from tests.web.test_letting_in import NOBODY
from tests.web.test_reports import RELEASE, building, who

GATE = f"/projects/{PROJECT}/gate"
HEALTHY = {"result": "deployed", "health": "200 OK"}
KEY = {"Idempotency-Key": "run-7"}
HOUR = timedelta(hours=1)


def rotate(ci: Pipeline, name: str = "ci") -> str:
    with ci.drive.tx() as tx:
        return tokens.rotate(tx, RotateToken(project=PROJECT, name=name), TERMINAL).text


def revoke(ci: Pipeline) -> str:
    with ci.drive.tx() as tx:
        tokens.revoke(tx, RevokeToken(project=PROJECT, name="ci"), TERMINAL)
    return ""


def on_staging(ci: Pipeline) -> str:
    """A release whose candidate waits for the report of its staging deploy."""
    release = building(ci)
    ci.drive.build(release)
    return release


def reported(ci: Pipeline, name: str = "ci") -> int:
    return ci.drive.audited().count(("Advanced", "done", who(ci, name)))


async def report(ci: Pipeline, body: Any = None, **how: Any) -> tuple[int, Any]:
    return await ci.post(f"{RELEASE}/staging", body or HEALTHY, **({"headers": KEY} | how))


# --- tokens ---------------------------------------------------------------------------------------------------


async def test_after_the_rotation_only_the_new_secret_is_good(ci: Pipeline) -> None:
    """It stays the same token: its name, its scopes, its id."""
    release, old = on_staging(ci), ci.token
    (before,) = ci.drive.read(stored.of_project, PROJECT)
    new = rotate(ci)
    assert new.split("_")[1][:12] == old.split("_")[1][:12]
    assert new != old
    assert await ci.get(GATE) == (401, NOBODY)
    assert await report(ci) == (401, NOBODY)
    assert ci.drive.stage(release) is Stage.STAGING
    ci.token = new
    assert (await report(ci))[0] == 200
    (after,) = ci.drive.read(stored.of_project, PROJECT)
    assert (after.id, after.name, after.scopes) == (before.id, before.name, before.scopes)


@pytest.mark.parametrize("ends", [rotate, revoke])
async def test_what_was_on_its_way_with_the_old_secret_is_not_recorded(ci: Pipeline, ends: Any) -> None:
    """The body comes after the token's end: who holds an old secret cannot keep a door open with it."""
    release = on_staging(ci)
    assert (await ci.get(GATE))[0] == 200

    async def slowly() -> AsyncIterator[bytes]:
        yield b'{"result": "deployed", '
        await asyncio.to_thread(ends, ci)
        yield b'"health": "200 OK"}'

    headers = {"Content-Type": "application/json"}
    answer = await ci.ask("POST", f"{RELEASE}/staging", data=slowly(), headers=headers)
    assert (answer.status, await answer.json(content_type=None)) == (401, NOBODY)
    assert ci.drive.stage(release) is Stage.STAGING


async def test_pipelines_that_run_while_it_is_renewed_go_on_with_the_new_secret(ci: Pipeline) -> None:
    """Twenty at once, of which each takes the new secret as soon as there is one: some are turned away in
    between, and none fails otherwise.
    """
    secrets = [ci.token]

    async def run() -> list[int]:
        statuses = []
        for _ in range(5):
            headers = {"Authorization": f"Bearer {secrets[-1]}"}
            statuses.append((await ci.client.get(f"/api/v1{GATE}", headers=headers)).status)
        return statuses

    running = [asyncio.create_task(run()) for _ in range(20)]
    secrets.append(await asyncio.to_thread(rotate, ci))
    found = [status for one in running for status in await one]
    assert set(found) <= {200, 401}
    assert await run() == [200] * 5


async def test_an_expired_token_is_renewed_for_as_long_as_it_lasted(ci: Pipeline) -> None:
    ci.token = ci.make(Scope.READ, name="short", lasts=timedelta(hours=1))
    (_, before) = ci.drive.read(stored.of_project, PROJECT)
    with ci.drive.tx() as tx:
        at = tx.wall()
        ended = type(before)(**(vars(before) | {"expires_at": at, "created_at": at - HOUR}))
        stored.put(tx, ended)
    assert await ci.get(GATE) == (401, NOBODY)
    ci.token = rotate(ci, "short")
    assert (await ci.get(GATE))[0] == 200
    (_, after) = ci.drive.read(stored.of_project, PROJECT)
    assert after.expires_at is not None
    assert after.expires_at - after.created_at == HOUR


# --- keys -----------------------------------------------------------------------------------------------------


async def test_a_retry_with_the_new_secret_finds_the_first_answer(ci: Pipeline) -> None:
    on_staging(ci)
    first = await report(ci)
    ci.token = rotate(ci)
    assert await report(ci) == first
    assert reported(ci) == 1


async def test_the_same_key_of_another_token_is_another_request(ci: Pipeline) -> None:
    on_staging(ci)
    assert (await report(ci))[0] == 200
    ci.token = ci.make(name="other")
    status, told = await report(ci)
    assert (status, told["code"]) == (409, "wrong_stage")
    assert (reported(ci), reported(ci, "other")) == (1, 0)


@pytest.mark.parametrize(
    ("path", "body"),
    [
        (f"{RELEASE}/staging", HEALTHY | {"health": "other"}),
        (f"{RELEASE}/staging", {"result": "failed", "health": "200 OK"}),
        (f"/projects/{PROJECT}/releases/v1.5.0/staging", HEALTHY),
        (f"{RELEASE}/rollout", {"result": "complete"}),
        (f"/projects/{PROJECT}/checks", {"sha": "a" * 40, "check": "ci", "passed": True}),
    ],
    ids=["another word", "another result", "another address", "another endpoint", "another thing"],
)
async def test_a_key_with_another_request_is_refused_and_nothing_is_done(
    ci: Pipeline, path: str, body: Any
) -> None:
    on_staging(ci)
    first = await report(ci)
    before = ci.drive.audited()
    status, told = await ci.post(path, body, headers=KEY)
    assert (status, told["code"]) == (422, "key_reused")
    assert ci.drive.audited() == before
    assert await report(ci) == first


async def test_the_first_answer_comes_in_its_own_language(ci: Pipeline) -> None:
    on_staging(ci)
    first = await report(ci, headers=KEY | {"Accept-Language": "ko"})
    assert first[1]["said"].startswith("기록했습니다: v1.5.0")
    assert await report(ci) == first


async def test_a_hundred_at_once_with_one_key_are_done_once(ci: Pipeline) -> None:
    on_staging(ci)
    assert (await ci.get(GATE))[0] == 200
    answers = await asyncio.gather(*(report(ci) for _ in range(100)))
    assert answers == [answers[0]] * 100
    assert answers[0][0] == 200
    assert reported(ci) == 1


async def test_what_did_not_get_as_far_as_the_rules_does_not_use_up_the_key(ci: Pipeline) -> None:
    """A misspelt field, a release that is not there yet, a scope that is missing, too many requests."""
    assert (await report(ci, {"result": "flying"}))[0] == 422
    assert (await report(ci))[0] == 404
    good, ci.token = ci.token, ci.make(Scope.READ, name="reads")
    assert (await report(ci))[0] == 403
    ci.token = good
    on_staging(ci)
    assert (await report(ci))[0] == 200


async def test_a_bug_does_not_use_up_the_key(ci: Pipeline, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was done before it is taken back with it."""
    release = on_staging(ci)

    def broken(*_args: Any) -> None:
        raise ZeroDivisionError

    with monkeypatch.context() as patched:
        patched.setattr("web.once.inbox.claim", broken)
        assert (await report(ci))[0] == 500
    assert (ci.drive.stage(release), reported(ci)) == (Stage.STAGING, 0)
    assert (await report(ci))[0] == 200
    assert reported(ci) == 1


@pytest.mark.parametrize(("short", "status"), [(1, 200), (-1, 409)])
async def test_a_key_is_good_for_a_day(ci: Pipeline, short: int, status: int) -> None:
    """Tidied once an hour: a second before its day is over it is found, a second after it is forgotten."""
    on_staging(ci)
    first = await report(ci)
    with ci.drive.tx() as tx:
        aged = tx.wall() - timedelta(hours=24) + timedelta(seconds=10 * short)
        tx.execute(update(InboxRow).where(col(InboxRow.key).startswith("api:")).values(at=aged))
        inbox.forget_old(tx)
    again = await report(ci)
    assert again[0] == status
    assert (again == first) is (status == first[0])
    assert reported(ci) == 1
