"""A newcomer follows the guided tour in the browser, in each language, and reads what people read."""

from __future__ import annotations

import pytest
from playwright.async_api import expect

from tests.journeys.play import until
from tests.journeys.tab import Tab
from tests.support.curl import curled

pytestmark = pytest.mark.browser
ROOM = "rollback-v1-5-0"


@pytest.mark.timeout(300)
async def test_a_newcomer_takes_a_failing_canary_back_and_the_next_version_out(tab: Tab) -> None:
    await _start_and_freeze(tab)
    await _to_approval(tab, "v1.5.0")
    await _approve(tab)
    await _deploy(tab)
    await _let_it_fail(tab)
    await _declare(tab)
    await _take_back(tab)
    await _second_release(tab)
    await _verify_and_close(tab)
    await _ask_as_pipeline(tab)


async def _start_and_freeze(tab: Tab) -> None:
    """The release starts as a candidate; moving the clock lets the freeze announce itself."""
    t = tab.t
    await tab.open("haneul")
    await tab.follow(t("Start a release", "릴리스 시작"))
    await tab.send(t("Start", "시작"))
    await tab.reads(t("Recorded: v1.5.0 has started.", "기록했습니다: v1.5.0 릴리스를 시작했습니다."))
    await tab.reads(t("v1.5.0 · Regular release", "v1.5.0 · 정기 릴리스"))
    await tab.picture("card")
    await tab.follow(t("Cut the branch", "브랜치 만들기"))
    await tab.move_clock(hours=3)
    await tab.reads(t("Code freeze in an hour v1.5.0", "한 시간 뒤 코드 프리즈 v1.5.0"))
    await tab.reads(
        t("Only fixes are merged until the deploy is complete.", "배포가 완료될 때까지 수정만 병합합니다.")
    )
    await tab.picture("freeze", theme="dark")
    await tab.press(t("Cut branch", "브랜치 생성"))


async def _to_approval(tab: Tab, version: str) -> None:
    """Built, brought to staging by the deployer, tested: each by the person whom the tour names."""
    t = tab.t
    await tab.press(t("Build passed", "빌드 성공"))
    await tab.deployed()
    await tab.open("daniel")
    await tab.tick()
    await tab.press(t("QA passed", "QA 통과"))
    await tab.check(t("Does it carry a database migration?", "DB 마이그레이션이 있습니까?"), t("Yes", "예"))
    await tab.check(
        t("Does it break anything for those who use it?", "사용하는 쪽의 호환성이 깨지는 변경이 있습니까?"),
        t("No", "아니요"),
    )
    await tab.fill({t("Way back", "되돌리는 방법"): "migrations/down.sql"}, t("Passed", "통과"))
    await tab.reads(t(f"Recorded: {version} QA passed for rc.1.", f"기록했습니다: {version} rc.1 QA 통과."))


async def _approve(tab: Tab) -> None:
    """Who started it is told that somebody else decides; the second release manager approves in the DM."""
    t = tab.t
    await tab.open("haneul", thread=tab.story.card("v1.5.0").ts)
    await tab.press(t("Approve", "승인"))
    await tab.reads(t("You cannot approve v1.5.0.", "v1.5.0에 대한 승인은 할 수 없습니다."))
    await tab.open("alex", "dm")
    await tab.reads(t("Approval of v1.5.0 · Regular release, rc.1", "승인 요청: v1.5.0 · 정기 릴리스, rc.1"))
    await tab.picture("approval")
    await tab.picture("approval-narrow", theme="dark", narrow=True)
    await tab.open_home("alex")
    await tab.reads(t("Things to do: 2", "할 일 2건"), within="main")
    await tab.picture("home")
    await tab.picture("home-narrow", theme="dark", narrow=True)
    await tab.open("alex", "dm")
    await tab.press(t("Approve", "승인"))
    await tab.reads(t("Approvals 1 of 1", "승인 1/1"))


