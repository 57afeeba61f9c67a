"""The two ends of a range compared, in a repository of this machine."""

from __future__ import annotations

from pathlib import Path

import pytest

from domain.detection import MOST_BYTES
from domain.globs import Globs
from domain.trees import ChangedFile, FileStatus, TreeDifference
from storage import local
from tests.support.everything import Local

WANTED = Globs(("**/.env.example",))


@pytest.fixture
def repo(tmp_path: Path) -> Local:
    return Local(tmp_path / "repo").init()


def compared(repo: Local, since: str = "") -> TreeDifference:
    of = local.Range(repo.git("rev-parse", "HEAD"), since)
    return local.difference(local.LocalGit(repo.path), of, WANTED)


def test_files_that_are_wanted_are_read_before_and_after(repo: Local) -> None:
    since = repo.commit("one", {".env.example": "A=1\n", "other.txt": "1"})
    repo.commit("two", {".env.example": "A=2\n", "new.txt": "1"})
    before, after, new = (
        repo.git("rev-parse", name) for name in (f"{since}:.env.example", "HEAD:.env.example", "HEAD:new.txt")
    )

    assert compared(repo, since) == TreeDifference(
        files=(
            ChangedFile(".env.example", FileStatus.CHANGED, before, after),
            ChangedFile("new.txt", FileStatus.ADDED, "", new),
        ),
        before={".env.example": b"A=1\n"},
        after={".env.example": b"A=2\n"},
    )


def test_without_a_beginning_all_files_have_come(repo: Local) -> None:
    repo.commit("one", {"shop/.env.example": "A=1\n"})

    found = compared(repo)

    assert [file.status for file in found.files] == [FileStatus.ADDED]
    assert (found.before, found.after) == ({}, {"shop/.env.example": b"A=1\n"})


def test_links_and_files_that_are_too_large_are_not_read(repo: Local) -> None:
    (repo.path / ".env.example").symlink_to("/etc/hostname")
    repo.commit("link and size", {"big/.env.example": "A=1\n" * MOST_BYTES})

    found = compared(repo)

    assert [file.path for file in found.files] == [".env.example", "big/.env.example"]
    assert found.after == {}


def test_a_tree_that_is_not_there_is_told(repo: Local) -> None:
    repo.commit("one", {"a.txt": "1"})
    tree = repo.git("rev-parse", "HEAD^{tree}")
    (repo.path / ".git/objects" / tree[:2] / tree[2:]).unlink()

    with pytest.raises(local.Unreadable) as raised:
        compared(repo)
    assert raised.value.kind is local.UnreadableKind.BROKEN
