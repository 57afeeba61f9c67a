"""What changes while somebody presses a control is shown afterwards: the press still reaches what was pressed."""

from __future__ import annotations

from copy import deepcopy

import pytest
from playwright.async_api import Locator, Page, expect

from sandbox import Sandbox
from tests.sandbox.page.conftest import GALLERY, GalleryApp

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]
SHOP = "C0RELSHOP1"
SHOWN_MS = 300  # longer than a change takes from the server onto the page


async def press(page: Page, control: Locator) -> None:
    """The mouse goes down on a control and stays there."""
    await control.hover()  # waits until the page stands still
    await page.mouse.down()


def next_step(box: Sandbox) -> None:
    """The tour goes on: its first open step is done."""
    guide = deepcopy(GALLERY["guide"])
    guide[1]["done"] = True
    box.guide = guide


async def card(box: Sandbox, gallery: GalleryApp, page: Page) -> str:
    sent = await gallery.client.chat_postMessage(channel=SHOP, text="card", blocks=GALLERY["card"])
    await page.goto(f"{box.url}/?as=alex&c={SHOP}")
    return str(sent["ts"])


async def change(gallery: GalleryApp, ts: str) -> None:
    blocks = [{"type": "header", "text": {"type": "plain_text", "text": "Changed"}}, *GALLERY["card"]]
    await gallery.client.chat_update(channel=SHOP, ts=ts, text="changed", blocks=blocks)


async def test_a_card_that_changes_under_the_mouse_still_hears_the_click(
    box: Sandbox, gallery: GalleryApp, page: Page
) -> None:
    ts = await card(box, gallery, page)
    await press(page, page.get_by_role("button", name="Approve", exact=True))

    await change(gallery, ts)
    await page.wait_for_timeout(SHOWN_MS)
    await expect(page.get_by_text("Changed", exact=True)).to_have_count(0)
    await page.mouse.up()

    await expect(page.locator(".message.ephemeral")).to_contain_text("Your approval is recorded.")
    await expect(page.get_by_text("Changed", exact=True)).to_be_visible()


async def test_a_card_that_changes_under_the_space_bar_still_hears_it(
    box: Sandbox, gallery: GalleryApp, page: Page
) -> None:
    ts = await card(box, gallery, page)
    await page.get_by_role("button", name="Approve", exact=True).focus()
    await page.keyboard.down("Space")

    await change(gallery, ts)
    await page.wait_for_timeout(SHOWN_MS)
    await page.keyboard.up("Space")

    await expect(page.locator(".message.ephemeral")).to_contain_text("Your approval is recorded.")
    await expect(page.get_by_text("Changed", exact=True)).to_be_visible()


async def test_a_tour_that_goes_on_under_the_mouse_still_hears_the_click(
    box: Sandbox, gallery: GalleryApp, page: Page
) -> None:
    await page.goto(f"{box.url}/?as=emma&c={SHOP}")
    await press(page, page.locator("#guide").get_by_role("button", name="Act as"))

    next_step(box)
    await gallery.client.chat_postMessage(channel=SHOP, text="something new")
    await page.wait_for_timeout(SHOWN_MS)
    await page.mouse.up()

    await expect(page.locator(".persona, .topbar").get_by_text("Alex Rivera").first).to_be_visible()
    await expect(page.locator(".guide-step.open")).to_contain_text("Deploy")


async def test_a_press_that_never_ends_holds_nothing_up_for_long(
    box: Sandbox, gallery: GalleryApp, page: Page
) -> None:
    ts = await card(box, gallery, page)
    await press(page, page.get_by_role("heading", level=1))

    await change(gallery, ts)

    await expect(page.get_by_text("Changed", exact=True)).to_be_visible()
