"""A canary of which nothing can be told, and one whose deployer cannot be trusted: nothing is guessed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.journeys import ways
from tests.journeys.canary import NEW, POLICY, ROOM, Canary, canary, to_canary
from tests.journeys.play import CHANNEL, Story

FEW = "criteria: {changes: {canary_error_rate: {samples: 100000}}}\n"
NUMBER = re.compile(r"\d{4,6}")


@pytest.mark.policy(POLICY + FEW)
async def test_what_cannot_be_told_is_asked_of_people_and_holds_the_canary(
    story: Story, tmp_path: Path
) -> None:
    async with canary(story, tmp_path) as of:
        await to_canary(of)
        await of.measures("canary_error_rate", 0.12)
        await of.measures("error_rate", 0.0165)
        await of.measured()
        await of.pass_minutes(4)
        story.news()
        await _too_few(of)
        await _prometheus_goes_down(of)
        await _held(of)
        assert list(of.works.done.values()) == [("canary_10", "v1.5.0-rc.1")]


async def _too_few(of: Canary) -> None:
    """12 % are far over the limit, of too few requests: the release managers have to look."""
    story, t = of.story, of.story.t
    await of.pass_minutes(1)
    unclear = t(
        "🟠 Warning v1.5.0 Cannot be judged: a person has to look.\n"
        "• Errors of canary users: too few requests (n). Wait for traffic, or look at it yourself.",
        "🟠 경고 v1.5.0 판정 불가: 사람이 확인해야 합니다.\n"
        "• 카나리 사용자 오류율: 요청이 너무 적습니다(n건). 트래픽을 기다리거나 직접 확인하세요.",
    )
    assert [NUMBER.sub("n", one) for one in story.news()] == [f"↳ {unclear}"]
    assert [NUMBER.sub("n", one) for one in story.dms("haneul")] == [unclear]


async def _prometheus_goes_down(of: Canary) -> None:
    """Told at once by what is measured, and after a while by what is judged; each once."""
    story, t = of.story, of.story.t
    of.prometheus_goes_down()
    await of.pass_minutes(1)
    gone = t(
        "nothing answers at the address. Check that it is right, and that it runs.",
        "주소에서 응답이 없습니다. 주소가 맞는지, 실행 중인지 확인해 주십시오.",
    )
    errors, canaries = t("Errors", "오류율"), t("Errors of canary users", "카나리 사용자 오류율")
    requests = t("Requests", "요청 수")
    assert story.news() == [
        t(
            "↳ 🟠 Warning v1.5.0 Cannot be measured in production: a person has to look",
            "↳ 🟠 경고 v1.5.0 측정할 수 없습니다 (프로덕션). 사람이 확인해야 합니다",
        )
        + "".join(f"\n• {one}: {gone} Connection refused" for one in (errors, canaries, "P95", requests))
    ]
    await of.pass_minutes(4)
    unclear = t(
        "🟠 Warning v1.5.0 Cannot be judged: a person has to look.",
        "🟠 경고 v1.5.0 판정 불가: 사람이 확인해야 합니다.",
    )
    told = f"{unclear}\n• {errors}: {gone}\n• P95: {gone}\n• {canaries}: {gone}"
    assert (story.news(), story.dms("haneul")) == ([f"↳ {told}"], [told])


async def _held(of: Canary) -> None:
    """It was to go on by itself: all that speaks against it is named."""
    story, t = of.story, of.story.t
    await of.pass_minutes(5)
    gone = t(
        "nothing answers at the address. Check that it is right, and that it runs.",
        "주소에서 응답이 없습니다. 주소가 맞는지, 실행 중인지 확인해 주십시오.",
    )
    assert story.news() == [
        t(
            "↳ 🟠 Warning v1.5.0 Canary 10 % has been watched for 15 min\n"
            "It does not go on by itself:\n"
            f"• Errors of canary users: {gone}\n"
            f"• Errors: {gone}\n"
            f"• P95: {gone}\n"
            "All well? Then go on: Canary 50 %. If not: pause, or declare a rollback.",
            "↳ 🟠 경고 v1.5.0 카나리 10%: 15분 동안 지켜봤습니다\n"
            "스스로 다음 단계로 넘어가지 않습니다:\n"
            f"• 카나리 사용자 오류율: {gone}\n"
            f"• 오류율: {gone}\n"
            f"• P95: {gone}\n"
            "문제가 없으면 다음 단계로 넘어가 주십시오: 카나리 50%. "
            "문제가 있으면 일시 중지하거나 롤백을 선언해 주십시오.",
        )
    ]


@pytest.mark.policy(POLICY)
async def test_callbacks_that_are_forged_lost_late_or_doubled_deploy_nothing_twice(
    story: Story, tmp_path: Path
) -> None:
    t, priya = story.t, story.person("priya")
    async with canary(story, tmp_path) as of:
        of.front.errors[NEW] = 0.005
        await ways.to_ready(story, "v1.5.0")
        await story.time_of_window()
        await priya.press(t("Deploy", "배포"), CHANNEL)
        story.news()
        await _forged_then_lost(of)
        await _late_and_doubled(of)
        await _of_another_time(of)
        await _lost_on_the_way_back(of)
        assert list(of.works.done.values()) == [
            ("canary_10", "v1.5.0-rc.1"),
            ("traffic", "v1.4.2"),
            ("traffic", "v1.4.2"),  # asked for once more by a person
        ]
        assert len(of.works.service.deploys) == len(of.works.service.asked)


async def _forged_then_lost(of: Canary) -> None:
    """It is live, but nobody who may has said so: after a while people are asked to look."""
    story, t = of.story, of.story.t
    assert await of.says("succeeded", secret=b"somebody else's secret") == 401
    assert story.news() == []
    await of.pass_minutes(3)
    silent = t(
        "🔴 Critical v1.5.0 Canary 10 % failed; the rollout is paused. "
        "Continue to try the step once more, or declare a rollback. "
        "If it is out, say so on the card, with a reason.\n"
        "> Nothing was heard of it for too long: look at what really runs.",
        "🔴 심각 v1.5.0 카나리 10%: 실패했습니다. 배포를 일시 중지했습니다. "
        "계속하면 이 단계를 다시 시도합니다. 아니면 롤백을 선언해 주십시오. "
        "이미 반영되었다면 카드에서 이유와 함께 알려 주십시오.\n"
        "> 너무 오랫동안 소식이 없습니다. 실제로 무엇이 실행 중인지 확인해 주십시오.",
    )
    assert (story.news(), story.dms("priya")[-1]) == ([f"↳ {silent}"], silent)


async def _late_and_doubled(of: Canary) -> None:
    """A late word mends it; it stays paused until a person lets it go on."""
    story, t = of.story, of.story.t
    assert await of.says("succeeded", evidence="10 %") == 202
    after_all = t(
        "🟠 Warning v1.5.0 Canary 10 % is live\n"
        "The rollout is still paused: Nothing was heard of it for too long: look at what really runs.\n"
        "Look at what runs there, then press “Continue”: it is watched from then on. "
        "If it is not well, declare a rollback.\n"
        "Who can continue: implementation manager, release manager or incident commander",
        "🟠 경고 v1.5.0 카나리 10%: 반영되었습니다\n"
        "배포가 아직 일시 중지되어 있습니다: "
        "너무 오랫동안 소식이 없습니다. 실제로 무엇이 실행 중인지 확인해 주십시오.\n"
        "무엇이 실행 중인지 확인한 뒤 “계속” 버튼을 눌러 주십시오. 그때부터 지켜봅니다. "
        "문제가 있으면 롤백을 선언해 주십시오.\n"
        "계속할 수 있는 담당: 구현 책임자, 릴리스 매니저 또는 장애 지휘관",
    )
    assert story.news() == [f"↳ {after_all}"]
    assert [story.dms(who)[-1] for who in ("haneul", "minjae", "priya")] == 3 * [after_all]
    assert await of.says("succeeded", evidence="10 %") == 200
    assert await of.says("running", percent=10) == 409
    assert story.news() == []
    assert t("Continue", "계속") in story.card("v1.5.0").buttons


async def _of_another_time(of: Canary) -> None:
    """What its deployer says of the step once the way back has begun is told once, and changes nothing."""
    story, t = of.story, of.story.t
    minjae = story.person("minjae")
    await minjae.press(t("Declare rollback", "롤백 선언"), CHANNEL)
    await minjae.fill(
        {
            t("What is met?", "어떤 롤백 기준에 해당합니까?"): [t("Error rate", "오류율")],
            t("Evidence", "근거"): "orders fail",
        }
    )
    story.news()
    for _ in range(2):
        assert await of.says("failed", of=0, message="too late") == 409
    assert story.news() == [
        t(
            "↳ 🟠 Warning v1.5.0 Rollout step “Canary 10 %”: the deployer reports “failed” now. "
            "For Naru it had ended: succeeded\n"
            "> too late\n"
            "Nothing was changed. Look at what really runs there.",
            "↳ 🟠 경고 v1.5.0 배포 단계 “카나리 10%”: 배포 도구가 이제 “실패” 상태를 알려 왔습니다. "
            "나루에서는 이미 끝난 작업입니다: 성공\n"
            "> too late\n"
            "바뀐 것은 없습니다. 실제로 무엇이 실행 중인지 확인해 주십시오.",
        )
    ]


async def _lost_on_the_way_back(of: Canary) -> None:
    """The step is handed back to people; a word of the first try after the second is too late."""
    story, t = of.story, of.story.t
    story.news(ROOM)
    await of.pass_minutes(3)
    assert story.news(ROOM) == [
        t(
            "🔴 Critical v1.5.0 Way back, step “Move traffic back”: lost\n"
            "Nothing was heard of it for too long: look at what really runs.\n"
            "Look at what runs in production, then start the step again or report it done.",
            "🔴 심각 v1.5.0 롤백 단계 “트래픽 되돌리기”: 응답 없음\n"
            "너무 오랫동안 소식이 없습니다. 실제로 무엇이 실행 중인지 확인해 주십시오.\n"
            "운영 환경에서 무엇이 실행 중인지 확인한 뒤 단계를 다시 시작하거나 완료로 알려 주십시오.",
        )
    ]
    start = t("/release step traffic start", "/release 단계 트래픽 시작")
    await story.person("priya").slash(start, ROOM)
    story.news(ROOM)
    assert await of.says("succeeded", of=1) == 409
    assert await of.says("succeeded", of=2) == 202
    assert await of.says("succeeded", of=2) == 200
    assert story.news(ROOM) == [
        t(
            "🟠 Warning v1.5.0 Way back, step “Move traffic back”: the deployer reports “succeeded” now. "
            "For Naru it had ended: lost\n"
            "Nothing was changed. Look at what really runs there.",
            "🟠 경고 v1.5.0 롤백 단계 “트래픽 되돌리기”: 배포 도구가 이제 “성공” 상태를 알려 왔습니다. "
            "나루에서는 이미 끝난 작업입니다: 응답 없음\n"
            "바뀐 것은 없습니다. 실제로 무엇이 실행 중인지 확인해 주십시오.",
        ),
        t(
            "🟢 Success v1.5.0 Way back, step “Move traffic back”: succeeded",
            "🟢 성공 v1.5.0 롤백 단계 “트래픽 되돌리기”: 성공",
        ),
        t("🟢 Success Move traffic back: done · @Priya Nair", "🟢 성공 트래픽 되돌리기: 완료 · @Priya Nair"),
    ]
