from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from domain.branch_rules import BranchRules
from domain.branches import MANY, Branch, BranchNews, news, stale

NOW = datetime(2026, 3, 9, 1, 0, tzinfo=UTC)
RULES = BranchRules()
DAY = timedelta(days=1)


def branch(name: str, age: timedelta | None = DAY, **facts: str) -> Branch:
    """Left main `age` ago; None for one that is merged."""
    known = Branch(name=name, head="a" * 40, base="main", base_head="b" * 40, ahead=1, behind=0)
    return replace(known, since=None if age is None else NOW - age, **facts)


def told(found: list[Branch], before: tuple[str, ...] = (), own: tuple[str, ...] = ()) -> BranchNews:
    return news(found, before, RULES, own=own, at=NOW)


def test_a_branch_is_stale_when_it_is_older_than_two_days_and_not_at_two_days_sharp() -> None:
    exactly, older = branch("exactly", 2 * DAY), branch("older", 2 * DAY + timedelta(seconds=1))

    assert stale([exactly, older, branch("merged", None)], RULES, NOW) == (older,)


def test_the_oldest_stale_branch_comes_first() -> None:
    a, b = branch("a", 3 * DAY), branch("b", 9 * DAY)

    assert stale([a, b], RULES, NOW) == (b, a)


def test_a_stale_branch_is_told_once() -> None:
    old = branch("old", 3 * DAY)

    assert told([old]) == BranchNews(stale=(old,), told=("old",))
    assert told([old], ("old",)) == BranchNews()


def test_what_is_merged_or_gone_is_forgotten_so_that_its_name_counts_again() -> None:
    assert told([branch("old", None)], ("old", "gone")) == BranchNews(over=("gone", "old"))


def test_of_branches_that_could_not_be_measured_nothing_is_over() -> None:
    before = ("gone", "unread", MANY)

    assert news([], before, RULES, own=(), at=NOW, unread=("unread",)) == BranchNews(over=("gone",))
    assert news([], before, RULES, own=(), at=NOW) == BranchNews(over=(MANY, "gone", "unread"))


def test_three_active_branches_are_many_and_told_once_until_they_are_fewer() -> None:
    three = [branch(name) for name in "abc"]

    assert told(three) == BranchNews(active=tuple(three), told=(MANY,))
    assert told(three, (MANY,)) == BranchNews()
    assert told(three[:2], (MANY,)) == BranchNews(over=(MANY,))


def test_merged_branches_and_those_of_releases_are_not_counted() -> None:
    found = [branch("a"), branch("merged", None), branch("hotfix/INC-20260309-1", 9 * DAY), branch("b")]

    assert told(found, own=("hotfix/INC-20260309-1",)) == BranchNews()
