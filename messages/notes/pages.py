"""Divides long texts over Slack's blocks and messages, between entries and never inside one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from messages.blocks import MESSAGE_BLOCKS, SECTION, Block, section

# Slack takes about 13,000 characters in all blocks of a message together; that limit is not documented.
PAGE = 11_000
_FENCE = "```"
# Where a unit that is longer than a block may be divided at all.
_TOKEN = re.compile(r"<[^<>]*>|&[a-z]+;|.", re.DOTALL)


def texts(units: Iterable[str]) -> Iterator[str]:
    """As many whole units together as one section takes. A unit that is longer is divided at its lines."""
    part = ""
    for piece in (piece for unit in units for piece in _pieces(unit)):
        if part and len(part) + len(piece) + 1 > SECTION:
            yield part
            part = ""
        part = f"{part}\n{piece}" if part else piece
    if part.strip():
        yield part


def pages(groups: Sequence[Sequence[Block]], first: Sequence[Block]) -> list[list[Block]]:
    """The blocks of each message; `first` stand on top of the first one."""
    found = [list(first)]
    room = PAGE - _size(first)
    for block in (block for group in groups for block in group):
        size = _size([block])
        if len(found[-1]) == MESSAGE_BLOCKS or size > room:
            found.append([])
            room = PAGE
        found[-1].append(block)
        room -= size
    return found


def _size(blocks: Iterable[Block]) -> int:
    texts_of = (
        part["text"] for block in blocks for part in (block.get("text"), *block.get("fields", ())) if part
    )
    return sum(len(text) for text in texts_of)


def sections(units: Iterable[str]) -> list[Block]:
    return [section(text) for text in texts(units)]


def _pieces(unit: str) -> Iterator[str]:
    if len(unit) <= SECTION:
        yield unit
        return
    code = unit.startswith(_FENCE)
    frame = len(f"{_FENCE}\n\n{_FENCE}") if code else 0
    inside = unit.removeprefix(f"{_FENCE}\n").removesuffix(f"\n{_FENCE}") if code else unit
    for piece in _divided(inside, SECTION - frame):
        yield f"{_FENCE}\n{piece}\n{_FENCE}" if code else piece


def _divided(text: str, limit: int) -> Iterator[str]:
    """At line breaks where there are some, else at spaces, else between signs; never inside a link."""
    rest = text
    while len(rest) > limit:
        at = max(rest.rfind("\n", 0, limit), 0) or max(_space(rest, limit), 0) or _between(rest, limit)
        yield rest[:at].rstrip()
        rest = rest[at:].lstrip("\n ")
    if rest:
        yield rest


def _space(text: str, limit: int) -> int:
    """The last space that is not inside a link."""
    at = text.rfind(" ", 0, limit)
    opened = text.rfind("<", 0, at + 1)
    return text.rfind(" ", 0, opened) if opened > text.rfind(">", 0, at + 1) else at


def _between(text: str, limit: int) -> int:
    end = 0
    for token in _TOKEN.finditer(text):
        if token.end() > limit:
            break
        end = token.end()
    return end or limit
