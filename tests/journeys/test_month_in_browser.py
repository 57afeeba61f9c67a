"""The picture of the month, as somebody sees it in the channel."""

from __future__ import annotations

import pytest
from playwright.async_api import expect

from tests.journeys.tab import PATIENCE_MS, Tab

pytestmark = pytest.mark.browser
LOADED = "picture => picture.complete && picture.naturalWidth"


async def test_the_picture_of_the_month_is_seen_and_told(tab: Tab) -> None:
    t = tab.t
    await tab.open("haneul")
    await tab.type(t("/release calendar", "/release 달력"))
    await tab.reads(t("Calendar: Shop · March 2026", "달력: 상점 · 2026년 3월"))
    await tab.press(t("Post the picture here", "이 채널에 그림 게시"))
    shown = tab.page.locator("img.picture").last
    await expect(shown).to_be_visible(timeout=PATIENCE_MS)
    told = t("Calendar: Shop · March 2026. Code freeze: ", "달력: 상점 · 2026년 3월. 코드 프리즈: ")
    assert str(await shown.get_attribute("alt")).startswith(told)
    assert await shown.evaluate(LOADED) == 2 * (924 + 2 * 28)
    await tab.picture("month", theme="dark")
