"""Which files need a way back, which are one, and whose last word counts."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.ways_back import REPORTED, MigrationWay, WayBack, WayKind, leads_back, migration_ways, with_ways

AT = datetime(2026, 3, 5, 5, tzinfo=UTC)
WAY = WayBack(path="db/a.sql", kind=WayKind.SCRIPT, text="db/a.down.sql", by="U1", at=AT, candidate=1)


@pytest.mark.parametrize(
    ("migration", "script"),
    [
        ("db/0042_total.sql", "db/0042_total.down.sql"),
        ("db/0042_total.up.sql", "db/0042_total.down.sql"),
        ("db/0042_total.sql", "db/0042_total.rollback.sql"),
        ("db/0042_total.sql", "db/0042_total_down.sql"),
        ("db/0042/up.sql", "db/0042/down.sql"),
        ("db/V1.2__total.sql", "db/U1.2__take_total_back.sql"),
    ],
)
def test_a_file_beside_a_migration_is_proposed_as_its_way_back(migration: str, script: str) -> None:
    assert migration_ways((script, migration), (), reported=False) == (
        MigrationWay(migration, script=script),
    )


@pytest.mark.parametrize(
    "path", ["db/0042_slow_down.sql", "db/countdown.sql", "db/V2__undo.sql", "db/U.sql", "down/0042.sql"]
)
def test_a_migration_that_only_sounds_like_a_way_back_needs_one(path: str) -> None:
    assert migration_ways((path,), (), reported=False) == (MigrationWay(path),)


def test_a_script_of_another_folder_is_not_proposed() -> None:
    ways = migration_ways(("a/0042.sql", "b/0042.down.sql"), (), reported=False)
    assert ways == (MigrationWay("a/0042.sql"),)


def test_what_qa_reports_needs_a_way_back_only_where_nothing_was_detected() -> None:
    assert migration_ways((), (), reported=False) == ()
    assert migration_ways((), (), reported=True) == (MigrationWay(REPORTED),)
    assert migration_ways(("db/a.sql",), (WAY,), reported=True) == (MigrationWay("db/a.sql", WAY),)


def test_a_migration_of_a_later_candidate_needs_its_own_and_the_given_stays() -> None:
    ways = migration_ways(("db/a.sql", "db/b.sql"), (WAY,), reported=False)
    assert ways == (MigrationWay("db/a.sql", WAY), MigrationWay("db/b.sql"))


def test_the_last_word_on_a_migration_counts() -> None:
    newer, other = replace(WAY, text="db/undo.sql"), replace(WAY, path="db/b.sql")
    assert with_ways((WAY, other), (newer,)) == (newer, other)


@given(st.lists(st.text(max_size=30), max_size=8))
def test_every_path_needs_a_way_back_or_leads_back(paths: list[str]) -> None:
    found = [one.path for one in migration_ways(paths, (), reported=False)]
    assert found == [path for path in dict.fromkeys(paths) if not leads_back(path, paths)]
    assert len({one.key for one in migration_ways(paths, (), reported=False)}) == len(found)
