"""Composition objects: texts, options, confirm dialogs, filters."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sandbox.blockkit.checks import Check, Problem, boolean, list_of, one_of, shape, string

URL = string(3000)
URL_WITH_SCHEME = string(3000, pattern=r"(?s)(https?|mailto|slack|ftp|tel|sms)://?.+|mailto:.+|tel:.+")


def text(most: int, *, kinds: tuple[str, ...] = ("plain_text", "mrkdwn"), least: int = 1) -> Check:
    """A text object of up to `most` characters."""
    inner = shape(
        {"type": one_of(*kinds), "text": string(most, least=least)}, {"emoji": boolean, "verbatim": boolean}
    )

    def check(value: Any, at: str) -> Iterator[Problem]:
        yield from inner(value, at)
        if not isinstance(value, dict):
            return
        if value.get("type") == "mrkdwn" and value.get("emoji") is not None:
            yield Problem(at, "invalid additional property: emoji")
        if value.get("type") == "plain_text" and value.get("verbatim") is not None:
            yield Problem(at, "invalid additional property: verbatim")

    return check


def plain(most: int) -> Check:
    return text(most, kinds=("plain_text",))


def option(*, markup: bool = False, url: bool = False) -> Check:
    """`markup`: checkboxes and radio buttons may use mrkdwn; `url`: overflow menus may open an address."""
    words = text(75) if markup else plain(75)
    extra = {"url": URL} if url else {}
    return shape({"text": words, "value": string(150)}, {"description": words, **extra})


OPTION = option()
OPTION_GROUP = shape({"label": plain(75), "options": list_of(OPTION, 100)}, {})
CONFIRM = shape(
    {"title": plain(100), "text": text(300), "confirm": plain(30), "deny": plain(30)},
    {"style": one_of("primary", "danger")},
)
DISPATCH_CONFIG = shape(
    {"trigger_actions_on": list_of(one_of("on_enter_pressed", "on_character_entered"), 2)}, {}
)
CONVERSATION_FILTER = shape(
    {},
    {
        "include": list_of(one_of("im", "mpim", "private", "public"), 4),
        "exclude_external_shared_channels": boolean,
        "exclude_bot_users": boolean,
    },
)
SLACK_FILE = shape({}, {"id": string(255), "url": URL})


def image_source(value: Any, at: str) -> Iterator[Problem]:
    """An image has an address or an uploaded file, not both."""
    if isinstance(value, dict) and (value.get("image_url") is None) == (value.get("slack_file") is None):
        yield Problem(at, "must provide exactly one of image_url or slack_file")
