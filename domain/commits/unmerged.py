"""What goes with a merge that was taken back: all that it brought, and nothing that was there without it."""

from __future__ import annotations

from collections.abc import Sequence


class Unmerged:
    """Follows the ancestors of merges that were taken back, while commits pass children before parents.

    Each such merge has a bit. Commits that are reached through a merged parent bear it as brought, those that
    are reached through the first parent as there before; who bears it as brought alone goes with the merge.
    """

    def __init__(self) -> None:
        self._since: list[int] = []
        self._reached: dict[str, tuple[int, int]] = {}

    @property
    def active(self) -> bool:
        return bool(self._reached)

    def take_back(self, parents: Sequence[str], since: int) -> None:
        """Of the merge that has just passed; `since` is where its revert stands."""
        bit = 1 << len(self._since)
        self._since.append(since)
        first, *merged = parents
        self._reach(first, 0, bit)
        for parent in merged:
            self._reach(parent, bit, 0)

    def passes(self, sha: str, parents: str) -> int | None:
        """Where the newest revert stands that takes the next commit away with a merge; None where none does.

        `parents` as git tells.
        """
        brought, before = self._reached.pop(sha, (0, 0))
        if brought or before:
            for parent in parents.split():
                self._reach(parent, brought, before)
        gone = brought & ~before
        return min((since for bit, since in enumerate(self._since) if gone >> bit & 1), default=None)

    def _reach(self, sha: str, brought: int, before: int) -> None:
        known = self._reached.get(sha, (0, 0))
        self._reached[sha] = (known[0] | brought, known[1] | before)
