"""A message or view as text that shows everything people read and press, for comparing whole."""

from __future__ import annotations

import json
from typing import Any

from messages.message import Message


def rendered(of: Message | dict[str, Any]) -> str:
    """A message by its fallback and blocks, a view by its frame and blocks."""
    if isinstance(of, Message):
        head, blocks = [f"text: {of.text}"], of.blocks
    else:
        names = ("type", "callback_id", "private_metadata", "title", "submit", "close")
        head = [f"{name}: {_text(of[name])}" for name in names if of.get(name)]
        blocks = of["blocks"]
    return "\n".join([*head, *(line for block in blocks for line in _block(block))]) + "\n"


def _block(block: dict[str, Any]) -> list[str]:
    kind = block["type"]
    match kind:
        case "divider":
            return ["----"]
        case "input":
            marks = " optional" if block["optional"] else ""
            marks += " dispatched" if block.get("dispatch_action") else ""
            hint = [f"  hint: {_text(block['hint'])}"] if "hint" in block else []
            label = f"[input {block['block_id']}{marks}] {_text(block['label'])}"
            return [label, *hint, *_element(block["element"])]
        case "actions":
            return ["[actions]", *(line for element in block["elements"] for line in _element(element))]
        case "context":
            return [f"[context] {_text(element)}" for element in block["elements"]]
        case _:
            lines = [f"[{kind}] {_text(block['text'])}"] if "text" in block else [f"[{kind}]"]
            lines += [f"  | {_text(field)}" for field in block.get("fields", ())]
            return [*lines, *(_element(block["accessory"]) if "accessory" in block else [])]


def _element(element: dict[str, Any]) -> list[str]:
    rest = {key: value for key, value in element.items() if key not in {"type", "options", "text", "confirm"}}
    text = f" {_text(element['text'])!r}" if "text" in element else ""
    lines = [f"  <{element['type']}{text} {json.dumps(_flat(rest), ensure_ascii=False)}>"]
    lines += [f"    - {_option(option)}" for option in element.get("options", ())]
    if "confirm" in element:
        lines.append(f"    confirm: {json.dumps(_flat(element['confirm']), ensure_ascii=False)}")
    return lines


def _option(option: dict[str, Any]) -> str:
    described = f" ({_text(option['description'])})" if "description" in option else ""
    return f"{_text(option['text'])} = {option['value']}{described}"


def _flat(value: Any) -> Any:
    """Text objects as their text."""
    if isinstance(value, dict):
        return (
            value["text"]
            if set(value) >= {"type", "text"}
            else {key: _flat(one) for key, one in value.items()}
        )
    return value


def _text(value: Any) -> str:
    text = value["text"] if isinstance(value, dict) else str(value)
    return text.replace("\n", "\n    ")
