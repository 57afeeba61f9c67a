"""Words of others inside Markdown: they stay words, whatever they look like."""

from __future__ import annotations

import re

from messages.blocks import clean, cut

TEXT = 1000
_SPAN = re.compile(r"(`[^`]+`)")
# An underscore inside a word means nothing to Markdown, and names are full of them.
_SIGNS = re.compile(r"([\\`*\[\]<>|~&]|(?<![^\W_])_|_(?![^\W_]))")
_START = re.compile(r"^(?:([#+=-])|(\d{1,9})([.)]))")
# Forges tell people whom a text mentions; a word joiner between sign and name is not seen and stops that.
_MENTION = re.compile(r"@(?=\w)")
_UNMENTIONED = "@\u2060"


def words(text: str, limit: int = TEXT) -> str:
    """One line, also where a line begins: no heading, list or rule comes of it."""
    return _START.sub(_disarmed, inline(text, limit))


def inline(text: str, limit: int = TEXT) -> str:
    """One line, inside another. What its writer put into backticks stays code."""
    line = " ".join(cut(clean(text), limit).split())
    if line.isalnum():
        return line
    parts = _SPAN.split(line)
    parts[::2] = [_MENTION.sub(_UNMENTIONED, _SIGNS.sub(r"\\\1", part)) for part in parts[::2]]
    return "".join(parts)


def paragraph(text: str, limit: int) -> list[str]:
    """Several lines, each escaped; empty ones are left out."""
    return [words(line) for line in cut(clean(text), limit).splitlines() if line.strip()]


def span(text: str) -> str:
    """Code, on one line."""
    line = " ".join(clean(text).split()).replace("`", "ˋ")
    return f"`{line}`" if line else ""


def link(label: str, url: str) -> str:
    """`label` is Markdown already; plain where there is no address."""
    return f"[{label}]({url})" if url else label


def _disarmed(start: re.Match[str]) -> str:
    sign, number, point = start.groups()
    return f"\\{sign}" if sign else f"{number}\\{point}"
