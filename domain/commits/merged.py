"""Which pull request brought a commit onto the main line, told while commits pass children before parents."""

from __future__ import annotations


class MergedBy:
    """Follows the first parents from the first commit that passes; what a merge of that line brought, and no
    older one, bears the number of its pull request.
    """

    def __init__(self) -> None:
        self._line: str | None = None
        self._merges = 0
        self._numbers: dict[str, tuple[int, int]] = {}

    def number(self, sha: str, parents: str, own: int) -> int:
        """Of the next commit: its own, else that of the merge that brought it, else 0."""
        if self._line is None or sha == self._line:
            self._line, _, merged = parents.partition(" ")
            self._numbers.pop(sha, None)
            if merged:
                self._merges += 1
                self._numbers |= dict.fromkeys(merged.split(), (self._merges, own))
            return own
        found = self._numbers.pop(sha, None)
        if found is None:
            return own
        for parent in parents.split():
            self._numbers[parent] = max(found, self._numbers.get(parent, found))
        return own or found[1]
