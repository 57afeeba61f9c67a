"""Checklists in their people's words: ticked in bulk, waived, failed and mended, owned, and opened again."""

from __future__ import annotations

from datetime import timedelta

from commands.checklists.report import report
from commands.requests import ReportCheck
from domain.checklists.model import Check
from domain.people import BOT, Origin, Via
from storage import releases
from storage.db import Tx
from tests.journeys import ways
from tests.journeys.play import CHANNEL, Story

PIPELINE = Origin(BOT, Via.COMMAND_LINE)


async def test_lists_are_worked_through_by_those_who_know(story: Story) -> None:
    await ways.to_qa(story, "v1.5.0")
    story.news()
    story.dms("priya")
    await _in_bulk(story)
    await _one_by_one(story)
    await _by_a_pipeline(story)
    await _owned(story)
    await _a_new_candidate(story)
    story.check()


async def _report(story: Story, *, passed: bool, evidence: str) -> None:
    """What CI of the candidate's commit says."""

    def told(tx: Tx) -> None:
        (release,) = [one for one in releases.live(tx, "shop") if one.candidate]
        assert release.candidate is not None
        sha = release.candidate.sha
        said = {"passed": passed, "evidence": evidence, "link": "https://ci.example/7"}
        report(tx, ReportCheck(project="shop", sha=sha, check=Check.CI, **said), PIPELINE)

    await story.demo.program.db.run(told)
    await story.settled()


async def _in_bulk(story: Story) -> None:
    """One submit ticks many; who unticks one takes it back, and only that."""
    t = story.t
    daniel, emma = story.people("daniel", "emma")
    assert await daniel.slash(t("/release checklist", "/release 체크리스트")) == ""
    assert daniel.modal.title == t("Checklists", "체크리스트")
    assert daniel.modal.text == t(
        "v1.5.0 rc.1 · On staging\n"
        "▰▰▱▱▱▱▱▱▱▱ 1/6\n"
        "Needed for: QA passed\n"
        "✓ The application starts\n"
        "        rc.1\n"
        "By hand",
        "v1.5.0 rc.1 · 스테이징\n"
        "▰▰▱▱▱▱▱▱▱▱ 1/6\n"
        "필요한 작업: QA 통과\n"
        "✓ 애플리케이션이 시작됩니다\n"
        "        rc.1\n"
        "직접 확인",
    )
    assert await emma.press(t("Checklists", "체크리스트"), CHANNEL) == ""
    assert await emma.fill(ways.boxes(emma)) == ""
    assert emma.modal.text == t(
        "This is for QA lead, release manager or DevOps/SRE: The health endpoint answers; The main functions work; There are no errors in the logs; Performance is in its range; The scripts of deploy, rollback, monitoring and health checks are tried\n"
        "Who can: @Alex Rivera @Daniel Weber @김하늘 (Haneul Kim) @Priya Nair",
        "체크할 수 있는 역할: QA 리드, 릴리스 매니저 또는 DevOps/SRE · 헬스 체크 주소가 응답합니다; 주요 기능이 동작합니다; 로그에 오류가 없습니다; 성능이 정상 범위입니다; 배포, 롤백, 모니터링, 헬스 체크 스크립트를 실행해 보았습니다\n"
        "할 수 있는 사람: @Alex Rivera @Daniel Weber @김하늘 (Haneul Kim) @Priya Nair",
    )
    await emma.person.close_modal(all_views=True)
    assert await daniel.fill(ways.boxes(daniel)) == t(
        "Recorded: v1.5.0 · On staging · Done: 5 items", "기록했습니다: v1.5.0 · 스테이징 · 완료: 5개 항목"
    )
    assert story.news() == []
    assert await daniel.slash(t("/release checklist staging", "/release 체크리스트 스테이징")) == ""
    (group,) = ways.boxes(daniel)
    assert daniel.modal.fields == {
        t("By hand", "직접 확인"): [
            t("The health endpoint answers", "헬스 체크 주소가 응답합니다"),
            t("The main functions work", "주요 기능이 동작합니다"),
            t("There are no errors in the logs", "로그에 오류가 없습니다"),
            t("Performance is in its range", "성능이 정상 범위입니다"),
            t(
                "The scripts of deploy, rollback, monitoring and health checks are tried",
                "배포, 롤백, 모니터링, 헬스 체크 스크립트를 실행해 보았습니다",
            ),
        ]
    }
    assert await daniel.fill({group: ["health_answers", "main_functions", "performance"]}) == t(
        "Recorded: v1.5.0 · On staging · Open again: There are no errors in the logs; The scripts of deploy, rollback, monitoring and health checks are tried\n"
        "Still open in this list: 2",
        "기록했습니다: v1.5.0 · 스테이징 · 다시 열림: 로그에 오류가 없습니다; 배포, 롤백, 모니터링, 헬스 체크 스크립트를 실행해 보았습니다\n"
        "이 목록에 남은 항목: 2",
    )
    assert story.news() == [
        t(
            "↳ v1.5.0 · On staging · Open again: There are no errors in the logs; The scripts of deploy, rollback, monitoring and health checks are tried — @Daniel Weber\n"
            "Still open in this list: 2",
            "↳ v1.5.0 · 스테이징 · 다시 열림: 로그에 오류가 없습니다; 배포, 롤백, 모니터링, 헬스 체크 스크립트를 실행해 보았습니다 — @Daniel Weber\n"
            "이 목록에 남은 항목: 2",
        )
    ]
    assert await daniel.slash(t("/release checklist staging", "/release 체크리스트 스테이징")) == ""
    assert await daniel.fill({}) == ""
    assert daniel.modal.text == t(
        "Still empty: an item to tick.\nFill it in and send it again.",
        "비어 있는 항목: 체크할 항목\n내용을 입력한 뒤 다시 제출해 주십시오.",
    )
    await daniel.person.close_modal(all_views=True)
    assert await daniel.slash(t("/release checklist staging", "/release 체크리스트 스테이징")) == ""
    assert await daniel.fill(ways.boxes(daniel)) == t(
        "Recorded: v1.5.0 · On staging · Done: There are no errors in the logs; The scripts of deploy, rollback, monitoring and health checks are tried",
        "기록했습니다: v1.5.0 · 스테이징 · 완료: 로그에 오류가 없습니다; 배포, 롤백, 모니터링, 헬스 체크 스크립트를 실행해 보았습니다",
    )
    assert await daniel.slash(t("/release checklist staging", "/release 체크리스트 스테이징")) == ""
    assert await daniel.fill({}) == ""
    assert daniel.person.modal is None


