"""What a person's Slack client does: commands, clicks, submissions, posts. Page and tests go through here."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from sandbox.clientchecks import field_errors
from sandbox.delivery import Delivery, Outcome
from sandbox.elements import STATE_KEYS, chosen, initial_values, merge_values, option_valued, walk
from sandbox.entry import escaped, linked
from sandbox.errors import SlackError
from sandbox.manifest import Manifest
from sandbox.model import Channel, Json, Message, User
from sandbox.payloads import (
    Source,
    block_actions,
    command_form,
    event_envelope,
    view_closed,
    view_submission,
)
from sandbox.responses import show_answer
from sandbox.viewstate import View
from sandbox.webapi.modals import check_body, shown_view
from sandbox.workspace import Workspace


@dataclass(frozen=True)
class Done:
    """`error` is what the client shows when the app failed; `errors` are a modal's by block_id."""

    error: str | None = None
    errors: dict[str, str] = field(default_factory=dict)
    seconds: float = 0.0
    body: Json | str | None = None

    @property
    def ok(self) -> bool:
        return self.error is None and not self.errors


class NotPossible(Exception):
    """The person's client does not offer that: no such button, message, view or channel."""


@dataclass
class Acting:
    """All actions of all people; `refused_views` collects what an app answered that Slack would not take."""

    workspace: Workspace
    delivery: Delivery
    manifest: Manifest
    refused_views: list[str] = field(default_factory=list)

    async def slash(self, user: User, channel: Channel, text: str) -> Done:
        """`text` with the command; `invalid_command` when the app has none of that name."""
        name, _, rest = text.strip().partition(" ")
        _active(user)
        command = self.manifest.command(name)
        if command is None or not name.startswith("/"):
            return Done("invalid_command")
        self._enter(user, channel)
        words = linked(self.workspace, escaped(rest), labels=True) if command.should_escape else rest.strip()
        form = command_form(self.workspace, user, channel, command=name, text=words.strip())
        outcome = await self.delivery.request("slash_commands", form)
        if outcome.ok:
            show_answer(self.workspace, user, channel, outcome.body, typed=text.strip())
        return _done(outcome)

    def post(self, user: User, channel: Channel, text: str, *, thread_ts: str | None = None) -> Message:
        """A message as typed: escaped, with `@name` and `#channel` linked."""
        _active(user)
        self._enter(user, channel)
        if user.id not in channel.members:
            raise NotPossible("not in the channel")
        ws = self.workspace
        message = Message(ws.next_ts(), user.id, linked(ws, escaped(text)), thread_ts=thread_ts)
        ws.post(channel, message)
        if f"<@{ws.identity.bot_user_id}>" in message.text and ws.identity.bot_user_id in channel.members:
            event: Json = {"type": "app_mention", "user": user.id, "text": message.text, "ts": message.ts}
            event |= {"channel": channel.id, "team": user.team_id, "event_ts": message.ts}
            ws.board.happened(event | ({"thread_ts": thread_ts} if thread_ts else {}))
        return message

    def react(self, user: User, channel: Channel, message: Message, name: str) -> None:
        """Put an emoji under a message, or take the own one away."""
        users = message.reactions.setdefault(name, [])
        added = user.id not in users
        users.append(user.id) if added else users.remove(user.id)
        message.reactions = {n: u for n, u in message.reactions.items() if u}
        ws = self.workspace
        ws.touch(channel, message)
        if ws.identity.bot_user_id in channel.members:
            item = {"type": "message", "channel": channel.id, "ts": message.ts}
            event: Json = {"type": "reaction_added" if added else "reaction_removed", "user": user.id}
            ws.board.happened(event | {"reaction": name, "item_user": message.user, "item": item})

    async def act(self, user: User, source: Source, given: Json, state: Json | None = None) -> Done:
        """Press, choose or type with dispatch; `given`: Slack's action object as far as a client knows it.

        What has changed since the client drew it is sent as it was drawn.
        """
        blocks, values = _content(user, source)
        element, block = _element(blocks, _earlier(source), given)
        merge_values(blocks, values, state or {})
        return await self._send_action(user, source, block, element, given)

    async def act_late(self, user: User, source: Source, block: Json, element: Json) -> Done:
        """Press what the client still showed although the message or view has changed since."""
        given = {"action_id": element["action_id"], "block_id": block["block_id"]}
        return await self._send_action(user, source, block, element, given)

    async def _send_action(self, user: User, source: Source, block: Json, element: Json, given: Json) -> Done:
        _active(user)
        if not self.manifest.interactive:
            return Done("interactivity_disabled")
        _, values = _content(user, source)
        new = chosen(element, given)
        if new is not None:
            values.setdefault(block["block_id"], {})[element["action_id"]] = new
        action = _action(element, block, given, new)
        outcome = await self.delivery.request(
            "interactive", block_actions(self.workspace, user, source, action, values)
        )
        return _done(outcome)

    def type_in(self, user: User, source: Source, block: Json, element: Json, given: Json) -> None:
        """Fill a field without telling the app."""
        _, values = _content(user, source)
        new = chosen(element, given)
        if new is not None:
            values.setdefault(block["block_id"], {})[element["action_id"]] = new

    def source(self, user: User, container: Json) -> Source:
        """From the page's `{type, channel, ts, view_id}`; raises NotPossible for what is not seen."""
        ws = self.workspace
        if container.get("type") == "message":
            channel = ws.channels.get(str(container.get("channel")))
            message = channel.messages.get(str(container.get("ts"))) if channel else None
            if channel is None or message is None or not ws.may_see(user.id, channel):
                raise NotPossible("message_not_found")
            if message.ephemeral_to not in (None, user.id):
                raise NotPossible("message_not_found")
            return Source(channel, message)
        home = container.get("type") == "home"
        view = ws.views.homes.get(user.id) if home else self._own_view(user, str(container.get("view_id")))
        if view is None:
            raise NotPossible("view_not_found")
        return Source(view=view)

    async def submit(self, user: User, view_id: str, values: Json | None = None) -> Done:
        """The client's own checks first, then the app's answer: errors, update, push, clear or close."""
        view = self._own_view(user, view_id)
        if view is None:
            raise NotPossible("view_not_found")
        merge_values(view.body["blocks"], view.values, values or {})
        found = field_errors(view.body["blocks"], view.values, user.locale)
        if found:
            self._show_errors(user, found)
            return Done(errors=found)
        if not self.manifest.interactive:
            return Done("interactivity_disabled")
        self.workspace.views.errors.pop(user.id, None)
        outcome = await self.delivery.request("interactive", view_submission(self.workspace, user, view))
        return self._answered(user, view, outcome)

    async def close(self, user: User, view_id: str, *, cleared: bool = False) -> None:
        """Cancel the view on top (or, with `cleared`, the whole stack); the app hears it when it asked to."""
        ws = self.workspace
        view = self._own_view(user, view_id)
        if view is None:
            raise NotPossible("view_not_found")
        everything = cleared or view.body.get("clear_on_close", False) or ws.views.top(user.id) is not view
        closed = ws.views.clear(user.id) if everything else [ws.views.pop(user.id)]
        ws.board.changed("view", only=user.id)
        for each in closed:
            if each.body.get("notify_on_close"):
                payload = view_closed(ws, user, each, cleared=everything)
                await self.delivery.request("interactive", payload)

    def open_home(self, user: User, tab: str = "home") -> None:
        """Fires app_home_opened; the app may publish a view later."""
        ws = self.workspace
        event: Json = {
            "type": "app_home_opened",
            "user": user.id,
            "channel": ws.im_with(user.id).id,
            "tab": tab,
        }
        view = ws.views.homes.get(user.id)
        if view is not None and tab == "home":
            event["view"] = shown_view(ws, view)
        self.emit(event)

    def emit(self, event: Json) -> None:
        """Deliver an event of the Events API when the manifest subscribes to it and the app may see it."""
        if self.manifest.subscribes(event) and self._may_hear(event):
            self.delivery.event(event_envelope(self.workspace, event))

    def _may_hear(self, event: Json) -> bool:
        """What happens inside a conversation is told only to its members."""
        if event["type"] not in ("message", "app_mention", "member_joined_channel", "member_left_channel"):
            return True
        bot = self.workspace.identity.bot_user_id
        return bot in self.workspace.channels[event["channel"]].members or event.get("user") == bot

    def _answered(self, user: User, view: View, outcome: Outcome) -> Done:
        done = _done(outcome)
        if not done.ok:
            return done
        body = outcome.body if isinstance(outcome.body, dict) else {}
        kind = body.get("response_action")
        views = self.workspace.views
        if kind == "errors":
            return self._app_errors(user, view, body.get("errors") or {}, done)
        if kind in ("update", "push"):
            return self._next_view(user, view, body, done)
        if kind == "clear":
            views.clear(user.id)
        elif views.top(user.id) is view:
            views.pop(user.id)
        self.workspace.board.changed("view", only=user.id)
        return done

    def _app_errors(self, user: User, view: View, errors: dict[str, str], done: Done) -> Done:
        known = {b["block_id"] for b in view.body["blocks"] if b["type"] == "input"}
        if not errors or not set(errors) <= known:
            self.refused_views.append(f"errors name unknown blocks: {sorted(set(errors) - known)}")
            return replace(done, error="app_error")
        self._show_errors(user, errors)
        return replace(done, errors=dict(errors))

    def _next_view(self, user: User, view: View, body: Json, done: Done) -> Done:
        ws = self.workspace
        try:
            check_body(body.get("view") or {}, "modal")
            if body["response_action"] == "push":
                ws.views.push(user.id, ws.next_id("V"), body["view"])
            else:
                ws.views.update(view, body["view"])
        except SlackError as refused:
            self.refused_views.append(f"{refused.code}: {refused.extra}")
            return replace(done, error="app_error")
        ws.board.changed("view", only=user.id)
        return done

    def _show_errors(self, user: User, errors: dict[str, str]) -> None:
        self.workspace.views.errors[user.id] = dict(errors)
        self.workspace.board.changed("view", only=user.id)

    def _own_view(self, user: User, view_id: str) -> View | None:
        return next((v for v in self.workspace.views.stack(user.id) if v.id == view_id), None)

    def _enter(self, user: User, channel: Channel) -> None:
        if not self.workspace.may_see(user.id, channel) or channel.is_archived:
            raise NotPossible("channel_not_found")


