"""The formats of `naru calendar` that show one month, each in a module of its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.cli.formats import data, mermaid, picture, text
from domain.month import CalendarView
from messages.texts import Reader

Write = Callable[[Reader, CalendarView], bytes]

MONTHLY: Mapping[str, Write] = {
    "text": text.write,
    "json": data.write,
    "mermaid": mermaid.write,
    "png": picture.write,
}
BINARY = frozenset({"png"})
"""Formats that are nothing to read on a terminal."""
