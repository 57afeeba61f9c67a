"""conversations.history and conversations.replies: looking messages up again."""

from __future__ import annotations

from sandbox.errors import SlackError
from sandbox.model import Channel, Json, Message
from sandbox.webapi.arguments import Arguments
from sandbox.webapi.method import Method, by_kind, channel_of, page_of
from sandbox.webapi.objects import message_json
from sandbox.workspace import Workspace, micros


def history(ws: Workspace, args: Arguments) -> Json:
    """Newest first, without replies and ephemerals; metadata only with include_all_metadata."""
    channel = _readable(ws, args)
    told = [m for m in channel.messages.values() if not m.ephemeral_to and _top_level(m)]
    within = [m for m in reversed(told) if _between(m.ts, args)]
    metadata = args.flag("include_all_metadata")
    page, cursor = page_of(within, args)
    shown = [message_json(ws, channel, m, metadata=metadata) for m in page]
    answer: Json = {"messages": shown, "has_more": bool(cursor), "pin_count": len(channel.pins)}
    return answer | ({"response_metadata": {"next_cursor": cursor}} if cursor else {})


def replies(ws: Workspace, args: Arguments) -> Json:
    """The parent and its thread, oldest first; a reply's own ts finds its thread too."""
    channel = _readable(ws, args)
    named = channel.messages.get(args.need("ts"))
    if named is None or named.ephemeral_to:
        raise SlackError("thread_not_found")
    parent = channel.messages.get(named.thread_ts or named.ts)
    rest: list[Message] = channel.replies(named.thread_ts or named.ts)
    thread = ([parent] if parent else []) + [m for m in rest if _between(m.ts, args)]
    metadata = args.flag("include_all_metadata")
    page, cursor = page_of(thread, args)
    shown = [message_json(ws, channel, m, metadata=metadata) for m in page]
    answer: Json = {"messages": shown, "has_more": bool(cursor)}
    return answer | ({"response_metadata": {"next_cursor": cursor}} if cursor else {})


def _top_level(message: Message) -> bool:
    return message.thread_ts in (None, message.ts) or message.subtype == "thread_broadcast"


def _readable(ws: Workspace, args: Arguments) -> Channel:
    channel = channel_of(ws, args)
    if ws.identity.bot_user_id not in channel.members:
        raise SlackError("not_in_channel")
    return channel


def _between(ts: str, args: Arguments) -> bool:
    stamp, slack = micros(ts), 0 if args.flag("inclusive") else 1
    oldest, latest = args.text("oldest"), args.text("latest")
    if oldest and stamp < _stamp(oldest, "oldest") + slack:
        return False
    return not (latest and stamp > _stamp(latest, "latest") - slack)


def _stamp(ts: str, name: str) -> int:
    """Raises SlackError `invalid_ts_oldest` or `invalid_ts_latest`."""
    try:
        return micros(ts)
    except ValueError as bad:
        raise SlackError(f"invalid_ts_{name}") from bad


_HISTORY = by_kind("channels:history", "groups:history", "im:history")
METHODS = {
    "conversations.history": Method(history, _HISTORY, takes_json=False),
    "conversations.replies": Method(replies, _HISTORY, takes_json=False),
}
