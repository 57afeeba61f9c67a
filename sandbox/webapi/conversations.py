"""conversations.*: channels and direct messages."""

from __future__ import annotations

import re

from sandbox.administration import archive_channel, rename_channel
from sandbox.errors import SlackError
from sandbox.model import Channel, Json
from sandbox.webapi.arguments import Arguments
from sandbox.webapi.method import Method, by_kind, channel_of, joined_channel_of, page_of
from sandbox.webapi.objects import channel_json
from sandbox.webapi.people import conversation_scope, kinds_of
from sandbox.workspace import Workspace

NAME_LENGTH = 80
TOPIC_LENGTH = 250
INVITE_LIMIT = 100


def create(ws: Workspace, args: Arguments) -> Json:
    name = (args.text("name") or "").removeprefix("#")
    check_name(ws, name)
    bot = ws.identity.bot_user_id
    private = args.flag("is_private")
    channel = Channel(ws.next_id("C"), name, bot, ws.now(), [], is_private=private)
    ws.channels[channel.id] = channel
    ws.board.happened(
        {"type": "channel_created", "channel": {"id": channel.id, "name": name, "creator": bot}}
    )
    ws.join(channel, bot)
    return {"channel": channel_json(ws, channel)}


def check_name(ws: Workspace, name: str) -> None:
    """Raises SlackError with the code that Slack has for each fault of a channel's name."""
    if not name:
        raise SlackError("invalid_name_required")
    if len(name) > NAME_LENGTH:
        raise SlackError("invalid_name_maxlength")
    if not re.fullmatch(r"[a-z0-9_-]+", name):
        raise SlackError("invalid_name_specials")
    if not re.search(r"[a-z0-9]", name):
        raise SlackError("invalid_name_punctuation")
    if any(c.name == name and c.kind != "im" for c in ws.channels.values()):
        raise SlackError("name_taken")


def open_im(ws: Workspace, args: Arguments) -> Json:
    """Only direct messages with one person: Naru never opens group messages."""
    if args.has("channel"):
        channel = channel_of(ws, args)
        return {"no_op": True, "already_open": True, "channel": channel_json(ws, channel)}
    users = args.names("users")
    if not users:
        raise SlackError("users_list_not_supplied")
    if len(users) > 1:
        raise SlackError("method_not_supported_for_channel_type")
    user = ws.user(users[0])
    if user.is_bot:
        raise SlackError("cannot_dm_bot")
    if user.deleted:
        raise SlackError("user_disabled")
    known = any(c.im_user == user.id for c in ws.channels.values())
    channel = ws.im_with(user.id)
    shown = channel_json(ws, channel) if args.flag("return_im") else {"id": channel.id}
    return {"channel": shown} | ({"no_op": True, "already_open": True} if known else {})


def join(ws: Workspace, args: Arguments) -> Json:
    channel = channel_of(ws, args)
    if channel.kind != "public":
        raise SlackError("method_not_supported_for_channel_type")
    if channel.is_archived:
        raise SlackError("is_archived")
    if ws.identity.bot_user_id in channel.members:
        known = {"warning": "already_in_channel", "response_metadata": {"warnings": ["already_in_channel"]}}
        return {"channel": channel_json(ws, channel), **known}
    ws.join(channel, ws.identity.bot_user_id)
    return {"channel": channel_json(ws, channel)}


def invite(ws: Workspace, args: Arguments) -> Json:
    """Without `force` one wrong name means that nobody is invited; each fault is listed in `errors`."""
    channel = joined_channel_of(ws, args)
    users = args.names("users")
    if channel.kind == "im":
        raise SlackError("method_not_supported_for_channel_type")
    if not users:
        raise SlackError("no_user")
    if len(users) > INVITE_LIMIT:
        raise SlackError("too_many_users")
    faults = {u: code for u in users if (code := _invite_fault(ws, channel, u))}
    listed = [{"ok": False, "error": code, "user": u} for u, code in faults.items()]
    if faults and not (args.flag("force") and len(faults) < len(users)):
        raise SlackError(next(iter(faults.values())), errors=listed)
    for user in users:
        if user not in faults:
            ws.join(channel, user, inviter=ws.identity.bot_user_id)
    return {"channel": channel_json(ws, channel)} | ({"errors": listed} if listed else {})


