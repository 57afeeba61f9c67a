from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from domain.commits import ChangeCounts, ChangeKind
from domain.difference import NOTHING_NEW, Difference, difference
from domain.scope import Line, Scope, Size, Variable, VariableChange, is_large, without
from domain.signs import Signs, signs

ADDED, CHANGED = VariableChange.ADDED, VariableChange.CHANGED


def line(sha: str, kind: ChangeKind = ChangeKind.FIX, **facts: bool) -> Line:
    return Line(sha, kind, f"change {sha}", "mina", **facts)  # type: ignore[arg-type]  # breaking


def scope(*lines: Line, **facts: object) -> Scope:
    return Scope(since="v1", sha="s", counts=ChangeCounts(fixes=len(lines)), lines=lines, **facts)  # type: ignore[arg-type]  # its own


def test_changes_that_came_and_went() -> None:
    one, two, three = line("1"), line("2"), line("3")
    assert difference(scope(one, two), scope(two, three)) == Difference(came=(three,), gone=(one,))


def test_what_a_list_no_longer_names_is_gone_only_where_nothing_lies_beyond_it() -> None:
    one, two, three = line("1"), line("2"), line("3")
    before, now = scope(two, one), scope(three, two)
    counted = replace(now, counts=ChangeCounts(fixes=3))
    assert difference(before, counted) == Difference(came=(three,))
    assert difference(before, replace(counted, beyond=(one,))) == Difference(came=(three,))
    assert difference(before, replace(counted, beyond=(line("0"),))) == Difference(came=(three,), gone=(one,))


def test_migrations_and_variables_that_are_new() -> None:
    before = scope(migrations=("a", "b"), variables=(Variable("A", ADDED, "1"), Variable("B", ADDED, "1")))
    after = scope(migrations=("b", "c"), variables=(Variable("A", ADDED, "2"), Variable("C", CHANGED, "3")))
    assert difference(before, after) == Difference(
        migrations=("c",),
        migrations_gone=("a",),
        variables=(Variable("A", ADDED, "2"), Variable("C", CHANGED, "3")),
        variables_gone=(Variable("B", ADDED, "1"),),
    )


@given(st.lists(st.sampled_from("abcdef"), unique=True))
def test_nothing_is_new_in_the_same(shas: list[str]) -> None:
    same = scope(*map(line, shas), migrations=tuple(shas))
    assert difference(same, same) == NOTHING_NEW
    assert not NOTHING_NEW


@given(st.lists(st.sampled_from("abcdef"), unique=True), st.lists(st.sampled_from("abcdef"), unique=True))
def test_what_came_one_way_went_the_other(old: list[str], new: list[str]) -> None:
    before, after = scope(*map(line, old)), scope(*map(line, new))
    there, back = difference(before, after), difference(after, before)
    assert (there.came, there.gone) == (back.gone, back.came)


def test_what_is_left_out_is_neither_listed_nor_counted() -> None:
    hidden = line("x", ChangeKind.FEATURE, breaking=True)
    lines = (*(line(str(n), kind) for n, kind in enumerate(ChangeKind)), hidden)
    counts = ChangeCounts(features=2, improvements=1, fixes=1, security=1, deprecated=1, other=1, breaking=1)
    whole = Scope(since="", sha="s", counts=counts, lines=lines)
    assert without(whole, {"x", "unknown"}) == Scope(
        since="",
        sha="s",
        counts=ChangeCounts(features=1, improvements=1, fixes=1, security=1, deprecated=1, other=1),
        lines=lines[:-1],
    )
    assert without(whole, {one.sha for one in lines}).counts == ChangeCounts()
    assert without(whole, ()) is whole


def test_much_is_more_changes_or_more_lines_than_the_policy_has() -> None:
    five = scope(*map(line, "12345"), size=Size(1, 60, 40))
    assert not is_large(five, changes=5, lines=100)
    assert is_large(five, changes=4, lines=100)
    assert is_large(five, changes=5, lines=99)
    assert not is_large(scope(size=Size(9)), changes=5, lines=1)
    assert not is_large(scope(), changes=5, lines=1)


def test_signs_of_a_migration_are_only_known_where_files_were_read() -> None:
    assert signs(scope(line("1")), ()) == Signs(None, ())
    assert signs(scope(size=Size(0, 0, 0)), ()) == Signs(migration=False, breaking_changes=())
    found = signs(scope(line("1", breaking=True), migrations=("m",), size=Size(1)), ())
    assert (found.migration, found.breaking_changes, found.breaking) == (True, ("change 1",), True)


def test_a_breaking_change_behind_a_flag_is_no_sign() -> None:
    assert not signs(scope(line("1", breaking=True)), {"1"}).breaking
