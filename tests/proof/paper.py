"""A Slack of paper: takes every call at once, and holds each message and view to what Slack would refuse."""

from __future__ import annotations

import json
import re
from collections import deque
from collections.abc import Iterator
from itertools import count
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from bot.pictures.painter import Painter
from bot.slack import Refusal, Slack
from sandbox.blockkit.whole import check_message, check_view, view_too_large
from tests.support.world import PEOPLE, TEAM

MOST_TEXT = 4_000
FALSE_TRIGGER = "stale."
HOSTILE = re.compile(r"<(?:!(?:channel|here|everyone)\b|!subteam\^S0EVIL|@U0EVIL|#C0EVIL|https?://evil)")
"""What must never stand unescaped in anything that we send: it would notify people, or lead them away."""

_MESSAGES = frozenset({"chat.postMessage", "chat.postEphemeral", "chat.update"})
_VIEWS = frozenset({"views.open", "views.push", "views.update", "views.publish"})


def faults_of_message(message: dict[str, Any]) -> list[str]:
    found = [str(problem) for problem in check_message(message)]
    text = message.get("text") or ""
    if len(text) > MOST_TEXT:
        found.append(f"text of {len(text)}")
    return found + [f"fires: {part[:200]}" for part in marked_up(message) if HOSTILE.search(part)]


def faults_of_view(view: dict[str, Any]) -> list[str]:
    found = [str(problem) for problem in check_view(view)]
    if view_too_large(view):
        found.append("view too large")
    return found + [f"fires: {part[:200]}" for part in marked_up(view) if HOSTILE.search(part)]


def marked_up(value: Any) -> Iterator[str]:
    """Every text that Slack reads for markup: `text` of the message, and mrkdwn objects wherever they are."""
    if isinstance(value, dict):
        if value.get("type") in {"mrkdwn", "markdown"} or "blocks" in value:
            held = value.get("text")
            if isinstance(held, str):
                yield held
        for inner in value.values():
            yield from marked_up(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from marked_up(inner)


def _actions(value: Any) -> Iterator[dict[str, Any]]:
    """Everything with an action id that can be pressed, as it would come back."""
    if isinstance(value, dict):
        if value.get("type") == "button" and "action_id" in value:
            yield {"type": "button", "action_id": value["action_id"], "value": value.get("value", "")}
        if value.get("type") == "overflow":
            for option in value["options"]:
                yield {"type": "overflow", "action_id": value["action_id"], "selected_option": option}
        for inner in value.values():
            yield from _actions(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _actions(inner)


class PaperPainter(Painter):
    """Draws nothing, at once; what could not be sent to the drawing process is a bug of ours."""

    async def draw(self, spec: dict[str, Any]) -> bytes:
        return json.dumps(spec, ensure_ascii=False).encode()


class PaperSlack(Slack):
    """`faults` are (method, what Slack would have said). The newest views and buttons are kept for use."""

    def __init__(self) -> None:
        self.client = AsyncWebClient(token="xoxb-paper", retry_handlers=[])
        self.faults: list[tuple[str, str]] = []
        self.sent = 0
        self.views: deque[dict[str, Any]] = deque(maxlen=200)
        self.actions: deque[dict[str, Any]] = deque(maxlen=500)
        self._numbers = count(1)
        self._users = {person.user: person for person in PEOPLE}

    async def call(self, method: str, **arguments: Any) -> dict[str, Any]:
        self.sent += 1
        given = {name: value for name, value in arguments.items() if value is not None}
        json.dumps(given, ensure_ascii=False).encode()  # what cannot be sent at all is a bug of ours
        if method in _MESSAGES:
            self.faults += [(method, fault) for fault in faults_of_message(given)]
            self.actions.extend(_actions(given.get("blocks")))
        if method in _VIEWS:
            self.faults += [(method, fault) for fault in faults_of_view(given["view"])]
            self.views.append(given["view"])
            self.actions.extend(_actions(given["view"].get("blocks")))
        if str(given.get("trigger_id", "")).startswith(FALSE_TRIGGER):
            raise Refusal("expired_trigger_id")
        return self._answer(method, given)

    async def read(self, method: str, **arguments: Any) -> dict[str, Any]:
        if method == "users.info":
            return {"ok": True, "user": self._user(str(arguments["user"]))}
        if method == "files.getUploadURLExternal":
            return {"ok": True, "upload_url": "https://paper.example/upload", "file_id": "F0PAPER"}
        return {"ok": True, "messages": [], "members": [], "users": [], "channels": []}

    async def upload(self, address: str, body: bytes) -> None:
        self.sent += 1

    async def respond(self, address: str, text: str, blocks: list[dict[str, Any]], *, replace: bool) -> None:
        self.sent += 1
        self.faults += [
            ("response_url", fault) for fault in faults_of_message({"text": text, "blocks": blocks})
        ]
        self.actions.extend(_actions(blocks))

    def _answer(self, method: str, given: dict[str, Any]) -> dict[str, Any]:
        number = next(self._numbers)
        if method == "conversations.open":
            return {"ok": True, "channel": {"id": f"D{given['users'].removeprefix('U')}"}}
        if method == "conversations.create":
            return {"ok": True, "channel": {"id": f"C0ROOM{number}", "name": given["name"]}}
        return {"ok": True, "ts": f"1700000000.{number:06d}", "channel": given.get("channel", "")}

    def _user(self, user: str) -> dict[str, Any]:
        known = self._users.get(user)
        if known is None:
            raise Refusal("user_not_found")
        return {"id": user, "team_id": known.team or TEAM, "name": known.name, "is_bot": known.bot}
