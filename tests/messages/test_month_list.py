from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

from domain.calendar.blackouts import Blackout
from messages.blocks import MESSAGE_BLOCKS
from messages.lists import month_list
from messages.lists.month import month_key, month_of
from messages.texts import Reader
from sandbox.blockkit import check_message
from tests.messages import months

READER = Reader("ko", "Asia/Seoul", "Asia/Seoul")


def texts(page: int) -> list[str]:
    message = month_list(READER, months.calendar_view(blackouts=months.crowded(200)), page)
    assert check_message({"blocks": message.blocks}) == []
    assert len(message.blocks) <= MESSAGE_BLOCKS
    assert sum(len(str(block)) for block in message.blocks) <= 13_000
    return [block["text"]["text"] for block in message.blocks if block["type"] == "section"]


def test_a_crowded_month_has_pages_and_loses_nothing() -> None:
    pages = [texts(number) for number in range(4)]
    assert pages[3] == texts(9)  # beyond the last there is the last
    named = re.findall(r"\* · (\d{3}) ", "\n".join(text for page in pages for text in page))
    assert sorted(named) == [f"{number:03}" for number in range(200)]


def test_pages_are_turned_by_buttons() -> None:
    view = months.calendar_view(blackouts=months.crowded(200))
    labels = [
        [
            e["text"]["text"]
            for b in month_list(READER, view, page).blocks
            if b["type"] == "actions"
            for e in b["elements"]
        ][:2]
        for page in (0, 1, 3)
    ]
    assert labels == [["다음 ▶", "◀ 2026년 2월"], ["◀ 이전", "다음 ▶"], ["◀ 이전", "◀ 2026년 2월"]]


@pytest.mark.parametrize(
    ("first", "labels"),
    [(date(2000, 1, 1), ["February 2000 ▶"]), (date(2199, 12, 1), ["◀ November 2199"])],
)
def test_the_first_and_the_last_month_have_no_neighbour(first: date, labels: list[str]) -> None:
    view = months.calendar_view(first, blackouts=(), releases=())
    message = month_list(Reader("en", "UTC"), view)
    shown = [e["text"]["text"] for b in message.blocks if b["type"] == "actions" for e in b["elements"]]
    assert [label for label in shown if "▶" in label or "◀" in label] == labels


def test_a_button_carries_its_month() -> None:
    assert month_key(date(2026, 3, 1)) == "2026-03"
    assert month_of("2026-03") == date(2026, 3, 1)
    for text in ("2026-13", "March", "", "2026-03-05", "0001-01", "1999-12", "2200-01"):
        with pytest.raises(ValueError, match=r"isoformat|month"):
            month_of(text)


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "⛔ ~Inventory~ · cancelled for 2026 · Wed 11 Mar 09:00–18:00"),
        ("ko", "⛔ ~Inventory~ · 2026년에는 취소됨 · 3월 11일(수) 09:00–18:00"),
    ],
)
def test_a_year_that_is_cancelled_stands_in_its_week(language: str, line: str) -> None:
    left_out = Blackout(
        id="y1/2026",
        name="Inventory",
        start=months.at(3, 11, 9),
        end=months.at(3, 11, 18),
        series="y1",
        day=date(2026, 3, 11),
    )
    view = replace(months.calendar_view(), left_out=(left_out,))
    message = month_list(Reader(language, "Asia/Seoul", "Asia/Seoul"), view)
    shown = "\n".join(block["text"]["text"] for block in message.blocks if block["type"] == "section")
    assert line in shown.splitlines()
