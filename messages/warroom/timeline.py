"""A line of a war room's timeline, as who reads it later has it."""

from __future__ import annotations

from domain.rollback import Entry
from messages import blocks
from messages.lines import on_record
from messages.parts import stamp
from messages.texts import Reader


def entry(reader: Reader, of: Entry, limit: int) -> str:
    """One line, its words cut to `limit` characters; a quotation would be one only at a line's beginning."""
    said = on_record(reader, of.event, of.user)
    words = " · ".join(part.removeprefix("> ") for part in said.splitlines())
    return f"{stamp(reader, of.at)} {blocks.cut(words, limit)}"
