from __future__ import annotations

import pytest

from tests.journeys.play import CHANNEL, Actor, Story

SEOLLAL, CONSTITUTION = "holidays:2027-02-07", "holidays:2027-07-17"
BUDDHA, CHUSEOK, MARCH = "date:2027-05-13", "date:2027-09-16", "date:2027-03-04"


@pytest.mark.begins("2026-12-01", "09:59")
async def test_in_december_the_coming_year_is_confirmed_press_by_press(story: Story) -> None:
    await _asked(story)
    await _blackouts(story)
    await _dates(story)
    await _privately(story)


def _head(story: Story) -> str:
    return story.t("The year 2027 to confirm: Shop\n", "2027년 일정 확인: 상점\n")


def _part(actor: Actor, beginning: str) -> str:
    """What the newest message about the year says from there on."""
    text = actor.reads(_head(actor.story))
    return text[text.index(beginning) :]


async def _asked(story: Story) -> None:
    """On the first working day of December at ten the release managers are asked in the channel."""
    t = story.t
    (haneul,) = story.people("haneul")
    await story.time("2026-12-01", "10:00")
    assert [text.split("\n")[:5] for text in story.news() if text.startswith(_head(story))] == [
        [
            t("The year 2027 to confirm: Shop", "2027년 일정 확인: 상점"),
            t(
                "Seoul · For: @Alex Rivera @김하늘 (Haneul Kim)",
                "서울 · 확인할 사람: @Alex Rivera @김하늘 (Haneul Kim)",
            ),
            t("Proposed blackouts: 10", "제안된 배포 금지 기간: 10개"),
            t(
                "Turn of the year 2026/27 · Thu 24 Dec 2026 00:00 – Mon 4 Jan 00:00",
                "2026/27 연말연시 · 2026년 12월 24일(목) 00:00 – 1월 4일(월) 00:00",
            ),
            t(
                "From 24 December to 2 January, with the days off around them.",
                "12월 24일부터 1월 2일까지, 앞뒤로 이어지는 휴일 포함",
            ),
        ]
    ]
    assert _part(haneul, t("Not shown yet", "아직 표시하지")) == t(
        "Not shown yet: September 2027 (1), October 2027 (2), December 2027 (1). All of it: /release calendar 2027\n"
        "The same at any time: /release calendar 2027",
        "아직 표시하지 않은 항목: 2027년 9월 (1), 2027년 10월 (2), 2027년 12월 (1). 전체 보기: /release calendar 2027\n"
        "언제든지 다시 보기: /release calendar 2027",
    )


async def _blackouts(story: Story) -> None:
    """Added one by one by the PM, set aside, and all the others at once; each asks who may."""
    t = story.t
    haneul, sora, junho = story.people("haneul", "sora", "junho")
    add, not_needed = t("Add", "추가"), t("Not needed", "필요 없음")
    assert await junho.press(add, CHANNEL, action_id=f"year.add:{SEOLLAL}") == t(
        "Changing blackouts is for: PM or release manager.\n"
        "Who can: @Alex Rivera @김하늘 (Haneul Kim) @박소라 (Sora Park)",
        "배포 금지 기간 변경 권한이 있는 역할: PM 또는 릴리스 매니저\n"
        "할 수 있는 사람: @Alex Rivera @김하늘 (Haneul Kim) @박소라 (Sora Park)",
    )
    assert await sora.press(add, CHANNEL, action_id=f"year.add:{SEOLLAL}") == t(
        "Recorded: Blackout added: Korean New Year, from Fri 5 Feb 15:00 to Wed 10 Feb 00:00. No deploys in that time.",
        "기록했습니다: 배포 금지 기간 추가: 설날, 2월 5일(금) 15:00부터 2월 10일(수) 00:00까지. 이 기간에는 배포할 수 없습니다.",
    )
    assert await sora.press(not_needed, CHANNEL, action_id=f"year.not_needed:{CONSTITUTION}") == t(
        "Recorded: No blackout needed: Constitution Day", "기록했습니다: 배포 금지 불필요: 제헌절"
    )
    story.news()
    told = await haneul.press(t("Add all", "모두 추가"), CHANNEL)
    assert told.split("\n")[:2] == [
        t(
            "Recorded: Blackouts of 2027 added. No deploys in these times.",
            "기록했습니다: 2027년 배포 금지 기간 추가. 이 기간에는 배포할 수 없습니다.",
        ),
        t(
            "• Turn of the year 2026/27 · Thu 24 Dec 00:00 – Mon 4 Jan 00:00",
            "• 2026/27 연말연시 · 12월 24일(목) 00:00 – 1월 4일(월) 00:00",
        ),
    ]
    (news,) = story.news()
    assert news.split("\n")[0] == t(
        "Blackouts of 2027 added. No deploys in these times. — @김하늘 (Haneul Kim)",
        "2027년 배포 금지 기간 추가. 이 기간에는 배포할 수 없습니다. — @김하늘 (Haneul Kim)",
    )
    assert len(news.split("\n")) == 1 + 8


