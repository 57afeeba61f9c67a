"""Branches beside the main lines: measured until the time is up, and further on the next time."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from storage.git import Aside, Mirror, fetch, read_aside
from tests.storage.git.team import Team

AT = datetime(2026, 3, 9, tzinfo=UTC)
BASES = {"a": "develop", "b": "develop"}


@pytest.fixture
def aside(team: Team, mirror: Mirror) -> Team:
    """Two branches beside develop."""
    head = team.refs()["heads/develop"]
    for name in BASES:
        team.branch(name, head)
        team.commit(f"feat: {name}", {f"{name}.txt": "x\n"}, branch=name)
    fetch(mirror, AT)
    return team


def read(mirror: Mirror, known: Aside, *moments: float) -> Aside:
    clock = iter(moments)
    found = read_aside(mirror, BASES, known.branches, now=lambda: next(clock))
    assert isinstance(found, Aside)
    return found


def test_when_the_time_is_up_the_rest_is_named_and_read_the_next_time(aside: Team, mirror: Mirror) -> None:
    first = read(mirror, Aside(), 0.0, 1.0, 31.0)
    second = read(mirror, first, 0.0, 1.0)

    assert ([one.name for one in first.branches], first.unread) == (["a"], ("b",))
    assert ([one.name for one in second.branches], second.unread) == (["a", "b"], ())
    assert [(one.ahead, one.behind) for one in second.branches] == [(1, 0), (1, 0)]


def test_what_was_never_read_comes_first_and_the_rest_stands_as_it_was_when_its_base_moves(
    aside: Team, mirror: Mirror
) -> None:
    first = read(mirror, Aside(), 0.0, 1.0, 31.0)
    develop = aside.commit("feat: next", {"next.txt": "x\n"}, branch="develop")
    fetch(mirror, AT)

    second = read(mirror, first, 0.0, 1.0, 31.0)
    third = read(mirror, second, 0.0, 1.0)

    a, b = second.branches
    assert [(one.name, one.behind) for one in (a, b)] == [("a", 0), ("b", 1)]
    assert third == Aside((replace(a, behind=1, base_head=develop), b))
