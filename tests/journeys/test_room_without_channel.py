from __future__ import annotations

from datetime import timedelta

from tests.journeys import ways
from tests.journeys.play import Story

ROOM = "#general"


async def test_a_rollback_is_led_although_slack_makes_no_channel(story: Story) -> None:
    """The workspace lets no app make channels: people meet in one that is there."""
    t = story.t
    minjae = story.person("minjae")
    await ways.to_production(story, "v1.5.0")
    await story.begin_here()
    story.demo.box.faults.refuse("conversations.create", "restricted_action")
    assert await minjae.press(t("Declare rollback", "롤백 선언")) == ""
    met, evidence = t("What is met?", "어떤 롤백 기준에 해당합니까?"), t("Evidence", "근거")
    recorded = await minjae.fill({met: [t("Latency (P95)", "지연 시간(P95)")], evidence: "P95 4.1 s"})
    assert recorded.startswith(t("Recorded: Rollback declared", "기록했습니다: 롤백 선언"))
    await story.settled()

    told = t(
        "v1.5.0 ⚠ The war room has no channel #rollback-v1-5-0: this workspace lets no app make channels "
        "(restricted_action). Type /release warroom here in a channel that people can meet in: it becomes "
        "the war room, with summary, seat and steps.",
        "v1.5.0 ⚠ 워룸 채널을 만들지 못했습니다: #rollback-v1-5-0. 이 워크스페이스에서는 앱이 채널을 만들 수 없습니다"
        "(restricted_action). 담당자가 모일 채널에서 /release warroom here 명령을 입력하면 그 채널이 "
        "워룸이 되고 요약, 지휘관 자리, 단계가 게시됩니다.",
    )
    assert f"↳ {told}" in story.news()
    assert told in story.dms("minjae")

    assert await minjae.slash(t("/release warroom here", "/release 워룸 여기"), ROOM) == t(
        "Recorded: The war room's channel: #general\nThe war room is being prepared; its people are invited.",
        "기록했습니다: 워룸 채널: #general\n워룸을 준비하고 담당자를 초대하고 있습니다.",
    )
    story.news(ROOM, "minjae")
    assert await minjae.slash("/release log everybody is here", ROOM) == ""
    assert story.news(ROOM, "minjae") == ["> everybody is here — @최민재 (Minjae Choi)"]
    assert story.demo.box.workspace.channel_named(ROOM).topic == t(
        "Rollback of v1.5.0 · Incident commander: <@U0MINJAE06>", "롤백: v1.5.0 · 장애 지휘관: <@U0MINJAE06>"
    )


async def test_a_rollback_goes_on_although_somebody_archives_its_channel(story: Story) -> None:
    t = story.t
    minjae = story.person("minjae")
    await ways.to_production(story, "v1.5.0")
    await story.begin_here()
    assert await minjae.press(t("Declare rollback", "롤백 선언")) == ""
    met, evidence = t("What is met?", "어떤 롤백 기준에 해당합니까?"), t("Evidence", "근거")
    await minjae.fill({met: [t("Latency (P95)", "지연 시간(P95)")], evidence: "P95 4.1 s"})
    await story.settled()
    story.news()
    story.demo.box.archive_channel("#rollback-v1-5-0")
    await story.wait_for(timedelta(minutes=5))

    told = t(
        "v1.5.0 ⚠ The war room has lost its channel #rollback-v1-5-0: somebody archived it (is_archived). "
        "Type /release warroom here in a channel that people can meet in: it becomes the war room, with "
        "summary, seat and steps.",
        "v1.5.0 ⚠ 워룸 채널을 더 이상 쓸 수 없습니다: #rollback-v1-5-0. 누군가 채널을 보관했습니다(is_archived). "
        "담당자가 모일 채널에서 /release warroom here 명령을 입력하면 그 채널이 워룸이 되고 요약, 지휘관 자리, "
        "단계가 게시됩니다.",
    )
    assert f"↳ {told}" in story.news()
    assert told in story.dms("minjae")

    assert await minjae.slash(t("/release warroom here", "/release 워룸 여기"), ROOM) == t(
        "Recorded: The war room's channel: #general\nThe war room is being prepared; its people are invited.",
        "기록했습니다: 워룸 채널: #general\n워룸을 준비하고 담당자를 초대하고 있습니다.",
    )
    story.news(ROOM, "minjae")
    assert await minjae.slash("/release step traffic done", ROOM) == ""
    assert story.news(ROOM, "minjae") == [
        t(
            "🟢 Success Move traffic back: done · @최민재 (Minjae Choi)",
            "🟢 성공 트래픽 되돌리기: 완료 · @최민재 (Minjae Choi)",
        )
    ]
