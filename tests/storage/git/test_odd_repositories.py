"""Repositories as they also are: other encodings, empty, shallow, without a default branch."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from domain.repository import Facts, GitProblem, Made, ProblemKind, Signature
from storage.git import Finish, Mirror, NewTag, cut_branch, fetch, finish, read_commits
from tests.storage.git.team import Team
from tests.storage.git.test_merge_journeys import both, on, write

NAME = "release/v1.5.0"
TAG = NewTag(name="v1.5.0", message="v1.5.0")


@pytest.fixture
def release(team: Team) -> Team:
    """A release branch from develop."""
    team.branch(NAME, team.refs()["heads/develop"])
    return team


def test_paths_and_messages_in_another_encoding_are_merged_as_they_are(
    release: Team, mirror: Mirror, by: Signature
) -> None:
    def ours(team: Team) -> None:
        (Path(os.fsdecode(os.fsencode(team.work) + b"/caf\xe9.txt"))).write_text("un\n")
        team.git("add", "--all")

    sha = on(release, NAME, ours)
    release.git("checkout", "-q", NAME)
    sha = release.commit_bytes("수정: 결제".encode("euc-kr"), branch=NAME)
    on(release, "develop", write("app.txt", "else\n"))

    made = finish(mirror, Finish(branch=NAME, sha=sha, into=("main", "develop"), tag=TAG), by)
    listed = release.git("ls-tree", "-z", "--name-only", "develop", at=release.remote)
    commits = read_commits(mirror, "v1.4.0", "develop")

    assert isinstance(made, Made)
    assert "caf\ufffd.txt" in listed.split("\0")
    assert isinstance(commits, tuple)


def test_a_conflict_in_a_path_of_another_encoding_is_named_readably(
    release: Team, mirror: Mirror, by: Signature
) -> None:
    odd = Path(os.fsdecode(os.fsencode(release.work) + b"/caf\xe9.txt"))

    def change(text: str) -> Callable[[Team], None]:
        def write_it(team: Team) -> None:
            odd.write_text(text)
            team.git("add", "--all")

        return write_it

    end = both(release, change("un\n"), change("deux\n"))
    before = release.refs()

    problem = finish(mirror, end, by)

    assert problem == GitProblem(kind=ProblemKind.CONFLICT, ref="develop", files=("caf\ufffd.txt",))
    assert release.refs() == before


def test_an_empty_repository_is_read_and_has_nothing_to_cut(empty: Team, mirror: Mirror) -> None:
    facts = fetch(mirror, empty.clock)

    assert isinstance(facts, Facts)
    assert dict(facts.heads) == {}
    problem = cut_branch(mirror, NAME, "develop")
    assert problem == GitProblem(kind=ProblemKind.MISSING_REF, ref="develop")
    assert empty.refs() == {}


def test_a_detached_default_branch_hinders_nothing(release: Team, mirror: Mirror, by: Signature) -> None:
    (release.remote / "HEAD").write_text(release.refs()["heads/main"] + "\n")
    sha = on(release, NAME, write("late.txt", "late\n"))

    made = finish(mirror, Finish(branch=NAME, sha=sha, into=("main", "develop"), tag=TAG), by)

    assert isinstance(made, Made)
    assert "heads/release/v1.5.0" not in release.refs()


def test_a_shallow_remote_is_refused_because_its_history_would_mislead(
    team: Team, mirror: Mirror, tmp_path: Path, by: Signature
) -> None:
    remote = _shallow(team, tmp_path)
    shallow = replace(mirror, remote_url=str(remote))
    before = team.git("for-each-ref", at=remote)
    head = team.refs()["heads/develop"]

    outcomes = [
        fetch(shallow, team.clock),
        cut_branch(shallow, NAME, "develop"),
        finish(shallow, Finish(branch=NAME, sha=head, into=("main",), tag=TAG), by),
    ]

    assert outcomes == [GitProblem(kind=ProblemKind.SHALLOW)] * 3
    assert team.git("for-each-ref", at=remote) == before


def test_a_remote_that_was_completed_is_read_again(team: Team, mirror: Mirror, tmp_path: Path) -> None:
    remote = _shallow(team, tmp_path)
    shallow = replace(mirror, remote_url=str(remote))
    fetch(shallow, team.clock)
    team.git("fetch", "-q", "--unshallow", str(team.remote), at=remote)

    facts = fetch(shallow, team.clock)

    assert isinstance(facts, Facts)
    assert set(facts.heads) == {"main", "develop"}


def _shallow(team: Team, tmp_path: Path) -> Path:
    """A copy of the remote that has the newest commit of each branch and nothing before it."""
    copy = tmp_path / "shallow.git"
    url = f"file://{team.remote}"
    team.git("clone", "-q", "--bare", "--no-single-branch", "--depth=1", url, str(copy))
    assert (copy / "shallow").exists()
    return copy


def test_a_release_without_a_mirror_of_yesterday_is_finished_all_the_same(
    release: Team, mirror: Mirror, by: Signature
) -> None:
    sha = on(release, NAME, write("late.txt", "late\n"))
    fetch(mirror, release.clock)
    shutil.rmtree(mirror.path)

    made = finish(mirror, Finish(branch=NAME, sha=sha, into=("main", "develop"), tag=TAG), by)

    assert isinstance(made, Made)
