"""The interactive elements inside blocks: finding them, naming them, and their state values."""

from __future__ import annotations

import copy
import secrets
from collections.abc import Iterator
from typing import Any

from sandbox.model import Json

# What `state.values` holds per element type: (key in the state, key of the initial value in the block).
STATE_KEYS: dict[str, tuple[str, str]] = {
    "plain_text_input": ("value", "initial_value"),
    "number_input": ("value", "initial_value"),
    "email_text_input": ("value", "initial_value"),
    "url_text_input": ("value", "initial_value"),
    "rich_text_input": ("rich_text_value", "initial_value"),
    "static_select": ("selected_option", "initial_option"),
    "external_select": ("selected_option", "initial_option"),
    "radio_buttons": ("selected_option", "initial_option"),
    "multi_static_select": ("selected_options", "initial_options"),
    "checkboxes": ("selected_options", "initial_options"),
    "users_select": ("selected_user", "initial_user"),
    "multi_users_select": ("selected_users", "initial_users"),
    "channels_select": ("selected_channel", "initial_channel"),
    "multi_channels_select": ("selected_channels", "initial_channels"),
    "conversations_select": ("selected_conversation", "initial_conversation"),
    "multi_conversations_select": ("selected_conversations", "initial_conversations"),
    "datepicker": ("selected_date", "initial_date"),
    "timepicker": ("selected_time", "initial_time"),
    "datetimepicker": ("selected_date_time", "initial_date_time"),
}
TEXT_INPUTS = {"plain_text_input", "number_input", "email_text_input", "url_text_input"}
OPTION_ELEMENTS = {"static_select", "radio_buttons", "overflow"}
MANY_OPTION_ELEMENTS = {"multi_static_select", "checkboxes"}
EARLIER_KEPT = 200  # blocks: some seconds of the card that changes most


def elements_of(block: Json) -> list[Json]:
    """The interactive elements of one block, in the order they are shown."""
    kind = block.get("type")
    if kind == "input":
        return [block["element"]]
    if kind == "actions":
        return list(block["elements"])
    if kind == "section" and isinstance(block.get("accessory"), dict):
        accessory: Json = block["accessory"]
        return [accessory] if accessory.get("type") != "image" else []
    return []


def walk(blocks: list[Json] | None) -> Iterator[tuple[Json, Json]]:
    """Every (block, element) pair."""
    for block in blocks or []:
        for element in elements_of(block):
            yield block, element


def with_ids(blocks: list[Json] | None) -> list[Json] | None:
    """A copy in which every block and element has the id that Slack would generate."""
    if blocks is None:
        return None
    named: list[Json] = copy.deepcopy(blocks)
    for block in named:
        block.setdefault("block_id", secrets.token_urlsafe(4)[:5])
        for element in elements_of(block):
            element.setdefault("action_id", secrets.token_urlsafe(4)[:5])
    return named


def options_of(element: Json) -> list[Json]:
    """All options, those inside groups included."""
    groups = element.get("option_groups") or []
    return [*(element.get("options") or []), *(o for g in groups for o in g.get("options", []))]


def option_valued(element: Json, wanted: Any) -> Json | None:
    """The element's own option with this value (`wanted`: a value or a whole option object)."""
    value = wanted.get("value") if isinstance(wanted, dict) else wanted
    return next((o for o in options_of(element) if o.get("value") == value), None)


def initial_state(element: Json) -> Json | None:
    """The state of an untouched element; None for those without one (buttons, overflow, images)."""
    keys = STATE_KEYS.get(element["type"])
    if keys is None:
        return None
    key, initial = keys
    empty: Any = [] if key.endswith("s") else None
    state = {"type": element["type"], key: copy.deepcopy(element.get(initial, empty))}
    if element["type"] == "timepicker" and element.get("timezone"):
        state["timezone"] = element["timezone"]
    return state


def initial_values(blocks: list[Json] | None) -> Json:
    """`state.values` as it is before anybody touched anything."""
    values: Json = {}
    for block, element in walk(blocks):
        state = initial_state(element)
        if state is not None:
            values.setdefault(block["block_id"], {})[element["action_id"]] = state
    return values


def carried_values(blocks: list[Json] | None, before: Json) -> Json:
    """Values after an update: what was typed stays where block_id, action_id and type stayed the same."""
    values = initial_values(blocks)
    for block_id, actions in values.items():
        for action_id, state in actions.items():
            old = before.get(block_id, {}).get(action_id)
            if old is not None and old.get("type") == state["type"]:
                actions[action_id] = old
    return values


def earlier_blocks(blocks: list[Json] | None, earlier: list[Json]) -> list[Json]:
    """What could be pressed in `blocks`, which are being replaced, before what could be before them."""
    return [*(block for block in blocks or [] if elements_of(block)), *earlier][:EARLIER_KEPT]


def chosen(element: Json, given: Json) -> Json | None:
    """The new state of an element from what a client sent; options are taken from the block itself.

    None when the element has no state or the client said nothing about it.
    """
    keys = STATE_KEYS.get(element["type"])
    if keys is None or keys[0] not in given:
        return None
    key = keys[0]
    value = given[key]
    if key == "selected_option" and value is not None:
        value = option_valued(element, value)
    elif key == "selected_options":
        value = [o for o in (option_valued(element, v) for v in value or []) if o is not None]
    elif key == "value" and value == "":
        value = None
    elif key == "selected_date_time" and value is not None:
        value = int(value)
    state = {"type": element["type"], key: value}
    if element.get("timezone"):
        state["timezone"] = element["timezone"]
    return state


def merge_values(blocks: list[Json] | None, values: Json, given: Json) -> None:
    """Write what a client sent (`{block_id: {action_id: {...}}}`) into `values`; unknown ids are ignored."""
    for block, element in walk(blocks):
        sent = (given.get(block["block_id"]) or {}).get(element["action_id"])
        state = chosen(element, sent) if isinstance(sent, dict) else None
        if state is not None:
            values.setdefault(block["block_id"], {})[element["action_id"]] = state
