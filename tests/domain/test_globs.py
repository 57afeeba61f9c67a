from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.detection import ENVIRONMENT, MIGRATIONS
from domain.globs import Globs, problem_of


@pytest.mark.parametrize(
    ("glob", "meant", "others"),
    [
        ("db/migrate/*", ["db/migrate/1_a.rb"], ["db/migrate", "db/migrate/a/b", "x/db/migrate/a"]),
        (
            "**/migrations/**",
            ["migrations/1.sql", "a/b/migrations/c/1.sql"],
            ["migrations", "a/xmigrations/1"],
        ),
        ("**/.env.example", [".env.example", "web/.env.example"], ["web/.env.example.bak", "x.env.example"]),
        ("a/**/z", ["a/z", "a/b/z", "a/b/c/z"], ["az", "a/bz", "b/a/z"]),
        ("a/**/m/**/z", ["a/m/z", "a/m/m/z", "a/x/m/y/z"], ["a/z", "a/m/zz"]),
        ("**", ["a", "a/b"], [""]),
        ("V?__*.sql", ["V1__a.sql", "V1__.sql"], ["V12__a.sql", "V1_a.sql", "V/__a.sql"]),
        ("*a*b*c", ["abc", "xaxbxc", "ababcc"], ["acb", "ab/c"]),
        ("(a|b)+.$", ["(a|b)+.$"], ["a", "ab+x"]),
        ("새 표/*", ["새 표/가.sql"], ["새표/가.sql"]),
    ],
)
def test_a_glob_means_these_paths_and_no_others(glob: str, meant: list[str], others: list[str]) -> None:
    assert problem_of(glob) == ""
    globs = Globs((glob,))
    assert [path for path in [*meant, *others] if globs.match(path)] == meant


def test_a_glob_with_an_exclamation_mark_takes_paths_out_wherever_it_stands() -> None:
    globs = Globs(("!**/*.md", "docs/**"))
    assert (globs.match("docs/a.txt"), globs.match("docs/a.md")) == (True, False)


def test_no_glob_means_no_path() -> None:
    assert not Globs(()).match("")
    assert not Globs(("!a",)).match("b")


@pytest.mark.parametrize(
    ("glob", "problem"),
    [
        ("", "empty"),
        ("!", "empty"),
        ("a" * 201, "long"),
        ("a\nb", "syntax"),
        ("\u202ea", "syntax"),
        ("a[0-9]", "syntax"),
        ("*.{py,rb}", "syntax"),
        ("a\\b", "syntax"),
        ("/a", "place"),
        ("a/", "place"),
        ("a//b", "place"),
        ("../a", "place"),
        ("./a", "place"),
        ("a**", "stars"),
        ("**.sql", "stars"),
    ],
)
def test_what_is_no_glob_is_told(glob: str, problem: str) -> None:
    assert problem_of(glob) == problem


def _simple(parts: list[str], path: list[str]) -> bool:
    """The meaning, written down without any cleverness."""
    if not parts:
        return not path
    if parts[0] == "**":
        if len(parts) == 1:
            return bool(path)
        return _simple(parts[1:], path) or (bool(path) and _simple(parts, path[1:]))
    return bool(path) and _name(parts[0], path[0]) and _simple(parts[1:], path[1:])


def _name(part: str, name: str) -> bool:
    if not part:
        return not name
    if part[0] == "*":
        return _name(part[1:], name) or (bool(name) and _name(part, name[1:]))
    return bool(name) and part[0] in {"?", name[0]} and _name(part[1:], name[1:])


@given(
    st.lists(st.one_of(st.just("**"), st.text("ab*?", min_size=1, max_size=5)), min_size=1, max_size=6),
    st.lists(st.text("ab", min_size=1, max_size=5), min_size=1, max_size=6),
)
def test_a_match_is_what_the_glob_says(parts: list[str], path: list[str]) -> None:
    glob = "/".join(parts)
    if problem_of(glob) == "":
        assert Globs((glob,)).match("/".join(path)) == _simple(parts, path)


def test_a_hostile_glob_ends() -> None:
    """Each of these takes longer than anybody's life where a match is tried in every way."""
    names = Globs(("*a" * 60 + "b", "**/a/" * 30 + "b"))
    assert not names.match("a" * 4000)
    assert not names.match("a/" * 2000 + "c")


@pytest.mark.parametrize(
    "path",
    [
        "shop/migrations/0042_gift.py",
        "prisma/migrations/20260301_gift/migration.sql",
        "database/migrations/2026_03_01_gift.php",
        "src/Shop/Migrations/20260301_Gift.cs",
        "db/migrate/20260301_gift.rb",
        "engines/pay/db/migrate/1.rb",
        "src/main/resources/db/migration/V42__gift.sql",
        "alembic/versions/3f9c_gift.py",
        "src/main/resources/db/changelog/042.xml",
        "liquibase/042.yaml",
        "migrate/042.up.sql",
    ],
)
def test_migrations_of_many_tools_are_known(path: str) -> None:
    assert Globs(MIGRATIONS).match(path)


@pytest.mark.parametrize(
    "path",
    [
        "migrations/README.md",
        "shop/migrations/__init__.py",
        "cmd/migrate/main.go",
        "prisma/migrations/migration_lock.toml",
    ],
)
def test_what_lies_beside_migrations_is_none(path: str) -> None:
    assert not Globs(MIGRATIONS).match(path)


@pytest.mark.parametrize(
    "path", [".env.example", "web/.env.sample", ".env.production.example", "env.example"]
)
def test_environment_files_are_known_by_their_names(path: str) -> None:
    assert Globs(ENVIRONMENT).match(path)


@pytest.mark.parametrize("path", [".env", "web/.env.local", "environment.ts"])
def test_files_with_real_values_are_not_read(path: str) -> None:
    assert not Globs(ENVIRONMENT).match(path)
