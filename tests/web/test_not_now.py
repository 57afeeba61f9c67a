"""What does not come in time, and a database that does not answer: told so that a pipeline knows what to do."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest
import pytest_asyncio
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from sqlalchemy import text

from bot.errors import boundary
from domain.types import Stage
from storage.db import Database
from tests.support.world import PROJECT
from tests.web.conftest import Pipeline
from tests.web.test_letting_in import problem
from tests.web.test_reports import building, who
from web.app import BASE, Api

RELEASE = f"/projects/{PROJECT}/releases/1.5.0"
GATE = f"/projects/{PROJECT}/gate"
HEALTHY = {"result": "deployed", "health": "200 OK"}
UNAVAILABLE = problem(
    503, "unavailable", "Naru cannot answer now; nothing was recorded.", "Try again in a few seconds."
)
UNSURE = problem(
    503,
    "unsure",
    "Naru's database did not answer; whether this was recorded is not known.",
    "With its Idempotency-Key send it again: what was recorded is not done twice."
    " Without one look first at what became of it.",
)


@pytest.fixture
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits for long."""
    monkeypatch.setattr("web.app.DEADLINE_S", 0.2)
    monkeypatch.setattr("web.app.FINISH_S", 0.2)


# --- a body that never comes ----------------------------------------------------------------------------------


async def raw(ci: Pipeline, sent: str) -> tuple[str, dict[str, str], Any]:
    """What is answered to these bytes, after which the connection's other half stays open: status line,
    headers, body.
    """
    port = ci.client.server.port
    assert port is not None
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(sent.encode())
    async with asyncio.timeout(30):
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        status, *lines = head.strip().split("\r\n")
        headers = dict(line.split(": ", 1) for line in lines)
        body = await reader.readexactly(int(headers["Content-Length"]))
    writer.close()
    return status, headers, json.loads(body)


def half(ci: Pipeline, *more: str) -> str:
    """A report whose body stops after its first byte."""
    lines = [
        f"POST {BASE}{RELEASE}/staging HTTP/1.1",
        "Host: naru",
        f"Authorization: Bearer {ci.token}",
        "Content-Type: application/json",
        *more,
    ]
    return "\r\n".join(lines) + "\r\n\r\n"


@pytest.mark.parametrize(
    ("header", "begun"),
    [("Content-Length: 100", "{"), ("Transfer-Encoding: chunked", "1\r\n{\r\n")],
    ids=["with its length", "in chunks"],
)
async def test_a_body_that_never_comes_is_given_up(
    ci: Pipeline, monkeypatch: pytest.MonkeyPatch, header: str, begun: str
) -> None:
    monkeypatch.setattr("web.reading.READ_S", 0.2)
    status, headers, told = await raw(ci, half(ci, header) + begun)
    assert (status, headers["Connection"], headers["Content-Type"]) == (
        "HTTP/1.1 408 Request Timeout",
        "close",
        "application/problem+json; charset=utf-8",
    )
    assert (408, told) == problem(
        408,
        "too_slow",
        "The body took too long to arrive.",
        "Send it again, whole: at most 1 s are waited. Nothing was recorded.",
    )