async def _dates(story: Story) -> None:
    """Moved, skipped, left; the message in the channel follows each press."""
    t = story.t
    haneul, sora, alex = story.people("haneul", "sora", "alex")
    move = t("Move to Tue 18 May 14:00", "5월 18일(화) 14:00 이동")
    held = alex.person.hold(move, in_=CHANNEL)
    assert await haneul.press(move, CHANNEL) == t(
        "Recorded: Moved this once: the deploy of Thu 13 May to Tue 18 May 14:00",
        "기록했습니다: 이번 한 번 변경: 5월 13일(목) 배포 → 5월 18일(화) 14:00",
    )
    assert await alex.press_late(held) == t(
        "This is already answered.\n• By @김하늘 (Haneul Kim)\nNothing was changed.",
        "이미 답변된 항목입니다.\n• 처리한 사람: @김하늘 (Haneul Kim)\n변경된 것은 없습니다.",
    )
    skip, leave = t("Skip this date", "이번 일정 건너뛰기"), t("Leave it", "그대로 두기")
    assert await haneul.press(skip, CHANNEL, action_id=f"year.skip:{CHUSEOK}") == t(
        "Recorded: Cancelled this once: the deploy on Thu 16 Sep",
        "기록했습니다: 이번 한 번 취소: 9월 16일(목) 배포",
    )
    assert await sora.press(leave, CHANNEL, action_id=f"year.leave:{MARCH}") == t(
        "Changing release windows is for: release manager.\nWho can: @Alex Rivera @김하늘 (Haneul Kim)",
        "릴리스 윈도우 변경 권한이 있는 역할: 릴리스 매니저\n"
        "할 수 있는 사람: @Alex Rivera @김하늘 (Haneul Kim)",
    )
    assert await alex.press(leave, CHANNEL, action_id=f"year.leave:{MARCH}") == t(
        "Recorded: Stays as it is: the deploy on Thu 4 Mar 2027",
        "기록했습니다: 그대로 유지: 2027년 3월 4일(목) 배포",
    )
    assert story.news() == [
        t(
            "Moved this once: the deploy of Thu 13 May to May 18 2:00 PM (Seoul Tue 18 May 14:00) — @김하늘 (Haneul Kim)",
            "이번 한 번 변경: 5월 13일(목) 배포 → 5월 18일 오후 2:00 (서울 5월 18일(화) 14:00) — @김하늘 (Haneul Kim)",
        ),
        t(
            "Cancelled this once: the deploy on Thu 16 Sep — @김하늘 (Haneul Kim)",
            "이번 한 번 취소: 9월 16일(목) 배포 — @김하늘 (Haneul Kim)",
        ),
    ]
    left = haneul.reads(_head(story)).split("\n")[2]
    assert left == t("Dates that meet holidays or blackouts: 7", "휴일이나 배포 금지 기간과 겹치는 일정: 7건")


async def _privately(story: Story) -> None:
    """The same by command; an answer that is taken back there is asked again everywhere."""
    t = story.t
    (haneul,) = story.people("haneul")
    living = haneul.message(_head(story))
    told = await haneul.slash(t("/release calendar 2027", "/release 달력 내년"))
    assert told == living.text.rsplit("\n", 1)[0]
    back = t("Take an answer back…", "답변 되돌리기…")
    await haneul.person.choose(back, t("Added: Chuseok", "추가: 추석"), in_=CHANNEL)
    await story.settled()
    assert story.news() == [
        t(
            "Blackout removed: Chuseok — @김하늘 (Haneul Kim)",
            "배포 금지 기간 삭제: 추석 — @김하늘 (Haneul Kim)",
        )
    ]
    again = t(
        "Proposed blackouts: 1\n"
        "Chuseok · Mon 13 Sep 15:00 – Fri 17 Sep 00:00\n"
        "Long holiday: from the last working day before it until work begins again.\n",
        "제안된 배포 금지 기간: 1개\n"
        "추석 · 9월 13일(월) 15:00 – 9월 17일(금) 00:00\n"
        "연휴: 직전 근무일부터 다음 근무일 전까지\n",
    )
    shown = [one for one in haneul.person.sees(CHANNEL) if one.text.startswith(_head(story))]
    assert [(one.ephemeral, again in one.text) for one in shown] == [(False, True), (True, True)]
    assert await haneul.slash(t("/release year 2031", "/release 내년 2031")) == t(
        "2031 cannot be read as this year or the next.\nExample: 2027",
        "알 수 없는 값입니다: 2031 (필요한 값: 올해나 내년)\n예: 2027",
    )
