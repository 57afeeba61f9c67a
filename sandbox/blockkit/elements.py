"""Block elements: buttons, selects, inputs and pickers, and where each may stand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sandbox.blockkit.checks import (
    Check,
    Problem,
    boolean,
    both,
    integer,
    list_of,
    objects_in,
    one_of,
    shape,
    string,
)
from sandbox.blockkit.texts import (
    CONFIRM,
    CONVERSATION_FILTER,
    DISPATCH_CONFIG,
    OPTION,
    OPTION_GROUP,
    SLACK_FILE,
    URL_WITH_SCHEME,
    image_source,
    option,
    plain,
)

ACTION_ID = {"action_id": string(255)}
COMMON: Mapping[str, Check] = {**ACTION_ID, "confirm": CONFIRM, "focus_on_load": boolean}
WITH_HINT: Mapping[str, Check] = {**COMMON, "placeholder": plain(150)}
TYPED: Mapping[str, Check] = {
    **ACTION_ID,
    "placeholder": plain(150),
    "focus_on_load": boolean,
    "dispatch_action_config": DISPATCH_CONFIG,
}
ID = string(255)
IDS = list_of(ID, 1000, least=0)
MANY = {"max_selected_items": integer(1, 100)}
NUMBER = string(255, pattern=r"-?\d+(\.\d+)?")


def _option_fields(value: Any, at: str) -> Iterator[Problem]:
    """Options or groups, not both; what is chosen at first must be among them."""
    if not isinstance(value, dict):
        return
    options, groups = value.get("options"), value.get("option_groups")
    if (options is None) == (groups is None):
        yield Problem(at, "must provide exactly one of options or option_groups")
        return
    yield from initial_among_options(value, at)


def initial_among_options(value: Any, at: str) -> Iterator[Problem]:
    """Slack compares the whole option object, text included."""
    if not isinstance(value, dict):
        return
    groups = objects_in(value.get("option_groups"))
    known = [*objects_in(value.get("options")), *(o for g in groups for o in objects_in(g.get("options")))]
    chosen = value.get("initial_options") or []
    if isinstance(chosen, list) and any(o not in known for o in chosen):
        yield Problem(f"{at}/initial_options", "must match options provided")
    if value.get("initial_option") is not None and value["initial_option"] not in known:
        yield Problem(f"{at}/initial_option", "must match an option provided")


def unique_values(value: Any, at: str) -> Iterator[Problem]:
    """Two options with one value cannot be told apart."""
    values = [o.get("value") for o in objects_in(value.get("options"))] if isinstance(value, dict) else []
    if len(values) != len(set(map(str, values))):
        yield Problem(f"{at}/options", "values must be unique")


def text_lengths(value: Any, at: str) -> Iterator[Problem]:
    if not isinstance(value, dict):
        return
    low, high = value.get("min_length"), value.get("max_length")
    if isinstance(low, int) and isinstance(high, int) and low > high:
        yield Problem(at, "min_length must not be greater than max_length")


_CHOICES = {"options": list_of(OPTION, 100), "option_groups": list_of(OPTION_GROUP, 100)}
_BOXES = list_of(option(markup=True), 10)
_PLACES = {"response_url_enabled": boolean}
_CONVERSATION = {**_PLACES, "filter": CONVERSATION_FILTER, "default_to_current_conversation": boolean}

ELEMENTS: dict[str, Check] = {
    "button": shape(
        {"text": plain(75)},
        {
            **ACTION_ID,
            "confirm": CONFIRM,
            "url": URL_WITH_SCHEME,
            "value": string(2000),
            "style": one_of("primary", "danger"),
            "accessibility_label": string(75),
        },
    ),
    "static_select": both(
        shape({}, {**WITH_HINT, **_CHOICES, "initial_option": OPTION}), _option_fields, unique_values
    ),
    "multi_static_select": both(
        shape({}, {**WITH_HINT, **_CHOICES, **MANY, "initial_options": list_of(OPTION, 100)}),
        _option_fields,
        unique_values,
    ),
    "users_select": shape({}, {**WITH_HINT, "initial_user": ID}),
    "multi_users_select": shape({}, {**WITH_HINT, **MANY, "initial_users": IDS}),
    "channels_select": shape({}, {**WITH_HINT, **_PLACES, "initial_channel": ID}),
    "multi_channels_select": shape({}, {**WITH_HINT, **MANY, "initial_channels": IDS}),
    "conversations_select": shape({}, {**WITH_HINT, **_CONVERSATION, "initial_conversation": ID}),
    "multi_conversations_select": shape(
        {}, {**WITH_HINT, **_CONVERSATION, **MANY, "initial_conversations": IDS}
    ),
    "overflow": both(
        shape({"options": list_of(option(url=True), 5)}, {**ACTION_ID, "confirm": CONFIRM}), unique_values
    ),
    "checkboxes": both(
        shape({"options": _BOXES}, {**COMMON, "initial_options": _BOXES}),
        initial_among_options,
        unique_values,
    ),
    "radio_buttons": both(
        shape({"options": _BOXES}, {**COMMON, "initial_option": option(markup=True)}),
        initial_among_options,
        unique_values,
    ),
    "plain_text_input": both(
        shape(
            {},
            {
                **TYPED,
                "initial_value": string(3000, least=0),
                "multiline": boolean,
                "min_length": integer(0, 3000),
                "max_length": integer(1, 3000),
            },
        ),
        text_lengths,
    ),
    "number_input": shape(
        {"is_decimal_allowed": boolean},
        {**TYPED, "initial_value": NUMBER, "min_value": NUMBER, "max_value": NUMBER},
    ),
    "email_text_input": shape({}, {**TYPED, "initial_value": string(3000)}),
    "url_text_input": shape({}, {**TYPED, "initial_value": string(3000)}),
    "datepicker": shape({}, {**WITH_HINT, "initial_date": string(10, pattern=r"\d{4}-\d{2}-\d{2}")}),
    "timepicker": shape(
        {},
        {**WITH_HINT, "initial_time": string(5, pattern=r"([01]\d|2[0-3]):[0-5]\d"), "timezone": string(255)},
    ),
    "datetimepicker": shape({}, {**COMMON, "initial_date_time": integer(10**9, 10**10 - 1)}),
    "image": both(
        shape({"alt_text": string(2000)}, {"image_url": URL_WITH_SCHEME, "slack_file": SLACK_FILE}),
        image_source,
    ),
}

_SELECTS = {"static_select", "users_select", "channels_select", "conversations_select"}
_MULTI = {f"multi_{name}" for name in _SELECTS}
_PICKERS = {"datepicker", "timepicker", "checkboxes", "radio_buttons"}
_INPUTS = {"plain_text_input", "number_input", "email_text_input", "url_text_input"}
IN_SECTION = {"button", "overflow", "image"} | _SELECTS | _MULTI | _PICKERS
IN_ACTIONS = {"button", "overflow", "datetimepicker"} | _SELECTS | _PICKERS
IN_INPUT = {"datetimepicker"} | _SELECTS | _MULTI | _PICKERS | _INPUTS
