"""Release notes from the draft to the channels, and the files on the release branch."""

from __future__ import annotations

from typing import Any

import pytest

from sandbox.fast_import import run_git
from sandbox.model import Channel
from tests.journeys import ways
from tests.journeys.play import CHANNEL, Actor, Story, plain

POLICY = """
notes:
  changelog: CHANGELOG.md
  version_file: VERSION
  channels:
    team: ["#releases-api"]
    customers: [{channel: "#general", language: en}]
"""
BRANCH = "release/v1.5.0"


def file_of(story: Story, path: str, ref: str = BRANCH) -> str:
    return run_git(story.demo.sample.remote, "show", f"{ref}:{path}")


async def show(story: Story, by: Actor | None = None) -> str:
    return await (by or story.person("haneul")).slash(story.t("/release notes 1.5.0", "/release 노트 1.5.0"))


@pytest.mark.policy(POLICY)
async def test_notes_are_drafted_edited_written_into_the_branch_and_published(story: Story) -> None:
    await ways.to_qa(story, "v1.5.0")
    _cut_has_the_files(story)
    await _draft_is_shown(story)
    await _section_is_edited(story)
    await _rebuild_writes_it_and_flags_what_came_after(story)
    await _published(story)


def _cut_has_the_files(story: Story) -> None:
    assert file_of(story, "VERSION") == "1.5.0\n"
    written = file_of(story, "CHANGELOG.md")
    assert written.startswith("# Changelog\n\n## v1.5.0 - 2026-03-05\n")
    assert written.count("\n## ") == 1
    subjects = story.demo.sample.subjects(f"develop..{BRANCH}")
    assert subjects == ["chore(release): v1.5.0"]


async def _draft_is_shown(story: Story) -> None:
    t = story.t
    told = await show(story)
    assert told.startswith(t("Release notes v1.5.0", "릴리스 노트 v1.5.0")), told
    assert t("Still missing", "아직 빠진 것") in told
    assert t("Known issues: write them down", "알려진 이슈: 적어 주십시오") in told
    assert "chore(release)" not in told


async def _section_is_edited(story: Story) -> None:
    t, haneul = story.t, story.person("haneul")
    section, language = t("Section", "항목"), t("Language", "언어")
    await haneul.press(t("Edit…", "편집…"), CHANNEL)
    assert haneul.modal.fields[section] == t("Known issues", "알려진 이슈")
    told = await haneul.fill(
        {
            t("Number", "번호"): "PAY-7",
            t("What goes wrong", "문제 내용"): "the receipt is in English",
            t("Workaround", "우회 방법"): "print it again",
        }
    )
    assert told == t(
        "Recorded: v1.5.0 Release notes edited: Known issues (English)",
        "기록했습니다: v1.5.0 릴리스 노트 편집: 알려진 이슈 (한국어)",
    )
    await show(story)
    await haneul.press(t("Edit…", "편집…"), CHANNEL)
    await haneul.choose(section, t("Features", "기능"))
    text = t("Text (Markdown)", "내용 (Markdown)")
    assert "- " in haneul.modal.fields[text]
    await haneul.person.fill({text: "- pay with one tap"})
    await haneul.choose(section, t("Upgrade guide", "업그레이드 가이드"))
    features = t("Features · English", "기능 · 한국어")
    assert haneul.modal.fields[features] == "- pay with one tap"
    assert haneul.modal.fields[language] == t("English", "한국어")
    await haneul.fill({text: "Run `make upgrade`."})
    assert haneul.person.modal is None
    told = await show(story)
    assert "pay with one tap" in told
    assert "PAY-7" in told
    guest = story.person("emma")
    await guest.slash("/release notes 1.5.0")
    refused = await guest.press(guest.story.t("Edit…", "편집…"), CHANNEL)
    assert t("Editing release notes is for:", "릴리스 노트 편집") in refused, refused


