"""Who is let in, and how everybody else is told."""

from __future__ import annotations

import gzip
from datetime import timedelta
from typing import Any

import pytest

from commands import tokens
from commands.requests import RevokeToken, RotateToken
from domain.tokens import Scope, spelled
from storage import tokens as stored
from tests.support.world import PROJECT, world
from tests.web.conftest import TERMINAL, Pipeline
from web.reading import MAX_BODY

GATE = f"/projects/{PROJECT}/gate"
STAGING = f"/projects/{PROJECT}/releases/1.5.0/staging"
NOBODY = {
    "type": "urn:naru:problem:unauthenticated",
    "title": "No token, or one that is wrong, revoked or expired.",
    "status": 401,
    "code": "unauthenticated",
    "detail": "Send it as “Authorization: Bearer naru_…”. A new one: naru token rotate",
    "missing": [],
    "faults": [],
}
NOT_THERE = {
    "type": "urn:naru:problem:not_found",
    "title": "There is nothing at this address.",
    "status": 404,
    "code": "not_found",
    "detail": "What there is: /api/v1/openapi.json",
    "missing": [],
    "faults": [],
}


def problem(status: int, code: str, title: str, detail: str, faults: Any = ()) -> tuple[int, dict[str, Any]]:
    return status, {
        "type": f"urn:naru:problem:{code}",
        "title": title,
        "status": status,
        "code": code,
        "detail": detail,
        "missing": [],
        "faults": [{"at": at, "said": said} for at, said in faults],
    }


@pytest.mark.parametrize("token", ["", "naru_", spelled("0" * 12, "0" * 64), "🙈", "xoxb-1"])
async def test_who_shows_no_token_of_ours_is_turned_away(ci: Pipeline, token: str) -> None:
    ci.token = token
    assert await ci.get(GATE) == (401, NOBODY)


async def test_a_wrong_secret_is_turned_away_with_the_way_to_ask(ci: Pipeline) -> None:
    ci.token = ci.token[:-1] + ("0" if ci.token[-1] != "0" else "1")
    answer = await ci.ask("GET", GATE)
    assert (answer.status, answer.headers["WWW-Authenticate"]) == (401, 'Bearer realm="naru"')


async def test_problems_are_told_in_korean_to_who_reads_it(ci: Pipeline) -> None:
    ci.token = ""
    status, told = await ci.get(GATE, headers={"Accept-Language": "fr, ko-KR;q=0.9, en;q=0.8"})
    assert (status, told["title"], told["detail"]) == (
        401,
        "토큰이 없거나, 잘못되었거나, 폐기 또는 만료되었습니다.",
        "“Authorization: Bearer naru_…” 형식으로 보내십시오. 새 토큰: naru token rotate",
    )


@pytest.mark.parametrize("wanted", ["", "fr", "ko;q=0", "en, ko;q=0.9", "*", "en, ko;q=0.000"])
async def test_others_read_english(ci: Pipeline, wanted: str) -> None:
    ci.token = ""
    assert await ci.get(GATE, headers={"Accept-Language": wanted}) == (401, NOBODY)


async def test_a_token_is_good_until_it_expires_is_renewed_or_revoked(ci: Pipeline) -> None:
    assert (await ci.get(GATE))[0] == 200
    with ci.drive.tx() as tx:
        renewed = tokens.rotate(tx, RotateToken(project=PROJECT, name="ci"), TERMINAL)
    assert (await ci.get(GATE))[0] == 401
    ci.token = renewed.text
    assert (await ci.get(GATE))[0] == 200
    with ci.drive.tx() as tx:
        tokens.revoke(tx, RevokeToken(project=PROJECT, name="ci"), TERMINAL)
    assert (await ci.get(GATE))[0] == 401
    ci.token = ci.make(name="short", lasts=timedelta(microseconds=1))
    assert (await ci.get(GATE))[0] == 401


async def test_its_use_is_written_down_once_an_hour(ci: Pipeline) -> None:
    (before,) = ci.drive.read(stored.of_project, PROJECT)
    assert before.used_at is None
    await ci.get(GATE)
    (first,) = ci.drive.read(stored.of_project, PROJECT)
    assert first.used_at is not None
    await ci.get(GATE)
    assert ci.drive.read(stored.of_project, PROJECT) == [first]
    with ci.drive.tx() as tx:
        stored.used(tx, first.id, first.used_at - timedelta(hours=1))
    await ci.get(GATE)
    (later,) = ci.drive.read(stored.of_project, PROJECT)
    assert later.used_at is not None
    assert later.used_at > first.used_at


async def test_another_project_is_as_unknown_as_one_that_is_not_there(ci: Pipeline) -> None:
    with ci.drive.tx() as tx:
        world(tx, key="api", channel="C0APIREL")
    assert await ci.get("/projects/api/gate") == (404, NOT_THERE)
    assert await ci.get("/projects/nowhere/gate") == (404, NOT_THERE)
    assert await ci.get("/nothing") == (404, NOT_THERE)