async def _deploy(tab: Tab) -> None:
    """The refusal names all that is missing; with it settled and the window open, it goes out."""
    t = tab.t
    await tab.open("priya")
    await tab.follow(t("Confirm readiness", "배포 준비 확인"))
    await tab.press(t("Deploy", "배포"), sure=t("Deploy", "배포"))
    await tab.reads(
        t("Deploy has to wait for v1.5.0: 6 things are missing.", "필요한 것이 6가지 남았습니다.")
    )
    await _confirm(tab)
    await tab.move_clock(days=2, hours=20)
    await tab.reads(t("Release window open", "릴리스 윈도우 열림"))
    await tab.press(t("Deploy", "배포"), sure=t("Deploy", "배포"))
    await tab.deployed()
    await tab.reads(t("10 % of the users have the new version.", "사용자의 10%에게 새 버전이 제공됩니다."))


async def _confirm(tab: Tab) -> None:
    t = tab.t
    for item in (
        t("Deployer standing by", "배포 담당자 대기"),
        t("On-call standing by", "온콜 대기"),
    ):
        await tab.press(item)
        await tab.fill({}, t("Confirm", "확인"))
    await tab.open("daniel")
    await tab.tick()
    await tab.open("priya")


async def _let_it_fail(tab: Tab) -> None:
    """Naru measures it, and holds the canary."""
    t = tab.t
    await tab.measured()
    await tab.follow(t("Let it fail", "실패하게 만들기"))
    await tab.next_version(t("Fails under load", "부하 시 실패"))
    await tab.measured(3)


async def _declare(tab: Tab) -> None:
    """One press, on a form that is filled in; the war room opens."""
    t = tab.t
    await tab.follow(t("Declare a rollback", "롤백 선언"))
    await tab.reads(t("A rollback is recommended", "롤백 권고"), within="#thread .message")
    await tab.picture("recommended")
    await tab.press(t("Declare rollback", "롤백 선언"))
    await tab.send(t("Declare", "선언"))
    await tab.reads(
        t("🔴 Critical Rollback under way: v1.5.0 → v1.4.2.", "🔴 심각 롤백 진행 중: v1.5.0 → v1.4.2.")
    )


async def _take_back(tab: Tab) -> None:
    """Led in the war room: the deployer moves the traffic, people report the rest; the draft is there."""
    t = tab.t
    await tab.follow(t("Resolve", "해결"))
    state = await tab.reads(t("Rollback of v1.5.0 · Rolling back", "롤백: v1.5.0 · 롤백 중"))
    await tab.picture("war-room", top=state)
    await tab.type(t("/release step traffic start", "/release 단계 트래픽 시작"))
    await tab.deployed()
    for step in (
        t("notice done", "결정 및 공지 완료"),
        t("database done", "데이터베이스 완료"),
        t("caches skipped not touched", "캐시 건너뛰기 not touched"),
        t("health check done", "헬스 체크 완료"),
        t("core functions done", "핵심 기능 완료"),
        t("integrations done", "연동 완료"),
    ):
        await tab.type(t("/release step ", "/release 단계 ") + step)
    state = await tab.reads(t("Rollback of v1.5.0 · Rolling back", "롤백: v1.5.0 · 롤백 중"))
    await tab.picture("war-room-dark", theme="dark", top=state)
    await tab.press(t("Resolve", "해결"))
    await tab.fill({t("Summary", "요약"): "Connections ran out."}, t("Resolve", "해결"))
    draft = await tab.reads(t("Post-mortem draft · Rollback of v1.5.0", "사후 분석 초안 · 롤백: v1.5.0"))
    await tab.picture("post-mortem", top=draft)
    await _read_on_the_web(tab)
    await tab.follow(t("Lift the lock", "잠금 해제"))
    await tab.reads(
        t("🟢 Success Rollback complete: v1.5.0 → v1.4.2.", "🟢 성공 롤백 완료: v1.5.0 → v1.4.2.")
    )
    await tab.press(t("Lift the lock", "잠금 해제"))
    await tab.fill({t("Why is it safe again?", "왜 다시 안전합니까?"): "a bigger pool"}, t("Lift", "해제"))


