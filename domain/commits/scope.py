"""The changes that really reach a release: what was taken back, merely merged or picked twice is gone."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from domain.commits.grammar import STANDARD, Grammar
from domain.commits.live import Live
from domain.commits.model import Change, ChangeCounts, ChangeKind, Commit
from domain.commits.naming import identity_of, names_of
from domain.commits.parsing import parse
from domain.commits.told import Told, row_of

_FULL_SHA = 40


def changes(commits: Iterable[Commit], grammar: Grammar = STANDARD) -> tuple[Change, ...]:
    """The changes of `commits`, which come newest first, children before parents, as `git log` tells them.

    A commit and its revert in the same range cancel, and so do a revert and its own revert, however often.
    A revert of something released earlier stays, since it is news. Commits without a message of their own
    that only merge are skipped. Cherry-picks of one commit count once.
    """
    known = {commit.sha: commit for commit in commits}
    live = Live(grammar)
    for commit in known.values():
        live.take(row_of(commit))
    return tuple(_change(known[one.sha], one, grammar) for one in live.kept())


def _change(commit: Commit, told: Told, grammar: Grammar) -> Change:
    """All of it, with the number of the pull request that brought it."""
    change = parse(commit, grammar)
    number = told.pull_request or None
    return change if change.pull_request == number else replace(change, pull_request=number)


def count(found: Iterable[Change]) -> ChangeCounts:
    """How many of each kind."""
    listed = tuple(found)
    kinds = Counter(change.kind for change in listed)
    return ChangeCounts(
        features=kinds[ChangeKind.FEATURE],
        improvements=kinds[ChangeKind.IMPROVEMENT],
        fixes=kinds[ChangeKind.FIX],
        security=kinds[ChangeKind.SECURITY],
        deprecated=kinds[ChangeKind.DEPRECATED],
        other=kinds[ChangeKind.OTHER],
        breaking=sum(change.breaking for change in listed),
    )


def takes_back(commit: Commit, among: Iterable[Commit], grammar: Grammar = STANDARD) -> bool:
    """Whether a commit reverts one of `among`, by SHA, pull request or first line."""
    found = parse(commit, grammar).reverts
    if found is None:
        return False
    others = [one for one in among if one.sha != commit.sha]
    places = _index(others, [parse(one, grammar) for one in others])
    names = (*found.shas, found.pull_request, found.subject)
    short = tuple(sha for sha in found.shas if len(sha) < _FULL_SHA)
    return any(name in places for name in names if name is not None) or any(
        one.sha.startswith(short) for one in others if short
    )


def _index(commits: Sequence[Commit], found: Sequence[Change]) -> Mapping[str | int, list[int]]:
    """Where a commit is, by any name that a revert may use: SHA, first line, description, pull request."""
    places: dict[str | int, list[int]] = defaultdict(list)
    for at, (commit, change) in enumerate(zip(commits, found, strict=True)):
        for name in names_of(commit, change, identity_of(commit)):
            places[name].append(at)
    return places