async def test_a_token_without_the_scope_is_told_which_it_needs(ci: Pipeline) -> None:
    ci.token = ci.make(Scope.BUILD, name="builds")
    assert await ci.get(GATE) == problem(
        403, "scope_missing", "The token is not for this.", "It needs one of these scopes: read"
    )


async def test_another_method_is_refused_with_those_there_are(ci: Pipeline) -> None:
    answer = await ci.ask("DELETE", GATE)
    assert answer.headers["Allow"] == "GET"
    assert (answer.status, await answer.json(content_type=None)) == problem(
        405, "method_not_allowed", "This address does not take that method.", "It takes: GET"
    )


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        (b"result=deployed", {"Content-Type": "application/x-www-form-urlencoded"}),
        (b"{}", {}),
        (gzip.compress(b"{}", mtime=0), {"Content-Type": "application/json", "Content-Encoding": "gzip"}),
    ],
    ids=["a form", "no type", "compressed"],
)
async def test_a_body_must_be_json(ci: Pipeline, body: bytes, headers: dict[str, str]) -> None:
    answer = await ci.ask("POST", STAGING, data=body, headers=headers)
    assert (answer.status, await answer.json(content_type=None)) == problem(
        415,
        "not_json",
        "The body must be JSON.",
        "Send it with “Content-Type: application/json”, not compressed.",
    )


@pytest.mark.parametrize("told", ["at once", "in pieces"])
async def test_a_body_that_is_too_large_is_not_read(ci: Pipeline, told: str) -> None:
    async def pieces() -> Any:
        for _ in range(3):
            yield b" " * (MAX_BODY // 2)

    data: Any = b" " * (MAX_BODY + 1) if told == "at once" else pieces()
    answer = await ci.ask("POST", STAGING, data=data, headers={"Content-Type": "application/json"})
    assert (answer.status, await answer.json(content_type=None)) == problem(
        413, "too_large", "The body is too large.", "At most 65536 bytes are read."
    )


async def test_every_field_that_cannot_be_used_is_named(ci: Pipeline) -> None:
    sent = {"result": "flying", "url": "ftp://x", "who": "me"}
    assert await ci.post(STAGING, sent) == problem(
        422,
        "invalid",
        "The request does not say what it must.",
        "",
        [
            ("result", "is none of: 'deployed' or 'failed'"),
            ("health", "is missing"),
            ("url", "does not have the form ^(https?://[!-~]+)?$"),
            ("who", "is not known here"),
        ],
    )


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"[1]", ("", "Input should be an object")),
        (b"{", ("", "is no JSON: EOF while parsing an object at line 1 column 1")),
        (b'{"result": "deployed", "health": 7}', ("health", "is no text")),
        (b'{"result": "deployed", "health": ""}', ("health", "is empty")),
        (b'{"result": "deployed", "health": "\\u0000"}', ("health", "does not have the form")),
        (b'{"result": "deployed", "health": "' + b"x" * 3001 + b'"}', ("health", "is longer than 3000")),
    ],
    ids=["a list", "broken", "a number", "empty", "nul", "long"],
)
async def test_what_cannot_be_read_says_why(ci: Pipeline, raw: bytes, said: tuple[str, str]) -> None:
    answer = await ci.ask("POST", STAGING, data=raw, headers={"Content-Type": "application/json"})
    told = await answer.json(content_type=None)
    (fault,) = told["faults"]
    assert (answer.status, fault["at"]) == (422, said[0])
    assert fault["said"].startswith(said[1])


async def test_a_query_is_read_as_strictly(ci: Pipeline) -> None:
    assert await ci.get(f"{GATE}?actoin=deploy") == problem(
        422,
        "invalid",
        "The request does not say what it must.",
        "",
        [("actoin", "is not known here")],
    )
    assert await ci.get(f"{GATE}?type=regular&type=hotfix") == problem(
        422, "invalid", "The request does not say what it must.", "", [("type", "is there twice")]
    )


async def test_who_asks_too_often_is_told_when_to_ask_again(
    ci: Pipeline, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("web.app.AsyncLimiter.has_capacity", lambda _self: False)
    answer = await ci.ask("GET", GATE)
    assert answer.headers["Retry-After"] == "1"
    assert (answer.status, await answer.json(content_type=None)) == problem(
        429, "too_many", "Too many requests.", "Try again in 1 s."
    )


async def test_a_bug_is_told_by_its_reference_and_nothing_else(
    ci: Pipeline, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_args: object) -> None:
        raise ZeroDivisionError("secret")

    monkeypatch.setattr("web.app._handled", broken)
    monkeypatch.setattr("bot.errors.secrets.token_hex", lambda _n: "abcd1234")
    assert await ci.get(GATE) == problem(
        500,
        "bug",
        "Something went wrong in Naru; nothing was recorded.",
        "Tell who runs Naru this reference: abcd1234",
    )
