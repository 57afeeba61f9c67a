"""What stands before the colon of a plain first line, read once for each way of writing it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import NamedTuple

from domain.commits.model import ChangeKind
from domain.commits.words import REVERT_WORDS, SECURITY_SCOPES

_PREFIX = re.compile(r"([a-z]+|[가-힣]+)(?:\(([^()（）\s]+)\))?(!)?")
# Real histories have some hundred; one that has more was written by a machine.
_MOST = 10_000


class Prefix(NamedTuple):
    """`fix(cart)!`"""

    kind: ChangeKind
    scope: str
    breaking: bool


class Prefixes(dict[str, Prefix | None]):
    """By what is written: None for all that only the parser can tell."""

    def __init__(self, kinds: Mapping[str, ChangeKind], may_refer: Callable[[str], object]) -> None:
        self._kinds = kinds
        self._may_refer = may_refer

    def __missing__(self, written: str) -> Prefix | None:
        meant = self._read(written)
        if len(self) < _MOST:
            self[written] = meant
        return meant

    def _read(self, written: str) -> Prefix | None:
        found = _PREFIX.fullmatch(written)
        kind = self._kinds.get(found[1]) if found else None
        if found is None or kind is None or found[1] in REVERT_WORDS or self._may_refer(written):
            return None
        scope = found[2] or ""
        secure = kind is ChangeKind.FIX and scope.lower() in SECURITY_SCOPES
        return Prefix(ChangeKind.SECURITY if secure else kind, scope, found[3] is not None)
