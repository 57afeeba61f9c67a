"""Against a real Prometheus: what it answers is what the adapter reads, a planted regression included."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.monitors.fetching import opened
from bot.monitors.prometheus import Prometheus
from domain.health.asking import Answer, Question
from domain.health.model import WhyNone
from tests.support import prometheus as support
from tests.support.prometheus import scraping, shop, until


def is_value(value: float) -> Any:
    return lambda found: len(found) == 1 and float(found[0]["value"][1]) == value


async def test_prometheus_answers_with_numbers_or_with_reasons(tmp_path: Path) -> None:
    async with shop() as service:
        service.gauges |= {'errors{app="shop"}': 0.002, 'errors{app="web"}': 0.001}
        with scraping(service.port, tmp_path) as url:
            mine = 'errors{app="shop"}'
            await until(url, mine, is_value(0.002))
            async with opened(("127.0.0.1",)) as asker:
                monitor = Prometheus(asker)

                async def said(query: str) -> Answer:
                    (answer,) = await monitor.now(Question(url, query, allow=("127.0.0.1",)))
                    return answer

                assert await said(mine) == Answer(value=0.002)
                assert await said("nothing_like_it") == Answer(why=WhyNone.EMPTY)
                assert await said("errors") == Answer(why=WhyNone.MANY, detail="2")
                assert await said("0 / vector(0)") == Answer(why=WhyNone.NAN)
                assert await said("1 / vector(0)") == Answer(why=WhyNone.INFINITE)
                assert await said("scalar(vector(7))") == Answer(value=7.0)
                assert await said('"text"') == Answer(why=WhyNone.TEXT, detail="text")
                assert (await said("errors{")).why is WhyNone.STATUS
                assert "parse error" in (await said("errors{")).detail

                service.gauges['errors{app="shop"}'] = 0.08
                await until(url, mine, is_value(0.08))
                assert await said(mine) == Answer(value=0.08)

                await until(url, f"count_over_time({mine}[1m]) > 15", lambda found: len(found) == 1)
                now = datetime.now(UTC)
                since = now - timedelta(seconds=30)
                history = await monitor.before(Question(url, mine), since, now)
                assert {answer.value for _, answer in history} <= {0.002, 0.08}
                assert all(at < now for at, _ in history)
                assert await monitor.before(Question(url, "nope"), since, now) == [
                    (now, Answer(why=WhyNone.EMPTY))
                ]


@pytest.mark.parametrize("required", ["required", ""])
def test_without_prometheus_its_tests_are_skipped_or_fail_where_they_must_not(
    required: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(support.shutil, "which", lambda _: None)
    monkeypatch.setenv("TEST_PROMETHEUS", required)
    with pytest.raises(pytest.fail.Exception if required else pytest.skip.Exception):
        support.prometheus()
