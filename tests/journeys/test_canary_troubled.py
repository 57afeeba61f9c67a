from __future__ import annotations
import sys, pprint
from datetime import timedelta
from pathlib import Path

import pytest

from tests.journeys import ways
from tests.journeys.canary import POLICY, ROOM, Canary, canary, to_canary
from tests.journeys.play import CHANNEL, Story

FEW = "criteria: {changes: {canary_error_rate: {samples: 100000}}}\n"

def show(name, x):
    print("#####", name, file=sys.stderr); pprint.pprint(x, stream=sys.stderr, width=150)

@pytest.mark.policy(POLICY + FEW)
async def test_a(story: Story, tmp_path: Path) -> None:
    t = story.t
    async with canary(story, tmp_path) as of:
        await to_canary(of)
        await of.measures("canary_error_rate", 0.12)
        await of.measures("error_rate", 0.0165)
        await of.measured()
        for m in range(1,7):
            await of.pass_minutes(1)
            show(f"a min {m}", (story.news(), story.dms("haneul")))
        of.prometheus_goes_down()
        for m in range(7,17):
            await of.pass_minutes(1)
            show(f"a min {m}", (story.news(), story.dms("haneul")))
        show("card", story.reads("v1.5.0"))
        show("works", of.works.done)


@pytest.mark.policy(POLICY)
async def test_b(story: Story, tmp_path: Path) -> None:
    t = story.t
    priya, minjae, haneul = story.people("priya", "minjae", "haneul")
    async with canary(story, tmp_path) as of:
        await ways.to_ready(story, "v1.5.0")
        await story.time_of_window()
        await priya.press(t("Deploy", "배포"), CHANNEL)
        story.news()
        show("forged", await of.says("succeeded", secret=b"another"))
        show("b forged", story.news())
        for m in range(4):
            await story.wait_for(timedelta(minutes=15))
            show(f"b lost {m}", (story.news(), story.dms("priya")))
        show("late", await of.says("succeeded", evidence="10 %"))
        show("b late", story.news())
        show("doubled", await of.says("succeeded", evidence="10 %"))
        show("out of order", await of.says("running", percent=10))
        show("b late", story.news())
        show("buttons", story.card("v1.5.0").buttons)
        show("card", story.reads("v1.5.0"))
        await minjae.press(t("Declare rollback", "롤백 선언"), CHANNEL)
        await minjae.fill({
            t("What is met?", "어떤 롤백 기준에 해당합니까?"): [t("Error rate", "오류율")],
            t("Evidence", "근거"): "12 %",
        })
        story.news()
        await priya.slash(t("/release step traffic start", "/release 단계 트래픽 시작"), ROOM)
        story.news(ROOM)
        show("late failed", await of.says("failed", of=0, message="x"))
        show("late failed", await of.says("failed", of=0, message="x"))
        show("news", (story.news(), story.news(ROOM)))
        for m in range(4):
            await story.wait_for(timedelta(minutes=15))
            show(f"b lost {m}", (story.news(), story.news(ROOM), story.dms("priya")))
        await priya.slash(t("/release step traffic start", "/release 단계 트래픽 시작"), ROOM)
        show("again", (of.works.done, story.news(ROOM)))
        show("late succeeded of first", await of.says("succeeded", of=1))
        show("succeeded of second", await of.says("succeeded", of=2))
        show("end", (story.news(), story.news(ROOM)))
