from __future__ import annotations

import re

import pytest

from bot.gitwork import carrying
from tests.journeys.play import CHANNEL, Actor, Story, plain
from tests.journeys.ways import pass_qa, to_qa

WISH = re.compile(r"wishlist: put products on a wishlist\S*")
NEW_MIGRATION = "migrations/0043_add_points.sql"


async def test_a_change_goes_out_behind_a_flag_and_a_second_candidate_says_what_is_new(story: Story) -> None:
    await to_qa(story, "1.5.0")
    story.news()
    await _left_out(story)
    await _taken_back_and_left_out_by_command(story)
    await _approved(story)
    await _a_second_candidate(story)
    await _compared(story)


async def _left_out(story: Story) -> None:
    """From the card to the list, one group of it, one change, its flag, and back to the list."""
    t, haneul, emma = story.t, story.person("haneul"), story.person("emma")
    assert await haneul.press(t("Changes", "변경 사항"), CHANNEL) == ""
    assert "migrations/0042_add_gift_card_balance.sql" in plain(haneul.modal.text)
    assert t("PAYMENT_TIMEOUT_SECONDS changed: 10 → 5", "PAYMENT_TIMEOUT_SECONDS 변경: 10 → 5") in plain(
        haneul.modal.text
    )
    await haneul.choose("release.scope:group", t("Features (6)", "기능 (6)"))
    assert await haneul.press(t("Leave out…", "제외…")) == ""
    assert haneul.modal.title == t("Leave a change out", "변경 제외")
    assert (
        await haneul.fill({t("Feature flag that hides it", "변경을 숨기는 기능 플래그"): "two words"}) == ""
    )
    assert list(haneul.errors) == [t("Feature flag that hides it", "변경을 숨기는 기능 플래그")]
    told = await haneul.fill({t("Feature flag that hides it", "변경을 숨기는 기능 플래그"): "gift-cards"})
    assert told.startswith(
        t(
            "Recorded: v1.5.0 Left out behind the flag gift-cards",
            "기록했습니다: v1.5.0 플래그로 제외(gift-cards)",
        )
    )
    assert haneul.modal.title == t("Changes", "변경 사항")
    assert t("left out behind flags 1", "플래그로 제외 1") in haneul.modal.text
    await haneul.person.close_modal()
    assert t("left out behind flags 1", "플래그로 제외 1") in story.reads("v1.5.0")
    assert await emma.slash(t("/release scope leave-out 1a2b3c4 x", "/release 범위 제외 1a2b3c4 x")) == t(
        "Changing the scope is for: release manager or tech lead.\n"
        "Who can: @Alex Rivera @김하늘 (Haneul Kim) @이준호 (Junho Lee)",
        "릴리스 범위 변경 권한이 있는 역할: 릴리스 매니저 또는 테크 리드\n"
        "할 수 있는 사람: @Alex Rivera @김하늘 (Haneul Kim) @이준호 (Junho Lee)",
    )


async def _taken_back_and_left_out_by_command(story: Story) -> None:
    t, haneul = story.t, story.person("haneul")
    assert await haneul.slash(t("/release scope", "/release 범위")) == ""
    assert await haneul.press(t("Include again", "다시 포함")) != ""
    assert "🚩" not in haneul.modal.text
    sha = _sha_of(haneul)
    await haneul.person.close_modal()
    told = await haneul.slash(t(f"/release scope leave-out {sha} wish", f"/release 범위 제외 {sha} wish"))
    assert told.startswith(
        t("Recorded: v1.5.0 Left out behind the flag wish", "기록했습니다: v1.5.0 플래그로 제외(wish)")
    )
    assert len(story.news()) == 3


def _sha_of(actor: Actor) -> str:
    """The commit of the first change that the list shows."""
    found = re.search(r"\b[0-9a-f]{7}\b", actor.modal.text)
    assert found, actor.modal.text
    return found[0]


async def _approved(story: Story) -> None:
    """The request names what was detected and what is left out; who decides is told of what comes later."""
    t, alex, haneul = story.t, story.person("alex"), story.person("haneul")
    await pass_qa(story, migration=True)
    request = alex.reads("rc.1", "dm")
    assert "migrations/0042_add_gift_card_balance.sql" in request
    assert t("new 2 · changed 1", "추가 2 · 변경 1") in request
    assert "🚩 wish" in request
    story.dms("alex")
    await alex.press(t("Approve", "승인"), "dm")
    assert await haneul.slash(t("/release scope", "/release 범위")) == ""
    await haneul.press(t("Include again", "다시 포함"))
    await haneul.person.close_modal()
    told = story.dms("alex")
    assert len(told) == 1
    assert t("No longer left out", "다시 포함") in told[0]


