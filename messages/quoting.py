"""Words of others inside our texts: escaped, on one line, not endless. Quick to import."""

from __future__ import annotations

import re

from messages.blocks import clean, cut, esc

QUOTE = 300
_SHA_SHOWN = 7
_URL = re.compile(r"https?://[^\s<>|]{1,1000}")


def quote(text: str, limit: int = QUOTE) -> str:
    """Somebody's words on one line, escaped, with an ellipsis where they are longer than `limit`."""
    return cut(esc(" ".join(clean(text).split())), limit)


def code(text: str) -> str:
    """A branch, tag or path as code."""
    return f"`{quote(text).replace('`', 'ˋ')}`"


def sha(commit: str) -> str:
    """`1a2b3c4` as code."""
    return code(commit[:_SHA_SHOWN])


def link(url: str, label: str) -> str:
    """A named link when the address is one, else the words as they were typed."""
    if not _URL.fullmatch(url):
        return quote(url)
    return f"<{esc(url)}|{esc(label)}>"
