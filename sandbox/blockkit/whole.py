"""Whole messages and views: counts, places and what must be unique across blocks."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from typing import Any

from sandbox.blockkit.blocks import BLOCKS, IN_HOME, IN_MESSAGE, IN_MODAL
from sandbox.blockkit.checks import Check, Problem, boolean, by_type, list_of, one_of, shape, string
from sandbox.blockkit.texts import plain

MESSAGE_BLOCKS = 50
VIEW_BLOCKS = 100
MARKDOWN_LENGTH = 12_000
VIEW_BYTES = 250_000


def check_message(payload: dict[str, Any]) -> list[Problem]:
    """What Slack would refuse in `payload["blocks"]` of a message; pointers start at /blocks."""
    blocks = payload.get("blocks") or []
    found = list(check_blocks(blocks, IN_MESSAGE, MESSAGE_BLOCKS))
    if isinstance(blocks, list):
        found += _message_totals([b for b in blocks if isinstance(b, dict)])
    return found


def check_view(view: dict[str, Any]) -> list[Problem]:
    """What Slack would refuse in a modal or Home tab; pointers start at the view."""
    kind = view.get("type")
    if kind not in ("modal", "home"):
        return [Problem("/type", "must be one of: modal, home")]
    blocks = view.get("blocks") if view.get("blocks") is not None else []
    places = IN_MODAL if kind == "modal" else IN_HOME
    found = list((_MODAL if kind == "modal" else _HOME)(view, ""))
    found += check_blocks(blocks, places, VIEW_BLOCKS)
    if kind == "modal" and isinstance(blocks, list) and not view.get("submit"):
        has_input = any(isinstance(b, dict) and b.get("type") == "input" for b in blocks)
        found += [Problem("/submit", "missing required field: submit")] if has_input else []
    return found


def view_too_large(view: dict[str, Any]) -> bool:
    """Slack takes views of up to 250 KB."""
    return len(json.dumps(view, ensure_ascii=False).encode()) > VIEW_BYTES


def check_blocks(blocks: Any, allowed: Collection[str], most: int) -> Iterator[Problem]:
    """A list of blocks in one place; pointers start at /blocks."""
    yield from list_of(by_type(BLOCKS, allowed=allowed), most, least=0)(blocks, "/blocks")
    if not isinstance(blocks, list):
        return
    ids = [b["block_id"] for b in blocks if isinstance(b, dict) and isinstance(b.get("block_id"), str)]
    for block_id in sorted({i for i in ids if ids.count(i) > 1}):
        yield Problem("/blocks", f"`block_id` must be unique: {block_id}")
    if _focused(blocks) > 1:
        yield Problem("/blocks", "only one element may set focus_on_load")


def _focused(blocks: list[Any]) -> int:
    inputs = [b.get("element") for b in blocks if isinstance(b, dict)]
    return sum(1 for e in inputs if isinstance(e, dict) and e.get("focus_on_load") is True)


def _message_totals(blocks: list[dict[str, Any]]) -> list[Problem]:
    found = []
    markdown = sum(
        len(b["text"]) for b in blocks if b.get("type") == "markdown" and isinstance(b.get("text"), str)
    )
    if markdown > MARKDOWN_LENGTH:
        found.append(
            Problem("/blocks", f"markdown must be less than {MARKDOWN_LENGTH + 1} characters in all")
        )
    if sum(1 for b in blocks if b.get("type") == "table") > 1:
        found.append(Problem("/blocks", "only_one_table_allowed"))
    return found


def _anything(_value: Any, _at: str) -> Iterator[Problem]:
    yield from ()


_SHARED: dict[str, Check] = {
    "type": one_of("modal", "home"),
    "private_metadata": string(3000, least=0),
    "callback_id": string(255, least=0),
    "external_id": string(255, least=0),
}
_MODAL = shape(
    {"title": plain(24), "blocks": _anything},
    {
        **_SHARED,
        "submit": plain(24),
        "close": plain(24),
        "clear_on_close": boolean,
        "notify_on_close": boolean,
        "submit_disabled": boolean,
    },
)
_HOME = shape({"blocks": _anything}, _SHARED)