async def _a_second_candidate(story: Story) -> None:
    t, haneul, daniel = story.t, story.person("haneul"), story.person("daniel")
    await daniel.press(t("Report a bug", "버그 보고"), CHANNEL)
    await daniel.fill({t("Which bug?", "어떤 버그입니까?"): "points are lost"})
    sample = story.demo.sample
    sample.commit(
        "release/v1.5.0",
        "fix(points): keep the points of an order",
        {NEW_MIGRATION: "-- up\n"},
        by="junho",
        at=story.now,
    )
    await haneul.press(t("Build again", "다시 빌드"), CHANNEL)
    story.news()
    await haneul.press(t("Build passed", "빌드 성공"), CHANNEL)
    news = story.news()
    assert t(
        "↳ v1.5.0 rc.2: since rc.1: new changes 1 · DB migrations 1",
        "↳ v1.5.0 rc.2: rc.1 이후 새 변경 1 · DB 마이그레이션 1",
    ) in [one.split(" — ")[0] for one in news], news


async def _compared(story: Story) -> None:
    t, alex, haneul = story.t, story.person("alex"), story.person("haneul")
    assert await haneul.press(t("See the difference", "차이 보기"), CHANNEL) == ""
    assert haneul.modal.title == t("Compare candidates", "릴리스 후보 비교")
    assert NEW_MIGRATION in haneul.modal.text
    assert "keep the points of an order" in haneul.modal.text
    await haneul.person.close_modal()
    priya = story.person("priya")
    await priya.press(t("Staging deployed", "스테이징 배포 성공"), CHANNEL)
    await priya.fill({t("Health check", "헬스 체크"): "200 OK"})
    await pass_qa(story, migration=True)
    request = alex.reads("rc.2", "dm")
    assert t("Since rc.1, which was approved", "승인된 rc.1 이후") in request
    assert NEW_MIGRATION in request


async def test_what_a_list_does_not_show_is_corrected_and_left_out_by_its_commit(
    story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(carrying, "LINES", 4)
    await to_qa(story, "1.5.0")
    story.news()
    await _ends(story)
    await _left_out_beyond(story)
    await _corrected_beyond(story)


async def _ends(story: Story) -> None:
    """Where the list ends it says how much more there is, and how to get at it."""
    t, haneul = story.t, story.person("haneul")
    await haneul.press(t("Changes", "변경 사항"), CHANNEL)
    shown = plain(haneul.modal.text)
    assert t("Listed are the newest 4.", "최신 4건만 표시합니다.") in shown
    assert shown.endswith(
        t(
            "Older changes that are not listed: 17. Each is corrected or left out by its commit: "
            "/release correct <commit> · /release scope leave-out <commit> new-checkout",
            "목록에 없는 더 오래된 변경: 17건. 커밋을 적어 정정하거나 제외할 수 있습니다: "
            "/release correct <commit> · /release scope leave-out <commit> new-checkout",
        )
    ), shown
    assert "put products on a wishlist" not in shown
    await haneul.person.close_modal()


def _of_wishlist(story: Story) -> str:
    return story.demo.sample.sha("develop^{/put products on a wishlist}")[:8]


async def _left_out_beyond(story: Story) -> None:
    """It is listed from then on, counted nowhere, and can be taken back."""
    t, haneul, sha = story.t, story.person("haneul"), _of_wishlist(story)
    told = await haneul.slash(t(f"/release scope leave-out {sha} wish", f"/release 범위 제외 {sha} wish"))
    assert told.startswith(
        t("Recorded: v1.5.0 Left out behind the flag wish", "기록했습니다: v1.5.0 플래그로 제외(wish)")
    )
    counts = t("features 5, improvements 1", "기능 5, 개선 1")
    assert counts in story.reads("v1.5.0")
    assert t("20 changes, 1 left out", "변경 20건, 제외 1건") in await haneul.slash(
        t("/release board", "/release 보드")
    )
    await haneul.press(t("Changes", "변경 사항"), CHANNEL)
    assert re.search(r"wishlist: .*put products on a wishlist.*🚩 wish", plain(haneul.modal.text))
    assert counts in plain(haneul.modal.text)
    await haneul.press(t("Include again", "다시 포함"))
    assert t("features 6, improvements 1", "기능 6, 개선 1") in plain(haneul.modal.text)
    await haneul.person.close_modal()


async def _corrected_beyond(story: Story) -> None:
    """By the form of its commit, or in one line; the counts follow."""
    t, junho, sha = story.t, story.person("junho"), _of_wishlist(story)
    assert await junho.slash(t(f"/release correct {sha}", f"/release 정정 {sha}")) == ""
    first = t("First line", "첫 줄")
    assert junho.modal.fields[first].startswith("feat(wishlist): put products on a wishlist")
    told = await junho.fill({first: "fix(wishlist): put products on a wishlist"})
    assert told.startswith(t("Recorded: Told otherwise", "기록했습니다: 커밋 메시지 정정")), told
    assert t("features 5, improvements 1, fixes 7", "기능 5, 개선 1, 수정 7") in story.reads("v1.5.0")
    told = await junho.slash(t(f"/release correct {sha} original", f"/release 정정 {sha} 원래대로"))
    assert told.startswith(t("Recorded: Told as git has it again", "기록했습니다")), told
    assert t("features 6, improvements 1, fixes 6", "기능 6, 개선 1, 수정 6") in story.reads("v1.5.0")
