"""One's own digest: in the morning, none on a day off, turned off by its button and on again by command."""

from __future__ import annotations

import json

from sqlalchemy import select
from sqlmodel import col

from storage.db import Tx
from storage.tables import AuditRow
from tests.journeys.play import Actor, Story, plain, until


async def test_a_digest_comes_each_working_morning_as_its_reader_has_set_it(story: Story) -> None:
    await _a_day_off(story)
    await _in_the_morning(story)
    await _turned_off_by_its_button(story)
    await _on_again_by_command(story)
    await _late_and_too_late(story)
    await _nothing_to_say(story)
    await _from_home(story)


async def _a_day_off(story: Story) -> None:
    """Something waits, but Monday 2 March is a public holiday."""
    (haneul,) = story.people("haneul")
    await haneul.slash("/release start regular v1.5.0")
    await haneul.submit()
    await story.time("2026-03-02", "09:00")
    assert story.digests("haneul") == []


async def _in_the_morning(story: Story) -> None:
    """By the clock of each: in Seoul first; in Kolkata half past twelve of Seoul is nine."""
    t = story.t
    await story.time("2026-03-03", "08:59")
    assert story.digests("haneul") == []
    await story.time("2026-03-03", "09:00")
    assert story.digests("haneul") == [
        t(
            "Your digest for Tue 3 Mar\n"
            "What waits for you: 1\n"
            "v1.5.0 · Next: Cut branch\n"
            "#releases-shop · since Sun 1 Mar 13:30\n"
            "API #releases-api\n"
            "Deploying now: 🔴 Closed, opens Tue 3 Mar 17:00 (Berlin 09:00)\n"
            "Today\n"
            "• ❄ code freeze · regular date, no release yet\n"
            "• 🧪 QA · regular date, no release yet\n"
            "• 🕙 17:00–24:00 (Berlin 09:00–16:00) · release window\n"
            "Tomorrow\n"
            "• ❄ code freeze · regular date, no release yet\n"
            "• 🧪 QA · regular date, no release yet\n"
            "Shop #releases-shop\n"
            "Deploying now: 🔴 Closed, opens Tue 3 Mar 10:00\n"
            "Today\n"
            "• ❄ code freeze · v1.5.0 · Regular\n"
            "• 🧪 QA · v1.5.0 · Regular\n"
            "• 🕙 10:00–17:00 · release window\n"
            "Tomorrow\n"
            "• ❄ code freeze · v1.5.0 · Regular\n"
            "• 🧪 QA · v1.5.0 · Regular\n"
            "• 🕙 10:00–17:00 · release window",
            "3월 3일(화) 하루 요약\n"
            "나를 기다리는 일 1건\n"
            "v1.5.0 · 다음 할 일: 브랜치 생성\n"
            "#releases-shop · 3월 1일(일) 13:30부터\n"
            "API #releases-api\n"
            "지금 배포: 🔴 닫힘 · 열리는 시각 3월 3일(화) 17:00 (베를린 09:00)\n"
            "오늘\n"
            "• ❄ 코드 프리즈 · 정기 배포일, 릴리스 미정\n"
            "• 🧪 QA · 정기 배포일, 릴리스 미정\n"
            "• 🕙 17:00–24:00 (베를린 09:00–16:00) · 릴리스 윈도우\n"
            "내일\n"
            "• ❄ 코드 프리즈 · 정기 배포일, 릴리스 미정\n"
            "• 🧪 QA · 정기 배포일, 릴리스 미정\n"
            "상점 #releases-shop\n"
            "지금 배포: 🔴 닫힘 · 열리는 시각 3월 3일(화) 10:00\n"
            "오늘\n"
            "• ❄ 코드 프리즈 · v1.5.0 · 정기\n"
            "• 🧪 QA · v1.5.0 · 정기\n"
            "• 🕙 10:00–17:00 · 릴리스 윈도우\n"
            "내일\n"
            "• ❄ 코드 프리즈 · v1.5.0 · 정기\n"
            "• 🧪 QA · v1.5.0 · 정기\n"
            "• 🕙 10:00–17:00 · 릴리스 윈도우",
        )
    ]
    assert story.digests("priya") == []
    await story.time("2026-03-03", "12:30")
    assert [text.splitlines()[0] for text in story.digests("priya")] == [
        t("Your digest for Tue 3 Mar", "3월 3일(화) 하루 요약")
    ]


