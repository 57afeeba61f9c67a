from __future__ import annotations

import pytest

from domain.commits import ChangeCounts, ChangeKind
from domain.scope import Line, Scope
from domain.versions import Bump
from domain.versions.reasons import Reason, reason_of

K = ChangeKind


def scope(*lines: Line, **counts: int) -> Scope:
    return Scope(since="v1.4.0", sha="a" * 40, counts=ChangeCounts(**counts), lines=lines)


def line(kind: ChangeKind, text: str, *, breaking: bool = False, scope: str = "") -> Line:
    return Line("a" * 40, kind, text, "Kim", breaking=breaking, scope=scope)


@pytest.mark.parametrize(
    ("carried", "reason"),
    [
        (scope(), Reason(Bump.PATCH)),
        (scope(line(K.FIX, "a"), fixes=1), Reason(Bump.PATCH)),
        (
            scope(line(K.FIX, "a"), line(K.FEATURE, "b", scope="cart"), features=1, fixes=1),
            Reason(Bump.MINOR, 1, ("cart: b",)),
        ),
        (
            scope(line(K.FIX, "a", breaking=True), line(K.FEATURE, "b"), features=1, fixes=1, breaking=1),
            Reason(Bump.MAJOR, 1, ("a",)),
        ),
        (
            scope(*(line(K.FEATURE, name * 200) for name in "abcd"), features=4),
            Reason(Bump.MINOR, 4, ("a" * 100, "b" * 100, "c" * 100)),
        ),
    ],
)
def test_a_version_is_called_for_by_what_breaks_else_by_what_is_new(carried: Scope, reason: Reason) -> None:
    assert reason_of(carried) == reason
