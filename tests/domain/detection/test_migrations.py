from __future__ import annotations

from domain.commits import ChangeCounts
from domain.detection import MOST_MIGRATIONS, detected, migrations
from domain.detection.rules import ScopeRules
from domain.globs import Globs
from domain.scope import Scope, Size, Variable, VariableChange
from domain.trees import ChangedFile, FileStatus, TreeDifference

MEANT = Globs(("**/migrations/**", "!**/*.md"))
ADDED, CHANGED, DELETED = FileStatus.ADDED, FileStatus.CHANGED, FileStatus.DELETED


def test_new_and_changed_migrations_have_come_and_deleted_ones_have_not() -> None:
    files = [
        ChangedFile("migrations/2.sql", ADDED, after="b"),
        ChangedFile("migrations/1.sql", CHANGED, before="a", after="aa"),
        ChangedFile("migrations/0.sql", DELETED, before="o"),
        ChangedFile("migrations/how.md", ADDED, after="c"),
        ChangedFile("app.py", ADDED, after="d"),
    ]
    assert migrations(files, MEANT) == ("migrations/1.sql", "migrations/2.sql")


def test_a_migration_that_moved_to_another_folder_has_not_come() -> None:
    files = [
        ChangedFile("migrations/1.sql", DELETED, before="a"),
        ChangedFile("db/migrations/1.sql", ADDED, after="a"),
        ChangedFile("other/migrations/1.sql", ADDED, after="a"),
    ]
    assert migrations(files, MEANT) == ("other/migrations/1.sql",)


def test_a_migration_under_another_number_runs_again() -> None:
    files = [
        ChangedFile("migrations/1_a.sql", DELETED, before="a"),
        ChangedFile("migrations/2_a.sql", ADDED, after="a"),
    ]
    assert migrations(files, MEANT) == ("migrations/2_a.sql",)


def test_links_and_submodules_are_no_migrations() -> None:
    assert migrations([ChangedFile("migrations/vendor", ADDED)], MEANT) == ()


def test_a_great_many_are_cut_short() -> None:
    files = [ChangedFile(f"migrations/{n:05}.sql", ADDED, after="a") for n in range(MOST_MIGRATIONS + 5)]
    assert len(migrations(files, MEANT)) == MOST_MIGRATIONS


def test_a_scope_says_what_its_files_say() -> None:
    scope = Scope(since="v1.4.0", sha="c" * 40, counts=ChangeCounts(fixes=1))
    found = TreeDifference(
        files=(ChangedFile("migrations/1.sql", ADDED, after="a"), ChangedFile("x", CHANGED, "b", "c")),
        added=12,
        removed=3,
        before={".env.example": b"A=1\n", "lfs/.env.example": b"B=1\n"},
        after={".env.example": b"A=2\n", "lfs/.env.example": b"version https://git-lfs.github.com/spec/v1\n"},
    )
    assert detected(scope, found, ScopeRules()) == Scope(
        since="v1.4.0",
        sha="c" * 40,
        counts=ChangeCounts(fixes=1),
        migrations=("migrations/1.sql",),
        variables=(Variable("A", VariableChange.CHANGED, "2", "1", ".env.example"),),
        size=Size(files=2, added=12, removed=3),
    )
