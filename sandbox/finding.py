"""Finding buttons and fields by the words a person reads."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from sandbox.acting import NotPossible
from sandbox.elements import STATE_KEYS, options_of, walk
from sandbox.model import Json
from sandbox.payloads import Source
from sandbox.render import Reader

MANY = ("selected_options", "selected_users", "selected_channels", "selected_conversations")


@dataclass(frozen=True)
class Wanted:
    """A button by its text, or by `action_id`, or both."""

    text: str | None
    action_id: str | None


@dataclass(frozen=True)
class Found:
    """An element with where it stands; `option` is the chosen one of an overflow menu."""

    source: Source
    block: Json
    element: Json
    option: Json | None = None

    def held(self) -> Found:
        """As it is shown now, whatever becomes of the message."""
        return Found(self.source, copy.deepcopy(self.block), copy.deepcopy(self.element), self.option)

    def given(self) -> Json:
        """The beginning of Slack's action object."""
        names: Json = {"action_id": self.element["action_id"], "block_id": self.block["block_id"]}
        return names | ({"selected_option": self.option["value"]} if self.option else {})


def blocks_of(source: Source) -> list[Json]:
    if source.view is not None:
        return source.view.body["blocks"] or []
    return (source.message.blocks or []) if source.message else []


def find_button(reader: Reader, sources: Sequence[Source], wanted: Wanted) -> Found:
    """In the first source that has it; raises NotPossible, naming what there is instead."""
    for source in sources:
        for block, element in walk(blocks_of(source)):
            found = _as_button(reader, Found(source, block, element), wanted)
            if found is not None:
                return found
    there = [reader.text(e["text"]) for s in sources for _, e in walk(blocks_of(s)) if e["type"] == "button"]
    name = wanted.text or wanted.action_id
    raise NotPossible(f"{reader.user.name} sees no button {name!r}; there is: {list(dict.fromkeys(there))}")


def _as_button(reader: Reader, found: Found, wanted: Wanted) -> Found | None:
    element = found.element
    if wanted.action_id not in (None, element["action_id"]):
        return None
    if element["type"] == "button" and wanted.text in (None, reader.text(element["text"])):
        return found
    if element["type"] == "overflow":
        for option in element["options"]:
            if wanted.text in (option["value"], reader.text(option["text"])):
                return Found(found.source, found.block, element, option)
    return None


def find_field(reader: Reader, sources: Sequence[Source], label: str) -> Found:
    """By label, placeholder, text of its section, action_id or block_id."""
    names: list[str] = []
    for source in sources:
        for block, element in walk(blocks_of(source)):
            if element["type"] not in STATE_KEYS:
                continue
            called = _names(reader, block, element)
            if label in called:
                return Found(source, block, element)
            names.append(called[0])
    raise NotPossible(f"{reader.user.name} sees no field {label!r}; there is: {names}")


def _names(reader: Reader, block: Json, element: Json) -> list[str]:
    given = [block.get("label"), element.get("placeholder"), block.get("text")]
    return [*(reader.text(g) for g in given if g), element["action_id"], block["block_id"]]


def given_for(reader: Reader, found: Found, value: Any) -> Json:
    """Slack's action object for choosing `value`: words, names, dates are turned into ids and options."""
    key, _ = STATE_KEYS[found.element["type"]]
    if key in MANY:
        return found.given() | {key: [_one(reader, found.element, key, v) for v in value]}
    return found.given() | {key: None if value is None else _one(reader, found.element, key, value)}


def _one(reader: Reader, element: Json, key: str, value: Any) -> Any:
    if key.startswith("selected_option"):
        return _option(reader, element, str(value))
    if key.startswith("selected_user"):
        return reader.ws.person(value).id
    if key.startswith(("selected_channel", "selected_conversation")):
        channel = reader.ws.channel_named(value)
        if channel is None:
            raise NotPossible(f"no channel {value}")
        return channel.id
    return _typed(value) if key != "selected_date_time" else _moment(value)


def _typed(value: Any) -> str:
    if isinstance(value, datetime):
        raise NotPossible("a field of a date or a time takes a date or a time, not both in one")
    if isinstance(value, date):
        return value.isoformat()
    return value.strftime("%H:%M") if isinstance(value, time) else str(value)


def _moment(value: Any) -> int:
    return int(value.timestamp()) if isinstance(value, datetime) else int(value)


def _option(reader: Reader, element: Json, wanted: str) -> str:
    for option in options_of(element):
        if wanted in (reader.text(option["text"]), option["value"]):
            return str(option["value"])
    texts = [reader.text(o["text"]) for o in options_of(element)]
    raise NotPossible(f"no option {wanted!r}; there is: {texts}")
