from __future__ import annotations

from tests.journeys import ways
from tests.journeys.play import CHANNEL, Story


async def test_somebody_asks_what_git_would_do_and_which_branches_there_are(story: Story) -> None:
    await _before_the_cut(story)
    await _before_the_end(story)


async def _before_the_cut(story: Story) -> None:
    """The answer comes in private, and the remote is as it was."""
    t = story.t
    await ways.start(story, "v1.5.0")
    minjae = story.person("minjae")
    assert await minjae.slash(t("/release dry-run v1.5.0", "/release 모의실행 v1.5.0")) == t(
        "Recorded: v1.5.0 Asked what git would do: Cut branch. The answer follows in a direct message.",
        "기록했습니다: v1.5.0 git 모의 실행 요청: 브랜치 생성. 결과는 다이렉트 메시지로 보냅니다.",
    )
    await story.settled()
    assert story.dms("minjae")[-1] == t(
        "v1.5.0 What git would do now: Cut branch. Nothing was changed.\n• release/v1.5.0 → <commit>",
        "v1.5.0 지금 git 작업을 하면: 브랜치 생성. 실제로 바뀐 것은 없습니다.\n• release/v1.5.0 → <commit>",
    )


async def _before_the_end(story: Story) -> None:
    """Asked beside the step itself. Cut by then, the release's branch is listed with its release."""
    t = story.t
    haneul = story.person("haneul")
    await haneul.press(t("Cut branch early…", "브랜치 미리 만들기…"))
    told = await haneul.press(t("What would happen?", "실행 결과 미리 보기"))
    assert t("Asked what git would do: Cut branch.", "git 모의 실행 요청: 브랜치 생성.") in told, told
    assert "release/v1.5.0 → <commit>" in story.dms("haneul")[-1]
    await haneul.fill({t("Why now?", "왜 지금입니까?"): "ready"})
    await story.settled()
    await story.look_at_remotes()
    listed = await haneul.slash(t("/release branches", "/release 브랜치"))
    row = next(line for line in listed.splitlines() if "release/v1.5.0" in line)
    assert "· v1.5.0" in row
    assert t("behind of main", "main 대비") in row
    await _asked_beside_other_steps(story)
    await haneul.slash(t("/release dry-run finish", "/release 모의실행 병합"))
    await story.settled()
    told = story.dms("haneul")[-1]
    assert t("→ a merge commit", "→ 병합 커밋") in told
    assert t("release/v1.5.0 deleted", "release/v1.5.0 삭제") in told


async def _asked_beside_other_steps(story: Story) -> None:
    """The card's overflow speaks of what git does next, the form of cancelling of its branch."""
    t, haneul = story.t, story.person("haneul")
    await haneul.press(t("What would git do next?", "다음 git 작업 미리 보기"), CHANNEL)
    assert t("Tag the candidate. Nothing", "후보 태그. 실제로") in story.dms("haneul")[-1]
    await haneul.press(t("Cancel release", "릴리스 취소"), CHANNEL)
    await haneul.press(t("What would happen?", "실행 결과 미리 보기"))
    assert t("release/v1.5.0 deleted", "release/v1.5.0 삭제") in story.dms("haneul")[-1]


async def test_what_an_urgent_fix_would_carry_is_asked_while_its_commits_are_typed(story: Story) -> None:
    t, minjae = story.t, story.person("minjae")
    sha = story.demo.sample.commit("develop", "fix: pay", {"shop/pay.py": "pay = 1\n"}, at=story.demo.clock())
    await minjae.slash("/release start hotfix 1.4.4")
    await minjae.submit()
    await minjae.press(t("Cut branch", "브랜치 생성"), CHANNEL)
    await minjae.person.fill({t("Which commits does it carry?", "어떤 커밋을 담습니까?"): sha[:10]})
    await minjae.press(t("What would happen?", "실행 결과 미리 보기"))
    assert "hotfix/INC-" in story.dms("minjae")[-1]
