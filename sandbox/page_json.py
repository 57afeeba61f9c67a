"""The JSON in which the page is told what its persona may see."""

from __future__ import annotations

import copy
from typing import Any

from aiohttp import web

from sandbox.clock import rate_of
from sandbox.manifest import Manifest
from sandbox.model import Channel, File, Json, Message, User
from sandbox.webapi.objects import message_json
from sandbox.workspace import Workspace


def person_json(ws: Workspace, user: User) -> Json:
    shown: Json = {"id": user.id, "name": user.name, "real_name": user.real_name, "display_name": user.name}
    shown |= {"title": user.title, "email": user.email, "tz": user.tz, "locale": user.locale}
    shown |= {"emoji": user.emoji, "color": user.color, "is_admin": user.is_admin, "is_bot": user.is_bot}
    shown |= {"is_guest": user.is_guest, "is_stranger": user.team_id != ws.identity.team_id}
    return shown | {"team_name": user.team_name} | ({"app_id": ws.identity.app_id} if user.is_bot else {})


def state_json(ws: Workspace, me: User, manifest: Manifest, guide: Any) -> Json:
    known = ws.identity
    ws.im_with(me.id)
    channels = [channel_entry(ws, me, c) for c in ws.channels.values() if ws.may_see(me.id, c)]
    commands = [
        {"command": c.command, "usage_hint": c.usage_hint, "description": c.description}
        for c in manifest.commands or ()
    ]
    app: Json = {"app_id": known.app_id, "bot_id": known.bot_id, "user_id": known.bot_user_id}
    app |= {"name": known.app_name, "color": ws.bot.color, "emoji": ws.bot.emoji}
    app |= {"description": manifest.display.get("description", "")}
    return {
        "me": person_json(ws, me),
        "people": [person_json(ws, u) for u in ws.users.values()],
        "app": app,
        "team": {"id": known.team_id, "name": known.team_name, "domain": known.team_domain},
        "channels": channels,
        "groups": [
            {"id": g.id, "handle": g.handle, "name": g.name, "users": g.members} for g in ws.groups.values()
        ],
        "commands": commands,
        "clock": clock_json(ws),
        "locale": me.locale,
        "tz": me.tz,
        "guide": guide,
        "features": ["react"],
    }


def clock_json(ws: Workspace) -> Json:
    movable = hasattr(ws.clock, "advance") and hasattr(ws.clock, "set_rate")
    return {"now": ws.clock.now().timestamp(), "rate": rate_of(ws.clock), "movable": movable}


def channel_entry(ws: Workspace, me: User, channel: Channel) -> Json:
    read = channel.read.get(me.id, "")
    mine = me.id in channel.members
    unread = [m for m in _for(me, channel) if mine and m.ts > read and m.user != me.id and not _grey(m)]
    shown: Json = {
        "id": channel.id,
        "name": channel.name,
        "is_im": channel.kind == "im",
        "topic": channel.topic,
    }
    shown |= {"with": ws.identity.bot_user_id if channel.kind == "im" else None}
    shown |= {"is_private": channel.kind == "private", "is_member": mine}
    shown |= {"archived": channel.is_archived, "pins": channel.pins}
    shown["unread"] = sum(1 for m in unread if _top_level(m))
    return shown | {"mention_count": sum(1 for m in unread if _calls(ws, me, channel, m))}


def channel_page(ws: Workspace, me: User, channel: Channel, *, before: str | None, limit: int) -> Json:
    """One page of top-level messages, the newest at the end."""
    told = [m for m in _for(me, channel) if _top_level(m)]
    if before:
        told = [m for m in told if m.ts < before]
    shown: Json = {"id": channel.id, "name": channel.name, "topic": channel.topic, "purpose": channel.purpose}
    shown |= {"is_im": channel.kind == "im", "is_private": channel.kind == "private"}
    shown |= {"is_member": me.id in channel.members, "archived": channel.is_archived}
    shown |= {"members": channel.members, "bookmarks": channel.bookmarks, "pins": channel.pins}
    shown |= {"last_read": channel.read.get(me.id), "has_more": len(told) > limit}
    return shown | {"messages": [page_message(ws, me, channel, m) for m in told[-limit:]]}


