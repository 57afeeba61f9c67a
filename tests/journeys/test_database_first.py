"""Where the old version cannot run on the new schema, a rollback takes the database first."""

from __future__ import annotations

from tests.journeys import ways
from tests.journeys.play import CHANNEL, Story

MIGRATION = "migrations/0042_add_gift_card_balance.sql"
TOLD = (
    "⚠ The old version cannot run on the new schema: a rollback takes the database first.",
    "⚠ 이전 버전이 새 스키마에서 동작하지 못합니다. 롤백에서는 데이터베이스를 먼저 되돌립니다.",
)


async def test_what_is_said_with_the_way_back_decides_the_order_of_the_rollback(story: Story) -> None:
    await ways.to_approval(story, "v1.5.0", migration=True)
    await story.begin_here()
    await _stated_in_the_form(story)
    await _taken_back_and_stated_again(story)
    await _brought_out(story)
    await _declared(story)


def _warned(story: Story) -> bool:
    """On the card, as somebody reads it who asked for nothing else."""
    return story.t(*TOLD) in story.card("v1.5.0", "emma").text


async def _stated_in_the_form(story: Story) -> None:
    """Beside the way that QA gave; the card and the whole of the way back say what follows of it."""
    t, junho = story.t, story.person("junho")
    assert not _warned(story)
    assert await junho.slash(t("/release way-back v1.5.0", "/release 복구방법 v1.5.0")) == ""
    answers = {
        t("Way back", "되돌리는 방법"): t("Script", "스크립트"),
        t("Can the old version run on the new schema?", "이전 버전이 새 스키마에서 동작합니까?"): t(
            "No", "아니요"
        ),
    }
    told = await junho.fill(answers)
    said = t(
        "Script: migrations/down.sql · the old version cannot run on the new schema",
        "스크립트: migrations/down.sql · 이전 버전이 새 스키마에서 동작하지 못함",
    )
    assert told == t(
        f"Recorded: v1.5.0 Way back given\n• {MIGRATION} · {said}",
        f"기록했습니다: v1.5.0 되돌리는 방법 등록\n• {MIGRATION} · {said}",
    )
    assert _warned(story)
    found = await junho.slash(t("/release ready v1.5.0", "/release 준비 v1.5.0"))
    assert found.split("\n")[2] == t(*TOLD)
    assert said in found


async def _taken_back_and_stated_again(story: Story) -> None:
    t, junho = story.t, story.person("junho")
    told = await junho.slash(t("/release way-back v1.5.0 compatible", "/release 복구방법 v1.5.0 호환"))
    assert told.endswith(
        t(
            "Script: migrations/down.sql · the old version runs on the new schema",
            "스크립트: migrations/down.sql · 이전 버전이 새 스키마에서 동작함",
        )
    )
    assert not _warned(story)
    await junho.slash(t("/release way-back v1.5.0 incompatible", "/release 복구방법 v1.5.0 호환불가"))
    assert _warned(story)


async def _brought_out(story: Story) -> None:
    await story.person("alex").press(story.t("Approve", "승인"), "dm")
    await ways.confirm(story)
    await story.time_of_window()
    await story.person("priya").press(story.t("Deploy", "배포"), CHANNEL)
    await ways.roll_out(story)
    story.news()


async def _declared(story: Story) -> None:
    """Nothing has to be remembered in the hurry: the form holds it, and the plan follows."""
    t, minjae = story.t, story.person("minjae")
    await minjae.press(t("Declare rollback", "롤백 선언"), CHANNEL)
    runs = t("Can the old version run on the new schema?", "이전 버전이 새 스키마에서 동작합니까?")
    assert minjae.modal.fields[runs] == t("No", "아니요")
    await minjae.fill(
        {
            t("What is met?", "어떤 롤백 기준에 해당합니까?"): [t("Error rate", "오류율")],
            t("Evidence", "근거"): "5xx 7 %",
        }
    )
    summary = minjae.reads(t("Rolling back", "롤백 중"), "#rollback-v1-5-0").split("\n")
    start = next(n for n, line in enumerate(summary) if "30" in line)
    assert summary[start : start + 4] == t(
        [
            "○ Roll back the database · Waiting · DBA · budget 30 min",
            "      The old version cannot run on the new schema: this comes first.",
            f"      • {MIGRATION} · Script: migrations/down.sql · the old version cannot run on the new schema",
            "○ Move traffic back · Waiting · DevOps/SRE · budget 30 min",
        ],
        [
            "○ 데이터베이스 롤백 · 대기 · DB 관리자 · 예산 30분",
            "      이전 버전이 새 스키마에서 동작하지 않으므로 이 단계를 먼저 진행합니다.",
            f"      • {MIGRATION} · 스크립트: migrations/down.sql · 이전 버전이 새 스키마에서 동작하지 못함",
            "○ 트래픽 되돌리기 · 대기 · DevOps/SRE · 예산 30분",
        ],
    )
