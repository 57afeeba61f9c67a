"""The JSON in which Slack shows users, channels, messages, files and groups to an app."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from sandbox.model import Channel, File, Group, Json, Message, User
from sandbox.workspace import Workspace


def user_json(user: User, *, at: datetime, locale: bool = False, email: bool = True) -> Json:
    """`at` decides the offset of the person's zone."""
    zone = at.astimezone(ZoneInfo(user.tz))
    profile: Json = {"real_name": user.real_name, "display_name": user.name, "title": user.title}
    profile |= {"real_name_normalized": user.real_name, "display_name_normalized": user.name}
    profile |= {"team": user.team_id, "image_72": "", "image_192": ""}
    if email:
        profile["email"] = user.email
    shown: Json = {"id": user.id, "team_id": user.team_id, "name": user.name, "real_name": user.real_name}
    shown |= {"deleted": user.deleted, "color": user.color.removeprefix("#"), "tz": user.tz}
    offset = zone.utcoffset()
    shown |= {"tz_label": zone.tzname(), "tz_offset": int(offset.total_seconds()) if offset else 0}
    shown |= {"profile": profile, "is_admin": user.is_admin, "is_owner": False, "is_primary_owner": False}
    shown |= {"is_restricted": user.is_restricted, "is_ultra_restricted": user.is_ultra_restricted}
    shown |= {"is_bot": user.is_bot, "is_app_user": False, "updated": user.updated}
    return shown | ({"locale": user.locale} if locale else {})


def channel_json(ws: Workspace, channel: Channel, *, num_members: bool = False) -> Json:
    bot = ws.identity.bot_user_id
    shown: Json = {"id": channel.id, "created": channel.created, "is_archived": channel.is_archived}
    shown |= {"is_im": channel.kind == "im", "is_mpim": False, "is_org_shared": False}
    if channel.kind == "im":
        return shown | {"user": channel.im_user, "is_user_deleted": False, "is_open": True}
    shared = any(ws.users[m].team_id != ws.identity.team_id for m in channel.members)
    shown |= {"name": channel.name, "name_normalized": channel.name, "creator": channel.creator}
    shown |= {"is_channel": channel.kind == "public", "is_group": channel.kind == "private"}
    shown |= {"is_private": channel.is_private, "is_general": channel.is_general}
    shown |= {"is_shared": shared, "is_ext_shared": shared, "is_member": bot in channel.members}
    shown |= {"topic": {"value": channel.topic, "creator": channel.creator, "last_set": channel.created}}
    shown |= {"purpose": {"value": channel.purpose, "creator": channel.creator, "last_set": channel.created}}
    shown |= {"context_team_id": ws.identity.team_id, "previous_names": [], "unlinked": 0}
    return shown | ({"num_members": len(channel.members)} if num_members else {})


def message_json(ws: Workspace, channel: Channel, message: Message, *, metadata: bool = False) -> Json:
    """`metadata`: whether the caller asked for it (include_all_metadata)."""
    shown: Json = {"type": "message", "user": message.user, "text": message.text, "ts": message.ts}
    shown["team"] = ws.users[message.user].team_id
    if message.user == ws.identity.bot_user_id:
        shown |= {"bot_id": ws.identity.bot_id, "app_id": ws.identity.app_id, "bot_profile": _bot_profile(ws)}
    if message.edited:
        shown["edited"] = {"user": message.user, "ts": message.edited}
    if metadata and message.metadata:
        shown["metadata"] = message.metadata
    shown |= _optional(ws, message) | _thread(channel, message)
    if message.ts in channel.pins:
        shown["pinned_to"] = [channel.id]
    return shown


def _optional(ws: Workspace, message: Message) -> Json:
    files = [file_json(ws, ws.files[f]) for f in message.files if f in ws.files]
    reactions = [{"name": n, "users": u, "count": len(u)} for n, u in message.reactions.items()]
    shown = {"subtype": message.subtype, "blocks": message.blocks, "attachments": message.attachments}
    return {k: v for k, v in {**shown, "files": files, "reactions": reactions}.items() if v}


def _thread(channel: Channel, message: Message) -> Json:
    if not message.thread_ts:
        return {}
    if message.thread_ts != message.ts:
        parent = channel.messages.get(message.thread_ts)
        known = {"parent_user_id": parent.user} if parent else {}
        return {"thread_ts": message.thread_ts, **known}
    replies = channel.replies(message.ts)
    if not replies:
        return {}
    people = list(dict.fromkeys(r.user for r in replies))
    shown: Json = {"thread_ts": message.ts, "reply_count": len(replies), "latest_reply": replies[-1].ts}
    return shown | {"reply_users": people, "reply_users_count": len(people)}


def _bot_profile(ws: Workspace) -> Json:
    known = ws.identity
    shown: Json = {"id": known.bot_id, "app_id": known.app_id, "name": ws.bot.real_name, "deleted": False}
    return shown | {"team_id": known.team_id, "icons": {}, "updated": 0}


def file_json(ws: Workspace, file: File) -> Json:
    where = f"{ws.base_url}/files/{file.id}/{file.name}"
    shown: Json = {"id": file.id, "created": file.created, "timestamp": file.created, "name": file.name}
    shown |= {"title": file.title, "mimetype": file.mimetype, "filetype": file.name.rpartition(".")[2]}
    shown |= {"user": file.user, "size": file.length, "mode": "hosted", "is_external": False}
    shown |= {"url_private": where, "url_private_download": where, "permalink": where}
    shown |= {"channels": [c for c in file.shares if c.startswith("C")], "groups": [], "ims": []}
    shares = {c: [{"ts": ts} for ts in stamps] for c, stamps in file.shares.items()}
    return shown | {"shares": {"public": shares} if shares else {}, "alt_txt": file.alt_txt}


def group_json(ws: Workspace, group: Group, *, users: bool) -> Json:
    shown: Json = {"id": group.id, "team_id": ws.identity.team_id, "is_usergroup": True, "name": group.name}
    shown |= {"handle": group.handle, "description": "", "is_external": False, "date_delete": 0}
    shown |= {"date_update": group.updated, "user_count": len(group.members)}
    return shown | ({"users": list(group.members)} if users else {})
