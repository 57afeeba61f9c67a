"""Every change of a scope is found by the beginning of its SHA, however many there are."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256
from random import Random

import pytest

from domain.commits import ChangeCounts, ChangeKind
from domain.scope import Line, Scope
from storage import scope_pages
from storage.db import Database

SHOP, R1, R2 = "shop", "r1", "r2"
MANY = 1_000


def line(sha: str, text: str = "a") -> Line:
    return Line(sha, ChangeKind.FIX, text, "Kim", message=f"fix: {text}\n")


def scope(*lines: Line, beyond: tuple[Line, ...] = ()) -> Scope:
    counts = ChangeCounts(fixes=len(lines) + len(beyond))
    return Scope(since="v1.4.0", sha="f" * 40, counts=counts, lines=lines, beyond=beyond)


LINES = tuple(line(sha256(str(n).encode()).hexdigest()[:40], f"n{n}") for n in range(MANY))


def put(database: Database, of: Scope, release: str = R1, candidate: int = 1) -> None:
    with database.transaction() as tx:
        scope_pages.put(tx, SHOP, of, release, candidate)


def found(database: Database, beginning: str, release: str = R1, candidate: int = 1) -> tuple[Line, ...]:
    return database.read_now(scope_pages.find, SHOP, beginning, release, candidate)


def test_listed_or_beyond_each_is_found_whole_by_its_beginning(database: Database) -> None:
    put(database, scope(*LINES[:600], beyond=LINES[600:]))
    drawn = Random(7).sample(LINES, 40)
    for one in (*drawn, min(LINES, key=lambda x: x.sha), max(LINES, key=lambda x: x.sha)):
        assert found(database, one.sha) == (one,)
        begins = one.sha[:7]
        assert set(found(database, begins)) == {each for each in LINES if each.sha.startswith(begins)}


def test_a_beginning_that_many_share_finds_them_all_over_the_pages(database: Database) -> None:
    lines = tuple(line(f"{'ab' * 4}{n:032x}") for n in range(450))
    put(database, scope(*lines))
    assert found(database, "abababab") == lines


@pytest.mark.parametrize("beginning", ["0000000", "fffffff", "abcdef0123"])
def test_what_is_not_there_is_not_found(database: Database, beginning: str) -> None:
    put(database, scope(line("a" * 40), line("c" * 40)))
    assert found(database, beginning) == ()
    assert found(database, "a" * 7, R2) == ()


def test_of_a_candidate_without_its_own_the_newest_before_it_is_asked(database: Database) -> None:
    put(database, scope(line("a" * 40, "first")), candidate=1)
    put(database, scope(line("a" * 40, "second"), line("b" * 40)), candidate=2)
    assert found(database, "a" * 7, candidate=1) == (line("a" * 40, "first"),)
    assert found(database, "a" * 7, candidate=5) == (line("a" * 40, "second"),)
    assert found(database, "a" * 7, candidate=0) == ()


def test_what_was_read_anew_takes_the_place_and_older_candidates_go(database: Database) -> None:
    for candidate in (1, 2, 3):
        put(database, scope(line("a" * 40, f"n{candidate}"), line("b" * 40)), candidate=candidate)
    put(database, scope(line("a" * 40, "again")), candidate=3)
    assert found(database, "a" * 7, candidate=1) == ()
    assert found(database, "a" * 7, candidate=2) == (line("a" * 40, "n2"),)
    assert found(database, "a" * 7, candidate=3) == (line("a" * 40, "again"),)
    assert found(database, "b" * 7, candidate=3) == ()


def test_a_change_is_told_otherwise_and_keeps_its_message(database: Database) -> None:
    put(database, scope(*LINES))
    told = Line(LINES[3].sha, ChangeKind.FEATURE, "otherwise", "Kim", message="no message of git")
    with database.transaction() as tx:
        scope_pages.tell(tx, SHOP, told, R1, 1)
    expected = Line(LINES[3].sha, ChangeKind.FEATURE, "otherwise", "Kim", message="fix: n3\n")
    assert found(database, LINES[3].sha) == (expected,)
    assert found(database, LINES[4].sha) == (LINES[4],)


def test_a_release_begins_with_what_was_proposed(database: Database) -> None:
    put(database, scope(*LINES), scope_pages.PROPOSED, 0)
    with database.transaction() as tx:
        scope_pages.take_proposed(tx, SHOP, R2)
    put(database, scope(), scope_pages.PROPOSED, 0)
    assert found(database, LINES[9].sha, R2, 0) == (LINES[9],)
    assert found(database, LINES[9].sha, scope_pages.PROPOSED, 0) == ()


def test_what_is_not_listed_is_told_newest_first_and_without_messages(database: Database) -> None:
    put(database, scope(*LINES[:600], beyond=LINES[600:]))
    further = database.read_now(scope_pages.beyond, SHOP, (*LINES[:600], LINES[700]), R1, 1)
    expected = (*LINES[600:700], *LINES[701:])
    assert further == tuple(replace(one, message="") for one in expected)
