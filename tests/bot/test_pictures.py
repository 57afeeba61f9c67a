from __future__ import annotations

import asyncio
import hashlib
import os
import signal
from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio

from bot.pictures.drawing import png
from bot.pictures.painter import NotDrawn, Painter
from messages.charts import FAMILY, FONTS, month_picture
from messages.texts import Reader
from tests.messages import months

PNG = b"\x89PNG\r\n\x1a\n"
MISSING = "\U0010fffd"  # a place that no font fills


def letter(char: str) -> dict[str, Any]:
    """A sheet with nothing but one letter of the vendored font."""
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "width": 60,
        "height": 40,
        "data": {"values": [{"text": char}]},
        "mark": {"type": "text", "font": FAMILY, "fontSize": 24},
        "encoding": {"text": {"field": "text", "type": "nominal"}},
    }


@pytest_asyncio.fixture
async def painter() -> AsyncIterator[Painter]:
    made = Painter()
    yield made
    await made.close()


def test_the_font_is_the_one_whose_checksum_is_kept() -> None:
    for line in (FONTS / "SHA256SUMS").read_text("ascii").splitlines():
        expected, name = line.split()
        font = (FONTS / name).read_bytes()
        assert hashlib.sha256(font).hexdigest() == expected
        assert len(font) < 1_400_000
    assert "SIL OPEN FONT LICENSE" in (FONTS / "OFL.txt").read_text("utf-8")


def test_hangul_is_drawn_as_letters_and_not_as_boxes() -> None:
    """A missing letter is a box, and all boxes look alike; rare syllables have their own shape too."""
    drawn = [png(letter(char), str(FONTS)) for char in "가힣뷁프윈도✓A"]
    assert len(set(drawn)) == len(drawn)
    assert png(letter(MISSING), str(FONTS)) not in drawn


def test_every_letter_of_the_korean_month_is_in_the_font() -> None:
    spec = month_picture(Reader("ko", "Asia/Seoul"), months.calendar_view())
    values = [value for layer in spec["layer"] for value in layer["data"]["values"]]
    chars = sorted({char for value in values for char in value.get("text", "") if not char.isspace()})
    box = png(letter(MISSING), str(FONTS))
    assert [char for char in chars if png(letter(char), str(FONTS)) == box] == []


async def test_the_painter_draws_in_a_process_of_its_own(painter: Painter) -> None:
    spec = month_picture(Reader("ko", "Asia/Seoul"), months.calendar_view())
    first, second = await asyncio.gather(painter.draw(spec), painter.draw(letter("가")))
    assert (first[:8], second[:8]) == (PNG, PNG)
    assert first == png(spec, str(FONTS))
    assert painter.process_id not in {None, os.getpid()}


async def test_the_painter_begins_anew_when_its_process_is_gone(painter: Painter) -> None:
    await painter.draw(letter("가"))
    before = painter.process_id
    assert before is not None
    os.kill(before, signal.SIGKILL)
    while painter.process_id is not None:  # noqa: ASYNC110 - the system says so when it likes
        await asyncio.sleep(0.01)
    assert (await painter.draw(letter("나")))[:8] == PNG
    assert painter.process_id != before


async def test_the_process_is_ended_when_nobody_wants_a_picture(
    painter: Painter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.pictures.painter.IDLE_S", 0.05)
    await painter.draw(letter("가"))
    assert painter.process_id is not None
    await asyncio.sleep(0.5)
    assert painter.process_id is None
    assert (await painter.draw(letter("나")))[:8] == PNG


async def test_what_is_no_specification_is_refused_and_does_no_harm(painter: Painter) -> None:
    with pytest.raises(NotDrawn):
        await painter.draw({"mark": "nonsense", "data": 7})
    assert (await painter.draw(letter("가")))[:8] == PNG


async def test_a_cancelled_drawing_leaves_no_half_answer(painter: Painter) -> None:
    drawing = asyncio.create_task(painter.draw(letter("가")))
    await asyncio.sleep(0.05)
    drawing.cancel()
    with pytest.raises(asyncio.CancelledError):
        await drawing
    assert await painter.draw(letter("나")) == png(letter("나"), str(FONTS))
