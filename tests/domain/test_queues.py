"""Entries of merge queues bear what their pull requests do, and what they stand upon."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from domain.forges import PullRequest, Queued
from domain.queues import entries
from domain.statuses import Because, MarkState, Standing

MAIN = "f" * 40


def standing(number: int, because: Because) -> Standing:
    pull = PullRequest(number=number, title="feat: x", base="main", sha=f"{number:040}")
    return Standing(pull=pull, because=because)


def entry(number: int, onto: str = MAIN, base: str = "main") -> Queued:
    return Queued(number=number, base=base, sha=commit(number), onto=onto)


def commit(number: int) -> str:
    return f"{number + 1000:040}"


HELD, FIX = standing(1, Because.FROZEN), standing(2, Because.FIX)


def test_an_entry_bears_what_its_pull_request_does() -> None:
    assert entries([entry(1), entry(2)], [HELD, FIX]) == {commit(1): HELD, commit(2): FIX}


def test_an_entry_upon_a_held_one_is_held_since_merging_it_would_merge_both() -> None:
    queue = [entry(1), entry(2, onto=commit(1))]
    assert entries(queue, [HELD, FIX]) == {commit(1): HELD, commit(2): HELD}


def test_a_held_entry_holds_nothing_beneath_it() -> None:
    queue = [entry(2), entry(1, onto=commit(2))]
    assert entries(queue, [HELD, FIX]) == {commit(2): FIX, commit(1): HELD}


def test_an_entry_of_another_branch_or_of_nobody_is_left() -> None:
    assert entries([entry(1, base="develop"), entry(3)], [HELD, FIX]) == {}


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), max_size=6), st.sets(st.integers(0, 5)))
def test_names_that_go_round_in_circles_come_to_an_end(links: list[tuple[int, int]], held: set[int]) -> None:
    queue = [entry(number, onto=commit(onto)) for number, onto in dict(links).items()]
    found = [standing(n, Because.FROZEN if n in held else Because.FIX) for n in range(6)]

    borne = entries(queue, found)

    assert borne.keys() == {one.sha for one in queue}
    own = {one.sha for one in queue if one.number in held}
    assert own <= {sha for sha, one in borne.items() if one.because.state is MarkState.HELD}
