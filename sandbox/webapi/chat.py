"""chat.*: posting, updating and deleting messages."""

from __future__ import annotations

import json
from typing import Any

from sandbox.blockkit import check_message
from sandbox.elements import carried_values, earlier_blocks, with_ids
from sandbox.entry import linked
from sandbox.errors import SlackError, with_messages
from sandbox.model import Channel, Json, Message
from sandbox.webapi.arguments import Arguments
from sandbox.webapi.method import Method, channel_of
from sandbox.webapi.objects import message_json
from sandbox.workspace import Workspace

TEXT_KEPT = 40_000
UPDATE_LENGTH = 4_000
METADATA_BYTES = 8_000
BLOCKS_LENGTH = 13_000


def post_message(ws: Workspace, args: Arguments) -> Json:
    channel = _target(ws, args)
    bot = ws.identity.bot_user_id
    if channel.is_archived:
        raise SlackError("is_archived")
    if bot not in channel.members and not ws.granted("chat:write.public"):
        raise SlackError("not_in_channel")
    text, blocks = content_of(args)
    message = Message(ws.next_ts(), bot, text[:TEXT_KEPT], blocks, metadata=_metadata(args))
    message.thread_ts = _thread(channel, args)
    if message.thread_ts and args.flag("reply_broadcast"):
        message.subtype = "thread_broadcast"
    message.text = linked(ws, message.text) if _links(args) else message.text
    message.attachments = args.parsed("attachments") or None
    ws.post(channel, message)
    shown = message_json(ws, channel, message, metadata=True)
    return {"channel": channel.id, "ts": message.ts, "message": shown}


def post_ephemeral(ws: Workspace, args: Arguments) -> Json:
    channel = channel_of(ws, args)
    reader = ws.users.get(args.need("user"))
    if ws.identity.bot_user_id not in channel.members:
        raise SlackError("not_in_channel")
    if reader is None or reader.id not in channel.members:
        raise SlackError("user_not_in_channel")
    if channel.is_archived:
        raise SlackError("is_archived")
    text, blocks = content_of(args)
    message = Message(ws.next_ts(), ws.identity.bot_user_id, text[:TEXT_KEPT], blocks, ephemeral_to=reader.id)
    message.thread_ts = _thread(channel, args)
    ws.post(channel, message)
    return {"message_ts": message.ts}


def update(ws: Workspace, args: Arguments) -> Json:
    """What is not given (blocks, metadata) stays as it was; an empty list or object takes it away."""
    channel = channel_of(ws, args)
    message = channel.messages.get(args.need("ts"))
    if message is None or message.ephemeral_to:
        raise SlackError("message_not_found")
    if message.user != ws.identity.bot_user_id:
        raise SlackError("cant_update_message")
    if channel.is_archived:
        raise SlackError("is_archived")
    if len(args.text("text") or "") > UPDATE_LENGTH:
        raise SlackError("msg_too_long")
    rewrite(message, args)
    message.edited = ws.next_ts()
    ws.touch(channel, message)
    shown = message_json(ws, channel, message, metadata=True)
    return {"channel": channel.id, "ts": message.ts, "text": message.text, "message": shown}


def rewrite(message: Message, args: Arguments) -> None:
    """New text, blocks and metadata; raises the SlackErrors of the content."""
    text, blocks = content_of(args)
    if args.has("metadata"):
        message.metadata = _metadata(args) or None
    if args.has("text"):
        message.text = text
    if args.has("blocks"):
        redraw(message, blocks)
    if args.has("attachments"):
        message.attachments = args.parsed("attachments") or None


def redraw(message: Message, blocks: list[Json] | None) -> None:
    """New blocks in the place of those that were shown; what people had chosen in them stays chosen."""
    message.earlier = earlier_blocks(message.blocks, message.earlier)
    message.blocks = blocks
    message.values = {u: carried_values(blocks, v) for u, v in message.values.items()}


