"""The post-mortem outside of Slack: the page behind a signed address, and the document over the API."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from html import unescape
from typing import Any

import pytest
import pytest_asyncio
import structlog
from aiohttp import ClientResponse, web
from aiohttp.test_utils import TestClient, TestServer

from bot.errors import boundary
from commands.postmortem import items
from commands.postmortem import write as writing
from commands.requests import AddActionItem, Resolve, WritePostmortem
from commands.rollback.resolve import resolve
from domain.postmortem import Section
from domain.rollback import Room
from storage.db import Database, NotAnswering
from storage.db.tx import Tx
from tests.commands.rollback.stories import Story, release
from tests.support.world import IC, OPS, TEAM, World
from tests.web.conftest import Pipeline
from web.links import Link, Links
from web.pages import CSS
from web.postmortems import Pages

WALL = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
HOSTILE = '<img src=x onerror="alert(1)"> & <https://evil.example|*here*>'


def rolled_back(database: Database, summary: str = "back on v1.5.0") -> tuple[Story, Room]:
    """v1.6.0, restored and resolved: its post-mortem is owed."""
    story = Story(database)
    story.given(release())
    room = story.led(OPS)
    story.restored(room)
    story.done(resolve, Resolve(room=room.id, summary=summary), IC)
    return story, story.room(room.id)


@dataclass
class Web:
    story: Story
    room: Room
    links: Links
    client: TestClient[web.Request, web.Application]

    def token(self, language: str = "en", **other: Any) -> str:
        given: dict[str, Any] = {"room": self.room.id, "until": int((WALL + timedelta(hours=1)).timestamp())}
        return self.links.sign(Link(language=language, **given | other))

    async def get(self, token: str, **headers: str) -> tuple[ClientResponse, str]:
        answer = await self.client.get(f"/postmortems/{token}", headers=headers)
        return answer, await answer.text()


@pytest_asyncio.fixture
async def site(database: Database, shop: World, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Web]:
    monkeypatch.setattr(Tx, "wall", lambda _: WALL)
    story, room = rolled_back(database)
    links, app = Links("a secret", TEAM), web.Application()
    Pages(database, links, boundary).register(app)
    async with TestClient(TestServer(app)) as client:
        yield Web(story, room, links, client)


def seen(page: str) -> str:
    """The text of a page as it stands there, line by line."""
    inside = page.partition("<main>")[2].partition("</main>")[0]
    text = unescape(re.sub(r"<[^>]*>", "", inside))
    return "\n".join(line for line in text.split("\n") if line)


EN = ""
KO = ""


async def test_the_whole_document_is_read_in_english(site: Web) -> None:
    answer, page = await site.get(site.token())
    assert (answer.status, answer.headers["Content-Type"]) == (200, "text/html; charset=utf-8")
    assert '<html lang="en">' in page
    assert seen(page) == EN


async def test_and_in_korean(site: Web) -> None:
    _, page = await site.get(site.token("ko"))
    assert '<html lang="ko">' in page
    assert seen(page) == KO


async def test_a_switch_leads_to_the_other_language_until_the_same_time(site: Web) -> None:
    _, page = await site.get(site.token("ko"))
    (there,) = re.findall(r'<nav><a href="([^"]+)" hreflang="en" lang="en">English</a></nav>', page)
    assert there == site.token("en")
    _, english = await site.get(there)
    assert re.findall(r'<nav><a href="([^"]+)"', english) == [site.token("ko")]


async def test_what_people_wrote_is_text(site: Web) -> None:
    texts = ((Section.CAUSE, HOSTILE),)
    site.story.done(writing.write, WritePostmortem(room=site.room.id, texts=texts), IC)
    site.story.done(items.add, AddActionItem(room=site.room.id, text=f"</li>{HOSTILE}"), IC)
    _, page = await site.get(site.token())
    assert "<img" not in page
    assert page.count("</li>&lt;") == 0
    assert page.count("&lt;img src=x onerror=&#34;alert(1)&#34;&gt; &amp; ") == 2
    assert 'href="https://evil.example' not in page


async def test_nothing_is_loaded_kept_or_told_elsewhere(site: Web) -> None:
    answer, page = await site.get(site.token())
    told = {name: answer.headers[name] for name in sorted(answer.headers) if name.startswith(("C", "R", "X"))}
    style = re.search(r"style-src 'sha256-[A-Za-z0-9+/]{43}='", told["Content-Security-Policy"])
    assert style is not None
    assert told == {
        "Cache-Control": "no-store",
        "Content-Length": str(len(page.encode())),
        "Content-Security-Policy": f"default-src 'none'; {style[0]}; base-uri 'none'; form-action 'none'; "
        "frame-ancestors 'none'",
        "Content-Type": "text/html; charset=utf-8",
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
        "X-Robots-Tag": "noindex, nofollow",
    }
    assert f"<style>{CSS}</style>" in page
    assert re.findall(r"<(?:script|link|img|iframe)|\bon\w+=|\bstyle=|url\(|@import", page) == []


async def test_an_expired_address_says_so_in_its_language(site: Web) -> None:
    answer, page = await site.get(site.token("ko", until=int(WALL.timestamp())))
    assert (answer.status, answer.headers["Cache-Control"]) == (410, "no-store")
    assert seen(page) == (
        "주소의 기한이 지났습니다.\n한 시간 동안만 열리는 주소입니다. "
        "워룸에서 “웹에서 열기”를 다시 누르거나 /release postmortem 명령을 보내 주세요."
    )
    _, page = await site.get(site.token(until=int(WALL.timestamp())))
    assert seen(page) == (
        "This address has expired.\nIt worked for an hour. "
        "Press “Open on the web” in the war room again, or send /release postmortem."
    )


@pytest.mark.parametrize("token", ["x", "x.y", "%00", "a%2Fb", "%ff", "." * 3000])
async def test_a_forged_address_says_so_in_the_language_of_the_browser(site: Web, token: str) -> None:
    answer, page = await site.get(token, **{"Accept-Language": "ko-KR,ko;q=0.9"})
    assert answer.status == 404
    assert seen(page) == (
        "올바르지 않은 주소입니다.\n주소가 중간에 잘렸을 수 있습니다. "
        "워룸에서 “웹에서 열기”를 다시 누르거나 /release postmortem 명령을 보내 주세요."
    )


async def test_a_room_without_a_post_mortem_has_no_page(site: Web) -> None:
    answer, page = await site.get(site.token(room="nowhere"))
    assert answer.status == 404
    assert seen(page).startswith("There is no post-mortem here any more.\n")


@pytest.mark.parametrize(
    ("error", "status", "said"),
    [
        (NotAnswering(), 503, "Naru cannot answer now.\nTry again in a few seconds."),
        (ZeroDivisionError(), 500, "Something went wrong in Naru.\nTell who runs Naru this reference: "),
    ],
)
async def test_while_naru_cannot_answer_it_says_so_and_logs_no_address(
    site: Web, monkeypatch: pytest.MonkeyPatch, error: Exception, status: int, said: str
) -> None:
    def fail(*_args: Any) -> None:
        raise error

    monkeypatch.setattr("web.postmortems.view_of", fail)
    with structlog.testing.capture_logs() as logs:
        answer, page = await site.get(site.token())
    assert answer.status == status
    assert seen(page).startswith(said)
    assert len(logs) == 1
    assert site.token() not in str(logs)


# --- over the API -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "language", "first"),
    [
        ("", "", "# Post-mortem · Rollback of v1.6.0\n"),
        ("", "ko", "# 사후 분석 · 롤백: v1.6.0\n"),
        ("?lang=ko", "en", "# 사후 분석 · 롤백: v1.6.0\n"),
        ("?lang=en", "ko", "# Post-mortem · Rollback of v1.6.0\n"),
    ],
)
async def test_a_pipeline_reads_the_document(ci: Pipeline, query: str, language: str, first: str) -> None:
    rolled_back(ci.drive.database)
    path = f"/projects/shop/releases/1.6.0/postmortem{query}"
    answer = await ci.ask("GET", path, headers={"Accept-Language": language} if language else {})
    text = await answer.text()
    assert (answer.status, answer.headers["Content-Type"]) == (200, "text/markdown; charset=utf-8")
    assert text.startswith(first)
    assert "back on v1.5.0" in text


async def test_a_release_that_was_not_rolled_back_has_none(ci: Pipeline) -> None:
    ci.drive.to_qa()
    status, told = await ci.get("/projects/shop/releases/1.5.0/postmortem")
    assert (status, told["code"]) == (404, "gone")
    assert told["detail"] == "There is no open post-mortem."
