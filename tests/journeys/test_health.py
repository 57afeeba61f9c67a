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
    t, priya = story.t, story.person("priya")
    async with shop(PORT) as service:
        await ways.to_ready(story, "v1.5.0")
        await story.time_of_window()
        await priya.press(t("Deploy", "배포"), CHANNEL)
        await _shown(
            story,
            t("Response 40 ms · Health endpoint answers well", "응답 시간 40 ms · 상태 확인 주소 정상 응답"),
        )
        await story.begin_here()

        said = await priya.slash(
            t("/release health 1.5.0 errors 2.4 % dashboard", "/release 지표 1.5.0 오류율 2.4 % dashboard")
        )
        print("SAID", repr(said))
        print("NEWS", repr(story.news()))
        await priya.slash("/release health 1.5.0 errors 3 %")
        print("NEWS", repr(story.news()))
        await _shown(story, t("⚠ Errors 3 %", "⚠ 오류율 3 %"))
        await priya.slash("/release health 1.5.0 errors 0.2 %")
        print("NEWS", repr(story.news()))
        await story.begin_here()

        service.healthy = False
        await story.wait_for(timedelta(hours=1))
        await _shown(story, t("does not answer well", "비정상 응답"))
        print("NEWS", repr(story.news()))
        await story.begin_here()
        looked = await story.person("junho").slash(t("/release health", "/release 지표"))
        print("LOOK", looked)
        print("CARD", story.reads("v1.5.0"))
        print("NO", await priya.slash("/release health 1.5.0 cpu 41"))
        assert 0


async def _shown(story: Story, text: str) -> None:
    try:
        await until(lambda: text in story.reads("v1.5.0"), f"{text} on the card", patience=5)
    except AssertionError:
        print("CARD", story.reads("v1.5.0"))
        raise
    await story.settled()
