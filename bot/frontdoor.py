"""The front door: raw bytes are verified, parsed strictly and shaped before anything else sees them.

Bolt drops slash commands whose text contains `payload`, answers malformed requests with 500 and has no
replay protection; so it gets dicts that went through here (docs/adr: our own front door).
"""

from __future__ import annotations

import hashlib
import hmac
import json
import re
import time
from binascii import a2b_qp
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, NoReturn

from bot.shape import only_text, storable, well_typed

MAX_BODY = 512 * 1024
MAX_FIELDS = 60
FORM, JSON_TYPE = "application/x-www-form-urlencoded", "application/json"
_NO_ESCAPE = re.compile(r"%(?![0-9A-Fa-f]{2})")


class Kind(StrEnum):
    """What Slack sends."""

    COMMAND = "command"
    INTERACTION = "interaction"
    EVENT = "event"
    URL_VERIFICATION = "url_verification"


@dataclass(frozen=True)
class Incoming:
    """A request that is authentic and well formed. `body` is what Bolt expects of its kind."""

    kind: Kind
    body: dict[str, Any]


@dataclass(frozen=True)
class Turned:
    """A request that is turned away: the status to answer and a word for the log (never the body)."""

    status: int
    why: str


def authentic(headers: Mapping[str, str], body: bytes, secret: bytes) -> bool:
    """Slack's v0 signature over the raw bytes, at most five minutes old or ahead; real time, never moved.

    slack_sdk's verifier reads the body as text first, and raises for bytes that are none.
    """
    timestamp = headers.get("X-Slack-Request-Timestamp", "")
    if not (timestamp.isascii() and timestamp.isdecimal() and len(timestamp) <= 12):  # noqa: PLR2004 - seconds
        return False
    if abs(time.time() - int(timestamp)) > 5 * 60:
        return False
    wanted = "v0=" + hmac.new(secret, f"v0:{timestamp}:".encode() + body, hashlib.sha256).hexdigest()
    given = headers.get("X-Slack-Signature", "")
    return hmac.compare_digest(wanted.encode(), given.encode("utf-8", "surrogateescape"))


def parse(content_type: str, raw: bytes) -> Incoming | Turned:
    """Read a verified body. Anything that Slack would not send is turned away with 400."""
    kind = content_type.partition(";")[0].strip().lower()
    try:
        text = raw.decode("utf-8")
        if kind == JSON_TYPE:
            return _event(_object(text))
        if kind == FORM:
            return _form(text)
    except (ValueError, RecursionError):
        return Turned(400, "malformed")
    return Turned(415, "content type")


def from_socket(envelope_type: str, payload: object) -> Incoming | Turned:
    """The same check for what comes over Socket Mode, which slack_sdk has parsed already."""
    try:
        if not isinstance(payload, dict) or not storable(payload):
            return Turned(400, "malformed")
    except RecursionError:
        return Turned(400, "malformed")
    if envelope_type == "slash_commands":
        return _command(payload)
    if envelope_type == "interactive":
        return _interaction(payload)
    return _event(payload) if envelope_type == "events_api" else Turned(400, "envelope type")


def _object(text: str) -> dict[str, Any]:
    value = json.loads(text, parse_constant=_no_number)
    if not isinstance(value, dict):
        raise ValueError("not an object")
    if not only_text(text, value):
        raise ValueError("no text")
    return value


def _no_number(name: str) -> NoReturn:
    raise ValueError(name)


def _form(text: str) -> Incoming | Turned:
    """A form with `command` is a slash command, whatever its text; one with `payload` an interaction."""
    pairs = text.split("&", MAX_FIELDS)
    fields = dict(_field(pair) for pair in pairs)
    if len(fields) != len(pairs) or len(pairs) > MAX_FIELDS:
        return Turned(400, "doubled field")
    if "%00" in text:
        return Turned(400, "no text")
    if "command" in fields:
        return _command(fields)
    return _interaction(_object(fields["payload"])) if "payload" in fields else Turned(400, "no payload")


def _field(pair: str) -> tuple[str, str]:
    """One field of a form. Raises ValueError for what a browser's form would not contain."""
    name, equals, value = pair.partition("=")
    if not equals or _NO_ESCAPE.search(pair):
        raise ValueError("no form")
    return _unquoted(name), _unquoted(value)


def _unquoted(text: str) -> str:
    """Percent-encoding is quoted-printable with another sign, and for that there is a decoder in C.

    A press brings its whole message along: the standard library's way through it takes six times as long.
    """
    if "%" not in text and "+" not in text:
        return text
    printable = text.replace("=", "=3D").replace("%", "=").replace("+", " ")
    return a2b_qp(printable.encode()).decode()


def _command(fields: Mapping[str, Any]) -> Incoming | Turned:
    needed = ("command", "user_id", "team_id", "channel_id", "trigger_id")
    if not all(isinstance(fields.get(name), str) and fields[name] for name in needed):
        return Turned(400, "command shape")
    if not isinstance(fields.get("text", ""), str) or not well_typed(fields):
        return Turned(400, "command shape")
    return Incoming(Kind.COMMAND, dict(fields))


def _interaction(body: dict[str, Any]) -> Incoming | Turned:
    user = body.get("user")
    if not isinstance(user, dict) or not _text(user, "id") or not well_typed(body):
        return Turned(400, "interaction shape")
    if not all(isinstance(body.get(name) or {}, dict) for name in ("team", "channel")):
        return Turned(400, "interaction shape")
    match body.get("type"):
        case "block_actions":
            actions = body.get("actions")
            well = isinstance(actions, list) and actions and all(_is_action(a) for a in actions)
            well = well and (body.get("view") is None or _is_view(body["view"]))
            return Incoming(Kind.INTERACTION, body) if well else Turned(400, "actions shape")
        case "view_submission" | "view_closed":
            view: Any = body.get("view")
            well = _is_view(view) and isinstance(view.get("callback_id"), str)
            return Incoming(Kind.INTERACTION, body) if well else Turned(400, "view shape")
        case _:
            return Turned(400, "interaction type")


def _is_view(view: Any) -> bool:
    return isinstance(view, dict) and _text(view, "id") and _text(view, "type")


def _is_action(action: object) -> bool:
    return isinstance(action, dict) and _text(action, "action_id") and _text(action, "type")


def _event(body: dict[str, Any]) -> Incoming | Turned:
    if body.get("type") == "url_verification":
        return Incoming(Kind.URL_VERIFICATION, body) if _text(body, "challenge") else Turned(400, "challenge")
    event = body.get("event")
    well = (
        isinstance(event, dict)
        and _text(event, "type")
        and _text(body, "event_id")
        and _text(body, "team_id")
        and well_typed(body)
    )
    return Incoming(Kind.EVENT, body) if well else Turned(400, "event shape")


def _text(fields: Mapping[str, Any], name: str) -> bool:
    return isinstance(fields.get(name), str) and bool(fields[name])
