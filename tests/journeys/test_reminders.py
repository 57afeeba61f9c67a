"""Who is reminded answers, seen or later, and only they are spared; planned dates are told ahead."""

from __future__ import annotations

from sandbox.sample_repo import add_hotfix_work
from tests.journeys import ways
from tests.journeys.play import Story

API = "#releases-api"


async def test_reminders_are_answered_by_who_gets_them_and_urgent_work_is_told_ahead(story: Story) -> None:
    await ways.to_qa(story, "v1.5.0")
    await story.begin_here()
    await _qa_is_due(story)
    await _later(story)
    await _seen(story)
    await _settled(story)
    await _tomorrow(story)
    await _urgent(story)


def _due(story: Story, at: str, deploy: str) -> str:
    return story.t(
        f"v1.5.0 QA is due: planned until {at}, no result yet. Stage: QA\n"
        f"The deploy is planned for {deploy}. Record the QA result on the card, or choose another date.",
        f"v1.5.0 QA 마감: 예정 종료 {at}, 아직 결과가 없습니다. 단계: QA\n"
        f"배포 예정: {deploy}. 카드에서 QA 결과를 기록하거나 다른 날짜를 선택해 주십시오.",
    )


def _to_daniel(story: Story) -> str:
    """Daniel lives in Berlin."""
    t = story.t
    return _due(
        story,
        t("Wed 4 Mar 10:00 (Seoul 18:00)", "3월 4일(수) 10:00 (서울 18:00)"),
        t("Thu 5 Mar 06:00 (Seoul 14:00)", "3월 5일(목) 06:00 (서울 14:00)"),
    )


async def _qa_is_due(story: Story) -> None:
    """At the end of the business hours of its last day: the thread, the captain and the QA lead."""
    t = story.t
    await story.time("2026-03-04", "17:59")
    story.news()
    story.dms("haneul")
    story.dms("daniel")
    await story.time("2026-03-04", "18:00")
    today = t("today 6:00 PM (Seoul Wed 4 Mar 18:00)", "오늘 오후 6:00 (서울 3월 4일(수) 18:00)")
    tomorrow = t("tomorrow 2:00 PM (Seoul Thu 5 Mar 14:00)", "내일 오후 2:00 (서울 3월 5일(목) 14:00)")
    assert story.news() == ["↳ " + _due(story, today, tomorrow)]
    assert story.dms("haneul") == [
        _due(
            story,
            t("Wed 4 Mar 18:00", "3월 4일(수) 18:00"),
            t("Thu 5 Mar 14:00", "3월 5일(목) 14:00"),
        )
    ]
    assert story.dms("daniel") == [_to_daniel(story)]
    assert story.person("daniel").buttons("v1.5.0", "dm") == (
        t("Choose another date", "다른 날짜 선택"),
        t("Got it", "알겠어요"),
        t("Later…", "나중에…"),
    )


async def _later(story: Story) -> None:
    """An hour later it comes again, to who asked for that and to nobody else."""
    t, daniel = story.t, story.person("daniel")
    await daniel.press(t("Later…", "나중에…"), "dm")
    assert daniel.modal.title == t("Remind me later", "나중에 알림")
    await daniel.fill({t("Remind me", "다시 알림"): t("In 1 hour", "1시간 뒤")})
    assert story.dms("daniel") == [
        t(
            "Recorded: v1.5.0 Reminder put off: QA that is due, until Wed 4 Mar 11:00 (Seoul 19:00)\n"
            "If it is settled by then, nothing comes.",
            "기록했습니다: v1.5.0 알림 미룸: QA 마감, 3월 4일(수) 11:00 (서울 19:00)까지\n"
            "그 전에 마무리되면 알리지 않습니다.",
        )
    ]
    await story.time("2026-03-04", "19:00")
    assert story.dms("daniel") == [_to_daniel(story)]
    assert (story.dms("haneul"), story.news()) == ([], [])


