from __future__ import annotations

from tests.journeys.play import CHANNEL, Story


async def test_a_person_chooses_the_version_and_is_told_what_speaks_against_it(story: Story) -> None:
    await _lower_than_called_for(story)
    await _superseded(story)
    await _older_line(story)


async def _lower_than_called_for(story: Story) -> None:
    """Not forbidden, but said to everybody."""
    t = story.t
    haneul = story.person("haneul")
    await haneul.slash("/release start regular v1.4.3")
    assert await haneul.submit() == t(
        "Recorded: v1.4.3 has started. Type: Regular · Deploy: Thu 5 Mar 14:00 · Code freeze: Mon 2 Mar 14:00\n"
        "The changes call for v1.5.0; a lower version was chosen. MINOR, for what is new (6): "
        "“wishlist: tell people when a wished product is cheaper”, “wishlist: put products on a wishlist”, "
        "“gift: 상품권으로 결제할 수 있다” …\n"
        "The card is in the project's channel. Next: cut the branch when the code freeze begins.",
        "기록했습니다: v1.4.3 릴리스를 시작했습니다. 유형: 정기 · 배포: 3월 5일(목) 14:00 · 코드 프리즈: 3월 2일(월) 14:00\n"
        "변경 사항에 맞는 버전은 v1.5.0인데 더 낮은 버전을 선택했습니다. MINOR: 새 기능 6건 – "
        "“wishlist: tell people when a wished product is cheaper”, “wishlist: put products on a wishlist”, "
        "“gift: 상품권으로 결제할 수 있다” …\n"
        "카드는 프로젝트 채널에 있습니다. 다음: 코드 프리즈가 시작되면 브랜치를 만듭니다.",
    )


async def _superseded(story: Story) -> None:
    """Only by a release that is there; the card says which one takes the changes over."""
    t = story.t
    haneul = story.person("haneul")
    assert "v1.5.0" in await haneul.slash("/release start regular v1.5.0")
    assert await haneul.slash("/release cancel v1.4.3") == ""
    why, by = t("Why?", "사유"), t("Superseded by", "대체 버전")
    await haneul.fill({why: "a feature is in it", by: "v1.6.0"})
    assert haneul.errors == {
        why: t(
            "There is no release v1.6.0. Releases: v1.5.0",
            "없는 릴리스입니다: v1.6.0 · 릴리스: v1.5.0",
        )
    }
    await haneul.fill({by: "v1.5.0"})
    assert t(
        "Cancelled. Its changes go out with v1.5.0.", "취소되었습니다. 변경 사항을 이어받는 버전: v1.5.0"
    ) in story.reads("v1.4.3")
    workspace, channel = story.demo.box.workspace, story.demo.box.workspace.channel_named(CHANNEL)
    old, newer = (channel.messages[story.card(version).ts] for version in ("v1.4.3", "v1.5.0"))
    link = f"<{workspace.base_url}/archives/{channel.id}/p{newer.ts.replace('.', '')}|v1.5.0>"
    assert link in str(old.blocks)


async def _older_line(story: Story) -> None:
    """A fix of an older line takes its next free patch, and is cut from its newest tag."""
    t = story.t
    minjae = story.person("minjae")
    assert await minjae.slash("/release start hotfix 1.3.0") == ""
    commits = {t("Commits", "커밋"): story.demo.sample.sha("develop")[:10]}
    await minjae.fill(commits)
    version = t("Version", "버전")
    assert minjae.errors == {
        version: t(
            "1.3.0 is already in use; a version is never used again. Proposed from the commits: v1.3.1",
            "이미 사용된 버전입니다: 1.3.0. 한 번 쓴 버전은 다시 쓰지 않습니다. 커밋 기준 제안 버전: v1.3.1",
        )
    }
    assert "v1.3.1" in await minjae.fill({version: "1.3.1"})
    assert t("Previous version\nv1.3.0", "이전 버전\nv1.3.0") in story.reads("v1.3.1")
