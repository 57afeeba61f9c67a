"""Modals: every element, the stack, field errors, and what was typed."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from playwright.async_api import Locator, Page, expect

from sandbox import Sandbox
from tests.sandbox.page.conftest import GALLERY, GalleryApp

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def open_modal(box: Sandbox, page: Page, who: str = "emma") -> Locator:
    await page.goto(f"{box.url}/?as={who}&c=C0RELSHOP1")
    await page.get_by_role("textbox", name="Message #releases-shop").fill("/release start")
    await page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name="Start a release")
    await expect(dialog).to_be_visible()
    return dialog


async def choose(dialog: Locator, label: str, option: str) -> None:
    await dialog.get_by_role("combobox", name=label).click()
    await dialog.get_by_role("option", name=option).click()


def option(block: str, value: str) -> dict[str, Any]:
    element = next(one for one in GALLERY["modal"]["blocks"] if one["block_id"] == block)["element"]
    return dict(next(one for one in element["options"] if one["value"] == value))


async def test_every_element_reaches_the_app_in_slacks_shape(
    box: Sandbox, gallery: GalleryApp, page: Page
) -> None:
    dialog = await open_modal(box, page)
    await dialog.get_by_label("Version").fill("v1.5.1")
    await choose(dialog, "Type", "Hotfix")
    await dialog.get_by_label("Notes").fill("one\ntwo")
    await choose(dialog, "Parts", "Cart")
    await dialog.get_by_role("option", name="Search").click()
    await page.keyboard.press("Escape")
    await choose(dialog, "Captain", "Alex Rivera")
    await choose(dialog, "Stakeholders", "Daniel Weber")
    await page.keyboard.press("Escape")
    await choose(dialog, "Announce in", "#general")
    await choose(dialog, "Talk", "#releases-api")
    await dialog.get_by_label("Way back is written").check()
    await dialog.get_by_label("Yes").check()
    await dialog.get_by_label("Deploy day").fill("2026-03-12")
    await dialog.get_by_label("Deploy time").fill("9:30 pm")
    await dialog.get_by_label("First share (%)").fill("10")
    await dialog.get_by_label("E-mail").fill("emma@naru.example")
    await dialog.get_by_label("Report").fill("https://example.com/r")
    await dialog.get_by_role("button", name="Start").click()
    await expect(dialog).to_have_count(0)

    values = gallery.last("view_submission")["view"]["state"]["values"]
    chosen = {
        block: next(iter(one["v"][key] for key in one["v"] if key != "type")) for block, one in values.items()
    }
    assert chosen == {
        "version": "v1.5.1",
        "type": option("type", "hotfix"),
        "notes": "one\ntwo",
        "parts": [option("parts", "cart"), option("parts", "search")],
        "captain": "U0ALEX0008",
        "told": ["U0DANIEL04"],
        "channel": "C0GENERAL0",
        "talk": "C0RELAPI02",
        "checks": [option("checks", "back")],
        "migration": option("migration", "yes"),
        "day": "2026-03-12",
        "time": "21:30",
        "until": 1773100800,
        "share": "10",
        "mail": "emma@naru.example",
        "link": "https://example.com/r",
    }


async def test_field_errors_stand_at_their_fields_and_keep_what_was_typed(
    box: Sandbox, gallery: GalleryApp, page: Page
) -> None:
    gallery.answers["submit"] = {"response_action": "errors", "errors": {"version": "v1.5.0 is in use."}}
    dialog = await open_modal(box, page)
    await choose(dialog, "Type", "Regular")
    await dialog.get_by_label("Deploy time").fill("10:00")
    await dialog.get_by_label("Notes").fill("kept")
    await dialog.get_by_role("button", name="Start").click()

    await expect(dialog.get_by_role("alert").filter(has_text="v1.5.0 is in use.")).to_be_visible()
    await expect(dialog.get_by_label("Version")).to_be_focused()
    await expect(dialog.get_by_label("Version")).to_have_attribute("aria-invalid", "true")
    await expect(dialog.get_by_label("Notes")).to_have_value("kept")
    await expect(dialog.get_by_role("combobox", name="Type")).to_have_text("Regular")


async def test_missing_required_field_is_named_before_the_app_is_asked(
    box: Sandbox, gallery: GalleryApp, page: Page
) -> None:
    dialog = await open_modal(box, page)
    await dialog.get_by_role("button", name="Start").click()
    await expect(dialog.locator(".has-error .input-label")).to_have_text(["Type", "Deploy time"])
    assert [one for one in gallery.heard if one.get("type") == "view_submission"] == []


async def test_pushed_view_goes_back_and_the_first_keeps_its_values(
    box: Sandbox, gallery: GalleryApp, page: Page
) -> None:
    dialog = await open_modal(box, page)
    await dialog.get_by_label("Notes").fill("still here")
    await dialog.get_by_role("button", name="See the commits").click()
    await expect(page.get_by_role("dialog", name="Commits")).to_contain_text("keep the cart for a week")

    await page.get_by_role("dialog", name="Commits").get_by_role("button", name="Back").last.click()
    await expect(dialog.get_by_label("Notes")).to_have_value("still here")


async def test_escape_closes_a_list_first_and_then_the_modal(
    box: Sandbox, gallery: GalleryApp, page: Page
) -> None:
    dialog = await open_modal(box, page)
    await dialog.get_by_role("combobox", name="Type").click()
    await expect(dialog.get_by_role("listbox")).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(dialog.get_by_role("listbox")).to_have_count(0)
    await expect(dialog).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(dialog).to_have_count(0)


async def test_typed_values_survive_a_reload(box: Sandbox, gallery: GalleryApp, page: Page) -> None:
    dialog = await open_modal(box, page)
    await dialog.get_by_label("Notes").fill("typed before the reload")
    await page.reload()
    await expect(dialog.get_by_label("Notes")).to_have_value("typed before the reload")


async def test_focus_stays_inside_the_modal(box: Sandbox, gallery: GalleryApp, page: Page) -> None:
    await open_modal(box, page)
    for _ in range(40):
        await page.keyboard.press("Tab")
        inside = (
            "document.activeElement === document.body || document.activeElement.closest('dialog') !== null"
        )
        assert await page.evaluate(inside)


async def test_calendar_is_used_by_keyboard(box: Sandbox, gallery: GalleryApp, page: Page) -> None:
    dialog = await open_modal(box, page)
    await dialog.get_by_label("Deploy day").focus()
    for key in ("ArrowDown", "ArrowRight", "ArrowDown", "Enter"):
        await page.keyboard.press(key)
    await expect(dialog.get_by_label("Deploy day")).to_have_value("March 18, 2026")
    await expect(dialog.get_by_label("Deploy day")).to_be_focused()


async def test_time_that_cannot_be_read_is_refused_at_the_field(
    box: Sandbox, gallery: GalleryApp, page: Page
) -> None:
    dialog = await open_modal(box, page)
    await choose(dialog, "Type", "Regular")
    await dialog.get_by_label("Deploy time").fill("noonish")
    await dialog.get_by_role("button", name="Start").click()
    message = await dialog.get_by_label("Deploy time").evaluate("field => field.validationMessage")
    assert message == "Enter a time as HH:MM."
    assert [one for one in gallery.heard if one.get("type") == "view_submission"] == []


async def test_slow_submission_keeps_the_modal_and_says_so(
    box: Sandbox, gallery: GalleryApp, page: Page
) -> None:
    gallery.submit_takes = 2.0
    dialog = await open_modal(box, page)
    await choose(dialog, "Type", "Regular")
    await dialog.get_by_label("Deploy time").fill("10:00")
    await dialog.get_by_role("button", name="Start").click()
    await expect(dialog.get_by_text("We had some trouble connecting. Try again?")).to_be_visible()
    await expect(dialog.get_by_label("Deploy time")).to_have_value("10:00 AM")


async def test_update_of_the_view_leaves_what_is_being_typed(
    box: Sandbox, gallery: GalleryApp, page: Page
) -> None:
    dialog = await open_modal(box, page)
    await dialog.get_by_label("Notes").press_sequentially("half a ")
    view = copy.deepcopy(GALLERY["modal"])
    view["blocks"][0]["text"]["text"] = "Now *12 commits* since `v1.4.2`."
    view["blocks"][3]["hint"] = {"type": "plain_text", "text": "Seen by everybody"}
    view_id = (await page.evaluate("fetch('/ui/view?as=emma').then(r => r.json())"))["stack"][0]["id"]
    await gallery.client.views_update(view_id=view_id, view=view)
    await expect(dialog).to_contain_text("Now 12 commits")
    await expect(dialog).to_contain_text("Seen by everybody")

    await page.keyboard.type("sentence")
    await expect(dialog.get_by_label("Notes")).to_have_value("half a sentence")
