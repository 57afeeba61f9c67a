"""A rollout is measured: by the bot at a health endpoint, by people; what turns is told once."""

from __future__ import annotations

from datetime import timedelta
from itertools import count

import pytest

from bot import healthworker
from bot.monitors.endpoint import Endpoints
from bot.monitors.fetching import Asker
from tests.journeys import ways
from tests.journeys.play import CHANNEL, Story, until
from tests.support.prometheus import free_port, shop

PORT = free_port()
POLICY = f"""
health:
  interval: 1h
  endpoints:
    production: [{{url: "http://127.0.0.1:{PORT}/health", field: checks.database}}]
  allow: ["127.0.0.1"]
"""


@pytest.mark.policy(POLICY)
async def test_what_production_measures_is_shown_and_each_turn_is_told_once(
    story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    def ticking(asker: Asker) -> Endpoints:
        ticks = count()
        return Endpoints(asker, lambda: next(ticks) * 0.04)

    monkeypatch.setattr(healthworker, "Endpoints", ticking)
    t = story.t
    async with shop(PORT) as service:
        await ways.to_ready(story, "v1.5.0")
        await story.time_of_window()
        await story.person("priya").press(t("Deploy", "배포"), CHANNEL)
        await _shown(
            story,
            t(
                "Health\nResponse 40 ms · Health endpoint answers well, today 2:00 PM",
                "지표\n응답 시간 40 ms · 헬스 체크 주소 정상 응답, 오늘 오후 2:00",
            ),
        )
        await story.begin_here()
        await _typed(story)
        service.healthy = False
        await story.wait_for(timedelta(hours=1))
        await _shown(story, t("does not answer well", "비정상 응답"))
        assert story.news() == [
            t(
                "↳ 🟠 Warning v1.5.0 Out of range in production; nothing goes on by itself until it is back\n"
                "• Health endpoint does not answer well (503)",
                "↳ 🟠 경고 v1.5.0 정상 범위를 벗어났습니다 (프로덕션). 돌아올 때까지 자동으로 진행하지 않습니다\n"
                "• 헬스 체크 주소 비정상 응답 (503)",
            )
        ]
        await story.begin_here()
        await _looked_at(story)


async def _typed(story: Story) -> None:
    """Out is told once, back is told, each beside what was typed."""
    t, priya = story.t, story.person("priya")
    english, korean = (
        "/release health 1.5.0 errors 2.4 % dashboard",
        "/release 지표 1.5.0 오류율 2.4 % dashboard",
    )
    said = await priya.slash(t(english, korean))
    assert said == t(
        "Recorded: v1.5.0 Measured in production: Errors 2.4 %\n> dashboard",
        "기록했습니다: v1.5.0 측정됨 (프로덕션): 오류율 2.4 %\n> dashboard",
    )
    await priya.slash("/release health 1.5.0 errors 3 %")
    await _shown(story, t("⚠ Errors 3 %", "⚠ 오류율 3 %"))
    await priya.slash("/release health 1.5.0 errors 0.2 %")
    await _shown(story, t("Errors 0.2 %", "오류율 0.2 %"))
    measured = t("Measured in production: Errors", "측정됨 (프로덕션): 오류율")
    assert story.news() == [
        f"↳ v1.5.0 {measured} 2.4 % — @Priya Nair\n> dashboard",
        t(
            "↳ 🟠 Warning v1.5.0 Out of range in production; nothing goes on by itself until it is back "
            "— @Priya Nair\n• Errors 2.4 %, good is < 1 %",
            "↳ 🟠 경고 v1.5.0 정상 범위를 벗어났습니다 (프로덕션). 돌아올 때까지 자동으로 진행하지 않습니다 "
            "— @Priya Nair\n• 오류율 2.4 %, 정상 범위 < 1 %",
        ),
        f"↳ v1.5.0 {measured} 3 % — @Priya Nair",
        f"↳ v1.5.0 {measured} 0.2 % — @Priya Nair",
        t(
            "↳ 🟢 Success v1.5.0 Back in range in production — @Priya Nair\n• Errors 0.2 %",
            "↳ 🟢 성공 v1.5.0 정상 범위로 돌아왔습니다 (프로덕션) — @Priya Nair\n• 오류율 0.2 %",
        ),
    ]
    await story.begin_here()


async def _looked_at(story: Story) -> None:
    t = story.t
    assert await story.person("junho").slash(t("/release health", "/release 지표")) == t(
        "Health of v1.5.0 in production\n"
        "✓ Errors 0.2 %\n"
        "good is < 1 % · entered by hand, @Priya Nair · Tue 3 Mar 14:00\n"
        "✓ Response 40 ms\n"
        "good is < 3 s · health endpoint · Tue 3 Mar 15:00\n"
        "⚠ Health endpoint does not answer well (503)\n"
        "health endpoint · Tue 3 Mar 15:00\n"
        "Naru asks every 1 hr. Readings are entered by: DevOps/SRE, on-call, release manager, tech lead, "
        "QA lead, DBA, implementation manager",
        "v1.5.0 지표 (프로덕션)\n"
        "✓ 오류율 0.2 %\n"
        "정상 범위 < 1 % · 직접 입력, @Priya Nair · 3월 3일(화) 14:00\n"
        "✓ 응답 시간 40 ms\n"
        "정상 범위 < 3 s · 헬스 체크 주소 · 3월 3일(화) 15:00\n"
        "⚠ 헬스 체크 주소 비정상 응답 (503)\n"
        "헬스 체크 주소 · 3월 3일(화) 15:00\n"
        "나루가 1시간마다 확인합니다. 측정값을 입력하는 역할: DevOps/SRE, 온콜, 릴리스 매니저, 테크 리드, "
        "QA 리드, DB 관리자, 구현 책임자",
    )
    assert await story.person("priya").slash("/release health 1.5.0 cpu 41") == t(
        "41 cannot be read as a value with its unit, like 0.4 % or 180 ms.\n"
        "Example: /release health 1.5.0 p95 180 ms",
        "알 수 없는 값입니다: 41 (필요한 값: 0.4 %, 180 ms처럼 단위가 있는 값)\n"
        "예: /release health 1.5.0 p95 180 ms",
    )


async def _shown(story: Story, text: str) -> None:
    await until(lambda: text in story.reads("v1.5.0"), f"{text} on the card")
    await story.settled()
