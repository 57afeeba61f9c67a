"""Acting as a person in tests: by what they read, never by ids, through the same functions as the page."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any, Literal

from sandbox.acting import Acting, Done, NotPossible
from sandbox.administration import prefer
from sandbox.finding import Found, Wanted, find_button, find_field, given_for
from sandbox.model import Channel, Message, User
from sandbox.payloads import Source
from sandbox.render import Reader
from sandbox.seen import Seen, SeenView, seen_message, seen_view
from sandbox.viewstate import View
from sandbox.workspace import Workspace, micros

Where = Literal["message", "modal", "home"]
POLL_SECONDS = 0.02
Settle = Callable[[], Awaitable[bool]]


@dataclass(frozen=True)
class Reaction:
    """What the person saw happen. `status`: ok, errors (in the modal) or the client's error code.

    `acked_in` are seconds; `ephemerals` and `messages` are what appeared to this person, in any conversation.
    """

    status: str
    acked_in: float
    ephemerals: tuple[str, ...] = ()
    messages: tuple[Seen, ...] = ()
    modal: SeenView | None = None
    errors: dict[str, str] = field(default_factory=dict)

    @property
    def ok(self) -> bool:
        return self.status == "ok"

    @property
    def message(self) -> Seen | None:
        """The newest visible message that appeared."""
        return self.messages[-1] if self.messages else None

    @property
    def ephemeral(self) -> str:
        """The private answer; "" when there was none."""
        return "\n".join(self.ephemerals)


class Person:
    """One member of the workspace. Every action waits until the app has become quiet (`settle`)."""

    def __init__(self, acting: Acting, user: User, settle: Settle) -> None:
        self._acting = acting
        self.user = user
        self._settle = settle

    @property
    def _ws(self) -> Workspace:
        return self._acting.workspace

    @property
    def reader(self) -> Reader:
        return Reader(self._ws, self.user)

    async def slash(self, in_: str, text: str) -> Reaction:
        """`in_`: "#channel", a channel id, or "dm"."""
        return await self._react(lambda: self._acting.slash(self.user, self._channel(in_), text))

    async def say(self, in_: str, text: str, *, thread_ts: str | None = None) -> Reaction:
        async def post() -> Done:
            self._acting.post(self.user, self._channel(in_), text, thread_ts=thread_ts)
            return Done()

        return await self._react(post)

    async def react(self, in_: str, text: str, name: str) -> Reaction:
        """Put that emoji under the newest visible message of that text, or take it away again."""
        channel = self._channel(in_)
        said = [m for m in self._visible(channel) if m.text == text]
        if not said:
            raise NotPossible("message_not_found")

        async def toggle() -> Done:
            self._acting.react(self.user, channel, said[-1], name)
            return Done()

        return await self._react(toggle)

    async def press(
        self,
        text: str | None = None,
        *,
        in_: str | None = None,
        where: Where | None = None,
        action_id: str | None = None,
        message_ts: str | None = None,
        confirm: bool = True,
    ) -> Reaction:
        """The newest visible button or overflow option with that text (or `action_id`).

        Without `where`: the open modal if there is one and no `in_`, else messages. `confirm=False` backs out
        of the confirm dialog. Raises NotPossible when there is no such button.
        """
        found = find_button(self.reader, self._sources(in_, where, message_ts), Wanted(text, action_id))
        if not confirm and found.element.get("confirm"):
            return Reaction("ok", 0.0)
        return await self._react(lambda: self._acting.act(self.user, found.source, found.given()))

    async def press_twice(self, text: str, *, in_: str | None = None, where: Where | None = None) -> Reaction:
        """A double click: two requests under way at once. The status is that of the one that fared worse."""
        found = find_button(self.reader, self._sources(in_, where), Wanted(text, None))

        async def both() -> Done:
            clicks = [self._acting.act(self.user, found.source, found.given()) for _ in range(2)]
            first, second = await asyncio.gather(*clicks)
            return second if first.ok else first

        return await self._react(both)

    def hold(self, text: str, *, in_: str | None = None, where: Where | None = None) -> Found:
        """Put the finger on a button, to press it with `press_late` after it has changed or gone."""
        return find_button(self.reader, self._sources(in_, where), Wanted(text, None)).held()

    async def press_late(self, held: Found) -> Reaction:
        return await self._react(
            lambda: self._acting.act_late(self.user, held.source, held.block, held.element)
        )

    async def choose(
        self, label: str, value: Any, *, in_: str | None = None, where: Where | None = None
    ) -> Reaction:
        """Choose or type in what has that label, placeholder or action_id; the app hears it if it asked."""
        found = find_field(self.reader, self._sources(in_, where), label)
        given = given_for(self.reader, found, value)
        if found.block["type"] != "input" or found.block.get("dispatch_action", False):
            return await self._react(lambda: self._acting.act(self.user, found.source, given))
        self._acting.type_in(self.user, found.source, found.block, found.element, given)
        return Reaction("ok", 0.0, modal=self.modal)

    async def fill(self, values: dict[str, Any]) -> None:
        """Fill the modal's inputs by label: text, option text(s), people's names, dates, times."""
        for label, value in values.items():
            await self.choose(label, value, where="modal")

    async def submit(self) -> Reaction:
        view = self._top()
        return await self._react(lambda: self._acting.submit(self.user, view.id))

    async def close_modal(self, *, all_views: bool = False) -> Reaction:
        view = self._top()

        async def close() -> Done:
            await self._acting.close(self.user, view.id, cleared=all_views)
            return Done()

        return await self._react(close)

    async def join(self, in_: str) -> None:
        channel = self._channel(in_)
        if not self._ws.may_see(self.user.id, channel):
            raise NotPossible("channel_not_found")
        if self.user.id not in channel.members:
            self._ws.join(channel, self.user.id)
        await self._settle()

    async def leave(self, in_: str) -> None:
        self._ws.leave(self._channel(in_), self.user.id)
        await self._settle()

    async def prefers(self, *, locale: str | None = None, tz: str | None = None) -> None:
        """Change one's language ("en-US", "ko-KR") or zone in Slack's preferences."""
        prefer(self._ws, self.user, locale=locale, tz=tz)
        await self._settle()

    async def home(self) -> SeenView | None:
        """Open the Home tab, wait for the app, read it."""
        self._acting.open_home(self.user)
        await self._settle()
        return self.home_now

    @property
    def home_now(self) -> SeenView | None:
        view = self._ws.views.homes.get(self.user.id)
        return seen_view(self.reader, view, {}) if view else None

    @property
    def modal(self) -> SeenView | None:
        view = self._ws.views.top(self.user.id)
        faults = self._ws.views.errors.get(self.user.id, {})
        return seen_view(self.reader, view, faults) if view else None

    @property
    def errors(self) -> dict[str, str]:
        """The field errors of the open modal by label."""
        modal = self.modal
        return modal.errors if modal else {}

    def sees(self, in_: str, *, thread: str | None = None) -> list[Seen]:
        """All that this person can see in a channel (or in one thread with its parent), oldest first."""
        channel = self._channel(in_)
        if not self._ws.may_see(self.user.id, channel):
            return []
        told = [seen_message(self.reader, channel, m) for m in self._visible(channel)]
        return told if thread is None else [s for s in told if thread in (s.ts, s.thread)]

    def whispers(self) -> dict[str, str]:
        """What this person alone sees, wherever it was said: timestamp → words."""
        mine = ((c, m) for c in self._mine() for m in self._visible(c) if m.ephemeral_to)
        return {m.ts: seen_message(self.reader, c, m).text for c, m in mine}

    async def waits_for(
        self, text: str = "", *, in_: str = "dm", button: str | None = None, seconds: float = 10.0
    ) -> Seen:
        """The newest message with these words and this button, once it is there.

        Raises TimeoutError with what there is instead after so many real seconds.
        """
        deadline = time.monotonic() + seconds
        while True:
            seen = self.sees(in_)
            for message in reversed(seen):
                if text in message.text and (button is None or button in message.buttons):
                    return message
            if time.monotonic() > deadline:
                there = [(m.text, m.buttons) for m in seen[-5:]]
                raise TimeoutError(
                    f"{self.user.name} waited for {text!r} {button or ''} in {in_}; sees {there}"
                )
            await asyncio.sleep(POLL_SECONDS)

    def dms(self) -> list[Seen]:
        """The direct messages with the app."""
        return self.sees("dm")

    async def _react(self, act: Callable[[], Awaitable[Done]]) -> Reaction:
        before = self._ws.last_micros
        done = await act()
        await self._settle()
        new = [(c, m) for c in self._mine() for m in self._visible(c) if micros(m.ts) > before]
        new.sort(key=lambda pair: micros(pair[1].ts))
        seen = [seen_message(self.reader, c, m) for c, m in new if m.user != self.user.id]
        return Reaction(
            done.error or ("errors" if done.errors else "ok"),
            done.seconds,
            tuple(s.text for s in seen if s.ephemeral),
            tuple(s for s in seen if not s.ephemeral),
            self.modal,
            self.errors,
        )

    def _mine(self) -> list[Channel]:
        return [c for c in self._ws.channels.values() if self._ws.may_see(self.user.id, c)]

    def _visible(self, channel: Channel) -> list[Message]:
        return [m for m in channel.messages.values() if m.ephemeral_to in (None, self.user.id)]

    def _channel(self, name: str) -> Channel:
        if name == "dm":
            return self._ws.im_with(self.user.id)
        channel = self._ws.channel_named(name)
        if channel is None:
            raise NotPossible(f"no channel {name}")
        return channel

    def _top(self) -> View:
        view = self._ws.views.top(self.user.id)
        if view is None:
            raise NotPossible("no modal is open")
        return view

    def _sources(self, in_: str | None, where: Where | None, message_ts: str | None = None) -> list[Source]:
        """Where to look, the newest first."""
        if where is None:
            where = "modal" if in_ is None and self._ws.views.top(self.user.id) else "message"
        if where == "modal":
            return [Source(view=self._top())]
        if where == "home":
            home = self._ws.views.homes.get(self.user.id)
            return [Source(view=home)] if home else []
        channels = [self._channel(in_)] if in_ else self._mine()
        pairs = [(c, m) for c in channels if self._ws.may_see(self.user.id, c) for m in self._visible(c)]
        pairs.sort(key=lambda pair: micros(pair[1].ts), reverse=True)
        return [Source(c, m) for c, m in pairs if message_ts in (None, m.ts)]
