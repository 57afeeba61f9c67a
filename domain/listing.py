"""What of a scope is listed: the newest changes and those that were picked out, each as it is told now."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import replace

from domain.commits import ChangeCounts, ChangeKind
from domain.scope import Line, Scope


def listed(scope: Scope) -> Scope:
    """As lists keep it: without whole messages and without what lies beyond the newest changes."""
    return replace(scope, lines=tuple(replace(line, message="") for line in scope.lines), beyond=())


def with_picked(scope: Scope, shas: Collection[str]) -> Scope:
    """What lies beyond the newest changes is listed too where it was picked out, such as left out."""
    picked = tuple(line for line in scope.beyond if line.sha in shas)
    if not picked:
        return scope
    beyond = tuple(line for line in scope.beyond if line.sha not in shas)
    return replace(scope, lines=(*scope.lines, *picked), beyond=beyond)


def retold(scope: Scope, told: Line) -> Scope:
    """With one of its changes told otherwise, if it is listed, and counted so."""
    lines = tuple(told if line.sha == told.sha else line for line in scope.lines)
    return replace(scope, lines=lines, counts=recounted(scope.counts, scope.lines, lines))


def recounted(counts: ChangeCounts, before: Collection[Line], after: Collection[Line]) -> ChangeCounts:
    """The counts may be of more changes than are listed: what differs is added and taken away."""
    kinds = Counter(line.kind for line in after)
    kinds.subtract(line.kind for line in before)
    breaking = sum(line.breaking for line in after) - sum(line.breaking for line in before)
    return ChangeCounts(
        features=counts.features + kinds[ChangeKind.FEATURE],
        improvements=counts.improvements + kinds[ChangeKind.IMPROVEMENT],
        fixes=counts.fixes + kinds[ChangeKind.FIX],
        security=counts.security + kinds[ChangeKind.SECURITY],
        deprecated=counts.deprecated + kinds[ChangeKind.DEPRECATED],
        other=counts.other + kinds[ChangeKind.OTHER],
        breaking=counts.breaking + breaking,
    )
