"""What the page sends: commands, posts, clicks, submissions, the clock, preferences."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sandbox.acting import Acting, Done
from sandbox.administration import prefer
from sandbox.clock import MovableClock
from sandbox.model import Json, User
from sandbox.page_json import clock_json, person_json, seen_channel
from sandbox.workspace import Workspace

Answer = Callable[[User, Json], Awaitable[Json]]


class PagePosts:
    """Every method takes the persona and the JSON body and answers `{ok, error?, errors?}`.

    Raises NotPossible, KeyError, ValueError or TypeError for bodies that make no sense.
    """

    def __init__(self, acting: Acting) -> None:
        self._acting = acting
        self.on_reset: Callable[[], None] | None = None
        self.on_switch: Callable[[bool], None] | None = None

    @property
    def _ws(self) -> Workspace:
        return self._acting.workspace

    def table(self) -> dict[str, Answer]:
        return {
            "slash": self.slash,
            "post": self.post,
            "action": self.action,
            "submit": self.submit,
            "close": self.close,
            "join": self.join,
            "leave": self.leave,
            "persona": self.persona,
            "clock": self.clock,
            "read": self.read,
            "react": self.react,
            "reset": self.reset,
            "shop": self.shop,
        }

    async def slash(self, me: User, body: Json) -> Json:
        text = str(body["text"])
        command = body.get("command")
        typed = f"{command} {text}" if command and not text.startswith("/") else text
        return _done_json(await self._acting.slash(me, seen_channel(self._ws, me, body["channel"]), typed))

    async def post(self, me: User, body: Json) -> Json:
        channel = seen_channel(self._ws, me, body["channel"])
        message = self._acting.post(me, channel, str(body["text"]), thread_ts=body.get("thread_ts"))
        return {"ok": True, "ts": message.ts}

    async def action(self, me: User, body: Json) -> Json:
        source = self._acting.source(me, body["container"])
        given = body.get("action") or body
        return _done_json(await self._acting.act(me, source, given, _values(body.get("state"))))

    async def submit(self, me: User, body: Json) -> Json:
        return _done_json(await self._acting.submit(me, body["view_id"], _values(body.get("values"))))

    async def close(self, me: User, body: Json) -> Json:
        await self._acting.close(me, body["view_id"], cleared=bool(body.get("cleared")))
        return {"ok": True}

    async def join(self, me: User, body: Json) -> Json:
        channel = seen_channel(self._ws, me, body["channel"])
        if me.id not in channel.members:
            self._ws.join(channel, me.id)
        return {"ok": True}

    async def leave(self, me: User, body: Json) -> Json:
        channel = seen_channel(self._ws, me, body["channel"])
        if me.id in channel.members and channel.kind != "im":
            self._ws.leave(channel, me.id)
        return {"ok": True}

    async def persona(self, me: User, body: Json) -> Json:
        """The person's own preferences: language and zone."""
        try:
            zone = ZoneInfo(body.get("tz") or me.tz).key
        except (ZoneInfoNotFoundError, ValueError):
            return {"ok": False, "error": "invalid_time_zone"}
        prefer(self._ws, me, locale=str(body.get("locale") or me.locale), tz=zone)
        return {"ok": True, "me": person_json(self._ws, me)}

    async def clock(self, _me: User, body: Json) -> Json:
        clock = self._ws.clock
        if not isinstance(clock, MovableClock):
            return {"ok": False, "error": "clock_fixed"}
        if body.get("rate") is not None:
            clock.set_rate(float(body["rate"]))
        if body.get("advance_seconds"):
            clock.advance(timedelta(seconds=max(0.0, float(body["advance_seconds"]))))
        now = clock_json(self._ws)
        self._ws.board.changed("clock", **now)
        return {"ok": True, "clock": now}

    async def read(self, me: User, body: Json) -> Json:
        channel = seen_channel(self._ws, me, body["channel"])
        if channel.messages:
            channel.read[me.id] = max(channel.messages)
        self._ws.board.changed("channel", only=me.id, channel=channel.id)
        return {"ok": True}

    async def react(self, me: User, body: Json) -> Json:
        channel = seen_channel(self._ws, me, body["channel"])
        message = channel.messages.get(str(body["ts"]))
        if message is None:
            return {"ok": False, "error": "message_not_found"}
        self._acting.react(me, channel, message, str(body["name"]))
        return {"ok": True}

    async def shop(self, _me: User, body: Json) -> Json:
        """Whether the next version of the shop fails under load."""
        if self.on_switch is None:
            return {"ok": False, "error": "not_supported"}
        self.on_switch(bool(body["fails"]))
        return {"ok": True}

    async def reset(self, _me: User, _body: Json) -> Json:
        if self.on_reset is None:
            return {"ok": False, "error": "not_supported"}
        self.on_reset()
        return {"ok": True}


def _values(state: Any) -> Json:
    """`{values: {…}}` or the values themselves."""
    if not isinstance(state, dict):
        return {}
    inner = state.get("values")
    return inner if isinstance(inner, dict) else state


def _done_json(done: Done) -> Json:
    shown: Json = {"ok": done.ok}
    if done.error:
        shown["error"] = done.error
    return shown | ({"errors": done.errors} if done.errors else {})
