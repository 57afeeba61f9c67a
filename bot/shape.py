"""Whether a request's JSON has the types that Slack sends, wherever we or Bolt look into it. Pure.

Bolt looks into `team`, `user` or `channel` before any handler runs, and fails for a number there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

_OBJECT = dict.fromkeys(
    (
        "view",
        "state",
        "values",
        "message",
        "previous_message",
        "container",
        "event",
        "item",
        "profile",
        "subteam",
        "selected_option",
        "assistant_thread",
        "function_data",
    ),
    (dict,),
)
_LIST = dict.fromkeys(
    ("actions", "authorizations", "blocks", "selected_options", "selected_users"),
    (list,),
)
_TEXT = dict.fromkeys(
    (
        "action_id",
        "block_id",
        "callback_id",
        "channel_id",
        "channel_type",
        "event_id",
        "hash",
        "id",
        "locale",
        "private_metadata",
        "reaction",
        "subteam_id",
        "tab",
        "team_id",
        "thread_ts",
        "trigger_id",
        "ts",
        "type",
        "tz",
        "user_id",
    ),
    (str,),
)
_EITHER = dict.fromkeys(("user", "team", "channel", "enterprise"), (str, dict))
_TYPES: Mapping[str, tuple[type, ...]] = {**_OBJECT, **_LIST, **_TEXT, **_EITHER}
_DEEPER = frozenset({*_OBJECT, *_EITHER, "actions", "authorizations", "blocks"})
_IDS = frozenset({"id", "channel_id", "team_id", "user_id", "trigger_id", "event_id", *_EITHER})
MOST_ID = 255
_SPACED = 8  # much of it may be spaces
_ESCAPED = re.compile(r"\\u(?:0000|[dD][89a-fA-F])")
_NO_TEXT = re.compile("[\x00\ud800-\udfff]")


def well_typed(body: Mapping[str, Any], depth: int = 4) -> bool:
    """Whether every field that is read is null or of its type; lists hold objects, ids are short.

    Blocks are not entered: they are what we sent.
    """
    for name, value in body.items():
        types = _TYPES.get(name)
        if types is None or value is None:
            continue
        if not isinstance(value, types) or (name in _IDS and _too_long(value)):
            return False
        if name == "values":
            if not _filled_well(value):
                return False
        elif name in _DEEPER and depth and not all(_inner(name, value, depth)):
            return False
    return True


def _too_long(value: object) -> bool:
    return isinstance(value, str) and len(value) > MOST_ID


def _inner(name: str, value: Any, depth: int) -> Iterator[bool]:
    if isinstance(value, dict):
        yield well_typed(value, depth - 1)
    elif isinstance(value, list):
        for item in value:
            yield isinstance(item, dict) and well_typed(item, 0 if name == "blocks" else depth - 1)


def _filled_well(values: Any) -> bool:
    """What was filled in: by block, then by element."""
    blocks = list(values.values())
    if not all(isinstance(block, dict) for block in blocks):
        return False
    elements = [element for block in blocks for element in block.values()]
    return all(isinstance(element, dict) and well_typed(element, 1) for element in elements)


def one_line(text: str, longest: int) -> str:
    """On one line and cut, without what does not show or cannot be stored."""
    shown = "".join(sign if sign.isprintable() else " " for sign in text[: longest * _SPACED])
    return " ".join(shown.split())[:longest]


def only_text(raw: str, value: Any) -> bool:
    """Whether all strings of a JSON value can be written and stored: no half characters, no NUL.

    `raw` is the JSON as it came: most have no escape that could make one, and are not looked through.
    """
    return not _ESCAPED.search(raw) or storable(value)


def storable(value: Any) -> bool:
    """The same for a JSON value of which only the parsed form is known."""
    return not any(_NO_TEXT.search(text) for text in _texts(value))


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield name
            yield from _texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)
