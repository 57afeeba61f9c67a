from __future__ import annotations

from tests.journeys import ways
from tests.journeys.play import CHANNEL, Story

WAY_BACK = "Point the domain at the old shop again"


async def test_the_first_release_of_all_states_its_way_back(story: Story) -> None:
    await _nothing_in_production(story)
    await _to_qa(story)
    await _way_back(story)


async def _nothing_in_production(story: Story) -> None:
    """A tag need not be what runs: the person says so, and the card knows no earlier version."""
    t = story.t
    haneul = story.person("haneul")
    assert await haneul.slash(t("/release start regular v1.5.0", "/release 시작 정기 v1.5.0")) == ""
    nothing = t("Nothing yet: this is the first release", "아직 없음: 이번이 첫 릴리스")
    told = await haneul.fill({t("In production now", "현재 프로덕션 버전"): nothing})
    assert told.startswith(t("Recorded: v1.5.0 has started.", "기록했습니다: v1.5.0 릴리스를 시작했습니다."))
    assert story.news()[-1] == t(
        "↳ In production: nothing yet, this is the first release. Confirmed once. — @김하늘 (Haneul Kim)",
        "↳ 프로덕션 버전: 아직 없음, 이번이 첫 릴리스입니다. 한 번만 확인합니다. — @김하늘 (Haneul Kim)",
    )
    assert t("Previous version\nnone: the first release", "이전 버전\n없음: 첫 릴리스") in story.reads(
        "v1.5.0"
    )


async def _to_qa(story: Story) -> None:
    t = story.t
    haneul, priya = story.people("haneul", "priya")
    await haneul.press(t("Cut branch early…", "브랜치 미리 만들기…"), CHANNEL)
    await haneul.fill({t("Why now?", "왜 지금입니까?"): "ready"})
    await haneul.press(t("Build passed", "빌드 성공"), CHANNEL)
    await priya.press(t("Staging deployed", "스테이징 배포 성공"), CHANNEL)
    await priya.fill({t("Health check", "헬스 체크"): "200 OK"})
    await story.begin_here()


async def _way_back(story: Story) -> None:
    """Without it no approval is asked; with it everybody reads it: thread, card and approval request."""
    t = story.t
    daniel, alex = story.people("daniel", "alex")
    answers = {
        t("Does it carry a database migration?", "DB 마이그레이션이 있습니까?"): t("No", "아니요"),
        t(
            "Does it break anything for those who use it?", "사용하는 쪽의 호환성이 깨지는 변경이 있습니까?"
        ): t("No", "아니요"),
        t("If you answer no all the same", "그래도 ‘아니요’로 답하는 경우"): [
            t("I have looked at what was detected", "감지된 내용을 확인했습니다")
        ],
    }
    await ways.tick(story, "daniel", t("QA passed", "QA 통과"))
    await daniel.press(t("QA passed", "QA 통과"), CHANNEL)
    await daniel.fill(answers)
    assert list(daniel.errors) == [t("Way back", "되돌리는 방법")]
    told = await daniel.fill({t("Way back", "되돌리는 방법"): WAY_BACK})
    assert told == t(
        "Recorded: v1.5.0 QA passed for rc.1. DB migration: no · Breaking changes: no\n"
        f"Way back: {WAY_BACK}\n"
        "The approval request is in the release's thread.",
        "기록했습니다: v1.5.0 rc.1 QA 통과. DB 마이그레이션: 아니요 · 단절적 변경: 아니요\n"
        f"되돌리는 방법: {WAY_BACK}\n"
        "승인 요청은 릴리스 스레드에 있습니다.",
    )
    stated = t(f"Way back\n{WAY_BACK}", f"되돌리는 방법\n{WAY_BACK}")
    assert stated in story.reads("v1.5.0")
    assert stated in alex.reads(t("Approval of v1.5.0", "승인 요청: v1.5.0"), "dm")
