"""Which commits of a range reach it, in one pass from the newest back: of histories too long to hold, and by
`changes` of commits that are all there.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from domain.commits.grammar import STANDARD, Grammar
from domain.commits.merged import MergedBy
from domain.commits.model import Change, ChangeKind, Commit, Reverts
from domain.commits.naming import bare, identity_of, names_of, only_merges
from domain.commits.parsing import parse
from domain.commits.told import Fields, Row, Told, at_a_glance, told
from domain.commits.unmerged import Unmerged

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


class Live:
    """Takes commits newest first, children before parents, and keeps the live changes.

    A revert that stands is kept until what it takes back is met; then both are gone. A revert that was
    itself taken back is passed over and waits for nothing, which is what makes reverts of reverts right.
    Cherry-picks share the identity of the commit they were picked from.
    """

    def __init__(self, grammar: Grammar = STANDARD) -> None:
        self._grammar = grammar
        self._kept: list[Told | None] = []
        self._met: dict[str, int] = {}
        self._waiting: dict[str | int, list[_Waiting]] = {}
        self._abbreviated: tuple[str, ...] = ()
        self._unmerged = Unmerged()
        self._merged_by = MergedBy()

    def take(self, row: Fields) -> None:
        sha, parents, _, _, _, subject, _ = row
        undone = self._unmerged.passes(sha, parents) if self._unmerged.active else None
        plain = at_a_glance(row, self._grammar)
        if plain is None or undone is not None or (self._waiting and self._is_meant(plain, subject)):
            self._take(Row._make(row).commit, undone=undone)
            return
        # It takes nothing back, and nobody takes it back.
        own, met, kept = plain.pull_request, self._met, self._kept
        number = self._merged_by.number(sha, parents, own)
        if sha in met:
            return
        if " " in parents and plain.kind is ChangeKind.OTHER and not plain.breaking:
            met[sha] = _NOWHERE
            return
        met[sha] = len(kept)
        kept.append(plain if number == own else plain._replace(pull_request=number))

    def _is_meant(self, plain: Told, subject: str) -> bool:
        """Whether a revert may mean it, by any of its names."""
        waiting, number = self._waiting, plain.pull_request
        if plain.sha in waiting or subject in waiting or plain.text in waiting:
            return True
        if number and (number in waiting or bare(subject) in waiting):
            return True
        return bool(self._abbreviated) and plain.sha.startswith(self._abbreviated)

    def _take(self, commit: Commit, *, undone: int | None) -> None:
        change = parse(commit, self._grammar)
        identity = identity_of(commit)
        number = self._merged_by.number(commit.sha, " ".join(commit.parents), change.pull_request or 0)
        meaning = self._meaning(commit, change, identity) if self._waiting else []
        for waiting in meaning:
            if waiting.place != _NOWHERE:
                self._kept[waiting.place] = None
        since = min([one.since for one in meaning] + ([] if undone is None else [undone]), default=None)
        if meaning and commit.is_merge:
            self._unmerged.take_back(commit.parents, min(one.since for one in meaning))
        if since is not None:
            # A pick of the same change that came between the two goes with it.
            if (between := self._met.get(identity, _NOWHERE)) >= since:
                self._withdraw(between)
            self._met.setdefault(identity, _NOWHERE)
        elif identity not in self._met:
            self._met[identity] = self._add(commit, change, number)

    def met_any(self, shas: Collection[str]) -> bool:
        """Whether any of these commits, or a pick of one, was taken."""
        return not self._met.keys().isdisjoint(shas)

    def kept(self) -> Iterator[Told]:
        """Newest first."""
        return (one for one in self._kept if one is not None)

    def _add(self, commit: Commit, change: Change, number: int) -> int:
        """Its place; nowhere for what announces nothing, or takes back what is met already."""
        found = change.reverts
        place = _NOWHERE
        if not only_merges(commit, change) and not (found and self.met_any(found.shas)):
            place = len(self._kept)
            self._kept.append(told(change)._replace(pull_request=number))
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

    def _withdraw(self, place: int) -> None:
        """What was kept there is gone; if it was a revert, it waits for nothing any more."""
        self._kept[place] = None
        self._waiting = {
            name: left
            for name, those in self._waiting.items()
            if (left := [one for one in those if one.place != place])
        }
