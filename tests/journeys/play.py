"""One story: the whole program beside the workspace, and its people in the words of whoever reads along."""

from __future__ import annotations

import asyncio
import json
import re
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlmodel import col

from bot.demo.program import Demo
from bot.scheduler import watch
from sandbox.acting import NotPossible
from sandbox.people import Person, Reaction
from sandbox.seen import Seen, SeenView
from storage import audit, reminders
from storage.db import Prepared, Tx
from storage.tables import OutboxRow

SEOUL = ZoneInfo("Asia/Seoul")
CHANNEL = "#releases-shop"
PATIENCE_S = 40.0
LOOK_S = 0.02
OUTLOOKS = ("Coming releases: ", "예정된 릴리스: ")
DIGESTS = re.compile(r"Your digest for .+|.+ 하루 요약( · .+)?")
APART = "\n---\n"
COMMIT = re.compile(r"\b[0-9a-f]{7}\b")


T = TypeVar("T")


async def until(look: Callable[[], T], what: str, *, patience: float = PATIENCE_S) -> T:
    """Wait until `look` finds something; the failure says what is there instead."""
    deadline = time.monotonic() + patience
    while not (found := look()):
        if time.monotonic() > deadline:
            raise AssertionError(f"waited {patience:.0f} s for {what}; there is: {found!r}")
        await asyncio.sleep(LOOK_S)
    return found


@dataclass
class Actor:
    """A person of the story. What they do returns what they were told privately, as one text."""

    story: Story
    person: Person
    reaction: Reaction | None = None

    async def slash(self, text: str, in_: str = CHANNEL) -> str:
        return await self._do(lambda: self.person.slash(in_, text))

    async def press(self, text: str | None, in_: str | None = None, **how: Any) -> str:
        """Without `in_` the open modal's button, else the newest visible message's with that text."""
        return await self._do(lambda: self.person.press(text, in_=in_, **how))

    async def press_twice(self, text: str, in_: str | None = None) -> str:
        """Both answers, in an order of their own."""
        told = await self._do(lambda: self.person.press_twice(text, in_=in_))
        return APART.join(sorted(told.split(APART)))

    async def press_late(self, held: Any) -> str:
        return await self._do(lambda: self.person.press_late(held))

    async def submit(self, **values: Any) -> str:
        """Fill in by label, submit, and read the answer; the modal is gone unless there are `errors`."""
        await self.person.fill(values)
        return await self._do(self.person.submit)

    async def fill(self, values: dict[str, Any]) -> str:
        await self.person.fill(values)
        return await self._do(self.person.submit)

    async def choose(self, label: str, value: Any) -> None:
        await self.person.choose(label, value, where="modal")
        await self.story.settled()

    async def home(self) -> SeenView:
        view = await self.person.home()
        assert view is not None
        return view

    def buttons(self, text: str, in_: str = CHANNEL) -> tuple[str, ...]:
        """Of the newest message in which that text stands."""
        return self.message(text, in_).buttons

    def message(self, text: str, in_: str = CHANNEL) -> Seen:
        seen = self.person.sees(in_)
        found = [m for m in seen if text in m.text]
        assert found, f"{self.person.user.name} sees no {text!r}; there is: {[m.text for m in seen[-5:]]}"
        return found[-1]

    def reads(self, text: str, in_: str = CHANNEL) -> str:
        """The words of the newest message in which that text stands."""
        return plain(self.message(text, in_).text)

    @property
    def modal(self) -> SeenView:
        modal = self.person.modal
        assert modal is not None, "no modal is open"
        return modal

    @property
    def errors(self) -> dict[str, str]:
        return self.person.errors

    async def _do(self, act: Callable[[], Awaitable[Reaction]]) -> str:
        before = self.person.whispers()
        self.reaction = await act()
        await self.story.settled()
        told = [text for ts, text in self.person.whispers().items() if ts not in before]
        assert self.reaction.status in {"ok", "errors"}, self.reaction.status
        return plain(APART.join(told))


