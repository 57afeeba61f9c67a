"""pins.*, bookmarks.* and reactions.add."""

from __future__ import annotations

import re

from sandbox.errors import SlackError
from sandbox.model import Channel, Json, Message
from sandbox.webapi.arguments import Arguments
from sandbox.webapi.method import Method, joined_channel_of
from sandbox.webapi.objects import message_json
from sandbox.workspace import Workspace

PIN_LIMIT = 100
BOOKMARK_LIMIT = 100


def _message(ws: Workspace, args: Arguments) -> tuple[Channel, Message]:
    channel = joined_channel_of(ws, args)
    message = channel.messages.get(args.need("timestamp"))
    if message is None or message.ephemeral_to:
        raise SlackError("message_not_found")
    return channel, message


def add_pin(ws: Workspace, args: Arguments) -> Json:
    channel, message = _message(ws, args)
    if message.ts in channel.pins:
        raise SlackError("already_pinned")
    if len(channel.pins) >= PIN_LIMIT:
        raise SlackError("too_many_pins")
    channel.pins.append(message.ts)
    ws.touch(channel, message)
    ws.board.changed("channel", channel=channel.id)
    return {}


def remove_pin(ws: Workspace, args: Arguments) -> Json:
    channel, message = _message(ws, args)
    if message.ts not in channel.pins:
        raise SlackError("no_pin")
    channel.pins.remove(message.ts)
    ws.touch(channel, message)
    ws.board.changed("channel", channel=channel.id)
    return {}


def list_pins(ws: Workspace, args: Arguments) -> Json:
    channel = joined_channel_of(ws, args)
    pinned = [channel.messages[ts] for ts in reversed(channel.pins)]
    items: list[Json] = [
        {"type": "message", "channel": channel.id, "message": message_json(ws, channel, m)} for m in pinned
    ]
    return {"items": items}


def add_bookmark(ws: Workspace, args: Arguments) -> Json:
    channel = joined_channel_of(ws, args, "channel_id")
    if args.need("type") != "link":
        raise SlackError("invalid_bookmark_type")
    if len(channel.bookmarks) >= BOOKMARK_LIMIT:
        raise SlackError("too_many_bookmarks")
    bookmark: Json = {"id": ws.next_id("Bk"), "channel_id": channel.id, "title": args.need("title")}
    bookmark |= {"link": _link(args), "emoji": args.text("emoji") or "", "type": "link", "entity_id": None}
    bookmark |= {"date_created": ws.now(), "date_updated": ws.now(), "rank": str(len(channel.bookmarks))}
    channel.bookmarks.append(bookmark)
    ws.board.changed("channel", channel=channel.id)
    return {"bookmark": bookmark}


def _link(args: Arguments) -> str:
    link = args.text("link") or ""
    if not re.match(r"(https?|mailto|slack):", link):
        raise SlackError("invalid_link")
    return link


def list_bookmarks(ws: Workspace, args: Arguments) -> Json:
    return {"bookmarks": joined_channel_of(ws, args, "channel_id").bookmarks}


def _bookmark(ws: Workspace, args: Arguments) -> tuple[Channel, Json]:
    channel = joined_channel_of(ws, args, "channel_id")
    wanted = args.need("bookmark_id")
    bookmark = next((b for b in channel.bookmarks if b["id"] == wanted), None)
    if bookmark is None:
        raise SlackError("not_found")
    return channel, bookmark


def remove_bookmark(ws: Workspace, args: Arguments) -> Json:
    channel, bookmark = _bookmark(ws, args)
    channel.bookmarks.remove(bookmark)
    ws.board.changed("channel", channel=channel.id)
    return {}


def edit_bookmark(ws: Workspace, args: Arguments) -> Json:
    channel, bookmark = _bookmark(ws, args)
    if args.has("link"):
        bookmark["link"] = _link(args)
    bookmark |= {k: args.text(k) for k in ("title", "emoji") if args.has(k)}
    bookmark["date_updated"] = ws.now()
    ws.board.changed("channel", channel=channel.id)
    return {"bookmark": bookmark}


def add_reaction(ws: Workspace, args: Arguments) -> Json:
    channel, message = _message(ws, args)
    name = args.need("name").strip(":")
    if not re.fullmatch(r"[a-z0-9_+'-]+(::skin-tone-[2-6])?", name):
        raise SlackError("invalid_name")
    users = message.reactions.setdefault(name, [])
    if ws.identity.bot_user_id in users:
        raise SlackError("already_reacted")
    users.append(ws.identity.bot_user_id)
    ws.touch(channel, message)
    return {}


METHODS = {
    "pins.add": Method(add_pin, "pins:write", per_minute=20),
    "pins.remove": Method(remove_pin, "pins:write", per_minute=20),
    "pins.list": Method(list_pins, "pins:read", per_minute=20, takes_json=False),
    "bookmarks.add": Method(add_bookmark, "bookmarks:write", per_minute=20),
    "bookmarks.list": Method(list_bookmarks, "bookmarks:read"),
    "bookmarks.remove": Method(remove_bookmark, "bookmarks:write", per_minute=20),
    "bookmarks.edit": Method(edit_bookmark, "bookmarks:write", per_minute=20),
    "reactions.add": Method(add_reaction, "reactions:write"),
}