def delete(ws: Workspace, args: Arguments) -> Json:
    channel = channel_of(ws, args)
    message = channel.messages.get(args.need("ts"))
    if message is None or message.ephemeral_to:
        raise SlackError("message_not_found")
    if message.user != ws.identity.bot_user_id:
        raise SlackError("cant_delete_message")
    ws.drop(channel, message.ts)
    return {"channel": channel.id, "ts": message.ts}


def permalink(ws: Workspace, args: Arguments) -> Json:
    channel = channel_of(ws, args)
    ts = args.need("message_ts")
    message = channel.messages.get(ts)
    if message is None:
        raise SlackError("message_not_found")
    thread = message.thread_ts
    place = f"?thread_ts={thread}&cid={channel.id}" if thread and thread != ts else ""
    link = f"{ws.base_url}/archives/{channel.id}/p{ts.replace('.', '')}{place}"
    return {"channel": channel.id, "permalink": link}


def content_of(args: Arguments) -> tuple[str, list[Json] | None]:
    """Checked text and blocks with ids; raises SlackError `no_text`, `invalid_blocks` and their like."""
    text = args.text("text") or ""
    blocks: Any = args.parsed("blocks")
    if not text and not blocks and not args.parsed("attachments"):
        raise SlackError("no_text")
    if blocks is not None and not isinstance(blocks, list):
        raise SlackError("invalid_blocks_format")
    problems = check_message({"text": text, "blocks": blocks or []})
    if problems:
        raise with_messages("invalid_blocks", [p.as_slack() for p in problems])
    if blocks and text_length(blocks) > BLOCKS_LENGTH:
        raise SlackError("msg_blocks_too_long")
    return text, with_ids(blocks) or None


def text_length(value: Any) -> int:
    """The characters of all `text` strings inside the blocks (reference/slack.md: about 13,000 in all)."""
    if isinstance(value, list):
        return sum(text_length(v) for v in value)
    if isinstance(value, dict):
        own = len(value["text"]) if isinstance(value.get("text"), str) else 0
        return own + sum(text_length(v) for v in value.values() if isinstance(v, dict | list))
    return 0


def _target(ws: Workspace, args: Arguments) -> Channel:
    """A channel id, `#name`, or a user id, which means the direct messages with them."""
    wanted = args.text("channel") or ""
    if wanted in ws.users:
        if ws.users[wanted].is_bot:
            raise SlackError("channel_not_found")
        if not ws.has_messages:
            raise SlackError("messages_tab_disabled")
        return ws.im_with(wanted)
    named = ws.channel_named(wanted)
    if named is None:
        raise SlackError("channel_not_found")
    return channel_of(ws, Arguments({"channel": named.id}))


def _thread(channel: Channel, args: Arguments) -> str | None:
    ts = args.text("thread_ts")
    if not ts:
        return None
    parent = channel.messages.get(ts)
    if parent is None or parent.ephemeral_to:
        raise SlackError("thread_not_found")
    return parent.thread_ts or parent.ts


def _metadata(args: Arguments) -> Json | None:
    metadata: Any = args.parsed("metadata")
    if not metadata:
        return None
    if not isinstance(metadata, dict) or not {"event_type", "event_payload"} <= set(metadata):
        raise SlackError("invalid_metadata_format")
    if not isinstance(metadata["event_type"], str) or not isinstance(metadata["event_payload"], dict):
        raise SlackError("invalid_metadata_format")
    if len(json.dumps(metadata)) > METADATA_BYTES:
        raise SlackError("metadata_too_large")
    return metadata


def _links(args: Arguments) -> bool:
    return args.text("parse") == "full" or args.flag("link_names")


METHODS = {
    "chat.postMessage": Method(post_message, "chat:write", per_minute=300),
    "chat.postEphemeral": Method(post_ephemeral, "chat:write", per_minute=100),
    "chat.update": Method(update, "chat:write"),
    "chat.delete": Method(delete, "chat:write"),
    "chat.getPermalink": Method(permalink, None, per_minute=600, takes_json=False),
}
