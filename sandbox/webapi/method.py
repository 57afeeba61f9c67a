"""What a Web API method is: its handler, the scope it needs and how often it may be called."""

from __future__ import annotations

import base64
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal, TypeVar

from sandbox.errors import SlackError, with_messages
from sandbox.model import Channel, Json
from sandbox.webapi.arguments import Arguments
from sandbox.workspace import Workspace

Item = TypeVar("Item")
Handler = Callable[[Workspace, Arguments], Json]
ScopeOf = Callable[[Workspace, Arguments], str | None]


@dataclass(frozen=True)
class Method:
    """`per_minute` is Slack's tier (docs.slack.dev/apis/web-api/rate-limits).

    `takes_json` as each method's page names its content types: those that only read want a form or a query.
    """

    run: Handler
    scope: str | ScopeOf | None
    per_minute: int = 50
    caller: Literal["bot", "app"] = "bot"
    takes_json: bool = True


def by_kind(public: str, private: str, im: str, argument: str = "channel") -> ScopeOf:
    """The scope depends on the kind of conversation that the call names."""

    def scope(ws: Workspace, args: Arguments) -> str | None:
        channel = ws.channels.get(args.text(argument) or "")
        return None if channel is None else {"public": public, "private": private, "im": im}[channel.kind]

    return scope


def channel_of(ws: Workspace, args: Arguments, argument: str = "channel") -> Channel:
    """Raises SlackError `channel_not_found` for unknown ones and for private ones without the app."""
    channel = ws.channels.get(args.need(argument))
    if channel is None or (channel.kind != "public" and ws.identity.bot_user_id not in channel.members):
        raise SlackError("channel_not_found")
    return channel


def joined_channel_of(ws: Workspace, args: Arguments, argument: str = "channel") -> Channel:
    """As `channel_of`; raises also `not_in_channel` and `is_archived`."""
    channel = channel_of(ws, args, argument)
    if ws.identity.bot_user_id not in channel.members:
        raise SlackError("not_in_channel")
    if channel.is_archived:
        raise SlackError("is_archived")
    return channel


def page_of(items: Sequence[Item], args: Arguments, *, default: int = 100) -> tuple[list[Item], str]:
    """One page and the cursor of the next ("" at the end); raises SlackError `invalid_cursor`."""
    limit = args.number("limit", default) or default
    if limit < 0:
        raise with_messages("invalid_arguments", ["[ERROR] must be greater than 0 [json-pointer:/limit]"])
    start = _decode_cursor(args.text("cursor") or "")
    rest = start + limit < len(items)
    return list(items[start : start + limit]), _encode_cursor(start + limit) if rest else ""


def _encode_cursor(position: int) -> str:
    return base64.b64encode(f"next:{position}".encode()).decode()


def _decode_cursor(cursor: str) -> int:
    if not cursor:
        return 0
    try:
        word, _, number = base64.b64decode(cursor, validate=True).decode().partition(":")
        if word != "next":
            raise SlackError("invalid_cursor")
        return int(number)
    except ValueError as bad:
        raise SlackError("invalid_cursor") from bad
