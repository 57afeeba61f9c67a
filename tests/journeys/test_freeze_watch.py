from __future__ import annotations

from tests.journeys import ways
from tests.journeys.play import CHANNEL, Story


async def test_what_is_merged_during_the_freeze_and_no_fix_is_told_once(story: Story) -> None:
    await _frozen(story)
    await _feature_on_develop(story)
    await _fix_and_revert(story)
    await _on_the_release_branch(story)
    await _by_exception(story)


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


async def _by_exception(story: Story) -> None:
    """Asked from the violation itself, granted for two hours: what is merged meanwhile is noted, no more."""
    t, emma, haneul = story.t, story.person("emma"), story.person("haneul")
    assert await emma.press(t("Ask to merge in the freeze…", "프리즈 중 병합 요청…"), CHANNEL) == ""
    await emma.fill(
        {
            t("Which change or branch?", "어떤 변경 또는 브랜치입니까?"): "feature/ribbons",
            t("Why can it not wait?", "왜 기다릴 수 없습니까?"): "Valentine",
            t("What could go wrong?", "어떤 위험이 있습니까?"): "Nothing",
            t("Way back", "되돌리는 방법"): "Revert",
        }
    )
    await haneul.press(t("Grant…", "허용…"), "dm")
    await haneul.fill({})
    story.news()
    await story.time("2026-03-02", "16:00")
    _commit(story, "develop", "feat(gift): 리본")
    await story.look_at_remotes()
    assert story.news() == [
        t(
            "↳ v1.5.0 Merged into develop under the exception that @김하늘 (Haneul Kim) granted:\n"
            "• <commit> feat(gift): 리본 — @Emma Jones",
            "↳ v1.5.0 @김하늘 (Haneul Kim) 님이 승인한 예외에 따라 develop에 병합되었습니다.\n"
            "• <commit> feat(gift): 리본 — @Emma Jones",
        )
    ]
    await story.time("2026-03-02", "18:00")
    await story.look_at_remotes()
    _commit(story, "develop", "feat(gift): 종이 가방")
    await story.look_at_remotes()
    assert "종이 가방" in story.news()[-1]


def _commit(story: Story, branch: str, message: str, by: str = "emma") -> None:
    files = {"shop/gifts.py": f"GIFTS = [{message!r}]\n"}
    story.demo.sample.commit(branch, message, files, by=by, at=story.now)
