"""The views that are open: a stack of modals per person and their Home tabs."""

from __future__ import annotations

import hashlib
import json
import secrets
import time
from dataclasses import dataclass, field

from sandbox.elements import carried_values, earlier_blocks, initial_values, with_ids
from sandbox.errors import SlackError
from sandbox.model import Json

STACK_LIMIT = 3


@dataclass
class View:
    """One modal or Home tab; `body` is what the app sent, with generated ids filled in.

    `earlier` is what could be pressed in it before it was changed.
    """

    id: str
    user: str
    body: Json
    values: Json
    root_id: str
    previous_id: str | None = None
    hash: str = ""
    earlier: list[Json] = field(default_factory=list)

    def rehash(self) -> None:
        digest = hashlib.sha256(json.dumps(self.body, sort_keys=True).encode()).hexdigest()[:8]
        self.hash = f"{int(time.time())}.{digest}{secrets.token_hex(2)}"


@dataclass
class ViewBook:
    """`stacks` and `homes` are by user id; a stack's last view is the one on top."""

    stacks: dict[str, list[View]] = field(default_factory=dict)
    homes: dict[str, View] = field(default_factory=dict)
    errors: dict[str, dict[str, str]] = field(default_factory=dict)

    def stack(self, user: str) -> list[View]:
        return self.stacks.get(user, [])

    def top(self, user: str) -> View | None:
        stack = self.stack(user)
        return stack[-1] if stack else None

    def find(self, *, view_id: str | None = None, external_id: str | None = None) -> View:
        """Raises SlackError `not_found` for what is closed or never was."""
        for view in self.everything():
            if view_id is not None and view.id == view_id:
                return view
            if external_id and view.body.get("external_id") == external_id:
                return view
        raise SlackError("not_found")

    def everything(self) -> list[View]:
        return [v for stack in self.stacks.values() for v in stack] + list(self.homes.values())

    def open(self, user: str, view_id: str, body: Json) -> View:
        """A new root; what was open before is gone."""
        self._refuse_double(body)
        view = _new(view_id, user, body)
        self.stacks[user] = [view]
        self.errors.pop(user, None)
        return view

    def push(self, user: str, view_id: str, body: Json) -> View:
        """Raises SlackError `not_found` without a modal below, `push_limit_reached` beyond three."""
        stack = self.stack(user)
        if not stack:
            raise SlackError("not_found")
        if len(stack) >= STACK_LIMIT:
            raise SlackError("push_limit_reached")
        self._refuse_double(body)
        view = _new(view_id, user, body)
        view.root_id, view.previous_id = stack[0].id, stack[-1].id
        stack.append(view)
        self.errors.pop(user, None)
        return view

    def update(self, view: View, body: Json, expected_hash: str | None = None) -> View:
        """Raises SlackError `hash_conflict` when the view has changed since `expected_hash`."""
        if expected_hash is not None and expected_hash != view.hash:
            raise SlackError("hash_conflict")
        view.earlier = earlier_blocks(view.body["blocks"], view.earlier)
        view.body = {**body, "blocks": with_ids(body.get("blocks"))}
        view.values = carried_values(view.body["blocks"], view.values)
        view.rehash()
        if self.top(view.user) is view:
            self.errors.pop(view.user, None)
        return view

    def publish(self, user: str, view_id: str, body: Json, expected_hash: str | None = None) -> View:
        present = self.homes.get(user)
        if present is not None:
            return self.update(present, body, expected_hash)
        self.homes[user] = _new(view_id, user, body)
        return self.homes[user]

    def pop(self, user: str) -> View:
        view = self.stacks[user].pop()
        self.errors.pop(user, None)
        return view

    def clear(self, user: str) -> list[View]:
        """Close everything; the closed views, the top one first."""
        self.errors.pop(user, None)
        return list(reversed(self.stacks.pop(user, [])))

    def _refuse_double(self, body: Json) -> None:
        external = body.get("external_id")
        if external and any(v.body.get("external_id") == external for v in self.everything()):
            raise SlackError("duplicate_external_id")


def _new(view_id: str, user: str, body: Json) -> View:
    named = {**body, "blocks": with_ids(body.get("blocks"))}
    view = View(view_id, user, named, initial_values(named["blocks"]), root_id=view_id)
    view.rehash()
    return view


def view_json(view: View, *, app_id: str, bot_id: str, team_id: str, user_team: str) -> Json:
    """The view object as Slack shows it to the app; `team_id` is where the app is installed."""
    body = view.body
    shown: Json = {"id": view.id, "team_id": user_team, "type": body["type"], "blocks": body["blocks"]}
    shown |= {
        "private_metadata": body.get("private_metadata", ""),
        "callback_id": body.get("callback_id", ""),
    }
    shown |= {"state": {"values": view.values}, "hash": view.hash, "title": body.get("title")}
    shown |= {"clear_on_close": body.get("clear_on_close", False)}
    shown |= {"notify_on_close": body.get("notify_on_close", False)}
    shown |= {"close": body.get("close"), "submit": body.get("submit"), "previous_view_id": view.previous_id}
    shown |= {"root_view_id": view.root_id, "app_id": app_id, "external_id": body.get("external_id", "")}
    shown |= {"app_installed_team_id": team_id, "bot_id": bot_id}
    return shown