async def _one_by_one(story: Story) -> None:
    """An item on top of its list: what is ticked there meanwhile stays; it is waived, and taken back."""
    t = story.t
    daniel, haneul = story.people("daniel", "haneul")
    before = t("/release checklist 1.5.0 before", "/release 체크리스트 1.5.0 릴리스 전")
    one = t("One item: note, owner, waive…", "항목 하나: 메모, 담당자, 면제…")
    what = t("What becomes of it?", "어떻게 합니까?")
    waive, reopen = (
        t("Waive it, with a reason", "사유를 적고 면제"),
        t("Take it back: open again", "되돌리기: 다시 열기"),
    )
    network = t("○ The network is checked", "○ 네트워크를 점검했습니다")
    why = t("Why is it not needed?", "왜 필요하지 않습니까?")
    assert await daniel.slash(before) == ""
    await daniel.choose(one, network)
    assert daniel.modal.text == t(
        "○ The network is checked\n"
        "Before the release\n"
        "In policies: network_checked Ticked by: DevOps/SRE, release manager, QA lead or tech lead Waived by: release manager or tech lead\n"
        "What becomes of it?\n"
        "Note\n"
        "Link",
        "○ 네트워크를 점검했습니다\n"
        "릴리스 전\n"
        "정책에서의 이름: network_checked 체크 권한: DevOps/SRE, 릴리스 매니저, QA 리드 또는 테크 리드 면제 권한: 릴리스 매니저 또는 테크 리드\n"
        "어떻게 합니까?\n"
        "메모\n"
        "링크",
    )
    await daniel.choose(what, waive)
    assert await daniel.fill({why: " "}) == ""
    assert daniel.errors == {why: t("Please complete this required field.", "필수 입력란을 작성해 주세요.")}
    assert await daniel.fill({why: "no network"}) == ""
    assert daniel.errors == {
        what: t(
            "Waiving is for release manager or tech lead: The network is checked · Who can: @alex @haneul @junho",
            "면제할 수 있는 역할: 릴리스 매니저 또는 테크 리드 · 네트워크를 점검했습니다 · 할 수 있는 사람: @alex @haneul @junho",
        )
    }
    assert daniel.modal.fields[why] == "no network"
    await daniel.person.close_modal(all_views=True)
    assert await haneul.slash(before) == ""
    await haneul.choose(one, network)
    await haneul.choose(what, waive)
    assert await haneul.fill({why: "the network stays as it is"}) == t(
        "Recorded: v1.5.0 · Before the release · Waived: The network is checked\n"
        "> the network stays as it is",
        "기록했습니다: v1.5.0 · 릴리스 전 · 면제: 네트워크를 점검했습니다\n> the network stays as it is",
    )
    assert t("⊘ The network is checked", "⊘ 네트워크를 점검했습니다") in haneul.modal.text
    assert story.news() == [
        t(
            "↳ v1.5.0 · Before the release · Waived: The network is checked — @김하늘 (Haneul Kim)\n"
            "> the network stays as it is",
            "↳ v1.5.0 · 릴리스 전 · 면제: 네트워크를 점검했습니다 — @김하늘 (Haneul Kim)\n"
            "> the network stays as it is",
        )
    ]
    await haneul.choose(one, t("⊘ The network is checked", "⊘ 네트워크를 점검했습니다"))
    assert haneul.modal.text == t(
        "⊘ The network is checked\n"
        "Before the release\n"
        "waived by @김하늘 (Haneul Kim), Sun 1 Mar 13:30: the network stays as it is\n"
        "In policies: network_checked\n"
        "What becomes of it?\n"
        "Note\n"
        "Link",
        "⊘ 네트워크를 점검했습니다\n"
        "릴리스 전\n"
        "면제: @김하늘 (Haneul Kim), 3월 1일(일) 13:30: the network stays as it is\n"
        "정책에서의 이름: network_checked\n"
        "어떻게 합니까?\n"
        "메모\n"
        "링크",
    )
    await haneul.choose(what, reopen)
    assert await haneul.fill({}) == t(
        "Recorded: v1.5.0 · Before the release · Open again: The network is checked",
        "기록했습니다: v1.5.0 · 릴리스 전 · 다시 열림: 네트워크를 점검했습니다",
    )
    assert story.news() == [
        t(
            "↳ v1.5.0 · Before the release · Open again: The network is checked — @김하늘 (Haneul Kim)",
            "↳ v1.5.0 · 릴리스 전 · 다시 열림: 네트워크를 점검했습니다 — @김하늘 (Haneul Kim)",
        )
    ]
    await haneul.person.close_modal()


