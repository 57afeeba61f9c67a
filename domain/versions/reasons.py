"""Why a version is proposed: which changes call for it."""

from __future__ import annotations

from dataclasses import dataclass

from domain.commits import ChangeKind
from domain.scope import Scope
from domain.versions.proposal import Bump

_NAMED = 3
_TEXT = 100


@dataclass(frozen=True)
class Reason:
    """`count` changes call for `bump`, `texts` are the first of them; none does where nothing breaks and
    nothing is new.
    """

    bump: Bump
    count: int = 0
    texts: tuple[str, ...] = ()


def reason_of(scope: Scope) -> Reason:
    """The reason of the version that a planned release with this scope calls for."""
    if scope.counts.breaking:
        return Reason(Bump.MAJOR, scope.counts.breaking, _texts(scope, breaking=True))
    if scope.counts.features:
        return Reason(Bump.MINOR, scope.counts.features, _texts(scope, breaking=False))
    return Reason(Bump.PATCH)


def _texts(scope: Scope, *, breaking: bool) -> tuple[str, ...]:
    calling = (
        line for line in scope.lines if (line.breaking if breaking else line.kind is ChangeKind.FEATURE)
    )
    named = [f"{line.scope}: {line.text}" if line.scope else line.text for line in calling]
    return tuple(text[:_TEXT] for text in named[:_NAMED])
