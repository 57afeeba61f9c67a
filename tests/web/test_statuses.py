"""Every status that the document promises is given, and (`conftest.as_documented`) no other."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from typing import Any

import pytest

from domain import refusals as r
from domain.checklists.model import Phase
from domain.tokens import Scope
from domain.types import Action
from storage.db import NotAnswering
from tests.support.driver import SHA, SHA2
from tests.support.world import PROJECT
from tests.web.conftest import Pipeline
from tests.web.test_postmortem import rolled_back
from tests.web.test_reports import building
from web.calls import Endpoint
from web.openapi import document
from web.problems import status_of
from web.reading import MAX_BODY
from web.table import ENDPOINTS

JSON = {"Content-Type": "application/json"}
BUILT = {"result": "passed", "sha": SHA}
HEALTHY = {"result": "deployed", "health": "200 OK"}
TESTED = {"result": "passed", "migration": False, "breaking": False}
MEASURED = {"environment": "production", "readings": [{"metric": "error_rate", "value": 0.01}]}


def address(endpoint: Endpoint, **parts: str) -> str:
    known = {"project": PROJECT, "version": "1.5.0", "sha": SHA} | parts
    return endpoint.path.format(**known)


def documented(endpoint: Endpoint) -> set[int]:
    operation = document()["paths"][endpoint.path][endpoint.method.lower()]
    return {int(status) for status in operation["responses"]}


@pytest.mark.parametrize("endpoint", ENDPOINTS, ids=[one.handler.__name__ for one in ENDPOINTS])
async def test_every_status_of_the_document_is_given(
    ci: Pipeline, monkeypatch: pytest.MonkeyPatch, endpoint: Endpoint
) -> None:
    given = await _of_everybody(ci, monkeypatch, endpoint)
    if endpoint.body is not None:
        given |= await _of_bodies(ci, monkeypatch, endpoint)
    given |= {status async for status in STORIES[endpoint.handler.__name__](ci, endpoint)}
    assert given == documented(endpoint)


async def _asked(ci: Pipeline, endpoint: Endpoint, body: Any = None, **how: Any) -> int:
    path = how.pop("path", address(endpoint))
    if body is not None:
        how["json"] = body
    return (await ci.ask(endpoint.method, path, **how)).status


async def _of_everybody(ci: Pipeline, monkeypatch: pytest.MonkeyPatch, endpoint: Endpoint) -> set[int]:
    """Who is not let in, asks for what is not there, too often, or while Naru cannot."""

    def raising(error: Exception) -> Callable[..., Any]:
        def work(*_args: Any) -> None:
            raise error

        return work

    good, body = ci.token, {} if endpoint.body else None
    ci.token = ""
    given = {await _asked(ci, endpoint, body)}
    other = next(scope for scope in Scope if scope not in endpoint.scopes)
    ci.token = ci.make(other, name="other")
    given |= {await _asked(ci, endpoint, body)}
    ci.token = good
    given |= {await _asked(ci, endpoint, body, path=address(endpoint, project="nowhere"))}
    given |= {await _asked(ci, endpoint, body, path=f"{address(endpoint)}?x=1&x=2")}
    for name, patch in {
        "AsyncLimiter.has_capacity": lambda _self: False,
        "tokens.known": raising(ZeroDivisionError()),
        "_known": raising(NotAnswering()),
    }.items():
        with monkeypatch.context() as patched:
            patched.setattr(f"web.app.{name}", patch)
            given |= {await _asked(ci, endpoint, body)}
    assert given == {401, 403, 404, 422, 429, 500, 503}
    return given


async def _of_bodies(ci: Pipeline, monkeypatch: pytest.MonkeyPatch, endpoint: Endpoint) -> set[int]:
    async def never() -> AsyncIterator[bytes]:
        yield b"{"
        await asyncio.sleep(5)

    given = {await _asked(ci, endpoint, data=b"x"), await _asked(ci, endpoint, {"x": 1})}
    given |= {await _asked(ci, endpoint, data=b" " * (MAX_BODY + 1), headers=JSON)}
    with monkeypatch.context() as patched:
        patched.setattr("web.reading.READ_S", 0.05)
        given |= {await _asked(ci, endpoint, data=never(), headers=JSON)}
    assert given == {408, 413, 415, 422}
    return given


# --- each endpoint's own --------------------------------------------------------------------------------------


async def _gate(ci: Pipeline, endpoint: Endpoint) -> AsyncIterator[int]:
    yield await _asked(ci, endpoint)


async def _release(ci: Pipeline, endpoint: Endpoint) -> AsyncIterator[int]:
    building(ci)
    yield await _asked(ci, endpoint)


async def _postmortem(ci: Pipeline, endpoint: Endpoint) -> AsyncIterator[int]:
    story, _ = rolled_back(ci.drive.database)
    yield await _asked(ci, endpoint)
    yield await _asked(ci, endpoint, path=address(endpoint, version=str(story.release().version)))


async def _build_seen(ci: Pipeline, endpoint: Endpoint) -> AsyncIterator[int]:
    release = building(ci)
    await ci.post(f"/projects/{PROJECT}/releases/1.5.0/builds", BUILT)
    yield await _asked(ci, endpoint)
    ci.drive.head_was_read(release, Action.BUILD_PASSED, head=SHA2)
    yield await _asked(ci, endpoint)
    await ci.post(f"/projects/{PROJECT}/releases/1.5.0/builds", BUILT | {"sha": SHA2})
    ci.drive.head_was_read(release, Action.BUILD_PASSED, head=SHA2)
    yield await _asked(ci, endpoint, path=address(endpoint, sha=SHA2))


async def _build(ci: Pipeline, endpoint: Endpoint) -> AsyncIterator[int]:
    release = ci.drive.start()
    yield await _asked(ci, endpoint, BUILT)
    ci.drive.cut(release)
    yield await _asked(ci, endpoint, {"result": "failed", "sha": SHA})
    yield await _asked(ci, endpoint, {"result": "started", "sha": SHA})
    yield await _asked(ci, endpoint, BUILT)


async def _staging(ci: Pipeline, endpoint: Endpoint) -> AsyncIterator[int]:
    release = building(ci)
    yield await _asked(ci, endpoint, HEALTHY)
    ci.drive.build(release)
    yield await _asked(ci, endpoint, HEALTHY)


async def _qa(ci: Pipeline, endpoint: Endpoint) -> AsyncIterator[int]:
    ci.drive.settle_lists(ci.drive.to_qa(), Phase.STAGING)
    yield await _asked(ci, endpoint, {"result": "passed"})
    yield await _asked(ci, endpoint, TESTED)


async def _step(ci: Pipeline, endpoint: Endpoint) -> AsyncIterator[int]:
    ci.drive.to_deploying()
    for step in ("traffic_switched", "green_healthy"):
        yield await _asked(ci, endpoint, {"step": step, "result": "done"})


async def _rollout(ci: Pipeline, endpoint: Endpoint) -> AsyncIterator[int]:
    release = ci.drive.to_deploying()
    yield await _asked(ci, endpoint, {"result": "complete"})
    for step in ("green_healthy", "traffic_switched"):
        await ci.post(f"/projects/{PROJECT}/releases/1.5.0/steps", {"step": step, "result": "done"})
    ci.drive.settle_lists(release, Phase.RELEASE_DURING)
    yield await _asked(ci, endpoint, {"result": "complete"})


async def _check(ci: Pipeline, endpoint: Endpoint) -> AsyncIterator[int]:
    yield await _asked(ci, endpoint, {"sha": SHA, "check": "ci", "passed": True})


async def _readings(ci: Pipeline, endpoint: Endpoint) -> AsyncIterator[int]:
    yield await _asked(ci, endpoint, MEASURED)


STORIES: Mapping[str, Callable[[Pipeline, Endpoint], AsyncIterator[int]]] = {
    "ask_gate": _gate,
    "look_at_release": _release,
    "look_at_build": _build_seen,
    "postmortem": _postmortem,
    "build": _build,
    "staging": _staging,
    "qa": _qa,
    "step": _step,
    "rollout": _rollout,
    "check": _check,
    "readings": _readings,
}


def test_every_endpoint_has_its_story() -> None:
    assert list(STORIES) == [one.handler.__name__ for one in ENDPOINTS]


@pytest.mark.parametrize(
    ("refusal", "status"),
    [
        (r.NotAllowed("build", (), ()), 403),
        (r.NotAMember("guest"), 403),
        (r.Gone("room"), 404),
        (r.CheckUnclear(), 422),
        (r.AlreadySo("token"), 409),
    ],
    ids=lambda one: type(one).__name__ if not isinstance(one, int) else str(one),
)
def test_what_the_rules_say_no_to_has_its_status(refusal: r.Refusal, status: int) -> None:
    assert status_of(refusal) == status
