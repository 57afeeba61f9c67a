"""The blocks themselves."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sandbox.blockkit.checks import (
    Check,
    Problem,
    boolean,
    both,
    by_type,
    integer,
    list_of,
    objects_in,
    one_of,
    shape,
    string,
)
from sandbox.blockkit.elements import ELEMENTS, IN_ACTIONS, IN_INPUT, IN_SECTION
from sandbox.blockkit.richtext import RICH_TEXT
from sandbox.blockkit.texts import SLACK_FILE, URL_WITH_SCHEME, image_source, plain, text

BLOCK_ID = {"block_id": string(255)}


def _section_content(value: Any, at: str) -> Iterator[Problem]:
    if isinstance(value, dict) and value.get("text") is None and value.get("fields") is None:
        yield Problem(at, "must provide text or fields")


def _context_element(value: Any, at: str) -> Iterator[Problem]:
    if isinstance(value, dict) and value.get("type") == "image":
        yield from ELEMENTS["image"](value, at)
    else:
        yield from text(3000)(value, at)


def _unique_action_ids(value: Any, at: str) -> Iterator[Problem]:
    elements = objects_in(value.get("elements")) if isinstance(value, dict) else []
    named = [e["action_id"] for e in elements if e.get("action_id")]
    for action_id in {n for n in named if isinstance(n, str) and named.count(n) > 1}:
        yield Problem(f"{at}/elements", f"`action_id` must be unique: {action_id}")


_CELL = by_type({"raw_text": shape({"text": string(3000)}, {}), "rich_text": RICH_TEXT})
_COLUMN = shape({}, {"align": one_of("left", "center", "right"), "is_wrapped": boolean})

BLOCKS: dict[str, Check] = {
    "section": both(
        shape(
            {},
            {
                **BLOCK_ID,
                "text": text(3000),
                "fields": list_of(text(2000), 10),
                "accessory": by_type(ELEMENTS, allowed=IN_SECTION),
                "expand": boolean,
            },
        ),
        _section_content,
    ),
    "header": shape({"text": plain(150)}, {**BLOCK_ID, "level": integer(1, 4)}),
    "context": shape({"elements": list_of(_context_element, 10)}, BLOCK_ID),
    "actions": both(
        shape({"elements": list_of(by_type(ELEMENTS, allowed=IN_ACTIONS), 25)}, BLOCK_ID), _unique_action_ids
    ),
    "divider": shape({}, BLOCK_ID),
    "image": both(
        shape(
            {"alt_text": string(2000)},
            {**BLOCK_ID, "image_url": URL_WITH_SCHEME, "slack_file": SLACK_FILE, "title": plain(2000)},
        ),
        image_source,
    ),
    "input": shape(
        {"label": plain(2000), "element": by_type(ELEMENTS, allowed=IN_INPUT)},
        {**BLOCK_ID, "dispatch_action": boolean, "hint": plain(2000), "optional": boolean},
    ),
    "markdown": shape({"text": string(12_000)}, BLOCK_ID),
    "rich_text": RICH_TEXT,
    "table": shape(
        {"rows": list_of(list_of(_CELL, 20), 100)},
        {**BLOCK_ID, "column_settings": list_of(_COLUMN, 20, least=0)},
    ),
    "alert": shape(
        {"text": text(200)},
        {**BLOCK_ID, "level": one_of("default", "info", "warning", "error", "success")},
    ),
}
_EVERYWHERE = {"section", "header", "context", "actions", "divider", "image", "input", "rich_text"}
IN_MESSAGE = _EVERYWHERE | {"markdown", "table"}
IN_MODAL = _EVERYWHERE | {"alert"}
IN_HOME = _EVERYWHERE
