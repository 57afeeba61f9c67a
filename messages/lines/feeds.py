"""Lines of feeds: what they changed of the calendar, and why one could not be read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from domain import events as v
from domain.calendar.imports import FeedChange
from messages.imports import faults
from messages.names import word
from messages.parts import bullets, code, fitting, quote, when
from messages.texts import Reader

FeedSaid = v.FeedRead | v.FeedRefused

_ADDED = word("Added: {name}, from {start} to {end}")
_CHANGED = word("Changed: {name}, now from {start} to {end}")
_REMOVED = word("Removed: {name}, from {start} to {end}")
_LIST = 2500


def feed_line(reader: Reader, said: FeedSaid) -> str:
    t = reader.t
    match said:
        case v.FeedRead():
            head = t("*Calendar feed {feed}*", feed=code(said.feed))
            if said.added or said.changed:
                head = t("{head}: no deploys in these times.", head=head)
            return f"{head}\n{fitting(reader, list(_changes(reader, said)), _LIST)}"
        case v.FeedRefused():
            head = t(
                "*Calendar feed not read*: {feed}. What was read from it before stays.", feed=code(said.feed)
            )
            return f"{head}\n{bullets(quote(line, 400) for line in faults(reader, said.faults))}"
        case _:
            assert_never(said)


def _changes(reader: Reader, said: v.FeedRead) -> Iterator[str]:
    for text, changes in ((_ADDED, said.added), (_CHANGED, said.changed), (_REMOVED, said.removed)):
        for change in changes:
            yield f"• {_change(reader, text, change)}"
    if said.later:
        later = reader.t("Later times of known events: {n}", n=said.later)
        yield f"• {later}"


def _change(reader: Reader, text: str, of: FeedChange) -> str:
    start, end = when(reader, of.start), when(reader, of.end)
    said = reader.t(text, name=quote(of.name, 150), start=start, end=end)
    if of.count == 1:
        return said
    times = reader.t("{n} times in all", n=of.count)
    return f"{said} · {times}"
