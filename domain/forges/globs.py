"""Which paths a policy means: `*` and `?` stay within one folder, `**` stands for any number of folders."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

_WILD = re.compile(r"\*\*/|\*\*|\*|\?")
_MEANS = {"**/": "(?:[^/]+/)*", "**": ".*", "*": "[^/]*", "?": "[^/]"}


def covered(path: str, globs: Sequence[str]) -> bool:
    """Whether one of the globs means this path, which counts from the repository's root."""
    return any(_pattern(glob).fullmatch(path) for glob in globs)


@cache
def _pattern(glob: str) -> re.Pattern[str]:
    text, end = "", 0
    for found in _WILD.finditer(glob):
        text += re.escape(glob[end : found.start()]) + _MEANS[found[0]]
        end = found.end()
    return re.compile(text + re.escape(glob[end:]), re.DOTALL)
