"""The post-mortem outside of Slack: the page behind a signed address, and the document over the API."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
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
from commands.requests import AddActionItem, FinishPostmortem, LinkRedeploy, Resolve, WritePostmortem
from commands.rollback.postmortem import finish_postmortem
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
    story.done(writing.write, WritePostmortem(room=room.id, texts=((Section.CAUSE, "A lock"),)), IC)
    story.done(items.add, AddActionItem(room=room.id, text="Alert on locks", owner=OPS), IC)
    story.done(writing.link_redeploy, LinkRedeploy(room=room.id, on=date(2026, 3, 11)), IC)
    room = story.room(room.id)
    links, app = Links("a secret", TEAM), web.Application()
    Pages(database, links, boundary).register(app)
    async with TestClient(TestServer(app)) as client:
        yield Web(story, room, links, client)


def seen(page: str) -> str:
    """The text of a page as it stands there, line by line."""
    inside = page.partition("<main>")[2].partition("</main>")[0]
    text = unescape(re.sub(r"<[^>]*>", "", inside))
    return "\n".join(line for line in text.split("\n") if line)


EN = """\
한국어
Post-mortem · Rollback of v1.6.0
Due Tue 3 Mar 09:30
Summary
v1.6.0 was rolled back to v1.5.0.
back on v1.5.0
Incident commander: Ic
Impact
Declared Mon 2 Mar 09:30 · mitigated Mon 2 Mar 09:30 (after less than a minute) · recovered Mon 2 Mar 09:30
Time to restore: less than a minute
Error rate
Core function down
5xx at 12 %, payments fail
Who was affected, and how many?
Timeline
Mon 2 Mar 09:30 War room opened: #rollback-v1-6-0 v1.6.0 — Ops
Mon 2 Mar 09:30 Rollback declared: v1.6.0 → v1.5.0 — Ops · Criteria: Error rate, Core function down · DB migration: no · 5xx at 12 %, payments fail
Mon 2 Mar 09:30 Deploys locked after v1.6.0, until a release manager or the incident commander lifts the lock. — Ops · 5xx at 12 %, payments fail
Mon 2 Mar 09:30 Decision and notice: started · Ops
Mon 2 Mar 09:30 The war room's channel: #C0ROLLBACK
Mon 2 Mar 09:30 Incident commander: Ic
Mon 2 Mar 09:30 Move traffic back: done · Ic
Mon 2 Mar 09:30 Clear caches: done · Ic
Mon 2 Mar 09:30 Health check: done · Ic
Mon 2 Mar 09:30 Try core functions by hand: done · Ic
Mon 2 Mar 09:30 Check integrations: done · Ic
Mon 2 Mar 09:30 Decision and notice: done · Ops — Ic
Mon 2 Mar 09:30 Outage notice: skipped — Ic
Mon 2 Mar 09:30 Completion notice: done · Ic
Mon 2 Mar 09:30 War room resolved — Ic · back on v1.5.0
Mon 2 Mar 09:30 Post-mortem written: What broke? — Ic
Mon 2 Mar 09:30 Action item: Alert on locks — Ops · due Mon 9 Mar 18:00 — Ic
Mon 2 Mar 09:30 Re-deploy of v1.6.0 planned: Wed 11 Mar — Ic
What broke?
A lock
Why was it not caught?
Which test, check or reading should have shown it?
Recovery
✓ Decision and notice · less than a minute
– Outage notice · skipped
✓ Move traffic back · less than a minute
✓ Clear caches · less than a minute
✓ Health check · less than a minute
✓ Try core functions by hand · less than a minute
✓ Check integrations · less than a minute
✓ Completion notice · less than a minute
Actions
○ Alert on locks — Ops · due Mon 9 Mar 18:00
Fix plan
What is mended, and when does it go out again?
New date: Wed 11 Mar
As of Mon 2 Mar 09:30 · The address of this page works for an hour. It is not for passing on."""
KO = """\
English
사후 분석 · 롤백: v1.6.0
기한 3월 3일(화) 09:30
요약
롤백: v1.6.0 → v1.5.0
back on v1.5.0
장애 지휘관: Ic
영향
선언 3월 2일(월) 09:30 · 완화 3월 2일(월) 09:30 (선언 후 1분 미만) · 복구 3월 2일(월) 09:30
복구 시간: 1분 미만
오류율
핵심 기능 중단
5xx at 12 %, payments fail
누가 얼마나 영향을 받았습니까?
타임라인
3월 2일(월) 09:30 워룸 개설: #rollback-v1-6-0 v1.6.0 — Ops
3월 2일(월) 09:30 롤백 선언: v1.6.0 → v1.5.0 — Ops · 롤백 기준: 오류율, 핵심 기능 중단 · DB 마이그레이션: 아니요 · 5xx at 12 %, payments fail
3월 2일(월) 09:30 배포 잠금: v1.6.0 롤백으로 배포를 잠갔습니다. 릴리스 매니저나 장애 지휘관이 해제할 수 있습니다. — Ops · 5xx at 12 %, payments fail
3월 2일(월) 09:30 결정 및 공지: 시작 · Ops
3월 2일(월) 09:30 워룸 채널: #C0ROLLBACK
3월 2일(월) 09:30 장애 지휘관: Ic
3월 2일(월) 09:30 트래픽 되돌리기: 완료 · Ic
3월 2일(월) 09:30 캐시 비우기: 완료 · Ic
3월 2일(월) 09:30 헬스 체크: 완료 · Ic
3월 2일(월) 09:30 핵심 기능 수동 확인: 완료 · Ic
3월 2일(월) 09:30 연동 확인: 완료 · Ic
3월 2일(월) 09:30 결정 및 공지: 완료 · Ops — Ic
3월 2일(월) 09:30 장애 공지: 건너뜀 — Ic
3월 2일(월) 09:30 완료 공지: 완료 · Ic
3월 2일(월) 09:30 워룸 해결 — Ic · back on v1.5.0
3월 2일(월) 09:30 사후 분석 작성: 무엇이 고장 났습니까? — Ic
3월 2일(월) 09:30 조치 항목: Alert on locks — Ops · 기한 3월 9일(월) 18:00 — Ic
3월 2일(월) 09:30 재배포 예정: v1.6.0 · 3월 11일(수) — Ic
무엇이 고장 났습니까?
A lock
왜 미리 발견하지 못했습니까?
어떤 테스트, 점검, 지표가 알려 주었어야 합니까?
복구
✓ 결정 및 공지 · 1분 미만
– 장애 공지 · 건너뜀
✓ 트래픽 되돌리기 · 1분 미만
✓ 캐시 비우기 · 1분 미만
✓ 헬스 체크 · 1분 미만
✓ 핵심 기능 수동 확인 · 1분 미만
✓ 연동 확인 · 1분 미만
✓ 완료 공지 · 1분 미만
조치
○ Alert on locks — Ops · 기한 3월 9일(월) 18:00
수정 계획
무엇을 고치고, 언제 다시 내보냅니까?
새 일정: 3월 11일(수)
3월 2일(월) 09:30 기준 · 이 페이지의 주소는 한 시간 동안 열립니다. 다른 사람에게 전달하지 마세요."""


async def test_the_whole_document_is_read_in_english(site: Web) -> None:
    answer, page = await site.get(site.token())
    assert (answer.status, answer.headers["Content-Type"]) == (200, "text/html; charset=utf-8")
    assert '<html lang="en">' in page
    assert seen(page) == EN


async def test_and_in_korean(site: Web) -> None:
    _, page = await site.get(site.token("ko"))
    assert '<html lang="ko">' in page
    assert seen(page) == KO


async def test_lists_stay_lists_and_a_sign_stands_in_the_place_of_a_bullet(site: Web) -> None:
    _, page = await site.get(site.token())
    assert "<ul><li>Error rate</li>\n<li>Core function down</li></ul>" in page
    assert '<li class="signed">– Outage notice · skipped</li>' in page
    assert '<ul><li class="signed">○ Alert on locks — Ops · due Mon 9 Mar 18:00</li></ul>' in page


async def test_a_closed_post_mortem_is_read_as_well(site: Web) -> None:
    site.story.done(finish_postmortem, FinishPostmortem(room=site.room.id), IC)
    answer, page = await site.get(site.token())
    assert answer.status == 200
    assert '<p class="when">✓ Done Mon 2 Mar 09:30</p>' in page


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
    # The cause, the item, and the item on the timeline.
    assert page.count("&lt;img src=x onerror=&#34;alert(1)&#34;&gt; &amp; ") == 3
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


async def test_before_it_is_resolved_there_is_no_page_either(site: Web) -> None:
    room = site.story.open(OPS)
    answer, page = await site.get(site.token(room=room.id))
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
    assert told["detail"] == "There is no open post-mortem.\nNothing was changed."
