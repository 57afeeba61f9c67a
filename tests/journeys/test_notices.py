from __future__ import annotations

import pytest

from tests.journeys import ways
from tests.journeys.play import Actor, Story

POLICY = """
communication:
  channels:
    company: ["#releases-api"]
    customers: [{channel: "#general", language: en}]
"""


@pytest.mark.policy(POLICY)
async def test_a_delay_is_told_to_those_whom_it_concerns(story: Story) -> None:
    """The form drafts it for each audience in the language of its channel; it is edited, sent and recorded."""
    t, haneul = story.t, story.person("haneul")
    await ways.start(story, "v1.5.0")
    story.news()
    assert await haneul.slash(t("/release notice delayed", "/release 공지 지연")) == ""
    text = t("Text (English)", "내용 (한국어)")
    drafted = t(
        "Shop v1.5.0 is delayed. New time: Thu 5 Mar 14:00. Production stays on v1.4.2.",
        "상점 v1.5.0 배포가 지연됩니다. 새 일정: 3월 5일(목) 14:00. 프로덕션은 그대로입니다: v1.4.2",
    )
    assert haneul.modal.fields[text] == drafted
    await _for(haneul, story, t("Customers", "고객"))
    customers = "The update of Shop is postponed. New time: Thu 5 Mar 14:00."
    assert haneul.modal.fields[t("Text (English)", "내용 (English)")] == customers
    await _for(haneul, story, t("Company", "전사"))
    assert haneul.modal.fields[text] == drafted

    await haneul.fill({text: "Monday, ⟦which one?⟧"})
    assert haneul.person.errors == {
        text: t(
            "Not filled in yet: the text of the notice. Replace what stands between ⟦ and ⟧, and send it again.",
            "아직 채우지 않은 항목: 공지의 내용. ⟦ ⟧ 안의 내용을 바꾼 뒤 다시 보내 주십시오.",
        )
    }
    assert await haneul.fill({text: "Monday, not Thursday"}) == ""

    assert story.news("#releases-api", "haneul") == ["🟠 Monday, not Thursday — @김하늘 (Haneul Kim)"]
    assert story.news() == [
        t(
            "↳ v1.5.0 Notice sent: Delayed → Company · #releases-api — @김하늘 (Haneul Kim)\n"
            "> Monday, not Thursday",
            "↳ v1.5.0 공지 보냄: 지연 → 전사 · #releases-api — @김하늘 (Haneul Kim)\n> Monday, not Thursday",
        )
    ]
    await _for_everybody(story)


async def _for(sender: Actor, story: Story, audience: str) -> None:
    await sender.choose(story.t("Whom for?", "누구에게 알립니까?"), audience)


async def _for_everybody(story: Story) -> None:
    """Anybody sees whom to call; a notice is for who speaks for the release."""
    t, emma = story.t, story.person("emma")
    assert (await emma.slash("/release contacts")).splitlines()[:2] == [
        t("Emergency contacts: Shop", "비상 연락처: 상점"),
        t(
            "• on-call: Priya Nair @Priya Nair +82 2 0000 0101",
            "• 온콜: Priya Nair @Priya Nair +82 2 0000 0101",
        ),
    ]
    assert (await emma.slash("/release notice 1.5.0 done")).splitlines()[0] == t(
        "Sending a notice is for: release manager, PM, incident commander, customer support or marketing.",
        "공지 보내기 권한이 있는 역할: 릴리스 매니저, PM, 장애 지휘관, 고객 지원 또는 마케팅",
    )
    assert t("ahead, started, progress", "예정, 시작, 진행") in await emma.slash(
        "/release notice 1.5.0 maybe"
    )