async def test_a_body_that_never_comes_is_told_in_korean(
    ci: Pipeline, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("web.reading.READ_S", 0.2)
    _, _, told = await raw(ci, half(ci, "Content-Length: 100", "Accept-Language: ko"))
    assert (told["title"], told["detail"]) == (
        "본문이 제때 도착하지 않았습니다.",
        "본문을 한 번에 다시 보내십시오. 최대 1초까지 기다립니다. 기록된 것은 없습니다.",
    )


# --- a database that is away ----------------------------------------------------------------------------------


def away(database: Database, folder: Path) -> Database:
    """One that nobody can open: a port that nobody listens at, a file that is a folder."""
    if not database.is_sqlite:
        return Database("postgresql://naru@127.0.0.1:1/naru")
    path = folder / "away.db"
    found = Database(f"sqlite:///{path}")
    path.unlink()
    path.mkdir()
    return found


@pytest_asyncio.fixture
async def lost(ci: Pipeline, tmp_path: Path) -> AsyncIterator[Pipeline]:
    """The same pipeline, at a Naru whose database is away."""
    gone = away(ci.drive.database, tmp_path)
    app = web.Application()
    app.add_subapp(BASE, Api(gone, boundary).application())
    async with TestClient(TestServer(app)) as client:
        yield Pipeline(ci.drive, client, ci.token)
    gone.close()


async def test_without_its_database_naru_says_when_to_ask_again(lost: Pipeline) -> None:
    answer = await lost.ask("GET", GATE)
    assert answer.headers["Retry-After"] == "5"
    assert (answer.status, await answer.json(content_type=None)) == UNAVAILABLE
    assert await lost.post(f"{RELEASE}/staging", HEALTHY) == UNAVAILABLE
    status, told = await lost.get(GATE, headers={"Accept-Language": "ko"})
    assert (status, told["title"], told["detail"]) == (
        503,
        "지금은 Naru가 답할 수 없습니다. 기록된 것은 없습니다.",
        "몇 초 뒤에 다시 시도하십시오.",
    )


async def test_a_writer_that_has_stopped_records_nothing(ci: Pipeline) -> None:
    """On PostgreSQL there is none."""
    if not ci.drive.database.is_sqlite:
        return
    ci.drive.build(building(ci))
    assert (await ci.get(GATE))[0] == 200  # its use is written down
    writer = ci.drive.database._writer
    assert writer is not None
    writer.stop()
    assert await ci.post(f"{RELEASE}/staging", HEALTHY) == UNAVAILABLE


# --- a database that hangs ------------------------------------------------------------------------------------


@contextmanager
def held(database: Database, table: str) -> Iterator[None]:
    """Nobody else can write; on PostgreSQL nobody can even look at that table."""
    taken, free = Event(), Event()

    def hold() -> None:
        with database.transaction() as tx:
            if not database.is_sqlite:
                tx.execute(text(f"LOCK TABLE {table} IN ACCESS EXCLUSIVE MODE"))
            taken.set()
            free.wait(20)

    thread = Thread(target=hold)
    thread.start()
    taken.wait(20)
    try:
        yield
    finally:
        free.set()
        thread.join()


async def test_a_reading_that_hangs_is_given_up(ci: Pipeline, hurried: None) -> None:
    """SQLite's readers wait for nobody."""
    assert (await ci.get(GATE))[0] == 200
    with held(ci.drive.database, "token"):
        asked = await ci.get(GATE)
    assert asked == UNAVAILABLE if not ci.drive.database.is_sqlite else asked[0] == 200
    assert (await ci.get(GATE))[0] == 200


async def test_a_report_that_hangs_is_unsure_and_with_its_key_is_done_once(
    ci: Pipeline, hurried: None
) -> None:
    """On PostgreSQL what had begun goes on; on SQLite it was never begun. Neither is done twice."""
    release = building(ci)
    ci.drive.build(release)
    assert (await ci.get(GATE))[0] == 200
    key = {"Idempotency-Key": "run-7"}
    with held(ci.drive.database, "inbox"):
        answer = await ci.ask("POST", f"{RELEASE}/staging", json=HEALTHY, headers=key)
        told = await answer.json(content_type=None)
    assert (answer.status, told, answer.headers["Retry-After"]) == (*UNSURE, "5")
    async with asyncio.timeout(30):
        while (again := await ci.post(f"{RELEASE}/staging", HEALTHY, headers=key))[0] == 503:
            continue
    assert again[0] == 200
    assert ci.drive.stage(release) is Stage.QA
    assert ci.drive.audited().count(("Advanced", "done", who(ci))) == 1


async def test_being_unsure_is_told_in_korean(ci: Pipeline, hurried: None) -> None:
    building(ci)
    assert (await ci.get(GATE))[0] == 200
    with held(ci.drive.database, "inbox"):
        key = {"Idempotency-Key": "run-8", "Accept-Language": "ko"}
        _, told = await ci.post(f"{RELEASE}/staging", HEALTHY, headers=key)
    assert told["title"] == "나루의 데이터베이스가 응답하지 않았습니다. 기록되었는지는 알 수 없습니다."
    assert told["detail"] == (
        "Idempotency-Key를 보냈다면 같은 키로 다시 보내십시오. 이미 기록된 것은 두 번 하지 않습니다."
        " 키가 없었다면 어떻게 되었는지 먼저 확인하십시오."
    )
