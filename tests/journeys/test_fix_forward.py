"""What is wrong in production is mended by a linked hotfix, and verified once that is out."""

from __future__ import annotations

from sandbox.sample_repo import add_hotfix_work
from tests.journeys import ways
from tests.journeys.play import CHANNEL, Story

PARENT, HOTFIX = "v1.5.0 · ", "v1.5.1 · "


async def test_a_release_that_a_hotfix_mends_is_verified_after_it(story: Story) -> None:
    await ways.to_production(story, "v1.5.0")
    await _mended(story)
    await _not_before_the_hotfix(story)
    await _hotfix_out(story)
    await _verified_again(story)


async def _mended(story: Story) -> None:
    t, minjae = story.t, story.person("minjae")
    add_hotfix_work(story.demo.sample, at=story.demo.clock())
    await story.look_at_remotes()
    await ways.tick(story, "daniel", t("Verified", "검증 완료"))
    await minjae.press(t("Fix forward", "핫픽스로 수정"), CHANNEL)
    await minjae.fill({t("What does it mend?", "무엇을 고칩니까?"): "foreign cards are declined"})


async def _not_before_the_hotfix(story: Story) -> None:
    """All its lists are ticked; still it waits, and its card says for what."""
    t, daniel = story.t, story.person("daniel")
    assert await daniel.press(t("Verified", "검증 완료"), CHANNEL) == t(
        "Verified has to wait for v1.5.0: one thing is missing.\n"
        "• The hotfix that mends it must be released or cancelled first: v1.5.1 (Candidate) "
        "(ask: release manager or incident commander)\n"
        "Nothing was changed. Try again when this is settled.",
        "v1.5.0 검증 완료: 아직 진행할 수 없습니다. 필요한 것이 1가지 남았습니다.\n"
        "• 이 릴리스를 고치는 핫픽스가 먼저 릴리스되거나 취소되어야 합니다: v1.5.1 (릴리스 후보) "
        "(담당: 릴리스 매니저 또는 장애 지휘관)\n"
        "변경된 것은 없습니다. 위 사항을 해결한 뒤 다시 시도해 주십시오.",
    )
    assert story.reads(PARENT).split("\n")[3] == t(
        "In production. Waits for the hotfix that mends it: v1.5.1 (Candidate); "
        "then for verification from QA lead or release manager.",
        "프로덕션에 배포되었습니다. 이 릴리스를 고치는 핫픽스를 먼저 기다립니다: v1.5.1 (릴리스 후보). "
        "그다음 검증을 기다립니다. 담당: QA 리드 또는 릴리스 매니저",
    )


async def _hotfix_out(story: Story) -> None:
    t = story.t
    minjae, priya = story.people("minjae", "priya")
    await minjae.press(t("Cut branch", "브랜치 생성"), CHANNEL)
    commit = story.demo.sample.sha("develop")[:10]
    await minjae.fill({t("Which commits does it carry?", "어떤 커밋을 담습니까?"): commit})
    await ways.build(story, "minjae")
    await ways.pass_qa(story)
    await minjae.press(t("Approve", "승인"), "dm")
    await ways.confirm(story)
    await priya.press(t("Deploy", "배포"), CHANNEL)
    await ways.roll_out(story, steps=3)
    await ways.tick(story, "daniel", t("Verified", "검증 완료"))
    await story.person("daniel").press(t("Verified", "검증 완료"), CHANNEL, message_ts=story.card(HOTFIX).ts)
    assert story.reads(HOTFIX).split("\n")[3].startswith(t("Released.", "릴리스되었습니다."))


async def _verified_again(story: Story) -> None:
    """What was ticked before the hotfix is asked for anew."""
    t, daniel = story.t, story.person("daniel")
    again = await daniel.press(t("Verified", "검증 완료"), CHANNEL)
    assert t("Checklist “Right after the release”, open", "체크리스트 “배포 직후”, 남은 항목") in again
    await ways.verify(story)
    assert story.reads(PARENT).split("\n")[3].startswith(t("Released.", "릴리스되었습니다."))
    assert story.demo.sample.subjects("v1.5.0..v1.5.1") != []
