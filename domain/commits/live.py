"""Which commits of a range reach it, in one pass from the newest back that keeps only what was asked for.

For histories too long to hold: `changes` tells the same of commits that are all there.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

from domain.commits.brought import Brought
from domain.commits.grammar import STANDARD, Grammar
from domain.commits.model import Change, Commit, Reverts
from domain.commits.parsing import parse
from domain.commits.scope import identity_of, names_of, only_merges
from domain.commits.unmerged import Unmerged

T = TypeVar("T")

_FULL_SHA = 40
_NOWHERE = -1


@dataclass(frozen=True)
class _Waiting:
    """A revert that stands, until the commits that it means are met.

    `place` is its own among what is kept, `since` where what is older than it begins there. `once` is set
    where a name means the next commit that bears it, and no other.
    """

    place: int
    since: int
    once: bool


class Live(Generic[T]):
    """Takes commits newest first, children before parents, and keeps of each live change what `keep` makes.

    A revert that stands is kept until what it takes back is met; then both are gone. A revert that was
    itself taken back is passed over and waits for nothing, which is what makes reverts of reverts right.
    Cherry-picks share the identity of the commit they were picked from.
    """

    def __init__(self, keep: Callable[[Change], T], grammar: Grammar = STANDARD) -> None:
        self._keep = keep
        self._grammar = grammar
        self._kept: list[T | None] = []
        self._met: dict[str, int] = {}
        self._waiting: dict[str | int, list[_Waiting]] = {}
        self._abbreviated: tuple[str, ...] = ()
        self._unmerged = Unmerged()
        self._brought = Brought()

    def take(self, commit: Commit) -> None:
        change = self._brought.passes(commit, parse(commit, self._grammar))
        identity = identity_of(commit)
        meaning = self._meaning(commit, change, identity) if self._waiting else []
        undone = self._unmerged.passes(commit) or bool(meaning)
        for waiting in meaning:
            self._cancel(waiting, identity)
        if meaning and commit.is_merge:
            self._unmerged.take_back(commit)
        if undone:
            self._met.setdefault(identity, _NOWHERE)
        elif identity not in self._met:
            self._met[identity] = self._add(commit, change)

    def met_any(self, shas: Collection[str]) -> bool:
        """Whether any of these commits, or a pick of one, was taken."""
        return not self._met.keys().isdisjoint(shas)

    def kept(self) -> Iterator[T]:
        """Newest first."""
        return (one for one in self._kept if one is not None)

    def _add(self, commit: Commit, change: Change) -> int:
        """Its place; nowhere for what announces nothing, or takes back what is met already."""
        found = change.reverts
        place = _NOWHERE
        if not only_merges(commit, change) and not (found and self.met_any(found.shas)):
            place = len(self._kept)
            self._kept.append(self._keep(change))
        if found is not None:
            self._wait(found, place)
        return place

    def _wait(self, reverts: Reverts, place: int) -> None:
        since = len(self._kept)
        for sha in reverts.shas:
            self._waiting.setdefault(sha, []).append(_Waiting(place, since, once=False))
            if len(sha) < _FULL_SHA:
                self._abbreviated = (*self._abbreviated, sha)
        for name in (reverts.pull_request, reverts.subject):
            if name is not None:
                self._waiting.setdefault(name, []).append(_Waiting(place, since, once=True))

    def _meaning(self, commit: Commit, change: Change, identity: str) -> list[_Waiting]:
        """The reverts that take this commit back, by any of the names that a revert may use."""
        names = names_of(commit, change, identity)
        found: list[_Waiting] = []
        if self._abbreviated and commit.sha.startswith(self._abbreviated):
            names |= {sha for sha in self._abbreviated if commit.sha.startswith(sha)}
        for name in names & self._waiting.keys():
            found += self._waiting[name]
            left = [waiting for waiting in self._waiting[name] if not waiting.once]
            if left:
                self._waiting[name] = left
            else:
                del self._waiting[name]
        return found

    def _cancel(self, waiting: _Waiting, identity: str) -> None:
        """Takes the revert away, and a pick of the same change that came between the two."""
        if waiting.place != _NOWHERE:
            self._kept[waiting.place] = None
        between = self._met.get(identity, _NOWHERE)
        if between >= waiting.since:
            self._kept[between] = None
            self._waiting = {
                name: [one for one in those if one.place != between] for name, those in self._waiting.items()
            }