def _content(user: User, source: Source) -> tuple[list[Json], Json]:
    if source.view is not None:
        return source.view.body["blocks"] or [], source.view.values
    if source.message is None or (source.channel and source.channel.is_archived):
        raise NotPossible("message_not_found")
    blocks = source.message.blocks or []
    return blocks, source.message.values.setdefault(user.id, initial_values(blocks))


def _active(user: User) -> None:
    if user.deleted:
        raise NotPossible("the account is deactivated")


def _done(outcome: Outcome) -> Done:
    return Done(outcome.error, seconds=outcome.seconds, body=outcome.body)


def _earlier(source: Source) -> list[Json]:
    shown = source.view or source.message
    return shown.earlier if shown else []


def _element(blocks: list[Json], earlier: list[Json], given: Json) -> tuple[Json, Json]:
    """Raises NotPossible for what is not shown and was not shortly before."""
    drawn = (block for block in earlier if block["block_id"] == given.get("block_id"))
    for block, element in walk([*blocks, *drawn]):
        same_block = given.get("block_id") in (None, block["block_id"])
        if same_block and element["action_id"] == given.get("action_id"):
            return element, block
    raise NotPossible("no such element")


def _action(element: Json, block: Json, given: Json, state: Json | None) -> Json:
    """The action object: what the element is, plus what was chosen."""
    kind = element["type"]
    action: Json = {"type": kind, "action_id": element["action_id"], "block_id": block["block_id"]}
    if kind == "button":
        action |= {k: element[k] for k in ("text", "value", "style") if k in element}
        return action
    if kind == "overflow":
        option: Any = option_valued(element, given.get("selected_option"))
        if option is None:
            raise NotPossible("no such option")
        return action | {"selected_option": option}
    key, initial = STATE_KEYS[kind]
    action[key] = None if state is None else state[key]
    action |= {k: element[k] for k in (initial, "placeholder") if k in element}
    return action
