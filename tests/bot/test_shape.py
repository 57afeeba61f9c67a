"""What Slack would not send is told from what it sends, before Bolt looks into it."""

from __future__ import annotations

import hashlib
import hmac
import json
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.frontdoor import FORM, JSON_TYPE, Incoming, Kind, Turned, authentic, from_socket, parse

SECRET = b"shhh"
PRESS: dict[str, Any] = {
    "type": "block_actions",
    "trigger_id": "t.1",
    "user": {"id": "U1", "team_id": "T1"},
    "team": {"id": "T1"},
    "channel": {"id": "C1"},
    "actions": [{"action_id": "approval.approve", "type": "button", "value": "{}"}],
}
EVENT: dict[str, Any] = {
    "type": "event_callback",
    "team_id": "T1",
    "event_id": "E1",
    "event": {"type": "app_home_opened", "user": "U1"},
}


def _headers(body: bytes, **changes: str) -> dict[str, str]:
    stamp = str(int(time.time()))
    digest = hmac.new(SECRET, f"v0:{stamp}:".encode() + body, hashlib.sha256).hexdigest()
    return {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": f"v0={digest}"} | changes


def _pressed(**changes: Any) -> Incoming | Turned:
    return parse(FORM, urlencode({"payload": json.dumps(PRESS | changes)}).encode())


def test_signature_over_bytes_that_are_no_text_is_checked() -> None:
    body = b"payload=\xff\xfe"
    assert authentic(_headers(body), body, SECRET)
    assert not authentic(_headers(b"payload="), body, SECRET)


def test_signature_that_is_not_ascii_is_wrong() -> None:
    assert not authentic(_headers(b"x", **{"X-Slack-Signature": "v0=\u00e9"}), b"x", SECRET)


def test_body_that_is_no_text_is_malformed() -> None:
    assert parse(FORM, b"payload=\xff\xfe") == Turned(400, "malformed")


def test_press_as_slack_sends_it_comes_in() -> None:
    assert _pressed() == Incoming(Kind.INTERACTION, PRESS)
    assert _pressed(view=None, channel=None) == Incoming(
        Kind.INTERACTION, PRESS | {"view": None, "channel": None}
    )


@pytest.mark.parametrize(
    "changes",
    [
        {"team": 5},
        {"channel": "C1"},
        {"channel": {"id": 5}},
        {"channel": {"id": "C" * 256}},
        {"trigger_id": ["t"]},
        {"view": {"id": "V1"}},
        {"view": {"id": "V1", "type": "modal", "state": {"values": {"b": {"a": 5}}}}},
        {"view": {"id": "V1", "type": "modal", "state": {"values": {"b": {"a": {"selected_users": 5}}}}}},
        {"view": {"id": "V1", "type": "modal", "blocks": [5]}},
        {"message": "no"},
    ],
)
def test_press_of_another_shape_is_turned_away(changes: dict[str, Any]) -> None:
    found = _pressed(**changes)
    assert isinstance(found, Turned)
    assert found.status == 400


@pytest.mark.parametrize("event", [{"type": "app_mention", "user": 5}, {"type": "x", "channel": True}])
def test_event_of_another_shape_is_turned_away(event: dict[str, Any]) -> None:
    assert parse(JSON_TYPE, json.dumps(EVENT | {"event": event}).encode()) == Turned(400, "event shape")


@pytest.mark.parametrize("odd", ["\\ud800", "\\udc00", "\\u0000"])
def test_half_characters_are_turned_away(odd: str) -> None:
    body = json.dumps(EVENT).replace("U1", odd).encode()
    assert parse(JSON_TYPE, body) == Turned(400, "malformed")


COMMAND: dict[str, Any] = {
    "command": "/release",
    "user_id": "U1",
    "team_id": "T1",
    "channel_id": "C1",
    "trigger_id": "t.1",
}


@pytest.mark.parametrize("odd", [chr(0xD800), chr(0xDC00), "a\x00b"])
@pytest.mark.parametrize(
    ("envelope", "payload"),
    [
        ("slash_commands", lambda odd: COMMAND | {"text": odd}),
        ("interactive", lambda odd: PRESS | {"actions": [PRESS["actions"][0] | {"value": odd}]}),
        ("interactive", lambda odd: PRESS | {"extra": {odd: 1}}),
        ("events_api", lambda odd: EVENT | {"event": {"type": "app_mention", "user": "U1", "text": odd}}),
    ],
)
def test_half_characters_are_turned_away_over_socket_mode_too(
    envelope: str, payload: Callable[[str], dict[str, Any]], odd: str
) -> None:
    assert from_socket(envelope, payload(odd)) == Turned(400, "malformed")


def test_whole_characters_come_in_over_socket_mode() -> None:
    found = COMMAND | {"text": "\U0001f680 나루"}
    assert from_socket("slash_commands", found) == Incoming(Kind.COMMAND, found)


def test_payload_that_is_nested_too_deep_is_turned_away_over_socket_mode() -> None:
    deep: list[Any] = []
    for _ in range(100_000):
        deep = [deep]
    assert from_socket("interactive", PRESS | {"deep": deep}) == Turned(400, "malformed")


def test_whole_characters_that_are_written_in_halves_come_in() -> None:
    found = EVENT | {"event": {"type": "app_mention", "user": "U1", "text": "\U0001f680 나루"}}
    assert parse(JSON_TYPE, json.dumps(found).encode()) == Incoming(Kind.EVENT, found)


def test_number_that_is_none_is_turned_away() -> None:
    assert parse(JSON_TYPE, json.dumps(EVENT | {"event_time": float("nan")}).encode()) == Turned(
        400, "malformed"
    )


def test_nul_in_a_form_is_turned_away() -> None:
    assert parse(FORM, b"command=%2Frelease&text=a%00b") == Turned(400, "no text")


def test_command_from_a_channel_that_is_no_id_is_turned_away() -> None:
    fields = {"command": "/release", "user_id": "U1", "team_id": "T1", "trigger_id": "t.1", "text": ""}
    body = urlencode(fields | {"channel_id": "C" * 256}).encode()
    assert parse(FORM, body) == Turned(400, "command shape")


COMMAND = {"command": "/release", "user_id": "U1", "team_id": "T1", "trigger_id": "t.1", "channel_id": "C1"}
ODD_TEXT = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\x00"), max_size=60)


@given(ODD_TEXT, ODD_TEXT)
def test_form_is_read_as_the_standard_library_reads_it(text: str, name: str) -> None:
    fields = COMMAND | {"text": text, f"x{name}": "1"}
    body = urlencode(fields)
    assert parse(FORM, body.encode()) == Incoming(Kind.COMMAND, dict(parse_qsl(body, keep_blank_values=True)))


@given(st.text("=%+&a41\r\n é", max_size=20))
def test_form_that_nobody_encoded_is_read_the_same_or_turned_away(text: str) -> None:
    body = f"{urlencode(COMMAND)}&text={text}"
    found = parse(FORM, body.encode())
    if isinstance(found, Incoming):
        assert found.body == dict(parse_qsl(body, keep_blank_values=True, strict_parsing=True))
    else:
        assert found.status == 400


@pytest.mark.parametrize("text", ["%", "%4", "%zz", "a%FF", "%C3%28", "x&&y=1", "x"])
def test_form_with_broken_escapes_is_turned_away(text: str) -> None:
    assert parse(FORM, f"{urlencode(COMMAND)}&text=a{text}&{text}".encode()) == Turned(400, "malformed")


def test_form_of_many_fields_is_turned_away() -> None:
    more = "&".join(f"f{n}=1" for n in range(60))
    assert isinstance(parse(FORM, f"{urlencode(COMMAND)}&{more}".encode()), Turned)
