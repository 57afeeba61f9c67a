from __future__ import annotations

from tests.journeys import ways
from tests.journeys.play import CHANNEL, Story

ROOM = "#rollback-v1-5-0"


async def test_after_a_rollback_from_released_main_is_put_right_by_a_person(story: Story) -> None:
    await ways.to_production(story, "v1.5.0")
    await ways.verify(story)
    await _rolled_back(story)
    await _left_to_do(story)


async def _rolled_back(story: Story) -> None:
    """To the version that somebody confirmed to be in production before."""
    t = story.t
    minjae = story.person("minjae")
    await minjae.press(t("Declare rollback", "롤백 선언"), CHANNEL)
    assert minjae.modal.fields[t("Go back to", "되돌아갈 버전")] == "v1.4.2"
    await minjae.fill(
        {
            t("What is met?", "어떤 롤백 기준에 해당합니까?"): [t("Error rate", "오류율")],
            t("Evidence", "근거"): "5xx 7 %",
        }
    )
    for step in ("traffic", "database", "caches", "health", "core", "integrations"):
        await minjae.slash(f"/release step {step} done", ROOM)
    await story.begin_here()
    assert await minjae.slash("/release resolve back on v1.4.2", ROOM) == ""
    assert any("back on v1.4.2" in line for line in story.news(ROOM))
    told = await minjae.press(t("Open on the web", "웹에서 열기"), ROOM)
    assert told == t(
        "Naru does not know its own address on the web: who runs it sets NARU_BASE_URL.\n"
        "“As a file” gives the same document.",
        "Naru의 웹 주소가 정해져 있지 않습니다. 운영하는 사람이 NARU_BASE_URL을 설정하면 됩니다.\n"
        "“파일로 받기”로 같은 문서를 받을 수 있습니다.",
    )


async def _left_to_do(story: Story) -> None:
    """The tech lead and the captain are asked; the tag stays, no history is rewritten, and the card warns."""
    t = story.t
    task = t(
        "v1.5.0 A task for you. It was merged and then rolled back; still carried by: main, develop"
        " — @최민재 (Minjae Choi)\n"
        "Revert it on develop, or fix it there: otherwise the next release carries it again. "
        "The tag stays, and no history is rewritten.",
        "v1.5.0 처리할 작업이 있습니다. 병합된 뒤 롤백되어 변경이 아직 남아 있는 브랜치: main, develop"
        " — @최민재 (Minjae Choi)\n"
        "develop 브랜치에서 되돌리거나 수정해 주십시오. 그대로 두면 다음 릴리스에 다시 포함됩니다. "
        "태그와 이력은 그대로 둡니다.",
    )
    assert task in story.dms("junho")
    assert task in story.dms("haneul")
    assert task not in story.dms("priya")
    assert t(
        "⚠ The main branch is ahead of production: v1.5.0 is merged there, but rolled back. "
        "Revert it, or mend it with the next release.",
        "⚠ main 브랜치가 프로덕션보다 앞서 있습니다. 롤백된 v1.5.0 변경이 병합되어 있습니다. "
        "되돌리거나 다음 릴리스에서 고쳐 주세요.",
    ) in story.reads("v1.5.0")
    mine = await story.person("junho").slash(t("/release mine", "/release 내할일"))
    assert (
        t(
            "v1.5.0 · Main is ahead of production: revert it or fix it",
            "v1.5.0 · main이 프로덕션보다 앞서 있습니다. 되돌리거나 수정해 주십시오",
        )
        in mine
    )
    assert story.demo.sample.subjects("v1.4.2..main") != []