async def _rebuild_writes_it_and_flags_what_came_after(story: Story) -> None:
    t, daniel, haneul = story.t, story.person("daniel"), story.person("haneul")
    await daniel.press(t("QA failed", "QA 실패"), CHANNEL)
    await daniel.fill({next(iter(daniel.modal.fields)): "the cart forgets"})
    story.demo.sample.commit(
        BRANCH, "feat(cart): remember the cart", {"shop/memory.py": "cart = []\n"}, at=story.demo.clock()
    )
    await haneul.press(t("Build again", "다시 빌드"), CHANNEL)
    assert "- pay with one tap" in file_of(story, "CHANGELOG.md")
    assert "Run `make upgrade`." in file_of(story, "CHANGELOG.md")
    assert file_of(story, "CHANGELOG.md").count("## v1.5.0") == 1
    await ways.build(story)
    told = await show(story)
    assert (
        t("Features: changes that came after this was written: 1", "기능: 작성한 뒤에 들어온 변경 1건")
        in told
    )


async def _published(story: Story) -> None:
    t = story.t
    await ways.pass_qa(story)
    frozen = file_of(story, "CHANGELOG.md")
    await story.person("alex").press(t("Approve", "승인"), "dm")
    await ways.confirm(story)
    await story.time_of_window()
    await story.person("priya").press(t("Deploy", "배포"), CHANNEL)
    await ways.roll_out(story)
    story.news("#releases-api"), story.news("#general")
    await ways.verify(story)
    team = story.news("#releases-api")
    assert team[0] == t("Release notes v1.5.0", "릴리스 노트 v1.5.0")
    assert story.news("#general")[-1] == "Release notes v1.5.0"
    shown = plain(story.person("junho").message("Release notes v1.5.0", "#general").text)
    assert "pay with one tap" in shown
    assert file_of(story, "CHANGELOG.md", "main") == frozen
    assert file_of(story, "VERSION", "main") == "1.5.0\n"


@pytest.mark.policy(POLICY)
async def test_notes_that_slack_refuses_are_told_in_private_and_go_out_once_naru_is_invited(
    story: Story,
) -> None:
    await ways.to_production(story, "v1.5.0")
    await _posted_into_a_private_channel(story)
    await _published_into_a_private_channel(story)


def _make_private(story: Story, channel_id: str, name: str) -> Channel:
    """A private channel of Haneul and Junho, in which Naru is not."""
    workspace = story.demo.box.workspace
    members = [workspace.person(who).id for who in ("haneul", "junho")]
    channel = Channel(channel_id, name, members[0], workspace.now(), members, is_private=True)
    workspace.channels[channel_id] = channel
    return channel


def _invite(story: Story, channel: Channel) -> None:
    workspace = story.demo.box.workspace
    workspace.join(channel, workspace.identity.bot_user_id)


async def _posted_into_a_private_channel(story: Story) -> None:
    t, haneul = story.t, story.person("haneul")
    leads = _make_private(story, "C0LEADS", "leads")
    await haneul.slash(t("/release notes 1.5.0", "/release 노트 1.5.0"), "#leads")
    story.dms("haneul")
    await haneul.press(t("Post here", "여기에 게시"), "#leads")
    assert story.dms("haneul") == [
        t(
            "Recorded: v1.5.0 Release notes on their way to #leads. You are told if they cannot go there.",
            "기록했습니다: v1.5.0 릴리스 노트를 게시하고 있습니다: #leads. 게시할 수 없으면 알려 드립니다.",
        ),
        t(
            "v1.5.0 ⚠ Release notes not posted: #leads\n"
            "Naru is not in that channel. Type /invite @Naru there, then press “Post here” again.",
            "v1.5.0 ⚠ 릴리스 노트를 게시하지 못했습니다: #leads\n"
            "나루가 그 채널에 없습니다. 채널에서 /invite @Naru 명령을 입력한 다음 ‘여기에 게시’를 다시 눌러 주십시오.",
        ),
    ]
    assert story.news("#leads", "haneul") == []
    _invite(story, leads)
    story.news("#leads", "haneul")
    await haneul.press(t("Post here", "여기에 게시"), "#leads")
    assert story.news("#leads", "haneul") == [t("Release notes v1.5.0", "릴리스 노트 v1.5.0")]
    again = await haneul.press(t("Post here", "여기에 게시"), "#leads")
    assert again == t(
        "Recorded: v1.5.0 Release notes posted: #leads", "기록했습니다: v1.5.0 릴리스 노트 게시: #leads"
    )
    assert story.news("#leads", "haneul") == []


