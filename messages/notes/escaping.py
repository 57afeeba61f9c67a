"""Words of others inside Markdown: they stay words, whatever they look like."""

from __future__ import annotations

import re
from functools import lru_cache

from messages.blocks import clean, cut

TEXT = 1000
_SPAN = re.compile(r"(`[^`]+`)")
# Most lines: a letter, and no sign that means anything to anybody.
_AS_IT_IS = re.compile(r"[^\W\d_][^\\`*\[\]<>|~&_@\n]*")
# An underscore inside a word means nothing to Markdown, and names are full of them.
_SIGNS = re.compile(r"([\\`*\[\]<>|~&]|(?<![^\W_])_|_(?![^\W_]))")
_START = re.compile(r"^(?:([#+=-])|(\d{1,9})([.)]))")
# Forges tell people whom a text mentions; a word joiner between sign and name is not seen and stops that.
_MENTION = re.compile(r"@(?=\w)")
_UNMENTIONED = "@\u2060"


def words(text: str, limit: int = TEXT) -> str:
    """One line, also where a line begins: no heading, list or rule comes of it."""
    if _is_plain(text, limit):
        return text
    return _START.sub(_disarmed, inline(text, limit))


def inline(text: str, limit: int = TEXT) -> str:
    """One line, inside another. What its writer put into backticks stays code."""
    if _is_plain(text, limit):
        return text
    if not text.isprintable() or len(text) > limit:
        text = cut(clean(text), limit)
    line = " ".join(text.split()) if "  " in text or "\n" in text else text.strip()
    if "`" not in line:
        return _plain(line)
    parts = _SPAN.split(line)
    parts[::2] = [_plain(part) for part in parts[::2]]
    return "".join(parts)


def _is_plain(text: str, limit: int) -> bool:
    """Whether escaping would change nothing, seen at a glance."""
    return (
        _AS_IT_IS.fullmatch(text) is not None
        and "  " not in text
        and text[-1] != " "
        and len(text) <= limit
        and text.isprintable()
    )


def _plain(text: str) -> str:
    signed = _SIGNS.sub(r"\\\1", text)
    return _MENTION.sub(_UNMENTIONED, signed) if "@" in signed else signed


@lru_cache(maxsize=4096)
def name(text: str) -> str:
    """A scope, an author, a reference: such words come again and again."""
    return inline(text)


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
