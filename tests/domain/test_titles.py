from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.commits import ChangeCounts, ChangeKind
from domain.forges import ForgeRules, Title
from domain.scope import Line, RepositoryFacts, Scope
from domain.titles import facts_titled, titled, unsaid

RULES = ForgeRules(labels={"enhancement": ChangeKind.FEATURE, "bug": ChangeKind.FIX})
FEATURE, FIX, OTHER = ChangeKind.FEATURE, ChangeKind.FIX, ChangeKind.OTHER


def line(text: str = "Update app.py", **facts: Any) -> Line:
    known: dict[str, Any] = {"sha": "a" * 40, "kind": OTHER, "author": "Minji", "unlabelled": True}
    return Line(text=text, **(known | facts))


def scope(*lines: Line, **counts: int) -> Scope:
    known = counts or {"other": len(lines)}
    return Scope(since="v1.4.0", sha="b" * 40, counts=ChangeCounts(**known), lines=lines)


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        (Title("feat(gift)!: cards"), {"text": "cards", "kind": FEATURE, "scope": "gift", "breaking": True, "note": "cards"}),
        (Title("기능: 선물 카드 (#7)"), {"text": "선물 카드", "kind": FEATURE}),
        (Title("fix: crash, see #9"), {"text": "crash, see #9", "kind": FIX, "issues": ("#9",)}),
        (Title("chore: tidy", ("bug",)), {"text": "tidy", "kind": OTHER}),
        (Title("Gift cards", ("stale", "Enhancement")), {"text": "Gift cards", "kind": FEATURE}),
        (Title("Gift\n\ncards"), {"text": "Gift cards", "kind": OTHER}),
        (Title("  ", ("bug",)), {"text": "Update app.py", "kind": OTHER}),
    ],
)  # fmt: skip
def test_a_title_says_what_the_commit_does_not(title: Title, expected: dict[str, Any]) -> None:
    before = scope(line(pull_request=7))
    assert titled(before, {7: title}, RULES).lines == (replace(line(pull_request=7), **expected),)


def test_a_commit_that_says_its_kind_is_not_asked_about() -> None:
    before = scope(line(pull_request=7, unlabelled=False), line(), line(pull_request=8), line(pull_request=8))
    assert unsaid(before) == (8,)
    assert titled(before, {7: Title("feat: x")}, RULES) == before


def test_counts_follow_although_more_was_counted_than_is_listed() -> None:
    before = scope(line(pull_request=7), line(pull_request=8), other=10, fixes=3)
    after = titled(before, {7: Title("feat!: x"), 8: Title("x", ("bug",))}, RULES)
    assert after.counts == ChangeCounts(features=1, fixes=4, other=8, breaking=1)


@given(
    st.lists(st.sampled_from(["feat: a", "fix: b", "c", "", "security: d", "feat!: e"]), min_size=1),
    st.lists(st.booleans(), min_size=1),
)
def test_the_number_of_changes_stays(titles: list[str], asked: list[bool]) -> None:
    lines = [line(pull_request=n, unlabelled=asked[n % len(asked)]) for n in range(1, len(titles) + 1)]
    before = scope(*lines)
    after = titled(before, {n: Title(title) for n, title in enumerate(titles, 1)}, RULES)
    assert after.counts.total == before.counts.total
    assert [one.sha for one in after.lines] == [one.sha for one in before.lines]


@pytest.mark.parametrize(
    ("title", "tags", "version"),
    [
        ("feat: x", ("v1.4.0",), "1.5.0"),
        ("feat!: x", ("v1.4.0",), "2.0.0"),
        ("feat: x", ("v1.4.0", "v1.5.0"), "1.5.1"),
        ("fix: x", ("v1.4.0",), "1.4.1"),
    ],
)
def test_a_title_can_call_for_another_version(title: str, tags: tuple[str, ...], version: str) -> None:
    before = scope(line(pull_request=7))
    facts = RepositoryFacts(
        read_at=datetime(2026, 3, 2, tzinfo=UTC), tags=tags, next_version="1.4.1", scope=before
    )
    after = titled(before, {7: Title(title)}, RULES)
    assert facts_titled(facts, after) == replace(facts, scope=after, next_version=version)


def test_the_version_of_a_first_release_or_of_an_unknown_tag_stays() -> None:
    before = scope(line(pull_request=7))
    after = titled(before, {7: Title("feat: x")}, RULES)
    for since in ("", "shop/v1.4.0"):
        facts = RepositoryFacts(
            read_at=datetime(2026, 3, 2, tzinfo=UTC), next_version="0.1.0", scope=replace(before, since=since)
        )
        assert facts_titled(facts, after).next_version == "0.1.0"
