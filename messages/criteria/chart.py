"""What stands beside the chart of a breach, and in its place where it cannot be drawn."""

from __future__ import annotations

from domain.views import BreachChart
from messages.blocks import section
from messages.criteria import words
from messages.lines.lifecycle import head
from messages.message import Message
from messages.parts import bullets, stamp
from messages.texts import Reader

_SHOWN = 10


def comment(reader: Reader, view: BreachChart) -> str:
    return f"{head(str(view.release.version))} {words.breach(reader, view.breach)}"


def in_words(reader: Reader, view: BreachChart) -> Message:
    """The newest readings as text."""
    t = reader.t
    rows = [
        f"{stamp(reader, one.at)}: {words.value(reader, view.breach, one.value)}"
        for one in view.readings[-_SHOWN:]
    ]
    failed = t("The chart could not be drawn. The newest readings:")
    text = f"{comment(reader, view)}\n{failed}"
    shown = f"{text}\n{bullets(rows)}" if rows else text
    return Message(shown, [section(shown)])
