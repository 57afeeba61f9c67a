"""What a person does on the page: write, use commands, press buttons, be somebody else, move the clock."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, Route, expect

from sandbox import Sandbox
from tests.sandbox.page.conftest import GALLERY, GalleryApp, HandClock

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]
SHOP = "C0RELSHOP1"


async def compose(box: Sandbox, page: Page, text: str, who: str = "emma") -> None:
    await page.goto(f"{box.url}/?as={who}&c={SHOP}")
    await page.get_by_role("textbox", name="Message #releases-shop").fill(text)


async def test_slash_box_offers_commands_words_and_what_follows(
    box: Sandbox, gallery: GalleryApp, page: Page
) -> None:
    await compose(box, page, "/rel")
    await expect(page.get_by_role("option")).to_contain_text("Releases from start to done")
    await page.keyboard.press("Tab")
    box_ = page.get_by_role("textbox", name="Message #releases-shop")
    await expect(box_).to_have_value("/release ")
    await box_.press_sequentially("st")
    await expect(page.get_by_role("option")).to_have_text(
        ["start [regular|emergency|hotfix|feature] [version] [project]", "status [version]"]
    )
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("option")).to_have_text(
        [
            "start regular [version] [project]",
            "start emergency [version] [project]",
            "start hotfix [version] [project]",
            "start feature [version] [project]",
        ]
    )
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("Tab")
    await expect(box_).to_have_value("/release start emergency ")
    await expect(page.locator(".usage-now")).to_have_text("[version]")


async def test_slash_answer_is_private_and_the_box_is_empty_again(
    box: Sandbox, gallery: GalleryApp, page: Page
) -> None:
    await compose(box, page, "/release status v1.5.0")
    await page.keyboard.press("Enter")
    await expect(page.locator(".message.ephemeral")).to_contain_text("You said status v1.5.0")
    await expect(page.get_by_role("textbox", name="Message #releases-shop")).to_have_value("")


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("/release slow", "/release failed with the error “operation_timeout”"),
        ("/deploy", "/deploy is not a valid command."),
    ],
)
async def test_failed_command_says_so_and_keeps_the_text(
    box: Sandbox, gallery: GalleryApp, page: Page, typed: str, sentence: str
) -> None:
    await compose(box, page, typed)
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("alert").filter(has_text=sentence)).to_be_visible()
    await expect(page.get_by_role("textbox", name="Message #releases-shop")).to_have_value(typed)


async def test_command_in_a_thread_is_refused_as_slack_does(
    box: Sandbox, gallery: GalleryApp, page: Page
) -> None:
    ts = (await gallery.client.chat_postMessage(channel=SHOP, text="Card"))["ts"]
    await page.goto(f"{box.url}/?as=emma&c={SHOP}&thread={ts}")
    await page.get_by_role("textbox", name="Reply…").fill("/release status")
    await page.keyboard.press("Enter")
    await expect(page.get_by_text("/release is not supported in threads. Sorry!")).to_be_visible()


async def test_mention_is_completed_and_becomes_a_name(box: Sandbox, gallery: GalleryApp, page: Page) -> None:
    await compose(box, page, "")
    await page.get_by_role("textbox", name="Message #releases-shop").press_sequentially("Hello @dan")
    await page.keyboard.press("Enter")
    await page.keyboard.press("Enter")
    await expect(page.locator(".message .mention")).to_have_text("@Daniel Weber")


async def test_draft_is_kept_per_channel_and_over_a_reload(
    box: Sandbox, gallery: GalleryApp, page: Page
) -> None:
    await compose(box, page, "half a thought")
    await page.locator(".sidebar").get_by_role("button", name="general").click()
    await expect(page.get_by_role("textbox", name="Message #general")).to_have_value("")
    await page.locator(".sidebar").get_by_role("button", name="releases-shop").click()
    await page.reload()
    await expect(page.get_by_role("textbox", name="Message #releases-shop")).to_have_value("half a thought")


async def test_button_confirm_and_overflow_reach_the_app(
    box: Sandbox, gallery: GalleryApp, page: Page
) -> None:
    await gallery.client.chat_postMessage(channel=SHOP, text="card", blocks=GALLERY["card"])
    await page.goto(f"{box.url}/?as=alex&c={SHOP}")
    await page.get_by_role("button", name="Approve", exact=True).click()
    await expect(page.locator(".message.ephemeral")).to_contain_text("Your approval is recorded.")

    await page.get_by_role("button", name="Reject").click()
    await page.get_by_role("alertdialog", name="Reject v1.5.0?").get_by_role("button", name="Keep it").click()
    await page.get_by_role("button", name="More options").click()
    await page.get_by_role("menuitem", name="Hold…").click()
    await expect(page.get_by_role("menuitem")).to_have_count(0)
    await box.wait_quiet()
    pressed = [one["actions"][0]["action_id"] for one in gallery.heard if one.get("type") == "block_actions"]
    assert pressed == ["approve", "card_more"]

    await page.get_by_role("button", name="Reject").click()
    await page.get_by_role("alertdialog").get_by_role("button", name="Reject").click()
    await expect(page.get_by_role("alertdialog")).to_have_count(0)
    await box.wait_quiet()
    assert gallery.last("block_actions")["actions"][0]["value"] == "r"


async def test_slow_button_says_that_the_operation_timed_out(
    box: Sandbox, gallery: GalleryApp, page: Page
) -> None:
    await gallery.client.chat_postMessage(channel=SHOP, text="card", blocks=GALLERY["card"])
    await page.goto(f"{box.url}/?as=alex&c={SHOP}")
    await page.get_by_role("button", name="Approve with conditions").click()
    sentence = "Operation timed out. Apps need to respond within 3 seconds."
    await expect(page.get_by_role("status").filter(has_text=sentence)).to_be_visible()


async def test_home_is_published_and_its_controls_act(box: Sandbox, gallery: GalleryApp, page: Page) -> None:
    await page.goto(f"{box.url}/?as=alex&c={SHOP}")
    await page.locator(".rail").get_by_role("button", name="Naru").click()
    await expect(page.get_by_role("tab", name="Home")).to_have_attribute("aria-selected", "true")
    await expect(page.get_by_text("needs your approval since 1 hour ago")).to_be_visible()
    await page.get_by_role("combobox", name="Project").click()
    await page.get_by_role("option", name="api").click()
    await expect(page.get_by_role("combobox", name="Project")).to_have_text("api")
    await box.wait_quiet()
    assert gallery.last("block_actions")["actions"][0]["selected_option"]["value"] == "api"
    opened = [one for one in gallery.heard if one.get("event", {}).get("type") == "app_home_opened"]
    assert len(opened) == 1


async def test_nobody_listening_is_said(box: Sandbox, page: Page) -> None:
    await compose(box, page, "/release status")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("alert").filter(has_text="Naru is not connected right now")).to_be_visible()


async def test_persona_language_and_zone_change_what_is_read(
    box: Sandbox, gallery: GalleryApp, page: Page
) -> None:
    await page.goto(f"{box.url}/?as=emma&c={SHOP}")
    await page.get_by_role("button", name="Acting as Emma Jones").click()
    await page.get_by_role("radio", name="이준호").click()
    await expect(page.get_by_role("textbox", name="#releases-shop에 메시지 보내기")).to_be_visible()
    await expect(page.locator("html")).to_have_attribute("lang", "ko-KR")
    await expect(page.locator("[data-clock]")).to_have_text("3월 4일 (수) 오후 3:00")

    await page.get_by_role("button", name="사람 바꾸기").click()
    await page.get_by_label("언어").select_option("en-US")
    await page.get_by_role("button", name="Acting as 이준호").click()
    await page.get_by_label("Time zone").select_option("America/New_York")
    await expect(page.locator("[data-clock]")).to_have_text("Wed, Mar 4, 1:00 AM")
    assert box.workspace.person("junho").tz == "America/New_York"


async def test_reload_keeps_person_channel_and_theme(box: Sandbox, gallery: GalleryApp, page: Page) -> None:
    await page.goto(f"{box.url}/?as=daniel&c={SHOP}")
    await page.locator(".sidebar").get_by_role("button", name="releases-api").click()
    await page.get_by_role("button", name="Dark theme").click()
    await page.goto(f"{box.url}/")
    await expect(page.get_by_role("textbox", name="Message #releases-api")).to_be_visible()
    await expect(page.get_by_role("button", name="Acting as Daniel Weber")).to_be_visible()
    await expect(page.locator("html")).to_have_attribute("data-theme", "dark")


async def test_clock_runs_fast_and_moves_ahead(box: Sandbox, gallery: GalleryApp, page: Page) -> None:
    await page.goto(f"{box.url}/?as=emma&c={SHOP}")
    await page.get_by_role("button", name="Move the clock ahead by an hour").click()
    await expect(page.locator("[data-clock]")).to_have_text("Wed, Mar 4, 7:00 AM")
    await page.get_by_role("button", name="The workspace’s clock").click()
    await page.get_by_role("button", name="Run ×3600").click()
    await expect(page.get_by_role("button", name="Run ×3600")).to_have_attribute("aria-pressed", "true")
    assert box.workspace.clock.rate == 3600.0  # type: ignore[attr-defined]  # the test's own clock


async def test_guide_leads_to_the_person_and_the_command(
    box: Sandbox, gallery: GalleryApp, page: Page
) -> None:
    await page.goto(f"{box.url}/?as=emma&c=C0GENERAL0")
    guide = page.get_by_role("region", name="Guided tour")
    await guide.get_by_role("button", name="Act as Alex Rivera").click()
    await expect(guide.get_by_text("you are Alex Rivera")).to_be_visible()
    await guide.get_by_role("button", name="Deploy").click()
    await guide.get_by_role("button", name="Copy into the box").click()
    await expect(page.get_by_role("button", name="Acting as Priya Nair")).to_be_visible()
    await expect(page.get_by_role("textbox", name="Message #releases-shop")).to_have_value(
        "/release deploy v1.5.0"
    )
    await guide.get_by_role("button", name="Hide the tour").click()
    await page.reload()
    await expect(guide).to_be_hidden()


async def test_who_becomes_somebody_while_news_still_load_is_them(
    box: Sandbox, gallery: GalleryApp, page: Page
) -> None:
    await page.goto(f"{box.url}/?as=emma&c={SHOP}")
    await expect(page.get_by_role("textbox", name="Message #releases-shop")).to_be_visible()
    await page.wait_for_load_state("networkidle")
    asked, answer = asyncio.Event(), asyncio.Event()

    async def slow(route: Route) -> None:
        found = await route.fetch()
        asked.set()
        await answer.wait()
        await route.fulfill(response=found)

    await page.route("**/ui/state?*", slow, times=1)
    box.acting.post(box.workspace.person("priya"), box.workspace.channels[SHOP], "Deploying soon")
    await asyncio.wait_for(asked.wait(), 5)
    await (
        page.get_by_role("region", name="Guided tour")
        .get_by_role("button", name="Act as Alex Rivera")
        .click()
    )
    answer.set()
    await expect(page.get_by_role("button", name="Acting as Alex Rivera")).to_be_visible()
    await expect(
        page.get_by_role("region", name="Guided tour").get_by_text("you are Alex Rivera")
    ).to_be_visible()


async def test_card_of_an_author_tells_their_time_and_leads_to_them(
    box: Sandbox, gallery: GalleryApp, page: Page
) -> None:
    box.acting.post(box.workspace.person("priya"), box.workspace.channels[SHOP], "Deploying soon")
    await page.goto(f"{box.url}/?as=emma&c={SHOP}")
    await page.locator(".message").get_by_role("button", name="Priya Nair").click()
    card = page.get_by_role("dialog", name="Priya Nair")
    await expect(card).to_contain_text("11:30 AM local time")
    await card.get_by_role("button", name="Act as Priya Nair").click()
    await expect(page.get_by_role("button", name="Acting as Priya Nair")).to_be_visible()


async def test_channel_switcher_is_used_by_keyboard(box: Sandbox, gallery: GalleryApp, page: Page) -> None:
    await page.goto(f"{box.url}/?as=emma&c={SHOP}")
    await expect(page.get_by_role("textbox", name="Message #releases-shop")).to_be_visible()
    await page.keyboard.press("Control+k")
    await page.keyboard.type("gen")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("textbox", name="Message #general")).to_be_visible()


async def test_narrow_page_has_a_drawer_and_a_thread_over_the_channel(
    box: Sandbox, gallery: GalleryApp, page: Page
) -> None:
    ts = (await gallery.client.chat_postMessage(channel=SHOP, text="Card"))["ts"]
    await page.set_viewport_size({"width": 390, "height": 844})
    await page.goto(f"{box.url}/?as=emma&c={SHOP}")
    await expect(page.locator(".sidebar")).not_to_be_visible()
    await page.get_by_role("button", name="Channels and conversations").click()
    await page.locator(".sidebar").get_by_role("button", name="general").click()
    await expect(page.get_by_role("textbox", name="Message #general")).to_be_visible()
    await expect(page.locator(".sidebar")).not_to_be_visible()

    await page.goto(f"{box.url}/?as=emma&c={SHOP}&thread={ts}")
    thread = page.get_by_role("complementary", name="Thread")
    await expect(thread).to_be_visible()
    assert await page.evaluate("document.documentElement.scrollWidth") == 390
    await thread.get_by_role("button", name="Close thread").click()
    await expect(thread).to_be_hidden()


async def test_person_kept_from_another_workspace_gives_way_to_the_first(
    box: Sandbox, browser: Browser
) -> None:
    page = await browser.new_page()
    await page.goto(f"{box.url}/?as=U0NOBODY00")
    await expect(page.get_by_role("button", name="김하늘 (Haneul Kim)(Release manager)")).to_be_visible()
    await page.close()


async def test_public_channel_is_joined_and_left(box: Sandbox, gallery: GalleryApp, page: Page) -> None:
    made = await gallery.client.conversations_create(name="war-v1-5-0")
    room = made["channel"]["id"]
    await page.goto(f"{box.url}/?as=emma&c={room}")
    await page.get_by_role("button", name="Join channel").click()
    joined = page.get_by_role("listitem", name="Emma Jones joined #war-v1-5-0.")
    await expect(joined).to_contain_text("Emma Jones joined #war-v1-5-0.")
    await expect(page.get_by_role("textbox", name="Message #war-v1-5-0")).to_be_visible()

    await gallery.client.conversations_setTopic(channel=room, topic="Rolling back v1.5.0")
    await expect(page.locator(".topic")).to_have_text("Rolling back v1.5.0")
    await expect(page.locator(".message.notice").last).to_contain_text(
        "set the channel topic: Rolling back v1.5.0"
    )
    await gallery.client.conversations_archive(channel=room)
    await expect(
        page.get_by_text("#war-v1-5-0 is archived: nothing new can be written here.")
    ).to_be_visible()


async def test_long_channel_shows_its_end_and_earlier_messages_on_request(
    box: Sandbox, gallery: GalleryApp, page: Page
) -> None:
    for number in range(230):
        box.acting.post(box.workspace.person("emma"), box.workspace.channels[SHOP], f"line {number}")
    await page.goto(f"{box.url}/?as=emma&c={SHOP}")
    await expect(page.get_by_text("line 229", exact=True)).to_be_in_viewport()
    await expect(page.get_by_text("line 29", exact=True)).to_have_count(0)
    await page.get_by_role("button", name="Show earlier messages").click()
    await expect(page.get_by_text("line 29", exact=True)).to_have_count(1)
    await expect(page.get_by_text("line 0", exact=True)).to_have_count(1)


async def test_messages_are_walked_and_answered_by_keyboard(
    box: Sandbox, gallery: GalleryApp, page: Page
) -> None:
    for text in ("first", "second"):
        await gallery.client.chat_postMessage(channel=SHOP, text=text)
    await page.goto(f"{box.url}/?as=emma&c={SHOP}")
    await page.locator(".message", has_text="second").focus()
    await page.keyboard.press("ArrowUp")
    await expect(page.locator(".message", has_text="first")).to_be_focused()
    await page.keyboard.press("t")
    thread = page.get_by_role("complementary", name="Thread")
    await expect(thread.get_by_role("textbox", name="Reply…")).to_be_focused()
    await page.keyboard.press("Escape")
    await expect(thread).to_be_hidden()
    await expect(page.get_by_role("textbox", name="Message #releases-shop")).to_be_focused()


async def test_stopped_workspace_is_noticed_and_found_again(browser: Browser, tmp_path: Path) -> None:
    box = await Sandbox.start(manifest=GALLERY["manifest"], clock=HandClock(), state_dir=tmp_path)
    page = await browser.new_page()
    await page.goto(f"{box.url}/?as=emma&c={SHOP}")
    await page.get_by_role("textbox", name="Message #releases-shop").wait_for()
    lost = page.get_by_role("status").filter(has_text="Connection lost. Trying to reconnect…")
    await box.stop()
    await expect(lost).to_be_visible()

    port = int(box.url.rpartition(":")[2])
    again = await Sandbox.start(port, manifest=GALLERY["manifest"], clock=HandClock(), state_dir=tmp_path)
    await expect(lost).to_be_hidden()
    await page.close()
    await again.stop()
