"""The formats of `naru calendar` that show a month or some weeks, each in a module of its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.cli.formats import data, mermaid, picture, text, timeline
from domain.month import CalendarView
from messages.texts import Reader

Write = Callable[[Reader, CalendarView], bytes]

MONTHLY: Mapping[str, Write] = {
    "text": text.write,
    "json": data.write,
    "mermaid": mermaid.write,
    "png": picture.write,
}
WEEKLY: Mapping[str, Write] = {"timeline": timeline.write}
"""The coming weeks, or those from a day on."""
BINARY = frozenset({"png", "timeline"})
"""Formats that are nothing to read on a terminal."""
