"""Answers of the app: the body of a command's acknowledgement, and posts to a response_url."""

from __future__ import annotations

from sandbox.entry import escaped
from sandbox.errors import SlackError
from sandbox.model import Channel, Json, Message, User
from sandbox.triggers import ResponseRight
from sandbox.webapi.arguments import Arguments
from sandbox.webapi.chat import content_of, redraw
from sandbox.workspace import Workspace


def show_answer(
    ws: Workspace, user: User, channel: Channel, body: Json | str | None, *, typed: str
) -> Message | None:
    """The answer to a slash command: plain text or JSON; ephemeral unless it says `in_channel`.

    Raises nothing: an answer with refused blocks shows nothing, as in Slack.
    """
    if not body:
        return None
    answer: Json = {"text": body} if isinstance(body, str) else body
    visible = answer.get("response_type") == "in_channel"
    try:
        text, blocks = content_of(Arguments(answer))
    except SlackError:
        return None
    if visible:
        ws.post(channel, Message(ws.next_ts(), user.id, escaped(typed)))
    reader = None if visible else user.id
    return _post(ws, channel, text, blocks, reader=reader)


def respond(ws: Workspace, key: str, body: Json) -> None:
    """A post to a response_url; raises SlackError `expired_url`, `used_url` or those of the content."""
    right = ws.triggers.use_response(key)
    channel = ws.channels.get(right.channel)
    if channel is None or channel.is_archived:
        raise SlackError("channel_not_found")
    args = Arguments(body)
    original = channel.messages.get(right.message_ts or "")
    if args.flag("delete_original"):
        if original is None:
            raise SlackError("message_not_found")
        ws.drop(channel, original.ts)
        return
    text, blocks = content_of(args)
    if args.flag("replace_original") and original is not None:
        _replace(ws, channel, original, text, blocks)
        return
    reader = None if args.text("response_type") == "in_channel" else right.user
    _post(ws, channel, text, blocks, reader=reader, thread_ts=_thread(right, args))


def _thread(right: ResponseRight, args: Arguments) -> str | None:
    thread = args.text("thread_ts") or right.thread_ts
    return thread if thread != right.message_ts else args.text("thread_ts")


def _replace(ws: Workspace, channel: Channel, message: Message, text: str, blocks: list[Json] | None) -> None:
    message.text = text
    redraw(message, blocks)
    if not message.ephemeral_to:
        message.edited = ws.next_ts()
    ws.touch(channel, message)


def _post(
    ws: Workspace,
    channel: Channel,
    text: str,
    blocks: list[Json] | None,
    *,
    reader: str | None,
    thread_ts: str | None = None,
) -> Message:
    message = Message(ws.next_ts(), ws.identity.bot_user_id, text, blocks, ephemeral_to=reader)
    message.thread_ts = thread_ts
    return ws.post(channel, message)