async def _seen(story: Story) -> None:
    """Everybody reads that they have seen it, once; it can be taken back."""
    t, daniel = story.t, story.person("daniel")
    got, after_all = t("Got it", "알겠어요"), t("Remind me after all", "다시 알림 받기")
    spared = t(
        "Recorded: v1.5.0 Reminder seen: QA that is due\n"
        "You are not reminded of it any more; the others are, as before.",
        "기록했습니다: v1.5.0 알림 확인: QA 마감\n"
        "이 일은 더 이상 알려 드리지 않습니다. 다른 분들에게는 계속 알립니다.",
    )
    assert await daniel.press(got, "dm") == ""
    assert story.dms("daniel") == [spared]
    assert story.news() == [
        t(
            "↳ v1.5.0 Reminder seen: QA that is due — @Daniel Weber",
            "↳ v1.5.0 알림 확인: QA 마감 — @Daniel Weber",
        )
    ]
    assert await daniel.press(got, "dm") == t(
        "You have said so already: you are not reminded of this.\nNothing was changed.",
        "이미 확인하셨습니다. 이 일은 더 이상 알려 드리지 않습니다.\n변경된 것은 없습니다.",
    )
    assert await daniel.press(after_all, "dm") == ""
    assert story.dms("daniel") == [
        t(
            "Recorded: v1.5.0 Reminded again: QA that is due\n"
            "You are reminded again whenever the others are.",
            "기록했습니다: v1.5.0 알림 다시 받기: QA 마감\n다른 분들에게 알릴 때 다시 알려 드립니다.",
        )
    ]
    assert await daniel.press(after_all, "dm") == t(
        "You have given no answer to this reminder that still holds.\nNothing was changed.",
        "이 알림에 되돌릴 답이 없습니다.\n변경된 것은 없습니다.",
    )
    await daniel.press(got, "dm")
    assert (story.dms("daniel"), story.news()) == ([spared], [])


async def _settled(story: Story) -> None:
    """QA is over: there is nothing to answer any more."""
    t, haneul = story.t, story.person("haneul")
    await ways.pass_qa(story)
    story.news()
    settled = t(
        "This is settled by now: nobody is reminded of it any more.\nNothing was changed.",
        "이미 마무리되어 더 이상 알리지 않는 일입니다.\n변경된 것은 없습니다.",
    )
    assert await haneul.press(t("Got it", "알겠어요"), "dm") == settled
    assert await haneul.press(t("Later…", "나중에…"), "dm") == settled


async def _tomorrow(story: Story) -> None:
    """Tomorrow at nine is nine o'clock of who asks, in New York; who has approved meanwhile hears no more."""
    t, alex = story.t, story.person("alex")
    await story.time("2026-03-06", "02:30")
    story.dms("alex")
    await _until_tomorrow(story)
    await story.time("2026-03-06", "23:00")
    assert story.dms("alex") == [
        t(
            "v1.5.0 has waited for approval since Wed 4 Mar 05:00 (Seoul 19:00).\n"
            "Who can give it: @Alex Rivera",
            "v1.5.0 3월 4일(수) 05:00 (서울 19:00)부터 승인을 기다리고 있습니다.\n"
            "승인할 수 있는 사람: @Alex Rivera",
        )
    ]
    await alex.press(t("Got it", "알겠어요"), "dm")
    await alex.press(t("Approve", "승인"), "dm")
    story.dms("alex")
    await story.time("2026-03-09", "23:00")
    assert story.dms("alex") == []


async def _until_tomorrow(story: Story) -> None:
    t, alex = story.t, story.person("alex")
    await alex.press(t("Later…", "나중에…"), "dm")
    await alex.fill({t("Remind me", "다시 알림"): t("Tomorrow at 09:00", "내일 09:00")})
    assert story.dms("alex") == [
        t(
            "Recorded: v1.5.0 Reminder put off: the approval that is waited for, "
            "until Fri 6 Mar 09:00 (Seoul 23:00)\n"
            "If it is settled by then, nothing comes.",
            "기록했습니다: v1.5.0 알림 미룸: 승인 대기, 3월 6일(금) 09:00 (서울 23:00)까지\n"
            "그 전에 마무리되면 알리지 않습니다.",
        )
    ]


async def _urgent(story: Story) -> None:
    """Half an hour ahead, in the project's channel and in those that the policy names."""
    t, minjae = story.t, story.person("minjae")
    add_hotfix_work(story.demo.sample, at=story.demo.clock())
    await story.look_at_remotes()
    await minjae.slash(t("/release start hotfix 1.4.3", "/release 시작 핫픽스 1.4.3"))
    await minjae.fill({t("Commits", "커밋"): story.demo.sample.sha("develop")[:10]})
    move = t("/release retarget 1.4.3 2026-03-11 16:00", "/release 일정변경 1.4.3 3월 11일 16:00")
    assert "v1.4.3" in await minjae.slash(move)
    await story.time("2026-03-11", "15:29")
    story.news()
    story.news(API)
    await story.time("2026-03-11", "15:30")
    ahead = t(
        "v1.4.3 Urgent deploy ahead: today 4:00 PM (Seoul Wed 11 Mar 16:00)\n"
        "Type: Hotfix · Stage: Candidate · Captain: @최민재 (Minjae Choi)",
        "v1.4.3 긴급 작업 예정: 오늘 오후 4:00 (서울 3월 11일(수) 16:00) 배포\n"
        "유형: 핫픽스 · 단계: 릴리스 후보 · 담당 릴리스 매니저: @최민재 (Minjae Choi)",
    )
    assert (story.news(), story.news(API)) == ([ahead], [ahead])
    await story.time("2026-03-11", "15:45")
    assert (story.news(), story.news(API)) == ([], [])
