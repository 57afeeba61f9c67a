"""Reads files such as `.env.example`: names of environment variables and their defaults."""

from __future__ import annotations

import re
from collections.abc import Mapping

MOST_BYTES = 256 * 1024
"""A larger file is no list of variables, and is not read."""

_MOST_VARIABLES = 1000
_LONGEST_VALUE = 200
_BYTE_ORDER_MARK = "\ufeff"
# What git has in place of a file that Git LFS keeps: https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md
_LFS_POINTER = b"version https://git-lfs"
_ASSIGNMENT = re.compile(r"\s*(?:export\s+)?([A-Za-z_][A-Za-z0-9_.-]{0,99})\s*=[ \t]*(.*)")
_COMMENT = re.compile(r"\s#.*|^#.*")
_QUOTES = ("'", '"')


def read_variables(content: bytes) -> Mapping[str, str] | None:
    """The variables of a file in its order; of several of one name the last counts, as in a shell.

    None where the content is not in git. Quotes fall away and values are cut to 200 characters; what is no
    assignment is passed over, bytes that are no text become U+FFFD. A value in quotes may go on over lines:
    its first line stands for it.
    """
    if content.startswith(_LFS_POINTER):
        return None
    text = content.decode(errors="replace").removeprefix(_BYTE_ORDER_MARK)
    found: dict[str, str] = {}
    inside = ""
    for line in text.splitlines():
        if inside:
            inside = "" if inside in line else inside
        elif assigned := _ASSIGNMENT.fullmatch(line):
            found[assigned[1]], inside = _value(assigned[2].strip())
        if len(found) == _MOST_VARIABLES:
            break
    return found


def _value(written: str) -> tuple[str, str]:
    """What a value says, and the quote that is still open at the end of its line."""
    if not written.startswith(_QUOTES):
        return _COMMENT.sub("", written).strip()[:_LONGEST_VALUE], ""
    quote, rest = written[0], written[1:]
    value, closed, _ = rest.partition(quote)
    return value[:_LONGEST_VALUE], "" if closed else quote
