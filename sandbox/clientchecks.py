"""What Slack's client itself checks before it submits a modal, in the person's language."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from typing import Any

from sandbox.elements import STATE_KEYS
from sandbox.model import Json

_WORDS = {
    "required": ("Please complete this required field.", "필수 입력란을 작성해 주세요."),
    "short": ("Please enter at least {n} characters.", "{n}자 이상 입력해 주세요."),
    "long": ("Please enter {n} characters or fewer.", "{n}자 이하로 입력해 주세요."),
    "number": ("Please enter a number.", "숫자를 입력해 주세요."),
    "whole": ("Please enter a whole number.", "정수를 입력해 주세요."),
    "least": ("Please enter a number that is {n} or higher.", "{n} 이상의 숫자를 입력해 주세요."),
    "most": ("Please enter a number that is {n} or lower.", "{n} 이하의 숫자를 입력해 주세요."),
    "email": ("Please enter a valid email address.", "올바른 이메일 주소를 입력해 주세요."),
    "url": ("Please enter a valid URL.", "올바른 URL을 입력해 주세요."),
    "many": ("Please select no more than {n}.", "{n}개까지 선택할 수 있습니다."),
}


def field_errors(blocks: list[Json], values: Json, locale: str) -> dict[str, str]:
    """`{block_id: sentence}` for every input that the client would not send."""
    found: dict[str, str] = {}
    for block in blocks:
        if block["type"] != "input":
            continue
        element = block["element"]
        state = values.get(block["block_id"], {}).get(element["action_id"], {})
        fault = _fault(
            element, state.get(STATE_KEYS[element["type"]][0]), optional=block.get("optional", False)
        )
        if fault is not None:
            word, number = fault
            found[block["block_id"]] = _WORDS[word][locale.startswith("ko")].format(n=number)
    return found


def _fault(element: Json, value: Any, *, optional: bool) -> tuple[str, Any] | None:
    empty = value is None or value == [] or (isinstance(value, str) and not value.strip())
    if empty:
        return None if optional else ("required", None)
    kind = element["type"]
    if kind == "plain_text_input":
        return _length_fault(element, value)
    if kind == "number_input":
        return _number_fault(element, value)
    if kind == "email_text_input" and not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", value):
        return ("email", None)
    if kind == "url_text_input" and not re.fullmatch(r"https?://\S+", value):
        return ("url", None)
    most = element.get("max_selected_items")
    return ("many", most) if most and isinstance(value, list) and len(value) > most else None


def _length_fault(element: Json, value: str) -> tuple[str, Any] | None:
    low, high = element.get("min_length", 0), element.get("max_length", 3000)
    if len(value) < low:
        return ("short", low)
    return ("long", high) if len(value) > high else None


def _number_fault(element: Json, value: str) -> tuple[str, Any] | None:
    try:
        number = Decimal(value)
    except InvalidOperation:
        return ("number", None)
    if not number.is_finite():
        return ("number", None)
    if not element.get("is_decimal_allowed") and number != number.to_integral_value():
        return ("whole", None)
    if element.get("min_value") is not None and number < Decimal(element["min_value"]):
        return ("least", element["min_value"])
    if element.get("max_value") is not None and number > Decimal(element["max_value"]):
        return ("most", element["max_value"])
    return None
