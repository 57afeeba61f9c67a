from __future__ import annotations

from datetime import date
from typing import Any

from domain.calendar.agenda import ItemKind
from messages.charts import Spec, palette, timeline_picture
from messages.texts import Reader
from tests.messages import months

FIRST, LAST = date(2026, 3, 9), date(2026, 4, 19)
EN, KO = Reader("en", "UTC"), Reader("ko", "UTC")


def picture(reader: Reader, **how: Any) -> Spec:
    return timeline_picture(reader, months.calendar_view(FIRST, LAST, **how))


def words(spec: Spec) -> list[str]:
    return [
        value["text"]
        for layer in spec["layer"]
        if layer["mark"]["type"] == "text"
        for value in layer["data"]["values"]
    ]


def test_every_coming_deploy_has_a_row_with_its_day() -> None:
    assert words(picture(EN)) == [
        "Coming releases",
        "Shop & Co",
        "Mon 9 Mar – Sun 19 Apr · Seoul",
        *("9 Mar", "16 Mar", "23 Mar", "30 Mar", "6 Apr", "13 Apr"),
        *("봄맞이 <세일>", "Database"),
        *("no release yet", "Wed 11 Mar 14:00"),
        *("v1.6.0", "Thu 19 Mar 14:00"),
        *("v1.5.1", "Thu 19 Mar 11:00"),
        *("no release yet", "Thu 2 Apr 14:00"),
        *("no release yet", "Thu 9 Apr 14:00"),
        *("no release yet", "Thu 16 Apr 14:00"),
        *("Blackout", "Maintenance", "Code freeze", "QA"),
        *("Date without a release", "Deploy not possible"),
    ]


def test_it_speaks_korean() -> None:
    found = words(picture(KO))
    assert found[:4] == ["예정된 릴리스", "상점", "3월 9일(월) – 4월 19일(일) · 서울", "3월 9일"]
    assert "릴리스 미정" in found


def test_a_blackout_shades_all_that_lies_beneath_it() -> None:
    """18 to 20 March: from the tenth day on, three days of 22 pixels."""
    spec = picture(EN)
    shadows = [v for layer in spec["layer"] for v in layer["data"]["values"] if v.get("opacity") == 0.13]
    blackout = next(shadow for shadow in shadows if shadow["fill"] == palette.SHADES[ItemKind.BLACKOUT].edge)
    assert (blackout["x"], blackout["x2"]) == (116 + 9 * 22, 116 + 12 * 22)
    assert blackout["y2"] == spec["height"] - 34


def test_periods_at_the_same_time_have_lanes_of_their_own() -> None:
    spec = picture(EN, blackouts=months.crowded(200))
    shown = [
        item
        for item in months.calendar_view(FIRST, LAST, blackouts=months.crowded(200)).items
        if item.kind is ItemKind.BLACKOUT
    ]
    names = [
        v for layer in spec["layer"] for v in layer["data"]["values"] if "프로모션" in str(v.get("text"))
    ]
    assert len({name["y"] for name in names}) == 6
    assert f"… and {len(shown) - len(names)} more" in words(spec)


def test_nothing_planned_is_an_empty_sheet() -> None:
    spec = picture(EN, blackouts=(), releases=(), cadence=None, holidays={"country": None})
    assert words(spec) == [
        "Coming releases",
        "Shop & Co",
        "Mon 9 Mar – Sun 19 Apr · Seoul",
        *("9 Mar", "16 Mar", "23 Mar", "30 Mar", "6 Apr", "13 Apr"),
    ]
