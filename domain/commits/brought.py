"""Which pull request brought a commit onto the main line, where its own message does not say."""

from __future__ import annotations

from dataclasses import replace

from domain.commits.model import Change, Commit


class Brought:
    """Follows what merges brought, while commits pass children before parents, the main line's head first.

    Merges grow older as the commits pass. What several of them reach was brought by the oldest, and what is
    on the main line by none.
    """

    def __init__(self) -> None:
        self._next = ""
        self._merges = 0
        self._reached: dict[str, tuple[int, int]] = {}

    def passes(self, commit: Commit, change: Change) -> Change:
        """The change with the number of the pull request that brought it."""
        if self._merges == 0 or commit.sha == self._next:
            self._on_the_line(commit, change.pull_request or 0)
            return change
        merge, number = self._reached.pop(commit.sha, (0, 0))
        for parent in commit.parents:
            self._reach(parent, merge, number)
        return replace(change, pull_request=number) if number and not change.pull_request else change

    def _on_the_line(self, commit: Commit, number: int) -> None:
        self._merges += 1
        self._reached.pop(commit.sha, None)
        self._next = next(iter(commit.parents), "")
        for parent in commit.parents[1:]:
            self._reach(parent, self._merges, number)

    def _reach(self, sha: str, merge: int, number: int) -> None:
        if merge > self._reached.get(sha, (0, 0))[0]:
            self._reached[sha] = (merge, number)
