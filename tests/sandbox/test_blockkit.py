"""The checker against a table of Slack's limits: exactly at a limit is fine, one beyond is refused there."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from slack_sdk.models.blocks import Block

from sandbox.blockkit import Problem, check_message, check_view

Json = dict[str, Any]


def plain(text: str = "x") -> Json:
    return {"type": "plain_text", "text": text}


def option(number: int = 0, **more: Any) -> Json:
    return {"text": plain(f"o{number}"), "value": str(number), **more}


def options(count: int) -> list[Json]:
    return [option(n) for n in range(count)]


def confirm(**more: Any) -> Json:
    return {"title": plain(), "text": plain(), "confirm": plain(), "deny": plain(), **more}


def button(**more: Any) -> Json:
    return {"type": "button", "text": plain(), **more}


def actions(*elements: Json) -> Json:
    return {"type": "actions", "elements": list(elements)}


def select(**more: Any) -> Json:
    return {"type": "static_select", "options": options(1), **more}


def entry(element: Json, **more: Any) -> Json:
    return {"type": "input", "label": plain(), "element": element, **more}


def typed(**more: Any) -> Json:
    return {"type": "plain_text_input", **more}


def section(**more: Any) -> Json:
    return {"type": "section", "text": plain(), **more}


# name, limit, block with a length of n, the pointer at which n + 1 is refused
MESSAGE_LIMITS: list[tuple[str, int, Any, str]] = [
    ("section text", 3000, lambda n: section(text=plain("x" * n)), "/text/text"),
    ("section field", 2000, lambda n: section(fields=[plain("x" * n)]), "/fields/0/text"),
    ("section fields", 10, lambda n: section(fields=[plain()] * n), "/fields"),
    ("header text", 150, lambda n: {"type": "header", "text": plain("x" * n)}, "/text/text"),
    ("context elements", 10, lambda n: {"type": "context", "elements": [plain()] * n}, "/elements"),
    ("actions elements", 25, lambda n: actions(*[button()] * n), "/elements"),
    ("block_id", 255, lambda n: section(block_id="x" * n), "/block_id"),
    ("action_id", 255, lambda n: actions(button(action_id="x" * n)), "/elements/0/action_id"),
    ("button text", 75, lambda n: actions(button(text=plain("x" * n))), "/elements/0/text/text"),
    ("button value", 2000, lambda n: actions(button(value="x" * n)), "/elements/0/value"),
    ("button url", 3000, lambda n: actions(button(url="https://" + "x" * (n - 8))), "/elements/0/url"),
    ("select options", 100, lambda n: actions(select(options=options(n))), "/elements/0/options"),
    (
        "option text",
        75,
        lambda n: actions(select(options=[{"text": plain("x" * n), "value": "v"}])),
        "/elements/0/options/0/text/text",
    ),
    (
        "option value",
        150,
        lambda n: actions(select(options=[{"text": plain(), "value": "x" * n}])),
        "/elements/0/options/0/value",
    ),
    (
        "option description",
        75,
        lambda n: actions(select(options=[option(description=plain("x" * n))])),
        "/elements/0/options/0/description/text",
    ),
    (
        "option groups",
        100,
        lambda n: actions(
            {"type": "static_select", "option_groups": [{"label": plain(), "options": options(1)}] * n}
        ),
        "/elements/0/option_groups",
    ),
    (
        "group label",
        75,
        lambda n: actions(
            {"type": "static_select", "option_groups": [{"label": plain("x" * n), "options": options(1)}]}
        ),
        "/elements/0/option_groups/0/label/text",
    ),
    (
        "placeholder",
        150,
        lambda n: actions(select(placeholder=plain("x" * n))),
        "/elements/0/placeholder/text",
    ),
    ("overflow", 5, lambda n: actions({"type": "overflow", "options": options(n)}), "/elements/0/options"),
    (
        "checkboxes",
        10,
        lambda n: actions({"type": "checkboxes", "options": options(n)}),
        "/elements/0/options",
    ),
    ("radio", 10, lambda n: actions({"type": "radio_buttons", "options": options(n)}), "/elements/0/options"),
    (
        "confirm title",
        100,
        lambda n: actions(button(confirm=confirm(title=plain("x" * n)))),
        "/elements/0/confirm/title/text",
    ),
    (
        "confirm text",
        300,
        lambda n: actions(button(confirm=confirm(text=plain("x" * n)))),
        "/elements/0/confirm/text/text",
    ),
    (
        "confirm button",
        30,
        lambda n: actions(button(confirm=confirm(deny=plain("x" * n)))),
        "/elements/0/confirm/deny/text",
    ),
    (
        "image alt_text",
        2000,
        lambda n: {"type": "image", "image_url": "https://x.example/a.png", "alt_text": "x" * n},
        "/alt_text",
    ),
    (
        "image url",
        3000,
        lambda n: {"type": "image", "image_url": "https://" + "x" * (n - 8), "alt_text": "x"},
        "/image_url",
    ),
    (
        "image title",
        2000,
        lambda n: {
            "type": "image",
            "image_url": "https://x.example",
            "alt_text": "x",
            "title": plain("x" * n),
        },
        "/title/text",
    ),
    ("input label", 2000, lambda n: entry(typed(), label=plain("x" * n)), "/label/text"),
    ("input hint", 2000, lambda n: entry(typed(), hint=plain("x" * n)), "/hint/text"),
    ("initial value", 3000, lambda n: entry(typed(initial_value="x" * n)), "/element/initial_value"),
    ("max_length", 3000, lambda n: entry(typed(max_length=n)), "/element/max_length"),
    ("min_length", 3000, lambda n: entry(typed(min_length=n)), "/element/min_length"),
    ("markdown", 12_000, lambda n: {"type": "markdown", "text": "x" * n}, "/text"),
    (
        "table rows",
        100,
        lambda n: {"type": "table", "rows": [[{"type": "raw_text", "text": "x"}]] * n},
        "/rows",
    ),
    (
        "table cells",
        20,
        lambda n: {"type": "table", "rows": [[{"type": "raw_text", "text": "x"}] * n]},
        "/rows/0",
    ),
]


@pytest.mark.parametrize(
    ("limit", "block", "pointer"), [row[1:] for row in MESSAGE_LIMITS], ids=lambda v: str(v)[:20]
)
def test_at_the_limit_is_fine_and_one_beyond_is_refused_there(limit: int, block: Any, pointer: str) -> None:
    assert check_message({"blocks": [block(limit)]}) == []
    found = check_message({"blocks": [block(limit + 1)]})
    assert f"/blocks/0{pointer}" in [p.pointer for p in found]


@given(st.sampled_from(MESSAGE_LIMITS), st.data())
def test_every_length_up_to_the_limit_is_fine(row: tuple[str, int, Any, str], data: st.DataObject) -> None:
    _, limit, block, _ = row
    least = 10 if "url" in row[0] else 1
    assert check_message({"blocks": [block(data.draw(st.integers(least, limit)))]}) == []


@pytest.mark.parametrize(("field", "limit"), [("title", 24), ("submit", 24), ("close", 24)])
def test_modal_texts_hold_24_characters(field: str, limit: int) -> None:
    def view(length: int) -> Json:
        return {"type": "modal", "title": plain(), "blocks": [], field: plain("x" * length)}

    assert check_view(view(limit)) == []
    assert check_view(view(limit + 1)) == [Problem(f"/{field}/text", "must be less than 25 characters")]


def test_private_metadata_holds_3000_characters() -> None:
    view = {"type": "modal", "title": plain(), "blocks": [], "private_metadata": "x" * 3000}
    assert check_view(view) == []
    assert [p.pointer for p in check_view(view | {"private_metadata": "x" * 3001})] == ["/private_metadata"]


def test_message_holds_50_blocks_and_a_view_100() -> None:
    divider: Json = {"type": "divider"}
    modal: Json = {"type": "modal", "title": plain()}
    assert check_message({"blocks": [divider] * 50}) == []
    assert check_message({"blocks": [divider] * 51}) == [Problem("/blocks", "no more than 50 items allowed")]
    assert check_view({**modal, "blocks": [divider] * 100}) == []
    assert check_view({**modal, "blocks": [divider] * 101}) == [
        Problem("/blocks", "no more than 100 items allowed")
    ]


WRONG: list[tuple[str, Json, str]] = [
    ("section of nothing", {"type": "section"}, "/blocks/0"),
    ("unknown block", {"type": "banner"}, "/blocks/0/type"),
    ("unknown field", section(colour="red"), "/blocks/0"),
    ("empty text", section(text=plain("")), "/blocks/0/text/text"),
    (
        "markup in a header",
        {"type": "header", "text": {"type": "mrkdwn", "text": "x"}},
        "/blocks/0/text/type",
    ),
    ("emoji in mrkdwn", section(text={"type": "mrkdwn", "text": "x", "emoji": True}), "/blocks/0/text"),
    ("no options", actions({"type": "static_select"}), "/blocks/0/elements/0"),
    (
        "options and groups",
        actions(select(option_groups=[{"label": plain(), "options": options(1)}])),
        "/blocks/0/elements/0",
    ),
    (
        "initial option that is none",
        actions(select(initial_option=option(9))),
        "/blocks/0/elements/0/initial_option",
    ),
    ("one value twice", actions(select(options=[option(1), option(1)])), "/blocks/0/elements/0/options"),
    ("input element in actions", actions(typed()), "/blocks/0/elements/0/type"),
    (
        "multi-select in actions",
        actions({"type": "multi_static_select", "options": options(1)}),
        "/blocks/0/elements/0/type",
    ),
    ("button in an input", entry(button()), "/blocks/0/element/type"),
    ("image without words", {"type": "image", "image_url": "https://x.example"}, "/blocks/0"),
    ("image without a picture", {"type": "image", "alt_text": "x"}, "/blocks/0"),
    ("relative address", actions(button(url="/release/1")), "/blocks/0/elements/0/url"),
    ("bad style", actions(button(style="loud")), "/blocks/0/elements/0/style"),
    (
        "bad date",
        actions({"type": "datepicker", "initial_date": "5.3.2026"}),
        "/blocks/0/elements/0/initial_date",
    ),
    (
        "bad time",
        actions({"type": "timepicker", "initial_time": "25:00"}),
        "/blocks/0/elements/0/initial_time",
    ),
    ("no actions", actions(), "/blocks/0/elements"),
    ("two with one action_id", actions(button(action_id="a"), button(action_id="a")), "/blocks/0/elements"),
    ("lengths the wrong way round", entry(typed(min_length=5, max_length=4)), "/blocks/0/element"),
    ("number without a kind", entry({"type": "number_input"}), "/blocks/0/element"),
    ("alert in a message", {"type": "alert", "text": plain()}, "/blocks/0/type"),
    ("not an object", "text", "/blocks/0"),  # type: ignore[list-item]  # the wrong shape is the case
]


@pytest.mark.parametrize(("block", "pointer"), [row[1:] for row in WRONG], ids=[row[0] for row in WRONG])
def test_wrong_block_is_refused_at_its_place(block: Json, pointer: str) -> None:
    assert pointer in [p.pointer for p in check_message({"blocks": [block]})]


def test_block_ids_are_unique_and_a_message_has_one_table() -> None:
    twice = [section(block_id="a"), section(block_id="a")]
    assert check_message({"blocks": twice}) == [Problem("/blocks", "`block_id` must be unique: a")]
    table = {"type": "table", "rows": [[{"type": "raw_text", "text": "x"}]]}
    assert check_message({"blocks": [table, table]}) == [Problem("/blocks", "only_one_table_allowed")]


def test_modal_with_an_input_needs_a_submit_button() -> None:
    view = {"type": "modal", "title": plain(), "blocks": [entry(typed())]}
    assert check_view(view) == [Problem("/submit", "missing required field: submit")]
    assert check_view({**view, "submit": plain()}) == []


def test_tables_and_markdown_stay_out_of_modals_and_alerts_in_them() -> None:
    blocks = [
        {"type": "table", "rows": [[{"type": "raw_text", "text": "x"}]]},
        {"type": "markdown", "text": "x"},
    ]
    view = {"type": "modal", "title": plain(), "blocks": blocks}
    assert [p.pointer for p in check_view(view)] == ["/blocks/0/type", "/blocks/1/type"]
    assert (
        check_view({**view, "blocks": [{"type": "alert", "text": plain("x" * 200), "level": "warning"}]})
        == []
    )


GOOD = [row[2](row[1]) for row in MESSAGE_LIMITS]
ODD = [None, True, 5, 1.5, "", "x", [], {}, [1], [[1]], [None], {"type": "x"}, {"type": 5}, {"type": {}}]


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Where something stands inside; of lists only the first two items."""
    inner = (
        value.items() if isinstance(value, dict) else enumerate(value[:2]) if isinstance(value, list) else ()
    )
    for key, item in inner:
        yield (*path, key)
        yield from places(item, (*path, key))


