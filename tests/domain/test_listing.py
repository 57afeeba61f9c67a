"""What of a scope is listed: what is picked out stays, what is told otherwise counts otherwise."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from domain.commits import ChangeCounts, ChangeKind
from domain.listing import listed, recounted, retold, with_picked
from domain.scope import Line, Scope, left_out, without

COUNTED = {
    ChangeKind.FEATURE: "features",
    ChangeKind.IMPROVEMENT: "improvements",
    ChangeKind.FIX: "fixes",
    ChangeKind.SECURITY: "security",
    ChangeKind.DEPRECATED: "deprecated",
    ChangeKind.OTHER: "other",
}


def line(sha: str, kind: ChangeKind = ChangeKind.FIX, *, breaking: bool = False) -> Line:
    return Line(sha, kind, f"change {sha}", "mina", breaking=breaking, message=f"fix: {sha}\n")


def counted(*lines: Line) -> ChangeCounts:
    kinds = {name: sum(one.kind is kind for one in lines) for kind, name in COUNTED.items()}
    return ChangeCounts(**kinds, breaking=sum(one.breaking for one in lines))


def scope(lines: tuple[Line, ...], beyond: tuple[Line, ...] = ()) -> Scope:
    return Scope(since="v1", sha="s", counts=counted(*lines, *beyond), lines=lines, beyond=beyond)


ONE, TWO, OLD, OLDER = line("1"), line("2"), line("3"), line("4")


def test_lists_keep_neither_messages_nor_what_lies_beyond() -> None:
    plain = tuple(replace(one, message="") for one in (ONE, TWO))
    assert listed(scope((ONE, TWO), (OLD,))) == replace(scope((ONE, TWO), (OLD,)), lines=plain, beyond=())


def test_what_is_picked_out_is_listed_once() -> None:
    whole = scope((ONE, TWO), (OLD, OLDER))
    assert with_picked(whole, {"4", "1", "9"}) == replace(whole, lines=(ONE, TWO, OLDER), beyond=(OLD,))
    assert with_picked(whole, set()) == whole


def test_what_is_left_out_is_counted_beside_the_others() -> None:
    whole = with_picked(scope((ONE, TWO), (OLD, OLDER)), {"4"})
    assert left_out(whole, {"4", "1", "9"}) == 2
    assert without(whole, {"4", "1", "9"}).counts == ChangeCounts(fixes=2)


def test_what_is_not_listed_is_told_by_nobody() -> None:
    whole = scope((ONE,), (OLD,))
    assert retold(whole, replace(OLD, kind=ChangeKind.FEATURE)) == whole


lines = st.lists(
    st.builds(line, st.sampled_from("abcdef"), st.sampled_from(ChangeKind), breaking=st.booleans()),
    unique_by=lambda one: one.sha,
    max_size=6,
).map(tuple)


@given(lines, lines, st.builds(line, st.sampled_from("abcdef"), st.sampled_from(ChangeKind)))
def test_counts_follow_what_is_told_otherwise(
    shown: tuple[Line, ...], old: tuple[Line, ...], told: Line
) -> None:
    beyond = tuple(one for one in old if one.sha not in {each.sha for each in shown})
    after = retold(scope(shown, beyond), told)
    assert after.counts == counted(*after.lines, *beyond)
    assert recounted(after.counts, after.lines, shown) == scope(shown, beyond).counts
