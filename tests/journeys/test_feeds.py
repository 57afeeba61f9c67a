from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest_asyncio
from aiohttp import web
from sqlalchemy import update

from commands.load import load_policy
from domain.calendar.feeds import FeedRule
from storage import projects
from storage.db import Tx
from storage.tables import FeedRow
from tests.journeys.play import Story
from tests.storage.feeds.ics import event, file


class Host:
    """Somebody else's calendar, over HTTP on this machine."""

    def __init__(self) -> None:
        self.url = ""
        self.body = b""

    async def answer(self, _request: web.Request) -> web.Response:
        return web.Response(body=self.body)


@pytest_asyncio.fixture
async def host() -> AsyncIterator[Host]:
    found = Host()
    app = web.Application()
    app.router.add_get("/sales.ics", found.answer)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    found.url = f"http://127.0.0.1:{runner.addresses[0][1]}/sales.ics"
    yield found
    await runner.cleanup()


def sale(first: str, last: str) -> str:
    return event(
        f"DTSTART;VALUE=DATE:{first}", f"DTEND;VALUE=DATE:{last}", summary="설날 Sale 🧧", dated=False
    )


def _list_the_feed(tx: Tx, url: str) -> None:
    project = projects.get(tx, "shop")
    assert project is not None
    rules = project.policy.calendar.model_copy(update={"feeds": (FeedRule(name="sales", url=url),)})
    load_policy(tx, project.policy.model_copy(update={"calendar": rules}), project.channel)


def _due_again(tx: Tx) -> None:
    """As if the hour until the next reading were over."""
    tx.execute(update(FeedRow).values(tried_at=datetime(2020, 1, 1, tzinfo=UTC), read_at=None))


async def _read(story: Story) -> None:
    db = story.demo.program.db
    await db.run(_due_again)
    await story.demo.program.feeds.work()
    await story.settled()


async def test_a_feed_of_the_policy_closes_deploys_and_everybody_is_told(story: Story, host: Host) -> None:
    """Marketing's calendar is listed in the policy; it changes, breaks, and gives the days back."""
    t = story.t
    sora, haneul = story.people("sora", "haneul")
    host.body = file(sale("20260310", "20260312"))
    await story.demo.program.db.run(_list_the_feed, host.url)
    await _read(story)
    assert story.news() == [
        t(
            "Calendar feed sales: no deploys in these times.\n"
            "• Added: 설날 Sale 🧧, from Mar 10 12:00 AM (Seoul Tue 10 Mar 00:00) to Mar 12 12:00 AM (Seoul Thu 12 Mar 00:00)",
            "캘린더 피드 sales: 이 시간에는 배포할 수 없습니다.\n"
            "• 추가: 설날 Sale 🧧, 3월 10일 오전 12:00 (서울 3월 10일(화) 00:00)부터 3월 12일 오전 12:00 (서울 3월 12일(목) 00:00)까지",
        )
    ]
    await _read(story)
    assert story.news() == []
    assert await sora.slash(t("/release blackout", "/release 배포금지")) == t(
        "Blackouts: Shop\n설날 Sale 🧧 · Tue 10 Mar 00:00 – Thu 12 Mar 00:00\nfrom the calendar feed sales",
        "배포 금지 기간: 상점\n설날 Sale 🧧 · 3월 10일(화) 00:00 – 3월 12일(목) 00:00\n캘린더 피드 sales에서 가져옴",
    )
    assert await sora.slash(
        t("/release can-i-deploy regular 2026-03-11 14:00", "/release 배포가능 정기 2026-03-11 14:00")
    ) == t(
        "Shop · Regular\n"
        "🔴 Closed, opens Thu 12 Mar 10:00\n"
        "• Blackout: 설날 Sale 🧧 · until Thu 12 Mar 00:00\n"
        "Exception possible: Blackout: 설날 Sale 🧧, granted by: PM",
        "상점 · 정기\n"
        "🔴 닫힘 · 열리는 시각 3월 12일(목) 10:00\n"
        "• 배포 금지 기간: 설날 Sale 🧧 · 3월 12일(목) 00:00까지\n"
        "예외 승인 가능: 배포 금지 기간: 설날 Sale 🧧 (결정: PM)",
    )
    assert await sora.slash(
        t("/release blackout remove 설날 Sale 🧧", "/release 배포금지 삭제 설날 Sale 🧧")
    ) == t(
        "설날 Sale 🧧 comes from the calendar feed sales.\n"
        "Change it there; Naru reads it again within the hour.",
        "설날 Sale 🧧: 캘린더 피드 sales에서 가져온 것입니다.\n"
        "그곳에서 변경하세요. 나루는 한 시간 안에 다시 읽습니다.",
    )

    host.body = file(sale("20260317", "20260318"))
    await _read(story)
    assert story.news() == [
        t(
            "Calendar feed sales: no deploys in these times.\n"
            "• Changed: 설날 Sale 🧧, now from Mar 17 12:00 AM (Seoul Tue 17 Mar 00:00) to Mar 18 12:00 AM (Seoul Wed 18 Mar 00:00)",
            "캘린더 피드 sales: 이 시간에는 배포할 수 없습니다.\n"
            "• 변경: 설날 Sale 🧧, 이제 3월 17일 오전 12:00 (서울 3월 17일(화) 00:00)부터 3월 18일 오전 12:00 (서울 3월 18일(수) 00:00)까지",
        )
    ]

    host.body = file(sale("20260317", "20260318"), event("RRULE:FREQ=HOURLY", uid="b", summary="Backup"))
    story.dms("haneul")
    await _read(story)
    await _read(story)
    assert (story.news(), story.dms("haneul")) == (
        [],
        [
            t(
                "Calendar feed not read: sales. What was read from it before stays.\n"
                "• line 17 · “Backup”: It comes more than once a day (FREQ=HOURLY).",
                "캘린더 피드를 읽지 못함: sales. 이전에 읽은 내용은 그대로 유지됩니다.\n"
                "• 17행 · “Backup”: 하루에 두 번 이상 반복됩니다(FREQ=HOURLY).",
            )
        ],
    )
    assert (
        t("Calendar feed sales is not read", "캘린더 피드 sales: 읽지 못하고 있습니다")
        in (await haneul.home()).text
    )

    host.body = file()
    await _read(story)
    assert story.news() == [
        t(
            "Calendar feed sales\n"
            "• Removed: 설날 Sale 🧧, from Mar 17 12:00 AM (Seoul Tue 17 Mar 00:00) to Mar 18 12:00 AM (Seoul Wed 18 Mar 00:00)",
            "캘린더 피드 sales\n"
            "• 삭제: 설날 Sale 🧧, 3월 17일 오전 12:00 (서울 3월 17일(화) 00:00)부터 3월 18일 오전 12:00 (서울 3월 18일(수) 00:00)까지",
        )
    ]
