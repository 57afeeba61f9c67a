from __future__ import annotations

from datetime import UTC, datetime
from itertools import count as numbers

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.commits import ChangeCounts, ChangeKind, Commit, all_authors, changes, count, largest_authors

AT = datetime(2026, 3, 9, 1, 0, tzinfo=UTC)


def sha(letter: str) -> str:
    return letter.encode().hex().ljust(40, "0")


def commit(letter: str, message: str, *parents: str, email: str = "a@example.com") -> Commit:
    subject, _, body = message.partition("\n\n")
    return Commit(
        sha=sha(letter),
        parents=tuple(sha(parent) for parent in parents),
        author_name="A",
        author_email=email,
        committed_at=AT,
        subject=subject,
        body=body,
    )


def live(*newest_first: Commit) -> str:
    names = {sha(chr(code)): chr(code) for code in range(ord("A"), ord("z"))}
    return "".join(names[change.sha] for change in changes(newest_first))


FEATURE = commit("A", "feat!: a")
REVERT = commit("R", f'Revert "feat!: a"\n\nThis reverts commit {sha("A")}.')
REAPPLY = commit("S", f'Reapply "feat!: a"\n\nThis reverts commit {sha("R")}.')
REREVERT = commit("T", f"Revert\n\nThis reverts commit {sha('S')}.")


def test_changes_cancel_a_commit_and_its_revert() -> None:
    assert live(REVERT, commit("B", "fix: b"), FEATURE) == "B"


def test_changes_keep_a_commit_whose_revert_was_reverted() -> None:
    assert live(REAPPLY, REVERT, FEATURE) == "A"


def test_changes_cancel_a_chain_of_three_reverts() -> None:
    assert live(REREVERT, REAPPLY, REVERT, FEATURE) == ""


def test_changes_keep_a_revert_of_something_released_earlier() -> None:
    assert live(REVERT, commit("B", "fix: b")) == "RB"


def test_changes_keep_the_return_of_something_reverted_earlier() -> None:
    assert [change.kind for change in changes([REAPPLY])] == [ChangeKind.FEATURE]


def test_changes_cancel_by_abbreviated_sha() -> None:
    assert live(commit("R", f"revert: a\n\nRefs: {sha('A')[:8]}"), FEATURE) == ""


def test_changes_cancel_by_first_line_only_what_is_older() -> None:
    again = commit("B", "feat!: a")

    assert live(again, commit("R", 'Revert "feat!: a"'), FEATURE) == "B"


def test_changes_cancel_by_description() -> None:
    assert live(commit("R", "revert: a"), FEATURE) == ""


def test_changes_cancel_by_pull_request() -> None:
    revert = commit("R", 'Revert "feat: a (#12)" (#13)\n\nReverts team/project#12')

    assert live(revert, commit("A", "feat: a, title edited (#12)")) == ""


def test_changes_two_reverts_of_one_commit_both_vanish() -> None:
    twice = commit("Q", f"Revert again\n\nThis reverts commit {sha('A')}.")

    assert live(twice, REVERT, FEATURE) == ""


def test_changes_skip_merges_that_only_merge() -> None:
    merge = commit("M", "Merge branch 'x' into 'main'", "A", "B")

    assert live(merge, commit("B", "fix: b"), FEATURE) == "BA"


@pytest.mark.parametrize("message", ["feat: whole thing (!4)", "Merge x\n\nBREAKING CHANGE: y"])
def test_changes_keep_merges_that_announce_something(message: str) -> None:
    assert live(commit("M", message, "A", "B")) == "M"


def test_changes_revert_of_a_merge_takes_back_all_it_merged() -> None:
    base = commit("A", "fix: before")
    branch = [
        commit("E", "Merge branch 'd'", "C", "D"),
        commit("D", "feat: d", "B"),
        commit("C", "feat!: c", "B"),
        commit("B", "feat: b", "A"),
    ]
    merge = commit("M", "Merge pull request #1 from x/y", "A", "E")
    revert = commit("R", f"Revert\n\nThis reverts commit {sha('M')}, reversing\nchanges.", "M")

    assert live(revert, merge, *branch, base) == "A"