@dataclass
class Story:
    """`news` are what appeared in a channel since it was asked last, as a member in Seoul reads it."""

    demo: Demo
    language: str
    heard: dict[str, str] = field(default_factory=dict)
    since: str = ""

    def t(self, english: str, korean: str) -> str:
        return korean if self.language == "ko" else english

    def person(self, name: str) -> Actor:
        return Actor(self, self.demo.box.person(name, quiet=0.03))

    def people(self, *names: str) -> list[Actor]:
        return [self.person(name) for name in names]

    def news(self, in_: str = CHANNEL, reader: str = "junho") -> list[str]:
        """Public messages only; cards and requests by their headline, what comes regularly left out."""
        shown = (m for m in self.demo.box.person(reader).sees(in_) if not m.ephemeral)
        seen = [m for m in shown if not _is_outlook(m) and not _is_digest(m)]
        last = max(self.since, self.heard.get(f"{in_}{reader}", ""))
        fresh = [m for m in seen if m.ts > last]
        if seen:
            self.heard[f"{in_}{reader}"] = seen[-1].ts
        return [_heard(message) for message in fresh]

    def dms(self, name: str) -> list[str]:
        """What came since it was asked last, as direct messages from the app."""
        return self.news("dm", name)

    def digests(self, name: str) -> list[str]:
        """Every digest that somebody ever had."""
        return [plain(m.text) for m in self.demo.box.person(name).sees("dm") if _is_digest(m)]

    def card(self, version: str, reader: str = "junho") -> Seen:
        seen = self.demo.box.person(reader).sees(CHANNEL)
        return next(m for m in reversed(seen) if is_living(m) and m.thread is None and version in m.text)

    def reads(self, version: str) -> str:
        """The card's words."""
        return plain(self.card(version).text)

    # --- time -----------------------------------------------------------------------------------------------

    @property
    def now(self) -> datetime:
        return self.demo.clock().astimezone(SEOUL)

    async def time(self, day: str, at: str) -> None:
        """Move business time to a wall-clock moment of the shop, Seoul: `("2026-03-05", "10:00")`."""
        wanted = datetime.fromisoformat(f"{day}T{at}").replace(tzinfo=SEOUL)
        await self.wait_for(wanted - self.now)

    async def time_of_window(self) -> None:
        """14:00 in Seoul of the first day with a window at least a day ahead: the soak is over."""
        at = (self.now + timedelta(days=1, hours=1)).replace(hour=14, minute=0, second=0, microsecond=0)
        at = at if at >= self.now + timedelta(days=1) else at + timedelta(days=1)
        while at.weekday() not in {1, 2, 3}:
            at += timedelta(days=1)
        await self.wait_for(at - self.now)

    async def wait_for(self, by: timedelta) -> None:
        self.demo.clock.advance(by)
        self.demo.box.clock_moved()
        await self.settled()

    async def look_at_remotes(self) -> None:
        """What the scheduler does every five minutes of real time."""
        await self.demo.program.db.run(watch)
        await self.settled()

    # --- the end of every act -------------------------------------------------------------------------------

    async def settled(self) -> None:
        """Until nothing is due, nothing waits in the outbox, and the workspace is quiet.

        What the demo begins by itself while the workspace falls quiet is waited for as well.
        """
        while True:
            await until(self._idle, "nothing to be due and the outbox to be empty")
            await self.demo.box.wait_quiet(quiet=0.03)
            if self._idle():
                return

    def _idle(self) -> bool:
        return not self.demo.program.db.read_now(_open_work)

    async def begin_here(self) -> None:
        """What was said until here is no news any more."""
        await self.settled()
        channels = self.demo.box.workspace.channels.values()
        self.since = max(ts for channel in channels for ts in channel.messages)

    def check(self) -> None:
        """What must hold at the end of every story."""
        assert self.demo.box.failures == []
        assert self.demo.program.db.read_now(audit.verify) is None
        assert self.demo.program.db.read_now(_open_work) == 0
        assert self.demo.program.db.read_now(_failed) == []


def _is_outlook(message: Seen) -> bool:
    return message.fallback.startswith(OUTLOOKS) and message.text.endswith("/release calendar")


def _is_digest(message: Seen) -> bool:
    return DIGESTS.fullmatch(message.fallback) is not None


def _heard(message: Seen) -> str:
    """`↳` marks what stands in a thread."""
    words = message.fallback if is_living(message) else message.text
    return plain(f"↳ {words}" if message.thread else words)


def plain(text: str) -> str:
    """Commits that are made while the story runs have another name each time."""
    return COMMIT.sub("<commit>", text)


def is_living(message: Seen) -> bool:
    return any(block["type"] == "header" for block in message.blocks)


_WAITING = Prepared(select(func.count()).select_from(OutboxRow).where(col(OutboxRow.done_at).is_(None)))


def _open_work(tx: Tx) -> int:
    """Asked some thousand times a run."""
    waiting = int(_WAITING.all(tx)[0][0])
    due = None if waiting else reminders.next_due(tx)
    return waiting + int(due is not None and due <= tx.now())


def _failed(tx: Tx) -> list[str]:
    """Errands that Slack refused, or at which our own code failed."""
    query = select(col(OutboxRow.outcome)).where(
        col(OutboxRow.outcome).like("refused%") | col(OutboxRow.outcome).like("failed%")
    )
    return [str(row[0]) for row in tx.execute(query)]


def clock_at(folder: Path, day: str, at: str) -> None:
    """Business time stands still at a moment of Seoul's until the story moves it."""
    origin = datetime.fromisoformat(f"{day}T{at}").replace(tzinfo=SEOUL).astimezone(UTC)
    course = {"origin": origin.isoformat(), "rate": 0, "since": datetime.now(UTC).isoformat()}
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "clock.json").write_text(json.dumps(course), encoding="utf-8")


__all__ = ["CHANNEL", "Actor", "NotPossible", "Story", "clock_at", "until"]