async def _by_a_pipeline(story: Story) -> None:
    """A check that fails is told, cannot be ticked and stops the deploy; mended, it is told once more."""
    t = story.t
    await _report(story, passed=False, evidence="3 tests failed")
    assert story.news() == [
        t(
            "↳ v1.5.0 rc.1 · CI failed for <commit>\n> 3 tests failed\nLink",
            "↳ v1.5.0 rc.1 · CI 검사 실패: <commit>\n> 3 tests failed\n링크",
        )
    ]
    assert t("✕ failed 1", "✕ 실패 1") in story.reads("v1.5.0")
    await _report(story, passed=True, evidence="412 tests passed")
    assert story.news() == [
        t(
            "↳ v1.5.0 rc.1 · CI passed for <commit>\n> 412 tests passed\nLink",
            "↳ v1.5.0 rc.1 · CI 검사 통과: <commit>\n> 412 tests passed\n링크",
        )
    ]
    await _report(story, passed=True, evidence="413 tests passed")
    assert story.news() == []


async def _owned(story: Story) -> None:
    """Who is given an item is told, sees it at home, is reminded when it is due, and does it."""
    t = story.t
    haneul, sora = story.people("haneul", "sora")
    before = t("/release checklist 1.5.0 before", "/release 체크리스트 1.5.0 릴리스 전")
    one = t("One item: note, owner, waive…", "항목 하나: 메모, 담당자, 면제…")
    what, docs = (
        t("What becomes of it?", "어떻게 합니까?"),
        t("○ The API docs are up to date", "○ API 문서가 최신입니다"),
    )
    assert await haneul.slash(before) == ""
    await haneul.choose(one, docs)
    await haneul.choose(what, t("Owner and due time", "담당자와 기한"))
    due = story.now + timedelta(minutes=20)
    assert await haneul.fill(
        {t("Who sees to it?", "누가 맡습니까?"): "sora", t("Until when?", "언제까지입니까?"): due}
    ) == t(
        "Recorded: v1.5.0 · Before the release · @박소라 (Sora Park) sees to it: The API docs are up to date · due Sun 1 Mar 13:50",
        "기록했습니다: v1.5.0 · 릴리스 전 · @박소라 (Sora Park) 담당: API 문서가 최신입니다 · 기한 3월 1일(일) 13:50",
    )
    await haneul.person.close_modal()
    assert story.news() == []
    assert story.dms("sora") == [
        t(
            "v1.5.0 · Before the release · @박소라 (Sora Park) sees to it: The API docs are up to date · due Sun 1 Mar 13:50 — @김하늘 (Haneul Kim)",
            "v1.5.0 · 릴리스 전 · @박소라 (Sora Park) 담당: API 문서가 최신입니다 · 기한 3월 1일(일) 13:50 — @김하늘 (Haneul Kim)",
        )
    ]
    assert (await sora.home()).text.split("\n")[1:4] == [
        t("Things to do: 1", "할 일 1건"),
        t(
            "v1.5.0 · A checklist item is yours: The API docs are up to date",
            "v1.5.0 · 담당하는 체크리스트 항목: API 문서가 최신입니다",
        ),
        t("#releases-shop · by Sun 1 Mar 13:50", "#releases-shop · 3월 1일(일) 13:50까지"),
    ]
    await story.wait_for(timedelta(minutes=20))
    assert story.dms("sora") == [
        t(
            "v1.5.0 · Before the release · Due Sun 1 Mar 13:50, and still open: The API docs are up to date",
            "v1.5.0 · 릴리스 전 · 기한 3월 1일(일) 13:50, 아직 완료되지 않음: API 문서가 최신입니다",
        )
    ]
    assert sora.message(t("Due", "기한"), "dm").buttons == (
        t("Checklists", "체크리스트"),
        t("Got it", "알겠어요"),
        t("Later…", "나중에…"),
    )
    assert await sora.press(t("Checklists", "체크리스트"), "dm") == ""
    await sora.choose(one, docs)
    assert await sora.fill(
        {t("Note", "메모"): "on the wiki", t("Link", "링크"): "https://wiki.example/api"}
    ) == t(
        "Recorded: v1.5.0 · Before the release · Done: The API docs are up to date\n"
        "> on the wiki\n"
        "Link\n"
        "Still open in this list: 30",
        "기록했습니다: v1.5.0 · 릴리스 전 · 완료: API 문서가 최신입니다\n"
        "> on the wiki\n"
        "링크\n"
        "이 목록에 남은 항목: 30",
    )
    await sora.person.close_modal()
    assert story.news() == []


