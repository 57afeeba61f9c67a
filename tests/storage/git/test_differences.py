from __future__ import annotations

import os
from datetime import UTC, datetime

from domain.detection import MOST_BYTES
from domain.globs import Globs
from domain.repository import GitProblem, ProblemKind
from domain.trees import ChangedFile, FileStatus, TreeDifference
from storage.git import Mirror, fetch, read_difference
from tests.storage.git.team import Team

NOW = datetime(2026, 3, 9, 1, 0, tzinfo=UTC)
ENV = Globs(("**/.env.example",))


def difference(mirror: Mirror, start: str | None, end: str = "develop") -> TreeDifference:
    fetch(mirror, NOW)
    found = read_difference(mirror, start, end, wanted=ENV)
    assert isinstance(found, TreeDifference), found
    return found


def test_files_lines_and_contents_of_both_sides(team: Team, mirror: Mirror) -> None:
    team.commit("chore: port", {".env.example": "PORT=80\n"}, branch="main")
    team.tag("v1.5.0", team.git("rev-parse", "main"))
    team.git("checkout", "-q", "main")
    team.commit("chore: more", {".env.example": "PORT=81\nHOST=a\n", "new.txt": "n\n"}, branch="main")
    found = difference(mirror, "v1.5.0", "main")
    assert [(file.path, file.status) for file in found.files] == [
        (".env.example", FileStatus.CHANGED),
        ("new.txt", FileStatus.ADDED),
    ]
    assert (found.added, found.removed) == (3, 1)
    assert found.before == {".env.example": b"PORT=80\n"}
    assert found.after == {".env.example": b"PORT=81\nHOST=a\n"}
    new = found.files[1]
    assert (new.before, new.after) == ("", team.git("rev-parse", "main:new.txt"))


def test_the_beginning_of_everything_has_no_lines_counted(team: Team, mirror: Mirror) -> None:
    found = difference(mirror, None, "v1.4.0")
    assert [file.path for file in found.files] == ["app.txt", "읽기.md"]
    assert (found.added, found.removed, found.before, found.after) == (None, None, {}, {})


def test_the_same_commit_differs_in_nothing(team: Team, mirror: Mirror) -> None:
    assert difference(mirror, "develop") == TreeDifference(files=(), added=0, removed=0)


def test_links_and_submodules_hold_nothing(team: Team, mirror: Mirror) -> None:
    before = team.git("rev-parse", "develop")
    (team.work / ".env.example").symlink_to("/etc/passwd")
    team.git("add", "--all")
    team.git("update-index", "--add", "--cacheinfo", f"160000,{before},vendor/.env.example")
    team.git("commit", "-q", "-m", "chore: odd")
    team.git("push", "-q", "origin", "develop")
    found = difference(mirror, before)
    assert found.files == (
        ChangedFile(".env.example", FileStatus.ADDED),
        ChangedFile("vendor/.env.example", FileStatus.ADDED),
    )
    assert found.after == {}


def test_paths_that_are_no_text_and_binary_files_are_read(team: Team, mirror: Mirror) -> None:
    before = team.git("rev-parse", "develop")
    (team.work / os.fsdecode(b"caf\xe9")).mkdir()
    (team.work / os.fsdecode(b"caf\xe9/.env.example")).write_bytes(b"A=\xff\x00\n")
    team.commit("chore: odd", {"a\tb\n.txt": "x\n"})
    found = difference(mirror, before)
    assert [file.path for file in found.files] == ["a\tb\n.txt", "caf�/.env.example"]
    assert (found.added, found.removed) == (1, 0)
    assert found.after == {"caf�/.env.example": b"A=\xff\x00\n"}


def test_a_huge_file_is_not_read(team: Team, mirror: Mirror) -> None:
    before = team.git("rev-parse", "develop")
    team.commit("chore: odd", {".env.example": "#" * (MOST_BYTES + 1), "web/.env.example": "A=1\n"})
    assert difference(mirror, before).after == {"web/.env.example": b"A=1\n"}


def test_a_missing_ref_is_a_problem(team: Team, mirror: Mirror) -> None:
    fetch(mirror, NOW)
    missing = GitProblem(kind=ProblemKind.MISSING_REF, ref="v9.9.9")
    assert read_difference(mirror, "v9.9.9", "develop", wanted=ENV) == missing
