"""The live changes of commits that are all there, found the plain way: everything is looked up among all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice

from domain.commits import STANDARD, Change, ChangeKind, Commit, Grammar, Reverts, parse
from domain.commits.merged import MergedBy
from domain.commits.naming import identity_of, names_of

_FULL_SHA = 40


def plainly(commits: Sequence[Commit], grammar: Grammar = STANDARD) -> list[Change]:
    return list(_Reader(commits, grammar).live())


class _Reader:
    """One pass from the newest commit back.

    By the time a commit is reached, every newer revert that still stands has marked what it undid; a revert
    that was itself undone is passed over and marks nothing, which is what makes reverts of reverts right.
    Cherry-picks share the identity of the commit they were picked from.
    """

    def __init__(self, commits: Sequence[Commit], grammar: Grammar) -> None:
        self._commits = commits
        self._changes = tuple(parse(commit, grammar) for commit in commits)
        self._by_sha = {commit.sha: commit for commit in commits}
        self._places = _index(commits, self._changes)
        self._gone: set[str] = set()

    def live(self) -> Iterator[Change]:
        merged_by = MergedBy()
        for place, (commit, told) in enumerate(zip(self._commits, self._changes, strict=True)):
            number = merged_by.number(commit.sha, " ".join(commit.parents), told.pull_request or 0)
            change = told if number == (told.pull_request or 0) else replace(told, pull_request=number)
            identity = identity_of(commit)
            if identity in self._gone:
                continue
            undone = self._undone(change.reverts, place)
            self._gone |= undone
            self._gone.add(identity)
            if not undone and not _only_merges(commit, change):
                yield change

    def _undone(self, reverts: Reverts | None, place: int) -> set[str]:
        if reverts is None:
            return set()
        return {
            identity_of(brought)
            for target in self._targets(reverts, place)
            for brought in self._brought_by(target)
        }

    def _targets(self, reverts: Reverts, place: int) -> Iterator[Commit]:
        """The commits of the range that are meant; of several alike the newest one below the revert."""
        for sha in reverts.shas:
            yield from (self._commits[at] for at in self._places.get(sha) or self._abbreviated(sha))
        for name in (reverts.pull_request, reverts.subject):
            if name is not None:
                older = (at for at in self._places.get(name, ()) if at > place)
                yield from (self._commits[at] for at in islice(older, 1))

    def _abbreviated(self, sha: str) -> list[int]:
        if len(sha) >= _FULL_SHA:
            return []
        return [at for at, commit in enumerate(self._commits) if commit.sha.startswith(sha)]

    def _brought_by(self, target: Commit) -> Iterator[Commit]:
        """The commit itself and, of a merge, all that it merged: reverting a merge takes all of it back."""
        yield target
        if target.is_merge:
            kept = self._ancestors(target.parents[:1])
            yield from (self._by_sha[sha] for sha in self._ancestors(target.parents[1:]) - kept)

    def _ancestors(self, tips: Iterable[str]) -> set[str]:
        found: set[str] = set()
        waiting = list(tips)
        while waiting:
            sha = waiting.pop()
            if sha in self._by_sha and sha not in found:
                found.add(sha)
                waiting.extend(self._by_sha[sha].parents)
        return found


def _only_merges(commit: Commit, change: Change) -> bool:
    return commit.is_merge and change.kind is ChangeKind.OTHER and not change.breaking


def _index(commits: Sequence[Commit], found: Sequence[Change]) -> Mapping[str | int, list[int]]:
    """Where a commit is, by any name that a revert may use: SHA, first line, description, pull request."""
    places: dict[str | int, list[int]] = defaultdict(list)
    for at, (commit, change) in enumerate(zip(commits, found, strict=True)):
        for name in names_of(commit, change, identity_of(commit)):
            places[name].append(at)
    return places
