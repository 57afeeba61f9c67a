"""`naru demo` prints a project's token, and lines that a terminal takes as they are."""

from __future__ import annotations

import asyncio
import os
import signal
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientSession

from bot.demo import command, pipeline
from commands import tokens
from commands.requests import RevokeToken
from domain.tokens import Scope
from storage import tokens as stored
from storage.db import Database
from tests.support.curl import curled
from tests.support.world import World


async def _until(look: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 60
    while not look():
        assert time.monotonic() < deadline, "waited for a minute"
        await asyncio.sleep(0.05)


async def _printed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, look: Any) -> list[str]:
    """What `naru demo` said; `look` sees it while the demo runs."""
    monkeypatch.setattr(command, "STATE", tmp_path)
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")
    said: list[str] = []
    running = asyncio.create_task(command.run(0, browser=False, locale="ko", say=said.append))
    await _until(lambda: len(said) == 5 or running.done())
    await look(said)
    os.kill(os.getpid(), signal.SIGTERM)
    await running
    return said


async def test_the_lines_work_as_they_are_printed_and_stay_the_same(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    answers: list[dict[str, Any]] = []

    async def paste(said: list[str]) -> None:
        answers.extend([await curled(line.strip().split("\n")[1]) for line in said[2:]])

    async def nothing(_said: list[str]) -> None:
        return

    first = await _printed(monkeypatch, tmp_path, paste)
    gate, reading, release = answers
    assert (gate["project"], gate["verdict"]) == ("shop", "closed")
    assert reading == {"said": "기록했습니다: 측정됨 (프로덕션): 네트워크 지연 45 ms"}
    assert (release["status"], release["detail"]) == (404, "없는 릴리스입니다: 1.5.0")
    assert first[0].startswith("The workspace is at http://127.0.0.1:")
    again = await _printed(monkeypatch, tmp_path, nothing)
    assert first[1] == again[1]
    assert (tmp_path / "token").stat().st_mode & 0o777 == 0o600


async def test_a_token_is_made_once_and_again_when_it_is_good_for_nothing(
    database: Database, shop: World, tmp_path: Path
) -> None:
    path = tmp_path / "token"
    first = await pipeline.token_for(database, "shop", path)
    same = await pipeline.token_for(database, "shop", path)
    with database.transaction() as tx:
        tokens.revoke(tx, RevokeToken(project="shop", name="demo"), pipeline.TERMINAL)
    after_revoking = await pipeline.token_for(database, "shop", path)
    path.unlink()
    after_losing = await pipeline.token_for(database, "shop", path)
    assert (first == same, len({first, after_revoking, after_losing})) == (True, 3)
    assert path.read_text() == f"{after_losing}\n"
    known = database.read_now(lambda tx: stored.of_project(tx, "shop"))
    assert [(one.name, one.scopes) for one in known if one.revoked_at is None] == [("demo", tuple(Scope))]
    assert database.read_now(lambda tx: tokens.known(tx, after_losing)) is not None
    assert database.read_now(lambda tx: tokens.known(tx, after_revoking)) is None


async def test_who_starts_afresh_on_the_page_begins_with_nothing(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    async def begin_again(said: list[str]) -> None:
        (tmp_path / "policies" / "mine.yaml").touch()
        url = said[0].split()[4].rstrip(".")
        async with ClientSession(url) as page:
            assert (await (await page.post("/ui/reset", json={})).json()) == {"ok": True}
            await _until(lambda: len(said) == 10)
            state = await (await page.get("/ui/state")).json()
        assert state["guide"][0]["done"] is False

    said = await _printed(monkeypatch, tmp_path, begin_again)
    assert (said[5], said[6] != said[1]) == (said[0], True)
    assert not (tmp_path / "policies" / "mine.yaml").exists()
