from __future__ import annotations

import re

from tests.journeys.play import CHANNEL, Actor, Story, plain

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
        + f"{after} · cart: zero empties the row · #198"
    )
    second = t("Before: ", "이전: ") + f"{before} · cart: {WRITTEN} · #198"
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


async def test_a_whole_message_is_corrected_in_the_list_and_as_in_git_there_too(story: Story) -> None:
    await _started(story)
    await _opened(story)
    await _rewritten(story)
    await _notes_follow(story)
    await _as_in_git(story)
    await _opened_by_its_commit(story)


async def _press(story: Story, actor: Actor, label: str) -> str:
    """Press what the overflow of the one change offers; the list is open."""
    found = re.search(rf"(?:{WRITTEN}|zero empties the row).*?\b([0-9a-f]{{7}})\b", actor.modal.text)
    assert found, actor.modal.text
    sha = story.demo.sample.sha(found[1])
    return await actor.press(label, action_id=f"release.change:{sha[:20]}")


def _fields(story: Story) -> tuple[str, str]:
    return story.t("First line", "첫 줄"), story.t("The rest of the message", "나머지 내용")


async def _opened(story: Story) -> None:
    """The form has the message as git has it; who may not is told so before it opens."""
    t, emma, haneul = story.t, story.person("emma"), story.person("haneul")
    await emma.press(t("Changes", "변경 사항"), CHANNEL)
    told = await _press(story, emma, t("Correct the message…", "메시지 정정…"))
    assert told.startswith(
        t("Correcting a commit message is for: release manager or tech lead.", "커밋 메시지 정정")
    )
    await _changes(story)
    assert await _press(story, haneul, t("Correct the message…", "메시지 정정…")) == ""
    assert haneul.modal.title == t("Correct a message", "커밋 메시지 정정")
    first, rest = _fields(story)
    assert haneul.modal.fields == {first: f"fix(cart): {WRITTEN} (#217)", rest: "Closes: #198"}
    assert await haneul.submit() == ""
    assert haneul.errors == {
        first: t(
            "The commit is told as git has it; nothing was corrected. Nothing was changed.",
            "정정한 내용이 없습니다. 커밋은 git에 적힌 대로입니다. 변경된 것은 없습니다.",
        )
    }


async def _rewritten(story: Story) -> None:
    """First line, body and footers; the list that comes back tells it so at once, and the thread as well."""
    t, haneul = story.t, story.person("haneul")
    first, rest = _fields(story)
    body = "Rows with nothing in them confused people.\n\nBREAKING CHANGE: zero is no quantity\nCloses: #199"
    told = await haneul.fill({first: "feat(cart): zero empties the row", rest: body})
    after = (
        t("Features, breaking", "기능, 호환성 깨짐")
        + " · cart: zero empties the row · #199 – “zero is no quantity”"
    )
    before = t("Bug fixes", "버그 수정") + f" · cart: {WRITTEN} · #198"
    line = (
        t("Told otherwise: <commit> → ", "커밋 메시지 정정: <commit> → ")
        + f"{after}\n"
        + t("Before: ", "이전: ")
        + before
    )
    assert told == t("Recorded: ", "기록했습니다: ") + line
    assert story.news() == [f"↳ {line.replace(chr(10), f' — @김하늘 (Haneul Kim){chr(10)}', 1)}"]
    shown = plain(haneul.modal.text)
    assert haneul.modal.title == t("Changes", "변경 사항")
    assert (
        t("Breaking changes", "호환성이 깨지는 변경") + "\n• cart: zero empties the row (#217) · #199"
        in shown
    )
    assert t("✎ message corrected", "✎ 메시지 정정됨") in shown
    counts = t("features 7, improvements 1, fixes 5", "기능 7, 개선 1, 수정 5")
    assert counts in shown
    assert counts in story.reads("v1.5.0")
    await haneul.person.close_modal()


async def _notes_follow(story: Story) -> None:
    haneul = story.person("haneul")
    notes = await haneul.slash("/release notes")
    assert "zero is no quantity" in notes
    assert WRITTEN not in notes


async def _as_in_git(story: Story) -> None:
    """The form says what git has and by whom it was corrected; the list takes the correction back."""
    t, haneul = story.t, story.person("haneul")
    await _changes(story)
    await _press(story, haneul, t("Correct the message…", "메시지 정정…"))
    assert t(
        "Corrected by @김하늘 (Haneul Kim). As git has it: Bug fixes · cart: ",
        "정정한 사람: @김하늘 (Haneul Kim) · git에 적힌 내용: 버그 수정 · cart: ",
    ) in plain(haneul.modal.text)
    await haneul.press(t("← All changes", "← 모든 변경 사항"))
    told = await _press(story, haneul, t("As in git", "git에 적힌 대로"))
    assert told.startswith(t("Recorded: Told as git has it again", "기록했습니다: "))
    shown = plain(haneul.modal.text)
    assert f"• cart: {WRITTEN} (#217) · #198" in shown
    assert "✎" not in shown
    await haneul.person.close_modal()


async def _opened_by_its_commit(story: Story) -> None:
    """A commit alone opens its form; without a list there is none to go back to."""
    t, junho = story.t, story.person("junho")
    assert await junho.slash(t("/release correct #217", "/release 정정 #217")) == ""
    first, _ = _fields(story)
    assert junho.modal.fields[first] == f"fix(cart): {WRITTEN} (#217)"
    assert t("← All changes", "← 모든 변경 사항") not in junho.modal.buttons
    told = await junho.fill({first: "docs: zero"})
    assert told.startswith(t("Recorded: Told otherwise", "기록했습니다: 커밋 메시지 정정"))
    assert junho.person.modal is None