def seen_channel(ws: Workspace, me: User, name: str) -> Channel:
    """By id or name; raises HTTPNotFound for what this person may not see."""
    channel = ws.channel_named(str(name))
    if channel is None or not ws.may_see(me.id, channel):
        raise web.HTTPNotFound(text="channel_not_found")
    return channel


def thread_page(ws: Workspace, me: User, channel: Channel, ts: str) -> Json:
    told = [m for m in _for(me, channel) if ts in (m.ts, m.thread_ts)]
    return {"channel": channel.id, "ts": ts, "messages": [page_message(ws, me, channel, m) for m in told]}


def page_message(ws: Workspace, me: User, channel: Channel, message: Message) -> Json:
    told = message_json(ws, channel, message)
    kept = (
        "ts",
        "user",
        "text",
        "subtype",
        "edited",
        "thread_ts",
        "reply_count",
        "reply_users",
        "latest_reply",
    )
    shown: Json = {k: told.get(k) for k in kept} | {"reactions": told.get("reactions", [])}
    shown |= {"thread_ts": message.thread_ts, "attachments": message.attachments}
    shown |= {"blocks": with_pictures(ws, message.blocks), "values": message.values.get(me.id, {})}
    shown |= {"ephemeral": message.ephemeral_to is not None, "pinned": message.ts in channel.pins}
    shown["files"] = [page_file(ws.files[f]) for f in message.files if f in ws.files]
    shown["bot"] = None
    if message.user == ws.identity.bot_user_id:
        shown["bot"] = {"id": ws.identity.bot_id, "name": ws.bot.real_name, "icon_emoji": ws.bot.emoji}
    return shown


def page_file(file: File) -> Json:
    shown: Json = {"id": file.id, "name": file.name, "title": file.title, "mimetype": file.mimetype}
    return shown | {"size": file.length, "alt_txt": file.alt_txt, "url_private": f"/ui/file/{file.id}"}


def with_pictures(ws: Workspace, blocks: list[Json] | None) -> list[Json] | None:
    """Blocks in which uploaded pictures have an address that a browser may GET."""
    if not blocks or "slack_file" not in str(blocks):
        return blocks
    filled = copy.deepcopy(blocks)
    _fill(ws, filled)
    return filled


def _fill(ws: Workspace, value: Any) -> None:
    if isinstance(value, list):
        for item in value:
            _fill(ws, item)
    elif isinstance(value, dict):
        picture = value.get("slack_file")
        if isinstance(picture, dict):
            file_id = picture.get("id") or str(picture.get("url", "")).rpartition("/files/")[2].split("/")[0]
            if file_id in ws.files:
                picture["url_private"] = f"/ui/file/{file_id}"
        for item in list(value.values()):
            _fill(ws, item)


def _for(me: User, channel: Channel) -> list[Message]:
    return [m for m in channel.messages.values() if m.ephemeral_to in (None, me.id)]


def _top_level(message: Message) -> bool:
    return message.thread_ts in (None, message.ts) or message.subtype == "thread_broadcast"


def _grey(message: Message) -> bool:
    """Joined, left, set the topic …: nothing to read."""
    return (message.subtype or "").startswith("channel_")


def _calls(ws: Workspace, me: User, channel: Channel, message: Message) -> bool:
    """Whether a message rings: it names the person, one of their groups, or everybody; or is direct."""
    if channel.kind == "im":
        return True
    words = message.text + str(message.blocks or "")
    tokens = [f"<@{me.id}", "<!here", "<!channel", "<!everyone"]
    tokens += [f"<!subteam^{g.id}" for g in ws.groups_of(me.id)]
    return any(t in words for t in tokens)
