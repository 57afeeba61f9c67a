from __future__ import annotations

from pathlib import Path

import pytest

from bot.demo import policies
from tests.journeys import ways
from tests.journeys.play import CHANNEL, Story


@pytest.fixture
def stage(stage: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The shop's regular releases go out as canaries."""
    canary = "types:\n  regular: {{rollout: canary}}\n"
    monkeypatch.setattr("bot.demo.policies.SHOP", policies.SHOP + canary)
    return stage


async def test_a_canary_on_which_the_window_closes_is_decided_by_people(story: Story) -> None:
    await _deploying(story)
    await _interrupted(story)
    await _step_ends(story)
    await _undecided(story)
    await _opened(story)


async def test_an_exception_lets_an_interrupted_rollout_go_on(story: Story) -> None:
    """Asked from the question itself, granted by the other release manager, used by continuing."""
    t, haneul, alex = story.t, story.person("haneul"), story.person("alex")
    await _deploying(story)
    await story.time("2026-03-03", "17:00")
    assert await haneul.press(t("Ask for an exception…", "예외 승인 요청…"), "dm") == ""
    await haneul.fill(
        {
            t("What goes out?", "무엇을 배포합니까?"): "v1.5.0",
            t("Why can it not wait?", "왜 기다릴 수 없습니까?"): "A canary overnight",
            t("What could go wrong?", "어떤 위험이 있습니까?"): "Slow carts",
            t("Way back", "되돌리는 방법"): "Canary back to 0",
        }
    )
    await alex.press(t("Grant…", "허용…"), "dm")
    await alex.fill({})
    story.news()
    assert await haneul.press(t("Continue", "계속"), CHANNEL) == t(
        "Recorded: v1.5.0 Rollout continued", "기록했습니다: v1.5.0 배포 재개"
    )
    assert story.news() == [
        t(
            "↳ 🔵 Info v1.5.0 Rollout continued — @김하늘 (Haneul Kim)",
            "↳ 🔵 정보 v1.5.0 배포 재개 — @김하늘 (Haneul Kim)",
        ),
        t(
            "↳ v1.5.0 The deploy uses the exception: Outside the release windows — @김하늘 (Haneul Kim)",
            "↳ v1.5.0 예외 승인을 사용해 배포합니다: 릴리스 윈도우 밖의 시간 — @김하늘 (Haneul Kim)",
        ),
    ]
    await ways.roll_out(story)


async def _deploying(story: Story) -> None:
    """Not half an hour before the window closes the second step is out."""
    t, priya = story.t, story.person("priya")
    await ways.to_ready(story, "v1.5.0")
    await story.time("2026-03-03", "16:35")
    await priya.press(t("Deploy", "배포"), CHANNEL)
    await ways.step_out(story)
    await priya.press(t("Canary 50 % is out", "카나리 50% 반영 완료"), CHANNEL)
    await story.time("2026-03-03", "16:59")
    await story.begin_here()


async def _interrupted(story: Story) -> None:
    """The thread, the captain and who runs deploys are asked; the card says what may still be reported."""
    t = story.t
    await story.time("2026-03-03", "17:00")
    assert story.news() == [
        t(
            "↳ 🟠 Warning v1.5.0 Rollout paused: the gate has closed.\n"
            "• Outside the release windows · until tomorrow 10:00 AM (Seoul Wed 4 Mar 10:00)\n"
            "The step under way may end: Canary 50 %. Waiting: Canary 100 %\n"
            "Decide: continue with an exception (granted by: release manager), or declare a rollback.",
            "↳ 🟠 경고 v1.5.0 배포 일시 중지: 게이트가 닫혔습니다.\n"
            "• 릴리스 윈도우 밖의 시간 · 내일 오전 10:00 (서울 3월 4일(수) 10:00)까지\n"
            "진행 중인 단계는 마칠 수 있습니다: 카나리 50%. 대기하는 단계: 카나리 100%\n"
            "예외 승인(담당: 릴리스 매니저)을 받아 계속할지, 롤백을 선언할지 결정해 주십시오.",
        )
    ]
    assert story.dms("haneul") == [
        t(
            "🟠 Warning v1.5.0 Rollout paused: the gate has closed.\n"
            "• Outside the release windows · until Wed 4 Mar 10:00\n"
            "The step under way may end: Canary 50 %. Waiting: Canary 100 %\n"
            "Decide: continue with an exception (granted by: release manager), or declare a rollback.",
            "🟠 경고 v1.5.0 배포 일시 중지: 게이트가 닫혔습니다.\n"
            "• 릴리스 윈도우 밖의 시간 · 3월 4일(수) 10:00까지\n"
            "진행 중인 단계는 마칠 수 있습니다: 카나리 50%. 대기하는 단계: 카나리 100%\n"
            "예외 승인(담당: 릴리스 매니저)을 받아 계속할지, 롤백을 선언할지 결정해 주십시오.",
        )
    ]
    assert len(story.dms("priya")) == 1
    assert story.dms("alex") == []
    assert _waits_for(story) == t(
        "Paused by the calendar: Outside the release windows · until tomorrow 10:00 AM (Seoul Wed 4 Mar 10:00); opens tomorrow 10:00 AM (Seoul Wed 4 Mar 10:00)\n"
        "Waits for a decision from implementation manager, release manager or incident commander: continue, or declare a rollback.\n"
        "Still under way: Canary 50 %, reported by DevOps/SRE.",
        "캘린더에 따라 일시 중지됨: 릴리스 윈도우 밖의 시간 · 내일 오전 10:00 (서울 3월 4일(수) 10:00)까지; 열리는 시각: 내일 오전 10:00 (서울 3월 4일(수) 10:00)\n"
        "구현 책임자, 릴리스 매니저 또는 장애 지휘관의 결정을 기다립니다: 계속 또는 롤백 선언\n"
        "진행 중인 단계: 카나리 50% (보고: DevOps/SRE)",
    )
    go_on, *others = _deciding(story)
    still = (t("Go on early…", "미리 다음 단계로…"), go_on, t("Pause", "일시 중지"))  # as long as it may end
    assert story.card("v1.5.0").buttons == (*still, *others)


async def _step_ends(story: Story) -> None:
    """What was under way is reported when it is over; whoever would go on is told who can settle it."""
    t, haneul, priya = story.t, story.person("haneul"), story.person("priya")
    await story.time("2026-03-03", "17:05")
    over = t(
        "🔵 Info v1.5.0 Canary 50 % has been watched for 30 min\n"
        "All well? Then the step is done; the next one waits: Canary 100 %. If not: declare a rollback.",
        "🔵 정보 v1.5.0 카나리 50%: 30분 동안 지켜봤습니다\n"
        "문제가 없으면 단계를 완료해 주십시오. 다음 단계는 대기합니다: 카나리 100%. 문제가 있으면 롤백을 선언해 주십시오.",
    )
    assert (story.news(), story.dms("haneul"), story.dms("priya")) == ([f"↳ {over}"], [over], [over])
    assert await priya.press(t("Step done", "배포 단계 완료"), CHANNEL) == t(
        "Recorded: v1.5.0 Canary 50 % ▰▰▰▰▰▰▰▱▱▱ 2/3", "기록했습니다: v1.5.0 카나리 50% ▰▰▰▰▰▰▰▱▱▱ 2/3"
    )
    assert story.card("v1.5.0").buttons == _deciding(story)
    assert await haneul.press(t("Continue", "계속"), "dm") == t(
        "Continue has to wait for v1.5.0: one thing is missing.\n"
        "• The gate is closed: Outside the release windows · until Wed 4 Mar 10:00; opens Wed 4 Mar 10:00 (ask: release manager)\n"
        "Nothing was changed. Try again when this is settled.",
        "v1.5.0 계속: 아직 진행할 수 없습니다. 필요한 것이 1가지 남았습니다.\n"
        "• 게이트가 닫혀 있습니다: 릴리스 윈도우 밖의 시간 · 3월 4일(수) 10:00까지; 열리는 시각: 3월 4일(수) 10:00 (담당: 릴리스 매니저)\n"
        "변경된 것은 없습니다. 위 사항을 해결한 뒤 다시 시도해 주십시오.",
    )
    story.news()


async def _undecided(story: Story) -> None:
    """A canary is not left alone: after a quarter of an hour again, then to the other release manager too."""
    t = story.t
    await story.time("2026-03-03", "17:15")
    assert story.news() == [
        t(
            "↳ 🟠 Warning v1.5.0 The rollout is not decided: paused since today 5:00 PM (Seoul Tue 3 Mar 17:00). Waiting: Canary 100 %\n"
            "• Outside the release windows · until tomorrow 10:00 AM (Seoul Wed 4 Mar 10:00)\n"
            "Decide: continue with an exception (granted by: release manager), or declare a rollback.",
            "↳ 🟠 경고 v1.5.0 배포를 계속할지 아직 결정되지 않았습니다. 중지된 시각: 오늘 오후 5:00 (서울 3월 3일(화) 17:00). 대기하는 단계: 카나리 100%\n"
            "• 릴리스 윈도우 밖의 시간 · 내일 오전 10:00 (서울 3월 4일(수) 10:00)까지\n"
            "예외 승인(담당: 릴리스 매니저)을 받아 계속할지, 롤백을 선언할지 결정해 주십시오.",
        )
    ]
    assert story.dms("alex") == []
    await story.time("2026-03-03", "17:30")
    assert story.dms("alex") == [
        t(
            "🟠 Warning v1.5.0 The rollout is not decided: paused since Tue 3 Mar 03:00 (Seoul 17:00). Waiting: Canary 100 %\n"
            "• Outside the release windows · until Tue 3 Mar 20:00 (Seoul Wed 4 Mar 10:00)\n"
            "Decide: continue with an exception (granted by: release manager), or declare a rollback.\n"
            "You are told because nobody has decided yet.",
            "🟠 경고 v1.5.0 배포를 계속할지 아직 결정되지 않았습니다. 중지된 시각: 3월 3일(화) 03:00 (서울 17:00). 대기하는 단계: 카나리 100%\n"
            "• 릴리스 윈도우 밖의 시간 · 3월 3일(화) 20:00 (서울 3월 4일(수) 10:00)까지\n"
            "예외 승인(담당: 릴리스 매니저)을 받아 계속할지, 롤백을 선언할지 결정해 주십시오.\n"
            "아직 아무도 결정하지 않아 알려 드립니다.",
        )
    ]
    story.news()


async def _opened(story: Story) -> None:
    """The next window does not go on by itself: somebody says so."""
    t, haneul = story.t, story.person("haneul")
    await story.time("2026-03-04", "10:00")
    assert story.news()[0] == t(
        "↳ 🟠 Warning v1.5.0 The gate is open again. The rollout is paused since yesterday 5:00 PM (Seoul Tue 3 Mar 17:00). Waiting: Canary 100 %\n"
        "Continue, or declare a rollback.",
        "↳ 🟠 경고 v1.5.0 게이트가 다시 열렸습니다. 배포가 중지된 시각: 어제 오후 5:00 (서울 3월 3일(화) 17:00). 대기하는 단계: 카나리 100%\n"
        "계속하거나 롤백을 선언해 주십시오.",
    )
    assert await haneul.press(t("Continue", "계속"), "dm") == t(
        "Recorded: v1.5.0 Rollout continued", "기록했습니다: v1.5.0 배포 재개"
    )
    # The button beneath the reminder of the step before is that step's.
    assert await story.person("priya").press(t("Step done", "배포 단계 완료"), CHANNEL) == t(
        "Somebody was faster on v1.5.0. Already done: Canary 50 %\n"
        "• Now under way: Canary 100 %\n"
        "The card shows how it stands.",
        "v1.5.0: 다른 사람이 먼저 완료했습니다. 완료된 단계: 카나리 50%\n"
        "• 지금 진행 중인 단계: 카나리 100%\n"
        "현재 상태는 카드에서 확인할 수 있습니다.",
    )
    card = story.card("v1.5.0").ts
    await story.person("priya").press(t("Step done", "배포 단계 완료"), CHANNEL, message_ts=card)
    await ways.roll_out(story, steps=0)


def _waits_for(story: Story) -> str:
    """The card's three sentences beneath the way."""
    return "\n".join(story.reads("v1.5.0").split("\n")[3:6])


def _deciding(story: Story) -> tuple[str, ...]:
    t = story.t
    return (
        t("Continue", "계속"),
        t("Declare rollback", "롤백 선언"),
        t("Changes", "변경 사항"),
        t("Notes", "노트"),
        t("Ask for an exception…", "예외 승인 요청…"),
        t("Checklists", "체크리스트"),
    )
