"""files.*: the upload in three steps (ask for an address, send the bytes, complete)."""

from __future__ import annotations

import asyncio
import mimetypes
import secrets
from typing import Any

from sandbox.errors import SlackError, missing_argument
from sandbox.model import Channel, File, Json, Message
from sandbox.webapi.arguments import Arguments
from sandbox.webapi.chat import content_of
from sandbox.webapi.method import Method, channel_of
from sandbox.webapi.objects import file_json
from sandbox.workspace import Workspace

# Slack fills a file's shares in a moment after completeUploadExternal has answered.
SHARE_DELAY = 0.02


def upload_address(ws: Workspace, args: Arguments) -> Json:
    name, length = args.need("filename"), args.number("length", 0)
    if length <= 0:
        raise missing_argument("length")
    mimetype = mimetypes.guess_type(name)[0] or "application/octet-stream"
    file = File(
        ws.next_id("F"),
        name,
        name,
        length,
        mimetype,
        ws.identity.bot_user_id,
        ws.now(),
        secrets.token_hex(16),
    )
    file.alt_txt = args.text("alt_txt")
    ws.files[file.id] = file
    return {"upload_url": f"{ws.base_url}/upload/v1/{file.ticket}", "file_id": file.id}


def receive(ws: Workspace, ticket: str, body: bytes) -> bool:
    """Take the bytes sent to an upload address; False when there is no such address or it was used."""
    file = next((f for f in ws.files.values() if f.ticket == ticket), None)
    if file is None or file.complete:
        return False
    file.uploaded = len(body)
    ws.uploads[file.id] = body
    return True


def complete(ws: Workspace, args: Arguments) -> Json:
    wanted: Any = args.parsed("files")
    if not isinstance(wanted, list) or not wanted:
        raise missing_argument("files")
    channels = [_channel(ws, c) for c in args.names("channels") or args.names("channel_id")]
    files = [_finished(ws, entry) for entry in wanted]
    if channels:
        loop = asyncio.get_running_loop()
        loop.call_later(SHARE_DELAY, _share, ws, files, channels, args)
    return {"files": [file_json(ws, f) for f in files]}


def _channel(ws: Workspace, channel_id: str) -> Channel:
    channel = channel_of(ws, Arguments({"channel": channel_id}))
    if ws.identity.bot_user_id not in channel.members:
        raise SlackError("not_in_channel")
    if channel.is_archived:
        raise SlackError("is_archived")
    return channel


def _finished(ws: Workspace, entry: Any) -> File:
    file = ws.files.get(entry.get("id", "")) if isinstance(entry, dict) else None
    if file is None or file.uploaded is None:
        raise SlackError("file_not_found")
    if file.uploaded != file.length:
        raise SlackError("file_upload_size_mismatch")
    file.complete = True
    file.title = entry.get("title") or file.title
    return file


def _share(ws: Workspace, files: list[File], channels: list[Channel], args: Arguments) -> None:
    for channel in channels:
        message = Message(ws.next_ts(), ws.identity.bot_user_id, args.text("initial_comment") or "")
        if args.has("blocks"):
            message.blocks = content_of(args)[1]
        message.files = [f.id for f in files]
        message.thread_ts = args.text("thread_ts") or None
        ws.post(channel, message)
        for file in files:
            file.shares.setdefault(channel.id, []).append(message.ts)


def info(ws: Workspace, args: Arguments) -> Json:
    file = ws.files.get(args.need("file"))
    if file is None or not file.complete:
        raise SlackError("file_not_found")
    return {"file": file_json(ws, file), "comments": [], "response_metadata": {"next_cursor": ""}}


METHODS = {
    "files.getUploadURLExternal": Method(upload_address, "files:write", per_minute=100, takes_json=False),
    "files.completeUploadExternal": Method(complete, "files:write", per_minute=100),
    "files.info": Method(info, "files:read", per_minute=100, takes_json=False),
}
