"""Rich text: sections, lists, quotes, preformatted text and their parts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sandbox.blockkit.checks import Check, Problem, boolean, by_type, integer, list_of, one_of, shape, string
from sandbox.blockkit.texts import URL

_STYLE = shape(
    {}, {"bold": boolean, "italic": boolean, "strike": boolean, "code": boolean, "underline": boolean}
)
_MENTION_STYLE = shape(
    {}, dict.fromkeys(("bold", "italic", "strike", "highlight", "client_highlight", "unlink"), boolean)
)
_ID = string(255)
PARTS: dict[str, Check] = {
    "text": shape({"text": string(13_000)}, {"style": _STYLE}),
    "link": shape({"url": URL}, {"text": string(3000), "unsafe": boolean, "style": _STYLE}),
    "emoji": shape({"name": string(255)}, {"unicode": string(255), "skin_tone": integer(1, 6)}),
    "user": shape({"user_id": _ID}, {"style": _MENTION_STYLE}),
    "usergroup": shape({"usergroup_id": _ID}, {"style": _MENTION_STYLE}),
    "channel": shape({"channel_id": _ID}, {"style": _MENTION_STYLE}),
    "broadcast": shape({"range": one_of("here", "channel", "everyone")}, {"style": _MENTION_STYLE}),
    "date": shape(
        {"timestamp": integer(0, 10**11), "format": string(255)}, {"url": URL, "fallback": string(3000)}
    ),
    "color": shape({"value": string(255)}, {}),
}
_BORDER = {"border": integer(0, 1)}
_PIECES = list_of(by_type(PARTS), 1000, least=0)
_SECTION = shape({"elements": _PIECES}, {})
_NARROW = list_of(by_type(PARTS, allowed=("text", "link")), 1000, least=0)


def _list_items(value: Any, at: str) -> Iterator[Problem]:
    yield from by_type({"rich_text_section": _SECTION})(value, at)


ELEMENTS: dict[str, Check] = {
    "rich_text_section": _SECTION,
    "rich_text_list": shape(
        {"style": one_of("bullet", "ordered"), "elements": list_of(_list_items, 1000)},
        {"indent": integer(0, 8), "offset": integer(0, 10**6), **_BORDER},
    ),
    "rich_text_quote": shape({"elements": _PIECES}, _BORDER),
    "rich_text_preformatted": shape({"elements": _NARROW}, {**_BORDER, "language": string(255)}),
}
RICH_TEXT = shape({"elements": list_of(by_type(ELEMENTS), 1000)}, {"block_id": string(255)})
