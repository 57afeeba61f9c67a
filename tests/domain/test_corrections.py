"""Whole messages: how they are kept, how they fit a form, and what they are told as."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.commits import STANDARD, ChangeKind
from domain.corrections import (
    CUT,
    LONGEST_BODY,
    Told,
    as_told,
    fitted,
    is_beginning,
    parts,
    same,
    tidied,
    told,
    told_as,
    whole,
)
from domain.scope import Line

AT = datetime(2026, 3, 5, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("", ""),
        (" \n \n", ""),
        ("  fix:  a ", "fix: a"),
        ("fix: a\n", "fix: a\n"),
        ("fix: a\r\n\r\nWhy.  \r\nCloses #3\r\n", "fix: a\n\nWhy.\nCloses #3"),
        ("fix: a\nright below", "fix: a\n\nright below"),
        ("fix: a\n\n  indented\n\n\n", "fix: a\n\n  indented"),
    ],
)
def test_a_message_is_kept_tidied(typed: str, kept: str) -> None:
    assert tidied(typed) == kept


@given(st.text(alphabet="ab#: \n\r", max_size=40))
def test_tidying_twice_changes_nothing_and_parts_make_the_whole_again(text: str) -> None:
    once = tidied(text)
    assert tidied(once) == once
    if "\n" in once:
        assert whole(*parts(once)) == once


def test_a_message_with_and_without_a_line_break_says_the_same_first_line() -> None:
    assert same("fix: a", whole("fix: a", ""))
    assert not same("fix: a", whole("fix: a", "why"))


def test_of_a_body_that_is_too_long_the_end_stays_from_a_line_on() -> None:
    body = "x" * 10 + "\n" + "y" * (LONGEST_BODY - 20) + "\n\nCloses #3"
    assert fitted(body) == f"{CUT}{body.partition(chr(10))[2]}"
    assert fitted("z" * LONGEST_BODY) == "z" * LONGEST_BODY
    assert fitted("z" * (LONGEST_BODY + 1)) == CUT + "z" * (LONGEST_BODY - len(CUT))


@given(st.text(alphabet="a\n", min_size=LONGEST_BODY - 5, max_size=LONGEST_BODY + 30))
def test_what_is_left_of_a_body_always_fits(body: str) -> None:
    assert len(fitted(body)) <= LONGEST_BODY
    assert body.endswith(fitted(body).removeprefix(CUT))


def test_a_whole_message_tells_kind_scope_what_breaks_and_which_issues() -> None:
    message = whole("feat(api)!: gift cards", "Why.\n\nBREAKING CHANGE: rename it\nCloses #5")
    assert told_as(message, whole("fix: a", "Closes #3"), AT, STANDARD) == Told(
        kind=ChangeKind.FEATURE,
        text="gift cards",
        scope="api",
        breaking=True,
        issues=("#5",),
        note="rename it",
    )


def test_one_line_leaves_the_issues_that_the_commit_names() -> None:
    expected = Told(kind=ChangeKind.FEATURE, text="b", issues=("#3",))
    assert told_as("feat: b", whole("fix: a", "Closes #3"), AT, STANDARD) == expected


@pytest.mark.parametrize(
    "of",
    [
        Told(kind=ChangeKind.FIX, text="a"),
        Told(kind=ChangeKind.FEATURE, text="a", scope="b", breaking=True, issues=("#1",), note="c"),
        Told(kind=ChangeKind.FEATURE, text="a", breaking=True),
    ],
)
def test_a_line_tells_what_it_is_given(of: Told) -> None:
    line = Line("a" * 40, ChangeKind.OTHER, "x", "Kim", issues=("#9",), note="y", unlabelled=True)
    assert told(as_told(line, of)) == of
    assert as_told(line, of).unlabelled is False


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("a" * 7, True),
        ("A" * 40, True),
        ("a" * 64, True),
        ("a" * 6, False),
        ("a" * 65, False),
        ("g" * 7, False),
    ],
)
def test_what_can_be_the_beginning_of_a_commit(text: str, *, is_one: bool) -> None:
    assert is_beginning(text) is is_one
