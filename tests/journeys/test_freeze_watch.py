from __future__ import annotations

from tests.journeys import ways
from tests.journeys.play import CHANNEL, Story


async def test_what_is_merged_during_the_freeze_and_no_fix_is_told_once(story: Story) -> None:
    await _frozen(story)
    await _feature_on_develop(story)
    await _fix_and_revert(story)
    await _on_the_release_branch(story)


async def _frozen(story: Story) -> None:
    """The freeze of v1.5.0 begins; what is on develop by then is its scope."""
    t = story.t
    await ways.start(story, "v1.5.0")
    _commit(story, "develop", "feat(gift): 선물 포장")
    await story.time("2026-03-02", "14:00")
    await story.begin_here()
    haneul = story.person("haneul")
    await haneul.press(t("Cut branch", "브랜치 생성"), CHANNEL)
    await story.look_at_remotes()
    story.news()


async def _feature_on_develop(story: Story) -> None:
    """Told in the channel and in the release's thread, with its author."""
    t = story.t
    await story.time("2026-03-02", "15:00")
    _commit(story, "develop", "feat(gift): 카드 문구")
    _commit(story, "develop", "fix(gift): 오탈자")
    await story.look_at_remotes()
    said = t(
        "Freeze violation v1.5.0: merged into develop, but no fix:\n"
        "• <commit> feat(gift): 카드 문구 — @Emma Jones\n"
        "Revert it. If it has to be in, ask for an exception. (ask: release manager)",
        "코드 프리즈 위반 v1.5.0: develop에 수정이 아닌 커밋이 병합되었습니다.\n"
        "• <commit> feat(gift): 카드 문구 — @Emma Jones\n"
        "되돌려 주십시오. 꼭 필요하면 예외 승인을 요청해 주십시오. (담당: 릴리스 매니저)",
    )
    assert story.news() == [f"↳ {said}", said]
    await story.look_at_remotes()
    assert story.news() == []


async def _fix_and_revert(story: Story) -> None:
    """What a freeze is for is not worth a word."""
    _commit(story, "develop", 'Revert "feat(gift): 카드 문구"')
    _commit(story, "develop", "docs: 안내")
    await story.look_at_remotes()
    assert story.news() == []


async def _on_the_release_branch(story: Story) -> None:
    """A message without a type does not say that it is a fix."""
    t = story.t
    _commit(story, "release/v1.5.0", "포장지 추가", by="daniel")
    await story.look_at_remotes()
    assert story.news()[-1] == t(
        "Freeze violation v1.5.0: merged into release/v1.5.0, but no fix:\n"
        "• <commit> 포장지 추가 — @Daniel Weber\n"
        "Revert it. If it has to be in, ask for an exception. (ask: release manager)",
        "코드 프리즈 위반 v1.5.0: release/v1.5.0에 수정이 아닌 커밋이 병합되었습니다.\n"
        "• <commit> 포장지 추가 — @Daniel Weber\n"
        "되돌려 주십시오. 꼭 필요하면 예외 승인을 요청해 주십시오. (담당: 릴리스 매니저)",
    )


def _commit(story: Story, branch: str, message: str, by: str = "emma") -> None:
    files = {"shop/gifts.py": f"GIFTS = [{message!r}]\n"}
    story.demo.sample.commit(branch, message, files, by=by, at=story.now)