def replaced(block: Json, path: tuple[Any, ...], value: Any) -> Json:
    changed = copy.deepcopy(block)
    place: Any = changed
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = value
    return changed


@pytest.mark.parametrize(
    "block", [*GOOD, *(row[1] for row in WRONG if isinstance(row[1], dict))], ids=lambda b: b["type"]
)
def test_any_value_in_any_place_is_judged_and_never_breaks_the_check(block: Json) -> None:
    broken = [replaced(block, path, value) for path in places(block) for value in ODD]
    pointers = {p.pointer for b in broken for p in check_message({"blocks": [b]})}
    assert all(p.startswith("/blocks") for p in pointers)
    assert all(
        isinstance(check_view({"type": "modal", "title": plain(), "blocks": [b]}), list) for b in broken
    )


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=10), inner, max_size=4),
    max_leaves=12,
)


@given(ANYTHING)
def test_any_value_as_blocks_or_view_never_breaks_the_check(value: Any) -> None:
    assert isinstance(check_message({"blocks": value}), list)
    assert isinstance(check_view({"type": "modal", "title": value, "blocks": value}), list)


@pytest.mark.parametrize(
    "block", [b for b in GOOD if b["type"] in ("section", "header", "actions", "context", "input")]
)
def test_slack_sdks_models_agree_that_the_limits_are_fine(block: Json) -> None:
    parsed = Block.parse(block)
    assert parsed is not None
    parsed.validate_json()