async def _turned_off_by_its_button(story: Story) -> None:
    """The answer has the button that takes it back; pressing off once more changes nothing."""
    t = story.t
    (haneul,) = story.people("haneul")
    off, on = t("Turn the digest off", "요약 끄기"), t("Turn the digest on", "요약 켜기")
    assert await haneul.press(off, "dm") == t("Recorded: Digest: off", "기록했습니다: 하루 요약: 꺼짐")
    assert haneul.buttons(t("Recorded: Digest", "하루 요약: 꺼짐"), "dm")[0] == on
    assert await haneul.slash(t("/release digest off", "/release 요약 끄기")) == t(
        "Your digest is off already.\nNothing was changed.",
        "하루 요약이 이미 꺼져 있습니다.\n변경된 것은 없습니다.",
    )
    await story.time("2026-03-04", "09:00")
    assert len(story.digests("haneul")) == 1
    assert await haneul.slash(t("/release digest", "/release 요약")) == t(
        "Digest: off\n"
        "In a direct message: what waits for you, the dates of today and tomorrow, and whether deploying is allowed. "
        "On working days of your projects; when there is nothing to say, nothing comes.\n"
        "In words: /release digest on, /release digest off, /release digest 08:30",
        "하루 요약: 꺼짐\n"
        "나를 기다리는 일, 오늘과 내일의 일정, 지금 배포할 수 있는지를 다이렉트 메시지로 알려 드립니다. "
        "내 프로젝트의 근무일에만 오고, 알릴 것이 없으면 오지 않습니다.\n"
        "명령으로: /release digest on, /release digest off, /release digest 08:30",
    )


async def _on_again_by_command(story: Story) -> None:
    t = story.t
    (haneul,) = story.people("haneul")
    assert await haneul.slash(t("/release digest 08:30", "/release 요약 8시 반")) == t(
        "Recorded: Digest: on working days at 08:30 (Seoul)", "기록했습니다: 하루 요약: 근무일 08:30 (서울)"
    )
    await story.time("2026-03-05", "08:29")
    assert len(story.digests("haneul")) == 1
    await story.time("2026-03-05", "08:30")
    await story.time("2026-03-05", "09:00")
    assert _heads(story)[1:] == [t("Your digest for Thu 5 Mar", "3월 5일(목) 하루 요약")]


async def _late_and_too_late(story: Story) -> None:
    """Nothing ran until ten on Friday, nor from then until noon on Monday."""
    t = story.t
    await story.time("2026-03-06", "10:00")
    assert _heads(story)[2:] == [t("Late: Your digest for Fri 6 Mar", "지연 안내: 3월 6일(금) 하루 요약")]
    assert _skipped(story, "haneul") == []
    await story.time("2026-03-09", "12:00")
    assert _heads(story)[3:] == []
    assert _skipped(story, "haneul") == [("2026-03-09", "stale")]


async def _nothing_to_say(story: Story) -> None:
    """With nothing to do a Friday has nothing out of the ordinary: only the week's usual hours."""
    t = story.t
    (haneul,) = story.people("haneul")
    await haneul.slash("/release cancel 1.5.0")
    await haneul.fill({t("Why?", "사유"): "not needed"})
    await story.time("2026-03-13", "08:30")
    assert _heads(story)[3:] == []
    await story.time("2026-03-16", "08:30")
    assert _heads(story)[3:] == [t("Your digest for Mon 16 Mar", "3월 16일(월) 하루 요약")]


async def _from_home(story: Story) -> None:
    """Home says how it is set; what is chosen in its form is seen there at once."""
    t = story.t
    (haneul,) = story.people("haneul")
    assert _setting(plain((await haneul.home()).text)) == t(
        "Digest: on working days at 08:30 (Seoul)", "하루 요약: 근무일 08:30 (서울)"
    )
    await haneul.press(t("Change…", "바꾸기…"), where="home")
    no = {t("Do you want a digest?", "하루 요약을 받으시겠습니까?"): t("No", "아니요")}
    await haneul.fill(no)
    await until(
        lambda: _setting(_home_now(haneul)) == t("Digest: off", "하루 요약: 꺼짐"), "the digest to be off"
    )


def _heads(story: Story) -> list[str]:
    return [text.splitlines()[0] for text in story.digests("haneul")]


def _setting(home: str) -> str:
    """The line above the last."""
    return home.splitlines()[-2]


def _home_now(actor: Actor) -> str:
    view = actor.person.home_now
    assert view is not None
    return plain(view.text)


def _skipped(story: Story, name: str) -> list[tuple[str, str]]:
    """(day, why) of the digests of one person that are recorded as skipped."""
    user = story.person(name).person.user.id

    def look(tx: Tx) -> list[tuple[str, str]]:
        query = select(col(AuditRow.body)).where(col(AuditRow.action) == "AnnouncementSkipped")
        events = [json.loads(row[0])["event"] for row in tx.execute(query.order_by(col(AuditRow.seq)))]
        mine = [event for event in events if event["announcement"].startswith(f"digest:{user}:")]
        return [(event["announcement"].rpartition(":")[2], event["why"]) for event in mine]

    return story.demo.program.db.read_now(look)