async def _read_on_the_web(tab: Tab) -> None:
    """The draft is a page, too: by an address of one's own, in both languages, and nothing of it is refused."""
    t = tab.t
    await tab.press(t("Open on the web", "웹에서 열기"))
    told = await tab.reads(t("Open the post-mortem on the web", "사후 분석을 웹에서 열기"))
    address = await told.locator("a").last.get_attribute("href")
    browser, said = tab.page.context.browser, list[str]()
    assert browser is not None
    page = await browser.new_page(viewport={"width": 390, "height": 900}, color_scheme="dark")
    page.on("console", lambda message: said.append(message.text))
    await page.goto(str(address))
    head, other = "Post-mortem · Rollback of v1.5.0", "사후 분석 · 롤백: v1.5.0"
    await expect(page.get_by_role("heading", name=t(head, other))).to_be_visible()
    await page.get_by_role("link", name=t("한국어", "English")).click()
    await expect(page.get_by_role("heading", name=t(other, head))).to_be_visible()
    await expect(page.get_by_text("Connections ran out.").first).to_be_visible()
    assert await page.evaluate("document.documentElement.scrollWidth") == 390
    assert said == []
    await page.close()


async def _second_release(tab: Tab) -> None:
    """v1.6.0 goes the same way, and on by itself."""
    t = tab.t
    sample = tab.story.demo.sample
    await until(lambda: sample.subjects("v1.5.0-rc.1..develop"), "work for v1.6.0 on develop")
    await tab.story.settled()
    await tab.follow(t("Take v1.6.0 out", "v1.6.0 내보내기"))
    await tab.next_version(t("Good", "정상"))
    await tab.press(t("Cut branch early…", "브랜치 미리 만들기…"))
    await tab.fill({t("Why now?", "왜 지금입니까?"): "ready"}, t("Cut branch", "브랜치 생성"))
    await _to_approval(tab, "v1.6.0")
    await tab.open("alex", "dm")
    await tab.press(t("Approve", "승인"))
    await tab.open("priya")
    await _confirm(tab)
    await tab.type(t("/release board", "/release 보드"))
    await tab.reads(t("Release board: Shop", "릴리스 보드: 상점"))
    await tab.picture("board")
    await tab.story.time_of_window()
    await tab.press(t("Deploy", "배포"), sure=t("Deploy", "배포"))
    for _ in range(2):
        await tab.deployed()
        await tab.measured(5)
    await tab.deployed()
    await tab.measured()
    await tab.tick()
    await tab.press(t("Rollout complete", "배포 완료"))
    await tab.reads(
        t("v1.6.0 Code freeze lifted: the deploy is complete.", "v1.6.0 코드 프리즈 해제: 배포 완료.")
    )


async def _verify_and_close(tab: Tab) -> None:
    """Verified, tagged and merged; a day later monitoring asks."""
    t = tab.t
    await tab.follow(t("Verify", "검증"))
    await tab.tick()
    await tab.press(t("Verified", "검증 완료"))
    await tab.move_clock(days=1)
    await tab.follow(t("Close release", "릴리스 종료"))
    await tab.tick()
    await tab.open("haneul", "dm")
    await tab.reads(t("The monitoring of v1.6.0 is over.", "v1.6.0 모니터링 기간이 끝났습니다."))
    await tab.press(t("Close release", "릴리스 종료"))
    await tab.open("haneul")
    await tab.reads(t("Done: nothing is waited for.", "완료되었습니다. 기다리는 일이 없습니다."))


async def _ask_as_pipeline(tab: Tab) -> None:
    """A line of the shop's panel, in a shell as it is."""
    t = tab.t
    await tab.follow(t("Ask as a pipeline", "파이프라인으로 묻기"))
    await tab.page.get_by_role("button", name=t("Open the shop", "상점 열기")).click()
    lines = await tab.page.get_by_role("dialog").locator(".shop-line").all_inner_texts()
    await tab.picture("shop")
    assert lines[1:] == list(tab.story.demo.lines(tab.story.language).values())
    assert (await curled(lines[3]))["stage"] == "closed"
    await tab.page.keyboard.press("Escape")
    await tab.reads(t("That was the tour.", "둘러보기를 마쳤습니다."), within="#guide")