async def _a_new_candidate(story: Story) -> None:
    """What was said of the old one is open again; what holds for the release as a whole stays."""
    t = story.t
    daniel, haneul = story.people("daniel", "haneul")
    before = t("/release checklist 1.5.0 before", "/release 체크리스트 1.5.0 릴리스 전")
    assert await haneul.slash(before) == ""
    ticked = ways.boxes(haneul)
    assert await haneul.fill(ticked) == t(
        "Recorded: v1.5.0 · Before the release · Done: 29 items\nStill open in this list: 1",
        "기록했습니다: v1.5.0 · 릴리스 전 · 완료: 29개 항목\n이 목록에 남은 항목: 1",
    )
    assert t("☑ On staging 6 of 6", "☑ 스테이징 6/6") in story.reads("v1.5.0")
    await daniel.press(t("QA failed", "QA 실패"), CHANNEL)
    await daniel.fill({t("Which bug?", "어떤 버그입니까?"): "the cart is empty"})
    await haneul.press(t("Build again", "다시 빌드"), CHANNEL)
    await ways.build(story)
    assert t("☐ On staging 1 of 6", "☐ 스테이징 1/6") in story.reads("v1.5.0")
    assert await haneul.slash(before) == ""
    assert haneul.modal.text.split("\n")[:2] == [
        t("v1.5.0 rc.2 · Before the release", "v1.5.0 rc.2 · 릴리스 전"),
        "▰▰▰▰▰▱▱▱▱▱ 18/35",
    ]
    again = {key for keys in ways.boxes(haneul).values() for key in keys}
    assert "reviewed" in again
    assert haneul.modal.fields[t("Security", "보안")] == [
        t("Keys and secrets are managed", "키와 비밀 정보를 관리하고 있습니다"),
        t("HTTPS is on", "HTTPS가 켜져 있습니다"),
    ]
    await haneul.person.close_modal()
