"""What a person reads on the page: text, blocks, dates, marks, in their language and zone."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.async_api import Page, expect

from sandbox import Sandbox
from tests.sandbox.page.conftest import GALLERY, GalleryApp

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]
SHOP = "C0RELSHOP1"


async def post_card(gallery: GalleryApp) -> str:
    card = await gallery.client.chat_postMessage(channel=SHOP, text="v1.5.0", blocks=GALLERY["card"])
    return str(card["ts"])


async def test_message_shows_mrkdwn_as_slack_does(box: Sandbox, gallery: GalleryApp, page: Page) -> None:
    await gallery.client.chat_postMessage(channel=SHOP, text=GALLERY["prose"])
    await page.goto(f"{box.url}/?as=emma&c={SHOP}")

    text = page.locator(".message-text")
    await expect(text.locator("b")).to_have_text(["Bold", "bold", "굵게"])
    await expect(text.locator("i")).to_have_text(["italic"])
    await expect(text.locator("s")).to_have_text(["struck"])
    await expect(text.locator("blockquote")).to_have_text("A quoted line & anotherwith bold in it")
    await expect(text.locator("pre")).to_have_text("git tag -a v1.5.0")
    await expect(text.locator(".mention")).to_have_text(["@이준호 (Junho Lee)", "@release-approvers"])
    await expect(text).to_contain_text("and 🎉 from")
    await expect(text).to_contain_text("3 < 5.")
    await expect(text).to_contain_text("붙여 쓴 *강조*는")
    hrefs = await text.locator("a").evaluate_all("links => links.map((one) => one.getAttribute('href'))")
    assert hrefs == ["/archives/C0RELAPI02", "https://example.com/notes", "https://example.com/path"]


async def test_message_text_is_never_markup(box: Sandbox, gallery: GalleryApp, page: Page) -> None:
    hostile = "&lt;img src=x onerror=alert(1)&gt; <javascript:alert(1)|press> <script>"
    await gallery.client.chat_postMessage(channel=SHOP, text=hostile)
    await page.goto(f"{box.url}/?as=emma&c={SHOP}")

    text = page.locator(".message-text")
    await expect(text).to_have_text("<img src=x onerror=alert(1)> <javascript:alert(1)|press> <script>")
    assert await text.locator("img, script, a").count() == 0


async def test_card_is_read_in_the_zone_and_language_of_the_reader(
    box: Sandbox, gallery: GalleryApp, page: Page
) -> None:
    await post_card(gallery)
    await page.goto(f"{box.url}/?as=daniel&c={SHOP}")

    card = page.locator(".message", has_text="v1.5.0")
    await expect(card.locator("h3")).to_have_text("v1.5.0 · regular · shop ⛴️")
    await expect(card).to_contain_text("since today 6:00 AM")
    await expect(card.locator(".field").nth(0)).to_have_text("DeploysFriday, March 6th 6:00 AM")
    await expect(card.locator(".field").nth(1)).to_have_text("Freezesince Mar 3 6:00 AM")

    await page.goto(f"{box.url}/?as=haneul&c={SHOP}")
    await expect(card).to_contain_text("since 오늘 오후 2:00")
    await expect(card.locator(".field").nth(0)).to_have_text("Deploys3월 6일 금요일 오후 2:00")


async def test_relative_date_follows_the_clock(box: Sandbox, gallery: GalleryApp, page: Page) -> None:
    await post_card(gallery)
    await page.goto(f"{box.url}/?as=daniel&c={SHOP}")
    await expect(page.locator(".message", has_text="v1.5.0")).to_contain_text("since today 6:00 AM")

    await page.get_by_role("button", name="Move the clock ahead by a day").click()
    await expect(page.locator(".message", has_text="v1.5.0")).to_contain_text("since yesterday 6:00 AM")


async def test_rich_text_and_table_are_drawn(box: Sandbox, gallery: GalleryApp, page: Page) -> None:
    await gallery.client.chat_postMessage(channel=SHOP, text="rich", blocks=GALLERY["rich"])
    await page.goto(f"{box.url}/?as=emma&c={SHOP}")

    message = page.locator(".message", has=page.locator("table"))
    await expect(message.locator("ol li")).to_have_text(["payments #412", "@Emma Jones fixed the cart 🛒"])
    await expect(message.locator("blockquote")).to_have_text("One release, one card.")
    await expect(message.locator("th")).to_have_text(["Step", "Minutes", "State"])
    await expect(message.locator("tbody tr").nth(1)).to_have_text("Restore the previous version30running")


async def test_ephemeral_is_seen_by_its_reader_only(box: Sandbox, gallery: GalleryApp, page: Page) -> None:
    await gallery.client.chat_postEphemeral(channel=SHOP, user="U0EMMA0007", text="Only for Emma")
    await page.goto(f"{box.url}/?as=emma&c={SHOP}")
    await expect(page.locator(".message.ephemeral")).to_contain_text("Only visible to you")
    await expect(page.locator(".message.ephemeral")).to_contain_text("Only for Emma")

    await page.goto(f"{box.url}/?as=daniel&c={SHOP}")
    await expect(page.get_by_role("heading", name="# releases-shop")).to_be_visible()
    await expect(page.get_by_text("Only for Emma")).to_have_count(0)


async def test_new_and_edited_messages_arrive_without_a_reload(
    box: Sandbox, gallery: GalleryApp, page: Page
) -> None:
    await page.goto(f"{box.url}/?as=emma&c={SHOP}")
    await expect(page.get_by_role("heading", name="# releases-shop")).to_be_visible()
    sent = await gallery.client.chat_postMessage(channel=SHOP, text="Freeze begins in an hour")
    await expect(page.get_by_text("Freeze begins in an hour")).to_be_visible()

    await gallery.client.chat_update(channel=SHOP, ts=sent["ts"], text="The freeze has begun")
    await expect(page.locator(".message", has_text="The freeze has begun")).to_contain_text("(edited)")

    await gallery.client.chat_delete(channel=SHOP, ts=sent["ts"])
    await expect(page.get_by_text("The freeze has begun")).to_have_count(0)


async def test_unread_and_mentions_are_marked_until_read(
    box: Sandbox, gallery: GalleryApp, page: Page
) -> None:
    await page.goto(f"{box.url}/?as=emma&c={SHOP}")
    row = page.locator(".sidebar").get_by_role("button", name="releases-api")
    await expect(row).not_to_have_class("side-row unread")

    await gallery.client.chat_postMessage(channel="C0RELAPI02", text="<@U0EMMA0007> please look")
    await expect(row.get_by_label("1 mentions")).to_be_visible()
    await row.click()
    await expect(page.locator(".mention-me")).to_have_text("@Emma Jones")
    await expect(row.get_by_label("1 mentions")).to_have_count(0)


async def test_pins_bookmarks_reactions_and_files_are_shown(
    box: Sandbox, gallery: GalleryApp, page: Page
) -> None:
    ts = await post_card(gallery)
    await gallery.client.pins_add(channel=SHOP, timestamp=ts)
    await gallery.client.reactions_add(channel=SHOP, timestamp=ts, name="eyes")
    await gallery.client.bookmarks_add(
        channel_id=SHOP, title="Board", type="link", link="https://example.com"
    )
    await gallery.client.files_upload_v2(channel=SHOP, content="# v1.5.0", filename="notes.md", title="Notes")
    await page.goto(f"{box.url}/?as=emma&c={SHOP}")

    await expect(page.locator(".message.pinned")).to_contain_text("Pinned")
    await expect(page.get_by_role("button", name=":eyes: 1, Naru")).to_be_visible()
    await expect(page.get_by_role("link", name="Open bookmark Board")).to_be_visible()
    await expect(page.get_by_role("link", name="Open Notes")).to_have_attribute(
        "href", "/ui/file/" + _file(box)
    )
    await page.get_by_role("button", name="1 pinned").click()
    await page.get_by_role("dialog", name="Pinned messages").get_by_text("v1.5.0").click()
    await expect(page.locator(f'.message[data-ts="{ts}"]')).to_be_focused()


def _file(box: Sandbox) -> str:
    return next(iter(box.workspace.files))


async def test_thread_opens_beside_and_takes_a_reply(box: Sandbox, gallery: GalleryApp, page: Page) -> None:
    ts = await post_card(gallery)
    await gallery.client.chat_postMessage(channel=SHOP, thread_ts=ts, text="QA passed")
    await page.goto(f"{box.url}/?as=emma&c={SHOP}")
    await page.get_by_role("button", name="1 reply").click()

    thread = page.get_by_role("complementary", name="Thread")
    await expect(thread.get_by_text("QA passed")).to_be_visible()
    await thread.get_by_role("textbox", name="Reply…").fill("Thank you")
    await page.keyboard.press("Enter")
    await expect(thread.locator(".message", has_text="Thank you")).to_be_visible()
    await expect(page.get_by_role("button", name="2 replies")).to_be_visible()


async def test_permalink_leads_to_the_message(box: Sandbox, gallery: GalleryApp, page: Page) -> None:
    ts = await post_card(gallery)
    for number in range(40):
        await gallery.client.chat_postMessage(channel=SHOP, text=f"line {number}")
    link: Any = await gallery.client.chat_getPermalink(channel=SHOP, message_ts=ts)
    await page.goto(f"{link['permalink']}?as=emma")
    await expect(page.locator(f'.message[data-ts="{ts}"]')).to_be_focused()


async def test_broken_line_is_mended_and_nothing_is_missed(
    box: Sandbox, gallery: GalleryApp, page: Page
) -> None:
    await page.goto(f"{box.url}/?as=emma&c={SHOP}")
    await expect(page.get_by_role("heading", name="# releases-shop")).to_be_visible()
    await box.wait_quiet(quiet=0.3)
    box._page.close()
    await gallery.client.chat_postMessage(channel=SHOP, text="Said while the line was down")
    await expect(page.get_by_text("Said while the line was down")).to_be_visible()


async def test_picture_from_outside_is_named_and_not_fetched(
    box: Sandbox, gallery: GalleryApp, page: Page
) -> None:
    picture = {"type": "image", "image_url": "https://example.com/a.png", "alt_text": "Burn-down of the week"}
    await gallery.client.chat_postMessage(channel=SHOP, text="chart", blocks=[picture])
    await page.goto(f"{box.url}/?as=emma&c={SHOP}")
    await expect(page.get_by_text("Picture: Burn-down of the week")).to_be_visible()
