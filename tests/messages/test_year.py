"""What a coming year leaves to confirm, as it is read in both languages."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from domain.calendar.blackouts import Blackout
from domain.calendar.entries import Calendar
from domain.calendar.reasons import GateAction, Question
from domain.calendar.rollover.dates import Regular
from domain.calendar.rollover.model import (
    Added,
    Answer,
    Changed,
    Choice,
    DateConflict,
    Done,
    Proposal,
    Rollover,
    SetAside,
    Why,
)
from domain.calendar.rollover.year import rollover
from domain.calendar.rules import FreezeRule
from domain.calendar.type_rules import TypeGate
from domain.events import AddedPeriod, ProposalsAdded, SetAsideForYear
from domain.names import Names
from domain.types import ReleaseType
from domain.views import ProjectView, YearView
from messages.ids import decode
from messages.lines import line, private_line
from messages.lists import year_list, year_message
from messages.lists.year import PAGE
from messages.message import Message
from messages.texts import Reader

SEOUL = "Asia/Seoul"
NOW = datetime(2026, 12, 1, 1, tzinfo=UTC)
SHOP = ProjectView(
    key="shop", title={"ko": "상점", "en": "Shop"}, channel="C0SHOP", language="ko", zone=SEOUL
)
QUESTION = Question(action=GateAction.DEPLOY, release_type=ReleaseType.REGULAR, rules=TypeGate())
REGULAR = Regular(question=QUESTION, freeze=FreezeRule())
WHOLE = rollover(Calendar(zone=SEOUL), 2027, REGULAR, (), NOW)
READERS = {language: Reader(language, SEOUL) for language in ("en", "ko")}


def view(**facts: Any) -> YearView:
    of = replace(Rollover(year=2027), **facts)
    return YearView(project=SHOP, rollover=of, at=NOW, managers=("U0RM", "U0RM2"))


def words(message: Message) -> str:
    """All that stands in it, its buttons in brackets."""
    return "\n".join(_words(block) for block in message.blocks)


def _words(block: dict[str, Any]) -> str:
    if block["type"] == "actions":
        return " ".join(f"[{(one.get('text') or one['placeholder'])['text']}]" for one in block["elements"])
    if block["type"] == "context":
        return f"~ {block['elements'][0]['text']}"
    beside = f" [{block['accessory']['text']['text']}]" if "accessory" in block else ""
    return str(block["text"]["text"]) + beside


def answer(key: str, choice: Choice, minutes: int = 0, blackout: str = "") -> Answer:
    return Answer(key=key, choice=choice, by="U0PM", at=NOW + timedelta(minutes=minutes), blackout=blackout)


AGAIN = Proposal(
    key="again:b1",
    why=Why.AGAIN,
    names=Names(ko="Black <Friday>", en="Black <Friday>"),
    start=datetime(2027, 11, 22, 15, tzinfo=UTC),
    end=datetime(2027, 11, 30, 15, tzinfo=UTC),
    reason="Many orders",
    last_time=datetime(2026, 11, 22, 15, tzinfo=UTC),
)
SEOLLAL, TURN = WHOLE.proposals[1], WHOLE.proposals[-1]
BUDDHA, CHUSEOK = WHOLE.conflicts[3], WHOLE.conflicts[6]


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        (
            "en",
            (
                "*The year 2027 to confirm: Shop*\n"
                "~ Seoul · For: <@U0RM> <@U0RM2>\n"
                "*Proposed blackouts: 3* [Add all]\n"
                "*Korean New Year* · Fri 5 Feb 15:00 – Wed 10 Feb 00:00\n"
                "Long holiday: from the last working day before it until work begins again.\n"
                "[Add] [Not needed]\n"
                "*Black &lt;Friday&gt;* · Tue 23 Nov 00:00 – Wed 1 Dec 00:00\n"
                "Was there on Mon 23 Nov 2026, too. · Many orders\n"
                "[Add] [Not needed]\n"
                "*Turn of the year 2027/28* · Fri 24 Dec 00:00 – Mon 3 Jan 2028 00:00\n"
                "From 24 December to 2 January, with the days off around them.\n"
                "[Add] [Not needed]\n"
                "*Dates that meet holidays or blackouts: 2*\n"
                "*May 2027*\n"
                "Deploy *Thu 13 May 14:00*\n"
                "• Holiday: *Buddha's Birthday*\n"
                "[Move to Tue 18 May 14:00] [Skip this date] [Leave it]\n"
                "*September 2027*\n"
                "Deploy *Thu 16 Sep 14:00*\n"
                "• Blackout: *Chuseok*\n"
                "• Holiday: *The second day of Chuseok*\n"
                "• QA on Tue 14 Sep: Holiday: *The day preceding Chuseok*\n"
                "• QA on Wed 15 Sep: Holiday: *Chuseok*\n"
                "No free time is near.\n"
                "[Skip this date] [Leave it]\n"
                "~ The same at any time: `/release calendar 2027`"
            ),
        ),
        (
            "ko",
            (
                "*2027년 일정 확인: 상점*\n"
                "~ 서울 · 확인할 사람: <@U0RM> <@U0RM2>\n"
                "*제안된 배포 금지 기간: 3개* [모두 추가]\n"
                "*설날* · 2월 5일(금) 15:00 – 2월 10일(수) 00:00\n"
                "연휴: 직전 근무일부터 다음 근무일 전까지\n"
                "[추가] [필요 없음]\n"
                "*Black &lt;Friday&gt;* · 11월 23일(화) 00:00 – 12월 1일(수) 00:00\n"
                "2026년 11월 23일(월)에도 있었습니다. · Many orders\n"
                "[추가] [필요 없음]\n"
                "*2027/28 연말연시* · 12월 24일(금) 00:00 – 2028년 1월 3일(월) 00:00\n"
                "12월 24일부터 1월 2일까지, 앞뒤로 이어지는 휴일 포함\n"
                "[추가] [필요 없음]\n"
                "*휴일이나 배포 금지 기간과 겹치는 일정: 2건*\n"
                "*2027년 5월*\n"
                "배포 *5월 13일(목) 14:00*\n"
                "• 휴일: *부처님오신날*\n"
                "[5월 18일(화) 14:00 이동] [이번 일정 건너뛰기] [그대로 두기]\n"
                "*2027년 9월*\n"
                "배포 *9월 16일(목) 14:00*\n"
                "• 배포 금지 기간: *추석*\n"
                "• 휴일: *추석 다음날*\n"
                "• QA 일정 9월 14일(화): 휴일: *추석 전날*\n"
                "• QA 일정 9월 15일(수): 휴일: *추석*\n"
                "가까운 날짜에 가능한 시간이 없습니다.\n"
                "[이번 일정 건너뛰기] [그대로 두기]\n"
                "~ 언제든지 다시 보기: `/release calendar 2027`"
            ),
        ),
    ],
)
def test_the_channel_reads_what_is_to_confirm(language: str, expected: str) -> None:
    shown = view(proposals=(SEOLLAL, AGAIN, TURN), conflicts=(BUDDHA, replace(CHUSEOK, move_to=None)))
    message = year_message(READERS[language], shown)
    assert words(message) == expected
    assert message.text == expected.split("\n", maxsplit=1)[0].strip("*")


def test_a_proposed_blackout_in_a_dates_way_says_that_it_is_proposed() -> None:
    chuseok = next(one for one in WHOLE.proposals if one.names.en == "Chuseok")
    shown = view(proposals=(chuseok,), conflicts=(CHUSEOK,))
    assert "• Blackout: *Chuseok* (proposed)\n" in words(year_message(READERS["en"], shown))
    assert "• 배포 금지 기간: *추석* (제안)\n" in words(year_message(READERS["ko"], shown))


DONE: tuple[Done, ...] = (
    Added(
        answer("holidays:2027-02-07", Choice.ADDED, 1, "b1"),
        Blackout(id="b1", name="설날", start=SEOLLAL.start, end=SEOLLAL.end),
    ),
    SetAside(answer(TURN.key, Choice.NOT_NEEDED, 2), TURN),
    Changed(answer(BUDDHA.key, Choice.MOVED, 3), BUDDHA.day, BUDDHA.move_to),
    Changed(answer(CHUSEOK.key, Choice.SKIPPED, 4), CHUSEOK.day, None),
    SetAside(answer("date:2027-02-11", Choice.LEFT, 5), WHOLE.conflicts[0]),
)


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        (
            "en",
            (
                "*The year 2027 to confirm: Shop*\n"
                "~ Seoul · For: <@U0RM> <@U0RM2>\n"
                "Nothing is left to confirm for 2027.\n"
                "*Answered*\n"
                "• Stays: deploy Thu 11 Feb — <@U0PM>\n"
                "• Skipped: deploy Thu 16 Sep — <@U0PM>\n"
                "• Moved: deploy Thu 13 May → Tue 18 May 14:00 — <@U0PM>\n"
                "• Not needed: Turn of the year 2027/28 — <@U0PM>\n"
                "• Added: 설날 — <@U0PM>\n"
                "[Take an answer back…]"
            ),
        ),
        (
            "ko",
            (
                "*2027년 일정 확인: 상점*\n"
                "~ 서울 · 확인할 사람: <@U0RM> <@U0RM2>\n"
                "2027년에 확인할 항목이 없습니다.\n"
                "*답변한 항목*\n"
                "• 유지: 2월 11일(목) 배포 — <@U0PM>\n"
                "• 건너뜀: 9월 16일(목) 배포 — <@U0PM>\n"
                "• 이동: 5월 13일(목) 배포 → 5월 18일(화) 14:00 — <@U0PM>\n"
                "• 필요 없음: 2027/28 연말연시 — <@U0PM>\n"
                "• 추가: 설날 — <@U0PM>\n"
                "[답변 되돌리기…]"
            ),
        ),
    ],
)
def test_what_is_answered_can_be_taken_back(language: str, expected: str) -> None:
    message = year_list(READERS[language], view(done=DONE))
    assert words(message) == expected
    select = message.blocks[-1]["elements"][0]
    assert [decode(option["value"]).key for option in select["options"]] == [
        one.answer.key for one in reversed(DONE)
    ]
    assert select["options"][-1]["text"]["text"] == expected.split("\n")[-2].split(" — ", maxsplit=1)[0][2:]


def test_a_year_in_which_everything_meets_something_stays_readable() -> None:
    conflicts = tuple(replace(BUDDHA, day=date(2027, 1, 7) + timedelta(days=7 * n)) for n in range(51))
    many = view(
        proposals=tuple(replace(SEOLLAL, key=f"again:{'x' * 35}{n}") for n in range(10)),
        conflicts=conflicts,
        done=tuple(Changed(answer(one.key, Choice.SKIPPED), one.day, None) for one in conflicts),
    )
    for language, reader in READERS.items():
        living = year_message(reader, many)
        pages = [year_list(reader, many, page) for page in range(1, 6)]
        for message in (living, *pages):
            assert len(message.blocks) <= 50
            assert max(len(_words(block)) for block in message.blocks) <= 3000
            assert all(
                len(option["value"]) <= 150 and len(option["text"]["text"]) <= 75
                for option in _select(message)["options"]
            )
        rest = {
            "en": "~ Not shown yet: February 2027 (2), March 2027 (4), April 2027 (5), May 2027 (4), "
            "June 2027 (4), July 2027 (5), August 2027 (4), September 2027 (5), October 2027 (4), "
            "November 2027 (4), December 2027 (4). All of it: `/release calendar 2027`",
            "ko": "~ 아직 표시하지 않은 항목: 2027년 2월 (2), 2027년 3월 (4), 2027년 4월 (5), 2027년 5월 (4), "
            "2027년 6월 (4), 2027년 7월 (5), 2027년 8월 (4), 2027년 9월 (5), 2027년 10월 (4), "
            "2027년 11월 (4), 2027년 12월 (4). 전체 보기: `/release calendar 2027`",
        }
        assert rest[language] in words(living).split("\n")
    assert "~ Page 2 of 4" in words(year_list(READERS["en"], many, 2))
    assert "[◀ Earlier] [Later ▶]" in words(year_list(READERS["en"], many, 2))
    assert words(year_list(READERS["en"], many, 99)) == words(year_list(READERS["en"], many, 4))
    deploys = [words(year_list(READERS["en"], many, page)).count("Deploy *") for page in (1, 2, 3, 4)]
    assert deploys == [PAGE - 10, PAGE, PAGE, 51 - 3 * PAGE + 10]


def _select(message: Message) -> Any:
    return next(
        one
        for block in message.blocks
        if block["type"] == "actions"
        for one in block["elements"]
        if one["type"] == "static_select"
    )


def test_more_proposals_than_a_page_are_counted_in_the_channel() -> None:
    shown = view(proposals=tuple(replace(SEOLLAL, key=f"again:{n}") for n in range(PAGE + 3)))
    rest = "~ Not shown yet: blackouts (3). All of it: `/release calendar 2027`"
    assert rest in words(year_message(READERS["en"], shown)).split("\n")
    korean = "~ 아직 표시하지 않은 항목: 배포 금지 기간 (3). 전체 보기: `/release calendar 2027`"
    assert korean in words(year_message(READERS["ko"], shown)).split("\n")


def test_somebody_elsewhere_reads_the_own_time_with_the_projects_beside_it() -> None:
    shown = words(year_list(Reader("en", "Europe/Berlin"), view(proposals=(SEOLLAL,))))
    assert (
        "*Korean New Year* · Fri 5 Feb 07:00 (Seoul 15:00) – Tue 9 Feb 16:00 (Seoul Wed 10 Feb 00:00)"
        in shown
    )


@pytest.mark.parametrize(
    ("event", "english", "korean"),
    [
        (
            SetAsideForYear(
                key="turn:2027",
                choice=Choice.NOT_NEEDED,
                names=Names(ko="2027/28 연말연시", en="Turn 2027/28"),
            ),
            "Recorded: *No blackout needed*: Turn 2027/28",
            "기록했습니다: *배포 금지 불필요*: 2027/28 연말연시",
        ),
        (
            SetAsideForYear(
                key="turn:2027", choice=Choice.NOT_NEEDED, names=Names(ko="연말", en="Turn"), taken_back=True
            ),
            "Recorded: *Asked again*: blackout Turn",
            "기록했습니다: *다시 확인합니다*: 배포 금지 기간 연말",
        ),
        (
            SetAsideForYear(key=BUDDHA.key, choice=Choice.LEFT, day=BUDDHA.day),
            "Recorded: *Stays as it is*: the deploy on Thu 13 May 2027",
            "기록했습니다: *그대로 유지*: 2027년 5월 13일(목) 배포",
        ),
        (
            SetAsideForYear(key=BUDDHA.key, choice=Choice.LEFT, day=BUDDHA.day, taken_back=True),
            "Recorded: *Asked again*: the deploy on Thu 13 May 2027",
            "기록했습니다: *다시 확인합니다*: 2027년 5월 13일(목) 배포",
        ),
    ],
)
def test_what_is_set_aside_is_told_to_who_did_it(event: SetAsideForYear, english: str, korean: str) -> None:
    told = [private_line(Reader(language, SEOUL, SEOUL), event) for language in ("en", "ko")]
    assert told == [english, korean]


def test_all_that_was_added_at_once_is_one_line_with_its_times() -> None:
    added = ProposalsAdded(
        year=2027, blackouts=(AddedPeriod(name="설날", start=SEOLLAL.start, end=SEOLLAL.end),)
    )
    assert [line(Reader(language, SEOUL, SEOUL), added, "U0RM") for language in ("en", "ko")] == [
        (
            "*Blackouts of 2027 added*. No deploys in these times. — <@U0RM>\n"
            "• 설날 · Fri 5 Feb 15:00 – Wed 10 Feb 00:00"
        ),
        (
            "*2027년 배포 금지 기간 추가*. 이 기간에는 배포할 수 없습니다. — <@U0RM>\n"
            "• 설날 · 2월 5일(금) 15:00 – 2월 10일(수) 00:00"
        ),
    ]


def test_a_freeze_and_qa_on_a_holiday_are_said() -> None:
    shown = view(conflicts=(WHOLE.conflicts[0],))
    assert (
        "Deploy *Thu 11 Feb 14:00*\n"
        "• Freeze on Mon 8 Feb: Holiday: *The second day of Korean New Year*\n"
        "• QA on Tue 9 Feb: Holiday: *Alternative holiday for Korean New Year*\n"
        "[Move to Tue 16 Feb 14:00]"
    ) in words(year_message(READERS["en"], shown))
    assert (
        "배포 *2월 11일(목) 14:00*\n"
        "• 프리즈 시작 2월 8일(월): 휴일: *설날 다음날*\n"
        "• QA 일정 2월 9일(화): 휴일: *설날 대체 휴일*\n"
        "[2월 16일(화) 14:00 이동]"
    ) in words(year_message(READERS["ko"], shown))


def test_a_date_without_anything_beside_its_day_is_read_too() -> None:
    bare = DateConflict(day=date(2027, 3, 4), deploy_at=datetime(2027, 3, 4, 5, tzinfo=UTC))
    assert "Deploy *Thu 4 Mar 14:00*\nNo free time is near." in words(
        year_message(READERS["en"], view(conflicts=(bare,)))
    )
