from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from domain import events as v
from domain.calendar.imports import FeedChange, FeedFault, FeedState, FeedWhy
from domain.refusals import InPolicy
from messages.home import home
from messages.imports import SENTENCES, fault
from messages.lines import line
from messages.refusals import plain, refusal_text
from messages.texts import Reader
from tests.messages.surfaces.builders import home_view

EN, KO = Reader("en", "Asia/Seoul", "Asia/Seoul"), Reader("ko", "Asia/Seoul", "Asia/Seoul")
AT = datetime(2026, 3, 5, 5, tzinfo=UTC)
SALE = FeedChange(name="Sale <b>", start=AT, end=AT + timedelta(hours=1))
DB = FeedChange(name="DB", start=AT + timedelta(days=2), end=AT + timedelta(days=2, hours=1), count=104)
BATCH = FeedFault(why=FeedWhy.SUB_DAILY, line=12, event="Batch", detail="FREQ=HOURLY")


@pytest.mark.parametrize(
    ("said", "english", "korean"),
    [
        (
            v.FeedRead(feed="sales", added=(SALE, DB), changed=(replace(DB, count=1),), later=3),
            [
                "*Calendar feed `sales`*: no deploys in these times.",
                "• Added: Sale &lt;b&gt;, from Thu 5 Mar 14:00 to Thu 5 Mar 15:00",
                "• Added: DB, from Sat 7 Mar 14:00 to Sat 7 Mar 15:00 · 104 times in all",
                "• Changed: DB, now from Sat 7 Mar 14:00 to Sat 7 Mar 15:00",
                "• Later times of known events: 3",
            ],
            [
                "*캘린더 피드 `sales`*: 이 시간에는 배포할 수 없습니다.",
                "• 추가: Sale &lt;b&gt;, 3월 5일(목) 14:00부터 3월 5일(목) 15:00까지",
                "• 추가: DB, 3월 7일(토) 14:00부터 3월 7일(토) 15:00까지 · 모두 104회",
                "• 변경: DB, 이제 3월 7일(토) 14:00부터 3월 7일(토) 15:00까지",
                "• 이미 알려진 이벤트의 이후 일정: 3회",
            ],
        ),
        (
            v.FeedRead(feed="sales", removed=(DB,)),
            [
                "*Calendar feed `sales`*",
                "• Removed: DB, from Sat 7 Mar 14:00 to Sat 7 Mar 15:00 · 104 times in all",
            ],
            [
                "*캘린더 피드 `sales`*",
                "• 삭제: DB, 3월 7일(토) 14:00부터 3월 7일(토) 15:00까지 · 모두 104회",
            ],
        ),
        (
            v.FeedRefused(
                feed="sales",
                faults=(BATCH, *(FeedFault(why=FeedWhy.BROKEN_LINE, line=n) for n in range(20, 30))),
            ),
            [
                "*Calendar feed not read*: `sales`. What was read from it before stays.",
                "• line 12 · “Batch”: It comes more than once a day (FREQ=HOURLY).",
                *(f"• line {n}: This is not a line of an iCalendar file." for n in range(20, 29)),
                "• … and 1 more",
            ],
            [
                "*캘린더 피드를 읽지 못함*: `sales`. 이전에 읽은 내용은 그대로 유지됩니다.",
                "• 12행 · “Batch”: 하루에 두 번 이상 반복됩니다(FREQ=HOURLY).",
                *(f"• {n}행: iCalendar 파일의 행이 아닙니다." for n in range(20, 29)),
                "• … 외 1건",
            ],
        ),
    ],
)
def test_a_line_says_what_a_feed_changed_or_why_it_was_not_read(
    said: v.FeedRead | v.FeedRefused, english: list[str], korean: list[str]
) -> None:
    assert line(EN, said, "").split("\n") == english
    assert line(KO, said, "").split("\n") == korean


@pytest.mark.parametrize("why", list(FeedWhy))
def test_every_reason_has_its_sentence_with_and_without_a_detail(why: FeedWhy) -> None:
    assert why in SENTENCES
    for reader in (EN, KO):
        assert fault(reader, FeedFault(why=why, detail="X")).endswith((".", "요."))
        assert "{" not in fault(reader, FeedFault(why=why))


def test_an_event_that_cannot_be_read_is_told_without_a_property() -> None:
    assert (
        fault(EN, FeedFault(why=FeedWhy.UNREADABLE, line=4, event="Sale"))
        == "line 4 · “Sale”: It cannot be read."
    )
    assert (
        fault(KO, FeedFault(why=FeedWhy.UNREADABLE, line=4, event="Sale"))
        == "4행 · “Sale”: 읽을 수 없습니다."
    )


def test_home_tells_the_feeds_that_are_not_read() -> None:
    view = home_view()
    shop = replace(view.projects[0], feeds=(FeedState(name="sales", tried_at=AT, faults=(BATCH,)),))
    shown = str(home(EN, replace(view, projects=(shop,))))
    assert (
        "⚠ Calendar feed `sales` is not read: line 12 · “Batch”: It comes more than once a day (FREQ=HOURLY)."
    ) in shown


def test_what_comes_from_a_feed_is_changed_there() -> None:
    assert plain(refusal_text(EN, InPolicy("Sale", "sales"))) == (
        "Sale comes from the calendar feed sales.\nChange it there; Naru reads it again within the hour."
    )
    assert plain(refusal_text(KO, InPolicy("Sale", "sales"))) == (
        "Sale: 캘린더 피드 sales에서 가져온 것입니다.\n그곳에서 변경하세요. 나루는 한 시간 안에 다시 읽습니다."
    )
