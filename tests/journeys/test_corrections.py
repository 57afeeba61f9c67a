from __future__ import annotations

from tests.journeys.play import CHANNEL, Story, plain

WRITTEN = "수량을 0으로 바꾸면 항목이 사라지지 않던 문제"


async def test_a_wrong_message_is_told_otherwise_and_back_again(story: Story) -> None:
    await _started(story)
    await _who_may(story)
    await _corrected(story)
    await _everything_follows(story)
    await _taken_back(story)


async def _started(story: Story) -> None:
    haneul = story.person("haneul")
    await haneul.slash("/release start regular v1.5.0")
    await haneul.submit()
    assert f"• cart: {WRITTEN} (#217)" in await _changes(story)
    story.news()


async def _changes(story: Story) -> str:
    """What the list of changes says, opened from the card."""
    haneul = story.person("haneul")
    await haneul.press(story.t("Changes", "변경 사항"), CHANNEL)
    return plain(haneul.modal.text)


async def _who_may(story: Story) -> None:
    """Not everybody; and only what is on its way. Who types the word alone reads how it is written."""
    t = story.t
    emma, junho = story.people("emma", "junho")
    assert await emma.slash("/release correct") == await emma.slash("/release help correct")
    told = await emma.slash("/release correct #217 feat: zero empties the row")
    assert told.startswith(
        t("Correcting a commit message is for: release manager or tech lead.", "커밋 메시지 정정")
    )
    assert await junho.slash("/release correct #9999 feat: a") == t(
        "#9999 cannot be read as one commit of the changes on their way.\n"
        "Example: /release correct <commit> fix: …",
        "알 수 없는 값입니다: #9999 (필요한 값: 진행 중인 변경의 커밋)\n예: /release correct <commit> fix: …",
    )


async def _corrected(story: Story) -> None:
    """A fix that was none: who asked and the thread read how it is told now and how it was told before."""
    t = story.t
    junho = story.person("junho")
    told = await junho.slash(
        t(
            "/release correct #217 feat(cart)!: zero empties the row",
            "/release 정정 #217 기능(cart)!: zero empties the row",
        )
    )
    after, before = t("Features, breaking", "기능, 호환성 깨짐"), t("Bug fixes", "버그 수정")
    first = (
        t("Told otherwise: <commit> → ", "커밋 메시지 정정: <commit> → ")
        + f"{after} · cart: zero empties the row"
    )
    second = t("Before: ", "이전: ") + f"{before} · cart: {WRITTEN}"
    assert told == t("Recorded: ", "기록했습니다: ") + f"{first}\n{second}"
    assert story.news() == [f"↳ {first} — @이준호 (Junho Lee)\n{second}"]


async def _everything_follows(story: Story) -> None:
    """The list, its counts, the card, and the version that is proposed next, with its reason."""
    t = story.t
    shown = await _changes(story)
    counts = t(
        "21 in all: features 7, improvements 1, fixes 5, security 1, other 7, breaking 1",
        "모두 21건: 기능 7, 개선 1, 수정 5, 보안 1, 기타 7, 호환성 깨짐 1",
    )
    assert counts in shown
    assert t("Breaking changes", "호환성이 깨지는 변경") + "\n• cart: zero empties the row (#217)" in shown
    assert WRITTEN not in shown
    assert counts in story.reads("v1.5.0")
    haneul = story.person("haneul")
    await haneul.slash("/release start")
    assert t(
        "MAJOR, for what breaks (1): “cart: zero empties the row”",
        "MAJOR: 호환성이 깨지는 변경 1건 – “cart: zero empties the row”",
    ) in plain(haneul.modal.text)


async def _taken_back(story: Story) -> None:
    t = story.t
    junho = story.person("junho")
    await junho.slash(t("/release correct #217 original", "/release 정정 #217 원래대로"))
    assert await junho.slash("/release correct #217 original") == t(
        "The commit is told as git has it; nothing was corrected.\nNothing was changed.",
        "정정한 내용이 없습니다. 커밋은 git에 적힌 대로입니다.\n변경된 것은 없습니다.",
    )
    shown = await _changes(story)
    assert f"• cart: {WRITTEN} (#217)" in shown
    assert "zero empties the row" not in shown
