"""Production gets worse while v1.5.0 goes out: recommended, put aside, reported, paged, declared by one press."""

from __future__ import annotations

from datetime import timedelta

from commands.health.take_in import take_in
from domain.health.model import ERROR_RATE, Reading, Source
from domain.people import BOT, Origin, Via
from domain.types import Environment
from storage import projects
from storage.db import Tx
from tests.journeys import ways
from tests.journeys.play import CHANNEL, Story

_NARU = Origin(BOT, Via.TIMER)


async def test_a_breach_is_put_aside_and_a_reported_one_paged_until_it_is_declared(story: Story) -> None:
    await ways.to_production(story, "v1.5.0")
    await story.begin_here()
    await _recommended(story)
    await _put_aside(story)
    await _reported_and_confirmed(story)
    await _paged(story)
    await _declared(story)
    await _listed(story)


async def _measure(story: Story, value: float, minutes: int) -> None:
    """One reading a minute, as a monitor gives them."""
    for _ in range(minutes):
        await story.wait_for(timedelta(minutes=1))
        await story.demo.program.db.run(_take_in, value)
    await story.settled()


def _take_in(tx: Tx, value: float) -> None:
    project = projects.get(tx, "shop")
    assert project is not None
    one = Reading(
        metric=ERROR_RATE,
        environment=Environment.PRODUCTION,
        at=tx.now(),
        source=Source.PROMETHEUS,
        value=value,
        samples=100,
    )
    take_in(tx, project, [one], _NARU)


async def _recommended(story: Story) -> None:
    t = story.t
    await _measure(story, 0.2, 7)
    said = [line for line in story.news() if "1.5.0" in line]
    print("NEWS", said)
    print("DMS", story.dms("haneul"))
    print("CARD", story.reads("v1.5.0"))


async def _put_aside(story: Story) -> None:
    t, priya = story.t, story.person("priya")
    await priya.press(t("Not this time…", "이번에는 넘어가기…"), CHANNEL)
    told = await priya.submit(**{t("Why not this time?", "이번에는 왜 넘어갑니까?"): "a crawler"})
    print("TOLD", told, "NEWS", story.news())


async def _reported_and_confirmed(story: Story) -> None:
    t = story.t
    told = await story.person("junho").slash(
        t(
            "/release breach 1.5.0 data orders are there twice",
            "/release 기준위반 1.5.0 데이터 주문이 두 번 들어옵니다",
        )
    )
    print("TOLD", told)
    print("NEWS", story.news())
    told = await story.person("sora").press(t("I see it too", "저도 확인했습니다"), CHANNEL)
    print("TOLD", told)
    print("NEWS", story.news())


async def _paged(story: Story) -> None:
    t = story.t
    print("EMMA", story.dms("emma"))
    await story.wait_for(timedelta(minutes=5))
    await story.wait_for(timedelta(minutes=5))
    print("EMMA", story.dms("emma"), "JUNHO", story.dms("junho"))
    told = await story.person("emma").press(t("I am on it", "확인했습니다"), "dm")
    print("TOLD", told, story.news())


async def _declared(story: Story) -> None:
    t, minjae = story.t, story.person("minjae")
    await minjae.slash(t("/release breach", "/release 기준위반"))
    await minjae.press(t("Declare rollback", "롤백 선언"), CHANNEL)
    print("MODAL", minjae.modal)
    told = await minjae.submit()
    print("TOLD", told, story.news())


async def _listed(story: Story) -> None:
    t = story.t
    print("LIST", await story.person("minjae").slash(t("/release breach list 1.5.0", "/release 기준위반 목록 1.5.0")))
