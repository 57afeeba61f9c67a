"""The payloads of commands, interactions and events, field by field as Slack sends them."""

from __future__ import annotations

import secrets
import time
from dataclasses import dataclass

from sandbox.model import Channel, Json, Message, User
from sandbox.triggers import ResponseRight
from sandbox.viewstate import View
from sandbox.webapi.modals import shown_view
from sandbox.webapi.objects import message_json
from sandbox.workspace import Workspace

# The deprecated verification token: sent, and checked by nobody.
VERIFICATION_TOKEN = "sandboxverification00000"  # noqa: S105 - not a secret, see above


@dataclass(frozen=True)
class Source:
    """Where somebody acted: on a message in a channel, or in a view."""

    channel: Channel | None = None
    message: Message | None = None
    view: View | None = None


def command_form(ws: Workspace, user: User, channel: Channel, *, command: str, text: str) -> Json:
    names = {"im": "directmessage", "private": "privategroup", "public": channel.name}
    form: Json = {"token": VERIFICATION_TOKEN, "team_id": user.team_id, "team_domain": _domain(ws, user)}
    form |= {"channel_id": channel.id, "channel_name": names[channel.kind], "user_id": user.id}
    form |= {"user_name": user.name, "command": command, "text": text, "api_app_id": ws.identity.app_id}
    form |= {"is_enterprise_install": "false"}
    right = ResponseRight(user.id, channel.id, time.monotonic())
    form["response_url"] = f"{ws.base_url}/commands/{user.team_id}/{ws.triggers.grant_response(right)}"
    return form | {"trigger_id": ws.triggers.issue(user.id)}


def block_actions(ws: Workspace, user: User, source: Source, action: Json, values: Json) -> Json:
    payload = _interaction(ws, user, "block_actions")
    payload |= {"trigger_id": ws.triggers.issue(user.id), "actions": [{**action, "action_ts": _stamp()}]}
    if source.view is not None:
        payload["container"] = {"type": "view", "view_id": source.view.id}
        return payload | {"view": shown_view(ws, source.view)}
    channel, message = source.channel, source.message
    if channel is None or message is None:
        raise ValueError("an action has a message or a view as its source")
    payload["container"] = _container(channel, message)
    payload["channel"] = {"id": channel.id, "name": channel.name or "directmessage"}
    payload["state"] = {"values": values}
    if not message.ephemeral_to:
        payload["message"] = message_json(ws, channel, message)
    right = ResponseRight(user.id, channel.id, time.monotonic(), message.ts, message.thread_ts)
    payload["response_url"] = f"{ws.base_url}/actions/{user.team_id}/{ws.triggers.grant_response(right)}"
    return payload


def _container(channel: Channel, message: Message) -> Json:
    container: Json = {"type": "message", "message_ts": message.ts, "channel_id": channel.id}
    container["is_ephemeral"] = message.ephemeral_to is not None
    if message.thread_ts and message.thread_ts != message.ts:
        container["thread_ts"] = message.thread_ts
    return container


def view_submission(ws: Workspace, user: User, view: View) -> Json:
    payload = _interaction(ws, user, "view_submission")
    payload |= {"trigger_id": ws.triggers.issue(user.id), "view": shown_view(ws, view)}
    return payload | {"response_urls": _response_urls(ws, user, view)}


def _response_urls(ws: Workspace, user: User, view: View) -> list[Json]:
    """One per conversation chosen in a select with `response_url_enabled`."""
    urls: list[Json] = []
    for block in view.body.get("blocks") or []:
        element = block.get("element") or {}
        if not element.get("response_url_enabled"):
            continue
        state = view.values.get(block["block_id"], {}).get(element["action_id"], {})
        chosen = state.get("selected_conversation") or state.get("selected_channel")
        if chosen:
            key = ws.triggers.grant_response(ResponseRight(user.id, chosen, time.monotonic()))
            place = {"block_id": block["block_id"], "action_id": element["action_id"], "channel_id": chosen}
            urls.append({**place, "response_url": f"{ws.base_url}/app/{user.team_id}/{key}"})
    return urls


def view_closed(ws: Workspace, user: User, view: View, *, cleared: bool) -> Json:
    return _interaction(ws, user, "view_closed") | {"view": shown_view(ws, view), "is_cleared": cleared}


def event_envelope(ws: Workspace, event: Json) -> Json:
    known = ws.identity
    envelope: Json = {"token": VERIFICATION_TOKEN, "team_id": known.team_id, "api_app_id": known.app_id}
    envelope |= {"context_team_id": known.team_id, "context_enterprise_id": None}
    envelope |= {"event": {"event_ts": _stamp(), **event}, "type": "event_callback"}
    envelope |= {"event_id": f"Ev0{secrets.token_hex(5).upper()}", "event_time": int(time.time())}
    authorization: Json = {"enterprise_id": None, "team_id": known.team_id, "user_id": known.bot_user_id}
    authorization |= {"is_bot": True, "is_enterprise_install": False}
    envelope |= {
        "authorizations": [authorization],
        "is_ext_shared_channel": _shared(ws, event.get("channel")),
    }
    return envelope | {"event_context": f"4-{secrets.token_hex(16)}"}


def _shared(ws: Workspace, channel_id: object) -> bool:
    """Whether people of another workspace are in the channel."""
    channel = ws.channels.get(channel_id) if isinstance(channel_id, str) else None
    return channel is not None and any(ws.users[m].team_id != ws.identity.team_id for m in channel.members)


def _interaction(ws: Workspace, user: User, kind: str) -> Json:
    who = {"id": user.id, "username": user.name, "name": user.name, "team_id": user.team_id}
    payload: Json = {"type": kind, "user": who, "api_app_id": ws.identity.app_id, "token": VERIFICATION_TOKEN}
    payload |= {"team": {"id": user.team_id, "domain": _domain(ws, user)}, "enterprise": None}
    return payload | {"is_enterprise_install": False}


def _domain(ws: Workspace, user: User) -> str:
    if user.team_id == ws.identity.team_id:
        return ws.identity.team_domain
    return user.team_name.lower().replace(" ", "-").strip(".")


def _stamp() -> str:
    return f"{time.time():.6f}"