async def _published_into_a_private_channel(story: Story) -> None:
    """The channel of the policy has become private, and Naru was taken out of it."""
    t, haneul = story.t, story.person("haneul")
    api = story.demo.box.workspace.channel_named("#releases-api")
    assert api is not None
    api.is_private = True
    api.members.remove(story.demo.box.workspace.identity.bot_user_id)
    await ways.verify(story)
    not_posted = t(
        "v1.5.0 ⚠ Release notes not posted: #releases-api\n"
        "Naru is not in that channel. Type /invite @Naru there, then press “Publish again” under /release notes.",
        "v1.5.0 ⚠ 릴리스 노트를 게시하지 못했습니다: #releases-api\n"
        "나루가 그 채널에 없습니다. 채널에서 /invite @Naru 명령을 입력한 다음 /release notes 화면의 ‘다시 게시’를 눌러 "
        "주십시오.",
    )
    assert f"↳ {not_posted}" in story.news()
    assert not_posted in story.dms("daniel")
    missing = t("⚠ Not published in: #releases-api.", "⚠ 게시하지 못한 곳: #releases-api.")
    assert missing in await show(story)
    _invite(story, api)
    await haneul.press(t("Publish again", "다시 게시"), CHANNEL)
    assert t("Release notes v1.5.0", "릴리스 노트 v1.5.0") in story.news("#releases-api", "sora")
    assert missing not in await show(story)


@pytest.mark.policy(POLICY)
async def test_a_build_does_not_pass_silently_without_the_files_of_the_policy(story: Story) -> None:
    """Somebody breaks the version file on the branch; the rebuild cannot write it, and everybody learns why."""
    await ways.to_qa(story, "v1.5.0")
    await _breaks_the_version_file(story)
    await _is_asked_before_it_passes(story)
    await _mends_it_and_it_passes(story)
    await _breaks_the_version_file(story)
    await _passes_without_it(story)


async def _breaks_the_version_file(story: Story) -> None:
    t, daniel, haneul = story.t, story.person("daniel"), story.person("haneul")
    await daniel.press(t("QA failed", "QA 실패"), CHANNEL)
    await daniel.fill({next(iter(daniel.modal.fields)): "the cart forgets"})
    story.demo.sample.commit(BRANCH, "fix: version", {"VERSION": "soon\n"}, at=story.demo.clock())
    await haneul.press(t("Build again", "다시 빌드"), CHANNEL)
    assert file_of(story, "VERSION") == "soon\n"


async def _is_asked_before_it_passes(story: Story) -> None:
    """By button and by command; who may not report a build is told that, and not asked."""
    t, haneul, minjae = story.t, story.person("haneul"), story.person("minjae")
    wanted = t(
        "Not written on the branch: CHANGELOG.md, VERSION. VERSION: No version that could be replaced was found in "
        "the file. Mend it and press “Try again” on the card, change notes in the policy, or say why it is built without.",
        "브랜치에 쓰지 못한 파일: CHANGELOG.md, VERSION. VERSION: 파일에서 바꿀 버전을 찾지 못했습니다. 파일을 고치고 카드의 ‘다시 시도’를 "
        "누르거나, 정책의 notes 항목을 바꾸거나, 파일 없이 빌드하는 이유를 적어 주십시오.",
    )
    await haneul.press(t("Build passed", "빌드 성공"), CHANNEL)
    assert wanted in haneul.modal.text
    told = await minjae.slash(t("/release advance 1.5.0 build passed", "/release 진행 1.5.0 빌드 성공"))
    assert t("is for: release manager", "릴리스 매니저") in told, told
    assert t("◉ Building", "◉ 빌드 중") in story.reads("v1.5.0").replace("\xa0", " ")


async def _mends_it_and_it_passes(story: Story) -> None:
    t, haneul = story.t, story.person("haneul")
    story.demo.sample.commit(BRANCH, "fix: version again", {"VERSION": "1.4.0\n"}, at=story.demo.clock())
    await haneul.press(t("Try again", "다시 시도"), CHANNEL)
    assert file_of(story, "VERSION") == "1.5.0\n"
    await ways.build(story)


