"""Block Kit constructors with Slack's limits and escaping in one place (docs.slack.dev, Block Kit).

Text from people and repositories reaches mrkdwn only through `esc`; labels are plain text.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from typing import Any

from domain.people import is_machine, machine_name

Block = dict[str, Any]
Element = dict[str, Any]

SECTION, FIELD, HEADER, BUTTON, OPTION, PLACEHOLDER = 3000, 2000, 150, 75, 75, 150
ELEMENTS, CONTEXT, FIELDS, OPTIONS = 25, 10, 10, 100
MODAL_TITLE, CONFIRM_TITLE, CONFIRM_TEXT, CONFIRM_BUTTON = 24, 100, 300, 30
MESSAGE_BLOCKS, VIEW_BLOCKS = 50, 100
_INVISIBLE = {"Cc", "Cf", "Cs", "Co"}


def clean(text: str) -> str:
    """Without control, bidirectional and other invisible characters (line breaks stay)."""
    if text.isprintable():
        return text
    return "".join(c for c in text if c == "\n" or unicodedata.category(c) not in _INVISIBLE)


def esc(text: str) -> str:
    """Third-party text for mrkdwn: nothing in it can mention, link or format its way out."""
    return clean(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def cut(text: str, limit: int) -> str:
    """At most `limit` characters, an ellipsis where something is left out; never inside an entity."""
    if len(text) <= limit:
        return text
    kept = text[: limit - 1]
    opened = kept.rfind("&")
    if opened > kept.rfind(";") and len(kept) - opened < 6:  # noqa: PLR2004 - the longest entity is &amp;
        kept = kept[:opened]
    return kept + "…"


def plain(text: str, limit: int) -> dict[str, Any]:
    return {"type": "plain_text", "text": cut(clean(text) or " ", limit), "emoji": True}


def mrkdwn(text: str, limit: int = SECTION) -> dict[str, Any]:
    return {"type": "mrkdwn", "text": cut(text or " ", limit), "verbatim": True}


def header(text: str) -> Block:
    return {"type": "header", "text": plain(text, HEADER)}


def section(text: str, *, accessory: Element | None = None, block_id: str = "") -> Block:
    block: Block = {"type": "section", "text": mrkdwn(text)}
    if accessory:
        block["accessory"] = accessory
    return _named(block, block_id)


def fields(texts: Iterable[str]) -> Block:
    return {"type": "section", "fields": [mrkdwn(text, FIELD) for text in list(texts)[:FIELDS]]}


def context(*texts: str) -> Block:
    return {"type": "context", "elements": [mrkdwn(text, FIELD) for text in texts[:CONTEXT]]}


def divider() -> Block:
    return {"type": "divider"}


def actions(elements: Sequence[Element], *, block_id: str = "") -> Block:
    return _named({"type": "actions", "elements": list(elements[:ELEMENTS])}, block_id)


def button(
    text: str, action_id: str, value: str = "", *, style: str = "", confirm: dict[str, Any] | None = None
) -> Element:
    """`style` is `primary`, `danger` or empty."""
    element: Element = {"type": "button", "text": plain(text, BUTTON), "action_id": action_id}
    if value:
        element["value"] = value
    if style:
        element["style"] = style
    if confirm:
        element["confirm"] = confirm
    return element


def confirm(title: str, text: str, yes: str, no: str, *, danger: bool = False) -> dict[str, Any]:
    dialog: dict[str, Any] = {
        "title": plain(title, CONFIRM_TITLE),
        "text": plain(text, CONFIRM_TEXT),
        "confirm": plain(yes, CONFIRM_BUTTON),
        "deny": plain(no, CONFIRM_BUTTON),
    }
    if danger:
        dialog["style"] = "danger"
    return dialog


def option(text: str, value: str, description: str = "") -> Element:
    element: Element = {"text": plain(text, OPTION), "value": value}
    if description:
        element["description"] = plain(description, OPTION)
    return element


def overflow(action_id: str, options: Sequence[Element]) -> Element:
    """Two to five options; Slack takes one as well."""
    return {"type": "overflow", "action_id": action_id, "options": list(options[:5])}


def select(
    action_id: str, options: Sequence[Element], *, placeholder: str = "", initial: Element | None = None
) -> Element:
    element: Element = {"type": "static_select", "action_id": action_id, "options": list(options[:OPTIONS])}
    if placeholder:
        element["placeholder"] = plain(placeholder, PLACEHOLDER)
    if initial:
        element["initial_option"] = initial
    return element


def multi_select(action_id: str, options: Sequence[Element], *, initial: Sequence[Element] = ()) -> Element:
    shown: Element = {
        "type": "multi_static_select",
        "action_id": action_id,
        "options": list(options[:OPTIONS]),
    }
    return {**shown, "initial_options": list(initial)} if initial else shown


def text_input(
    action_id: str, *, multiline: bool = False, initial: str = "", placeholder: str = "", limit: int = 3000
) -> Element:
    element: Element = {
        "type": "plain_text_input",
        "action_id": action_id,
        "multiline": multiline,
        "max_length": limit,
    }
    if initial:
        element["initial_value"] = initial[:limit]
    if placeholder:
        element["placeholder"] = plain(placeholder, PLACEHOLDER)
    return element


def field(label: str, element: Element, block_id: str, *, hint: str = "", optional: bool = False) -> Block:
    """An input block; its `block_id` is the name of the field in the submitted state."""
    block: Block = {
        "type": "input",
        "block_id": block_id,
        "label": plain(label, FIELD),
        "element": element,
        "optional": optional,
    }
    if hint:
        block["hint"] = plain(hint, FIELD)
    return block


def modal(
    title: str, blocks: Sequence[Block], callback_id: str, *, close: str, submit: str = "", private: str = ""
) -> dict[str, Any]:
    view: dict[str, Any] = {
        "type": "modal",
        "callback_id": callback_id,
        "title": plain(title, MODAL_TITLE),
        "close": plain(close, MODAL_TITLE),
        "blocks": list(blocks[:VIEW_BLOCKS]),
        "private_metadata": private,
        "notify_on_close": False,
    }
    if submit:
        view["submit"] = plain(submit, MODAL_TITLE)
    return view


def home(blocks: Sequence[Block]) -> dict[str, Any]:
    return {"type": "home", "blocks": list(blocks[:VIEW_BLOCKS])}


def user(user_id: str) -> str:
    """A mention; a machine is named by its token."""
    return f"`{machine_name(user_id)}` (API)" if is_machine(user_id) else f"<@{user_id}>"


def channel(channel_id: str) -> str:
    return f"<#{channel_id}>"


def _named(block: Block, block_id: str) -> Block:
    return {**block, "block_id": block_id} if block_id else block