def _invite_fault(ws: Workspace, channel: Channel, user_id: str) -> str | None:
    user = ws.users.get(user_id)
    if user is None or user.deleted:
        return "user_not_found"
    if user_id == ws.identity.bot_user_id:
        return "cant_invite_self"
    if user_id in channel.members:
        return "already_in_channel"
    if user.team_id != ws.identity.team_id:
        return "not_in_team"
    return "ura_max_channels" if user.is_ultra_restricted else None


def info(ws: Workspace, args: Arguments) -> Json:
    channel = channel_of(ws, args)
    return {"channel": channel_json(ws, channel, num_members=args.flag("include_num_members"))}


def list_all(ws: Workspace, args: Arguments) -> Json:
    kinds, bot = kinds_of(args), ws.identity.bot_user_id
    found = [c for c in ws.channels.values() if c.kind in kinds and (c.kind == "public" or bot in c.members)]
    if args.flag("exclude_archived"):
        found = [c for c in found if not c.is_archived]
    channels, cursor = page_of([channel_json(ws, c, num_members=True) for c in found], args)
    return {"channels": channels, "response_metadata": {"next_cursor": cursor}}


def members(ws: Workspace, args: Arguments) -> Json:
    channel = channel_of(ws, args)
    listed, cursor = page_of(channel.members, args)
    return {"members": listed, "response_metadata": {"next_cursor": cursor}}


def set_topic(ws: Workspace, args: Arguments) -> Json:
    channel = joined_channel_of(ws, args)
    topic = args.text("topic") or ""
    if len(topic) > TOPIC_LENGTH:
        raise SlackError("too_long")
    if topic != channel.topic:
        channel.topic = topic
        ws.note(channel, ws.identity.bot_user_id, "channel_topic", f"set the channel topic: {topic}")
        ws.board.changed("channel", channel=channel.id)
    return {"topic": topic, "channel": channel_json(ws, channel)}


def set_purpose(ws: Workspace, args: Arguments) -> Json:
    channel = joined_channel_of(ws, args)
    purpose = args.text("purpose") or ""
    if len(purpose) > TOPIC_LENGTH:
        raise SlackError("too_long")
    channel.purpose = purpose
    ws.note(channel, ws.identity.bot_user_id, "channel_purpose", f"set the channel description: {purpose}")
    ws.board.changed("channel", channel=channel.id)
    return {"purpose": purpose, "channel": channel_json(ws, channel)}


def rename(ws: Workspace, args: Arguments) -> Json:
    channel = joined_channel_of(ws, args)
    name = args.need("name").removeprefix("#")
    if name != channel.name:
        check_name(ws, name)
        rename_channel(ws, channel, name, by=ws.identity.bot_user_id)
    return {"channel": channel_json(ws, channel)}


def archive(ws: Workspace, args: Arguments) -> Json:
    channel = channel_of(ws, args)
    bot = ws.identity.bot_user_id
    if bot not in channel.members:
        raise SlackError("not_in_channel")
    if channel.is_archived:
        raise SlackError("already_archived")
    if channel.is_general:
        raise SlackError("cant_archive_general")
    archive_channel(ws, channel, by=bot)
    return {}


def _create_scope(_ws: Workspace, args: Arguments) -> str:
    return "groups:write" if args.flag("is_private") else "channels:manage"


_READ = by_kind("channels:read", "groups:read", "im:read")
_MANAGE = by_kind("channels:manage", "groups:write", "im:write")
METHODS = {
    "conversations.create": Method(create, _create_scope, per_minute=20),
    "conversations.open": Method(open_im, "im:write"),
    "conversations.join": Method(join, "channels:join"),
    "conversations.invite": Method(invite, _MANAGE),
    "conversations.info": Method(info, _READ, takes_json=False),
    "conversations.list": Method(list_all, conversation_scope, per_minute=20, takes_json=False),
    "conversations.members": Method(members, _READ, per_minute=100, takes_json=False),
    "conversations.setTopic": Method(set_topic, _MANAGE, per_minute=20),
    "conversations.setPurpose": Method(set_purpose, _MANAGE, per_minute=20),
    "conversations.rename": Method(rename, _MANAGE, per_minute=20),
    "conversations.archive": Method(archive, _MANAGE, per_minute=20),
}