async def _passes_without_it(story: Story) -> None:
    t, haneul = story.t, story.person("haneul")
    await haneul.press(t("Build passed", "빌드 성공"), CHANNEL)
    story.news()
    await haneul.fill({t("Why without them?", "파일 없이 진행하는 이유"): "the file goes with 1.6"})
    told = story.news()
    without = t(
        "v1.5.0 ⚠ Built without: CHANGELOG.md, VERSION. VERSION: No version that could be replaced was found in "
        "the file.",
        "v1.5.0 ⚠ 파일 없이 빌드: CHANGELOG.md, VERSION. VERSION: 파일에서 바꿀 버전을 찾지 못했습니다.",
    )
    assert f"↳ {without} — @김하늘 (Haneul Kim)" in told
    passed = t("Stage: Staging — @김하늘 (Haneul Kim)", "단계: 스테이징 — @김하늘 (Haneul Kim)")
    assert any(line.endswith(f"{passed}\n> the file goes with 1.6") for line in told), told


async def test_long_notes_go_on_in_a_thread_and_are_published_again_in_their_place(story: Story) -> None:
    await ways.to_production(story, "v1.5.0")
    haneul = story.person("haneul")
    for section in SECTIONS:
        await _write(story, haneul, section, "\n".join(f"- {section[0]} {n} {'x' * 50}" for n in range(40)))
    await story.begin_here()
    await ways.verify(story)
    first = _parts(story)
    assert len(first) == 2
    assert all(message.thread for message in first)
    whole = "\n".join(message.text for message in first)
    assert [whole.count(f"{section[0]} {n} xxx") for section in SECTIONS for n in range(40)] == [1] * 200
    told = await _write(story, haneul, SECTIONS[0], "- short")
    assert "v1.5.0" in told
    shown = await show(story)
    t = story.t
    assert (
        t("Something was written since these notes were published.", "게시한 뒤에 편집한 내용이 있습니다.")
        in shown
    )
    assert "short" not in "".join(message.text for message in _parts(story))
    told = await haneul.press(t("Publish again", "다시 게시"), CHANNEL)
    assert told == t(
        "Recorded: v1.5.0 Release notes published again: the release's thread",
        "기록했습니다: v1.5.0 릴리스 노트를 다시 게시했습니다: 릴리스 스레드",
    )
    second = _parts(story)
    assert [message.ts for message in second] == [message.ts for message in first]
    assert "short" in second[0].text
    assert t("Something was written", "게시한 뒤에 편집한") not in await show(story)


SECTIONS = (
    ("Features", "기능"),
    ("Improvements", "개선"),
    ("Bug fixes", "버그 수정"),
    ("Security fixes", "보안 수정"),
    ("Known issues", "알려진 이슈"),
)


def _parts(story: Story) -> list[Any]:
    """The messages of the published notes, in their order."""
    seen = story.demo.box.person("junho").sees(CHANNEL)
    title = story.t("Release notes v1.5.0", "릴리스 노트 v1.5.0")
    return [message for message in seen if not message.ephemeral and message.fallback.startswith(title)]


async def _write(story: Story, who: Actor, section: tuple[str, str], text: str) -> str:
    t = story.t
    await show(story, who)
    await who.press(t("Edit…", "편집…"), CHANNEL)
    await who.choose(t("Section", "항목"), t(*section))
    field = next(label for label in who.modal.fields if label.startswith(t("Text", "내용")))
    told = await who.fill({field: text})
    assert who.person.modal is None, (who.errors, who.modal.text)
    return told


async def test_the_slower_of_two_writers_sees_the_other_text_and_loses_nothing(story: Story) -> None:
    t = story.t
    await ways.start(story, "v1.5.0")
    haneul, sora = story.people("haneul", "sora")
    for one in (haneul, sora):
        await one.slash(t("/release notes", "/release 노트"))
        await one.press(t("Edit…", "편집…"), CHANNEL)
    text = t("Text (Markdown)", "내용 (Markdown)")
    assert await haneul.fill({text: "- the receipt is in English"}) != ""
    await sora.person.fill({text: "- the map is upside down"})
    assert await sora._do(sora.person.submit) == ""
    assert t("has saved this section meanwhile", "님이 이 항목을 저장했습니다") in sora.modal.text
    assert "the receipt is in English" in sora.modal.text
    assert sora.modal.fields[text] == "- the map is upside down"
    await sora.fill({text: "- the receipt is in English\n- the map is upside down"})
    assert sora.person.modal is None
    told = await haneul.slash(t("/release notes", "/release 노트"))
    assert "the receipt is in English\n• the map is upside down" in told
