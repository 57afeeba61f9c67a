"""What goes with a merge that was taken back: all that it brought, and nothing that was there without it."""

from __future__ import annotations

from domain.commits.model import Commit


class Unmerged:
    """Follows the ancestors of merges that were taken back, while commits pass children before parents.

    Each such merge has a bit. Commits that are reached through a merged parent bear it as brought, those that
    are reached through the first parent as there before; who bears it as brought alone goes with the merge.
    """

    def __init__(self) -> None:
        self._merges = 0
        self._reached: dict[str, tuple[int, int]] = {}

    def take_back(self, merge: Commit) -> None:
        """Of a commit that has just passed."""
        bit = 1 << self._merges
        self._merges += 1
        first, *merged = merge.parents
        self._reach(first, 0, bit)
        for parent in merged:
            self._reach(parent, bit, 0)

    def passes(self, commit: Commit) -> bool:
        """Whether it goes with one of the merges."""
        if not self._reached:
            return False
        brought, before = self._reached.pop(commit.sha, (0, 0))
        if brought or before:
            for parent in commit.parents:
                self._reach(parent, brought, before)
        return bool(brought & ~before)

    def _reach(self, sha: str, brought: int, before: int) -> None:
        known = self._reached.get(sha, (0, 0))
        self._reached[sha] = (known[0] | brought, known[1] | before)
