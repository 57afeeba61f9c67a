from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from domain.calendar.agenda import ItemKind
from messages.charts import FAMILY, Spec, month_picture, palette
from messages.charts.canvas import drawable, wrapped
from messages.texts import Reader
from tests.messages import months

EN, KO = Reader("en", "Europe/Berlin"), Reader("ko", "America/New_York")


def words(spec: Spec) -> list[str]:
    """Every text of the picture, as it is drawn."""
    return [
        value["text"]
        for layer in spec["layer"]
        if layer["mark"]["type"] == "text"
        for value in layer["data"]["values"]
    ]


def bars(spec: Spec) -> list[dict[str, Any]]:
    """The boxes with round corners: bars of the calendar and patches of the legend."""
    return [
        v for layer in spec["layer"] if layer["mark"].get("cornerRadius") for v in layer["data"]["values"]
    ]


def test_the_month_is_told_in_the_readers_language_and_the_projects_time() -> None:
    english, korean = (words(month_picture(reader, months.calendar_view())) for reader in (EN, KO))
    assert english[:10] == [
        "March 2026",
        "Shop & Co",
        "Seoul · release windows Tue–Thu 10:00–17:00 · no deploys Fri 15:00 – Mon 09:00",
        *("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
    ]
    assert korean[:10] == [
        "2026년 3월",
        "상점",
        "서울 · 릴리스 윈도우 화–목 10:00–17:00 · 배포 금지 시간 금 15:00 – 월 09:00",
        *("월", "화", "수", "목", "금", "토", "일"),
    ]


@pytest.mark.parametrize(
    ("reader", "shown"),
    [
        (
            EN,
            ["Code freeze v1.5.0 · 14:00", "QA v1.6.0", "✓ v1.5.0 14:00", "! v1.6.0 14:00", "! v1.5.1 11:00"],
        ),
        (EN, ["봄맞이 <세일>", "Database", "Deploy 14:00", "Moved window · 10:00", "Maintenance"]),
        (KO, ["코드 프리즈 v1.5.0 · 14:00", "QA v1.6.0", "✓ v1.5.0 14:00", "삼일절", "삼일절 대체 휴일"]),
        (KO, ["배포 14:00", "변경된 윈도우 · 10:00", "릴리스 미정", "배포 불가", "점검"]),
    ],
)
def test_bars_holidays_and_the_legend_are_named(reader: Reader, shown: list[str]) -> None:
    found = words(month_picture(reader, months.calendar_view()))
    assert [text for text in shown if text not in found] == []


def test_a_freeze_is_a_bar_over_its_days_and_stands_above_its_deploy() -> None:
    """2 to 5 March 2026: Monday to Thursday."""
    spec = month_picture(EN, months.calendar_view(blackouts=()))
    freeze = next(
        bar for bar in bars(spec) if bar["fill"] == palette.SHADES[ItemKind.FREEZE].fill and bar["y"] > 200
    )
    deploy = next(bar for bar in bars(spec) if bar["fill"] == palette.SHADES[ItemKind.DEPLOY].fill)
    assert (freeze["x"], freeze["x2"]) == (3, 4 * 132 - 3)
    assert (deploy["x"], deploy["x2"]) == (3 * 132 + 3, 4 * 132 - 3)
    assert deploy["y"] == freeze["y2"] + 4


def test_today_is_marked_in_its_month_only() -> None:
    def marks(spec: Spec) -> list[Spec]:
        return [layer for layer in spec["layer"] if layer["mark"]["type"] == "point"]

    (today,) = marks(month_picture(EN, months.calendar_view()))
    (place,) = today["data"]["values"]
    assert (place["x"], place["fill"]) == (132 + 17, palette.TODAY)  # Tuesday 10 March
    assert marks(month_picture(EN, months.calendar_view(months.APRIL))) == []


def test_more_than_fits_is_counted_and_no_deploy_is_left_out() -> None:
    found = words(month_picture(EN, months.calendar_view(blackouts=months.crowded(200))))
    assert [text for text in found if text.startswith("+")] != []
    deploys = [
        "✓ v1.5.0 14:00",
        "! Deploy 14:00",
        "! v1.6.0 14:00",
        "! v1.5.1 11:00",
        "Code freeze v1.6.0 · 14:00",
    ]
    assert [text for text in deploys if text not in found] == []
    assert month_picture(EN, months.calendar_view(blackouts=months.crowded(200)))["height"] < 1600


def test_a_month_without_anything_is_a_picture_too() -> None:
    view = months.calendar_view(
        date(2026, 2, 1), cadence=None, holidays={"country": None}, blackouts=(), releases=()
    )
    spec = month_picture(EN, view)
    assert bars(spec) == []
    assert len([text for text in words(spec) if text.isdecimal()]) == 35


def test_who_cannot_see_it_is_told_every_day() -> None:
    spec = month_picture(EN, months.calendar_view())
    assert spec["description"] == (
        "Calendar: Shop & Co · March 2026. "
        "Blackout: Wed 18 Mar – Fri 20 Mar 봄맞이 <세일>. Maintenance: Tue 24 Mar Database. "
        "Code freeze: Mon 2 Mar – Thu 5 Mar v1.5.0, Sun 8 Mar – Wed 11 Mar, Mon 16 Mar – Thu 19 Mar v1.6.0, "
        "Mon 30 Mar – Thu 2 Apr. "
        "QA: Tue 3 Mar – Wed 4 Mar v1.5.0, Mon 9 Mar – Tue 10 Mar, Tue 17 Mar – Wed 18 Mar v1.6.0, "
        "Tue 31 Mar – Wed 1 Apr. "
        "Deploy: Thu 5 Mar v1.5.0, Wed 11 Mar, Thu 19 Mar v1.5.1, Thu 19 Mar v1.6.0. "
        "Moved window: Fri 27 Mar. "
        "Holiday: Sun 1 Mar Independence Movement Day, "
        "Mon 2 Mar Alternative holiday for Independence Movement Day."
    )
    crowded = month_picture(KO, months.calendar_view(blackouts=months.crowded(200)))
    assert len(crowded["description"]) == 1000


def test_the_letters_are_the_vendored_fonts_on_light_paper() -> None:
    spec = month_picture(KO, months.calendar_view())
    assert {layer["mark"]["font"] for layer in spec["layer"] if layer["mark"]["type"] == "text"} == {FAMILY}
    assert spec["background"] == "#ffffff"


@pytest.mark.parametrize(
    ("text", "drawn"),
    [
        ("🎉 세일 ❄️ sale", "세일 sale"),
        ("\u202eevil\u202c name", "evil name"),
        ("✓ v1.5.0", "✓ v1.5.0"),
        ("a\nb\tc", "a b c"),
        ("🎉", ""),
    ],
)
def test_what_no_text_font_draws_is_left_out(text: str, drawn: str) -> None:
    assert drawable(text) == drawn


def test_long_names_are_wrapped_at_words_and_the_rest_is_left_to_be_cut() -> None:
    name = "Alternative holiday for Independence Movement Day"
    assert wrapped(name, 116, 11, 3) == ["Alternative holiday", "for Independence", "Movement Day"]
    assert wrapped(name, 116, 11, 2) == ["Alternative holiday", "for Independence Movement Day"]
    assert wrapped("", 116, 11, 3) == [""]


def luminance(colour: str) -> float:
    """Relative luminance (WCAG 2.2)."""
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


GROUNDS = [
    *(
        (shade.ink, shade.fill)
        for shade in (*palette.SHADES.values(), palette.UNTAKEN, palette.WARNED, palette.CLOSED)
    ),
    *((palette.INK, ground) for ground in (palette.PAPER, palette.WEEKEND)),
    *((palette.HOLIDAY, ground) for ground in (palette.PAPER, palette.WEEKEND, palette.FESTIVE)),
    (palette.SATURDAY, palette.WEEKEND),
    (palette.QUIET, palette.PAPER),
    (palette.PAPER, palette.TODAY),
]


@pytest.mark.parametrize(("ink", "ground"), GROUNDS)
def test_letters_stand_out_from_their_ground(ink: str, ground: str) -> None:
    lighter, darker = sorted((luminance(ink), luminance(ground)), reverse=True)
    assert (lighter + 0.05) / (darker + 0.05) >= 4.5