def test_changes_count_cherry_picks_once() -> None:
    pick = commit("P", f"feat: a\n\n(cherry picked from commit {sha('A')})")

    assert live(pick, commit("A", "feat: a")) == "P"


def test_changes_pick_after_a_revert_brings_the_change_back() -> None:
    pick = commit("P", f"feat!: a\n\n(cherry picked from commit {sha('A')})")

    assert live(pick, REVERT, FEATURE) == "P"


def test_changes_revert_of_a_pick_takes_its_original_back_too() -> None:
    pick = commit("P", f"feat!: a\n\n(cherry picked from commit {sha('A')})")
    revert = commit("R", f"Revert\n\nThis reverts commit {sha('P')}.")

    assert live(revert, pick, FEATURE) == ""


def test_changes_picked_revert_finds_the_picked_original() -> None:
    pick = commit("P", f"feat: a\n\n(cherry picked from commit {sha('A')})")
    picked_revert = commit(
        "R", f"Revert\n\nThis reverts commit {sha('A')}.\n\n(cherry picked from commit {sha('Z')})"
    )

    assert live(picked_revert, pick) == ""


@given(st.lists(st.integers(0, 5), max_size=12))
def test_changes_agree_with_a_model_that_applies_one_after_the_other(plan: list[int]) -> None:
    """Each number adds a feature (0) or reverts the n-th newest standing commit; the model toggles states."""
    history: list[Commit] = []
    target_of: dict[int, int] = {}
    name = numbers(1)
    for step in plan:
        number = next(name)
        body = ""
        if step and len(history) >= step:
            target = len(history) - step
            target_of[number - 1] = target
            body = f"This reverts commit {history[target].sha}."
        history.append(commit(str(number), "feat: x" if not body else f"Revert\n\n{body}"))

    in_effect = dict.fromkeys(range(len(history)), True)
    for place in reversed(range(len(history))):
        if in_effect[place] and place in target_of:
            in_effect[target_of[place]] = False
    expected = [history[place].sha for place in in_effect if in_effect[place] and place not in target_of]

    assert [change.sha for change in changes(reversed(history))] == expected[::-1]


def test_count_every_kind() -> None:
    found = changes(
        [
            commit("A", "feat!: a"),
            commit("B", "perf: b"),
            commit("C", "fix: c"),
            commit("D", "fix: d"),
            commit("E", "security: e"),
            commit("F", "deprecate: f"),
            commit("G", "docs: g"),
        ]
    )

    assert count(found) == ChangeCounts(
        features=1, improvements=1, fixes=2, security=1, deprecated=1, other=1, breaking=1
    )
    assert count(found).total == 7


def test_largest_authors_of_non_merge_commits() -> None:
    commits = [
        commit("A", "a", email="Kim@Example.com"),
        commit("B", "b", email="kim@example.com"),
        commit("C", "c", email="lee@example.com"),
        commit("M", "Merge", "A", "C", email="lee@example.com"),
        commit("N", "Merge", "A", "C", email="lee@example.com"),
    ]

    assert largest_authors(commits) == {"kim@example.com"}


def test_largest_authors_on_a_tie_are_all() -> None:
    commits = [commit("A", "a", email="kim@example.com"), commit("B", "b", email="lee@example.com")]

    assert largest_authors(commits) == {"kim@example.com", "lee@example.com"}


def test_largest_authors_of_nothing_are_none() -> None:
    assert largest_authors([commit("M", "Merge", "A", "B")]) == frozenset()


def test_all_authors_include_co_authors() -> None:
    commits = [
        commit(
            "A", "a\n\nCo-authored-by: Lee <Lee@example.com>\nco-authored-by: nobody", email="kim@example.com"
        ),
        commit("M", "Merge", "A", "B", email="park@example.com"),
    ]

    assert all_authors(commits) == {"kim@example.com", "lee@example.com"}
