"""A newcomer's browser tab: reads, clicks and types what a person would, and takes pictures when asked to."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from playwright.async_api import Locator, Page, expect

from domain.health.asking import slot
from domain.health.newest import newest
from domain.types import Environment
from sandbox.storefront.model import TAKES
from storage import readings
from storage.db import Tx
from tests.journeys.play import Story, until

SHOP = "C0RELSHOP1"
PATIENCE_MS = 30_000
expect.set_options(timeout=PATIENCE_MS)
WIDE, NARROW = {"width": 1360, "height": 900}, {"width": 420, "height": 860}


INTERVAL = timedelta(seconds=40)  # of the demo's policy


def _measured(tx: Tx, now: datetime) -> bool:
    found = newest(readings.newest_of_each(tx, "shop", Environment.PRODUCTION))
    return "error_rate" in found and found["error_rate"].at >= slot(now, INTERVAL)


# Closed, or about something else than before.
_ANOTHER = "([dialog, shown]) => !dialog.isConnected || dialog.innerText !== shown"


@dataclass
class Tab:
    """`press`, `fill` and `send` end when the program has nothing left to do."""

    story: Story
    page: Page

    def t(self, english: str, korean: str) -> str:
        return self.story.t(english, korean)

    async def open(self, who: str, where: str = SHOP, **more: str) -> None:
        """`where` is a channel id; `more` goes into the address."""
        channel = "" if where == "dm" else f"&c={where}"
        extra = "".join(f"&{key}={value}" for key, value in more.items())
        tab = "&tab=messages" if where == "dm" else ""
        await self.page.goto(f"{self.story.demo.box.url}/?as={who}{channel or self._dm(who)}{tab}{extra}")
        await expect(self.page.get_by_role("textbox").last).to_be_visible(timeout=PATIENCE_MS)

    async def open_home(self, who: str) -> None:
        """The app's Home tab."""
        await self.page.goto(f"{self.story.demo.box.url}/?as={who}{self._dm(who)}")
        await self.story.settled()

    def _dm(self, who: str) -> str:
        workspace = self.story.demo.box.workspace
        return f"&c={workspace.im_with(workspace.person(who).id).id}"

    # --- the guided tour ---

    async def follow(self, title: str) -> None:
        """The tour has come to this step: become whom it names, go where it says, and take its command when it
        has one.
        """
        guide = self.page.locator("#guide")
        step = guide.locator(".guide-step.open .guide-step-title")
        await expect(step).to_contain_text(title, timeout=PATIENCE_MS)
        go = guide.get_by_role(
            "button", name=re.compile(self.t("^(Go to |Open the thread)", "로 이동$|^스레드 열기"))
        )
        if not await self._become(guide) and await go.count():
            await go.click(timeout=PATIENCE_MS)
        await expect(go).to_have_count(0, timeout=PATIENCE_MS)
        copy = guide.get_by_role("button", name=self.t("Copy into the box", "입력창에 넣기"))
        if await copy.count():
            await copy.click()
            await self._send()

    async def _become(self, guide: Locator) -> bool:
        """Whether it was somebody else before: the page goes to the step's place then."""
        act = guide.get_by_role("button", name=re.compile(self.t("^Act as ", "전환$")))
        you = guide.locator(".guide-you")
        await expect(act.or_(you)).to_be_visible(timeout=PATIENCE_MS)
        other = bool(await act.count())
        if other:
            await act.click(timeout=PATIENCE_MS)
        await expect(you).to_be_visible(timeout=PATIENCE_MS)
        return other

    # --- what a person does ---

    async def press(self, text: str, *, sure: str = "") -> None:
        """The newest button of that text; `sure` answers the question that follows."""
        button = self.page.get_by_role("button", name=text, exact=True).last
        await button.click(timeout=PATIENCE_MS)
        if sure:
            dialog = self.page.get_by_role("alertdialog")
            await dialog.get_by_role("button", name=sure, exact=True).click(timeout=PATIENCE_MS)
        # A button that spins takes no second press; a person sees that.
        await expect(self.page.locator(".button.busy")).to_have_count(0, timeout=PATIENCE_MS)
        await self.story.settled()

    async def fill(self, values: dict[str, str], submit: str) -> None:
        """Fill the open modal by label and submit it; it is gone afterwards."""
        modal = self.page.get_by_role("dialog").last
        for label, value in values.items():
            await modal.get_by_label(label).last.fill(value, timeout=PATIENCE_MS)
        await self.send(submit)

    async def check(self, group: str, option: str) -> None:
        choices = self.page.get_by_role("dialog").last.get_by_label(group)
        await choices.get_by_label(option, exact=True).check(timeout=PATIENCE_MS)

    async def tick(self) -> None:
        """Everything that is open in the list, and in the one that follows it."""
        await self.press(self.t("Checklists", "체크리스트"))
        dialog = self.page.get_by_role("dialog").last
        await expect(dialog).to_be_visible(timeout=PATIENCE_MS)
        while await dialog.count():
            for box in await dialog.get_by_role("checkbox").all():
                await box.check(timeout=PATIENCE_MS)
            shown, before = await dialog.inner_text(), await dialog.element_handle()
            await dialog.get_by_role("button", name=self.t("Record", "기록"), exact=True).click()
            await self.page.wait_for_function(_ANOTHER, arg=[before, shown], timeout=PATIENCE_MS)
            await self.story.settled()

    async def send(self, submit: str) -> None:
        modal = self.page.get_by_role("dialog").last
        await modal.get_by_role("button", name=submit, exact=True).click(timeout=PATIENCE_MS)
        await expect(self.page.get_by_role("dialog")).to_have_count(0, timeout=PATIENCE_MS)
        await self.story.settled()

    async def type(self, text: str) -> None:
        """Into the box beneath the conversation, and Enter."""
        await self._box().fill(text)
        await self._send()

    def _box(self) -> Locator:
        """Of the conversation in front; a modal over it has boxes of its own."""
        return self.page.locator(".composer").get_by_role("textbox").last

    async def _send(self) -> None:
        """A box that still sends takes nothing more; one that is empty has sent."""
        await self.page.keyboard.press("Enter")
        await expect(self._box()).to_have_value("", timeout=PATIENCE_MS)
        await self.story.settled()

    async def move_clock(self, *, hours: int = 0, days: int = 0) -> None:
        """By the page's own buttons."""
        for label, times in (
            (self.t("Move the clock ahead by an hour", "시계를 한 시간 앞으로 옮기기"), hours),
            (self.t("Move the clock ahead by a day", "시계를 하루 앞으로 옮기기"), days),
        ):
            for _ in range(times):
                await self.page.get_by_role("button", name=label).click(timeout=PATIENCE_MS)
                await self.story.settled()

    # --- the shop ---

    async def next_version(self, behaviour: str) -> None:
        """By the switch of the shop, which the tour opens."""
        await self.page.get_by_role("button", name=self.t("Open the shop", "상점 열기")).click()
        choice = self.page.get_by_role("dialog").get_by_role("button", name=behaviour, exact=True)
        await choice.click(timeout=PATIENCE_MS)
        await expect(choice).to_have_attribute("aria-pressed", "true", timeout=PATIENCE_MS)
        await self.page.keyboard.press("Escape")

    async def deployed(self) -> None:
        """The deployer takes some seconds, and tells how it goes."""
        shop = self.story.demo.shop
        assert shop is not None
        await until(lambda: shop.as_json()["deploying"], "something to be deployed")
        await self.story.wait_for(TAKES)
        await until(lambda: shop.told_all, "the deployer to be heard")
        await self.story.settled()

    async def measured(self, times: int = 1) -> None:
        """So many rounds of questions later."""
        for _ in range(times):
            await self.story.wait_for(INTERVAL)
            await until(lambda: self.story.demo.program.db.read_now(_measured, self.story.now), "a reading")
            await self.story.settled()

    # --- what a person reads ---

    async def reads(self, text: str, *, within: str = ".message") -> Locator:
        """The newest message (or other part of the page) that says so."""
        message = self.page.locator(within, has_text=text).last
        await expect(message).to_be_visible(timeout=PATIENCE_MS)
        return message

    async def picture(
        self, name: str, *, theme: str = "light", narrow: bool = False, top: Locator | None = None
    ) -> None:
        """Kept only when TEST_PICTURES names a folder, so that test runs leave the tree as it is.

        `top` is a message to begin with.
        """
        folder = os.environ.get("TEST_PICTURES")
        if not folder:
            return
        await self.page.set_viewport_size(NARROW if narrow else WIDE)  # type: ignore[arg-type] # a TypedDict by shape
        if narrow:  # a narrow window is opened with the tour folded
            await self.page.evaluate("document.getElementById('guide').classList.add('folded')")
        await self.page.evaluate("theme => document.documentElement.dataset.theme = theme", theme)
        if top is not None:
            await top.evaluate("message => message.scrollIntoView({block: 'start'})")
        await self.page.mouse.move(0, 0)
        await expect(self.page.locator(".toast")).to_have_count(0, timeout=PATIENCE_MS)
        path = Path(folder) / f"{name}.{self.story.language}.png"
        path.parent.mkdir(parents=True, exist_ok=True)
        await self.page.screenshot(path=path)
        await self.page.set_viewport_size(WIDE)  # type: ignore[arg-type] # a TypedDict by shape
        await self.page.evaluate("document.documentElement.dataset.theme = 'light'")
        await self.page.evaluate("document.getElementById('guide').classList.remove('folded')")


__all__ = ["SHOP", "Tab"]
