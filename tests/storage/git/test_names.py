"""Names from people: nothing is taken for an option, and what we accept git accepts too."""

from __future__ import annotations

import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from domain.refs import safe_ref_name
from domain.repository import GitProblem, ProblemKind, Signature
from storage.git import (
    Finish,
    Mirror,
    NewTag,
    create_tag,
    cut_branch,
    fetch,
    find_commit,
    finish,
    pick_branch,
    read_commits,
    remote_head,
)
from tests.storage.git.team import QUIET, Team

BY = Signature("나루", "naru@example.com", datetime(2026, 3, 9, 1, 0, tzinfo=UTC))

fragments = st.sampled_from(
    [
        "--",
        "-",
        "/",
        ".",
        "..",
        ".lock",
        "@{",
        "@",
        "HEAD",
        "refs/",
        "=",
        ":",
        "~1",
        "^",
        " ",
        "\n",
        "\0",
        "a",
        "가",
        "v1.0",
    ]
)
options = st.sampled_from(
    [
        "--output=made",
        "--upload-pack=touch made",
        "--receive-pack=touch made",
        "-cmade",
        "--exec=touch made",
        "--all",
    ]
)
names = st.one_of(options, st.lists(fragments, max_size=6).map("".join), st.text(max_size=12))
hostile = names.filter(lambda name: not safe_ref_name(name))


@pytest.fixture(scope="module")
def mirror(tmp_path_factory: pytest.TempPathFactory) -> Mirror:
    folder = tmp_path_factory.mktemp("names")
    team = Team(remote=folder / "remote.git", work=folder / "work")
    team.git("init", "-q", "--bare", "-b", "main", str(team.remote), at=folder)
    team.git("init", "-q", "-b", "main", str(team.work), at=folder)
    team.git("remote", "add", "origin", str(team.remote))
    team.commit("feat: start", branch="main")
    mirror = Mirror(
        path=folder / "mirror", remote_url=str(team.remote), allow_local=True, limit=timedelta(seconds=20)
    )
    fetch(mirror, BY.at)
    return mirror


def everything(folder: Path) -> set[Path]:
    return {path for path in folder.rglob("*") if "objects" not in path.parts}


@settings(max_examples=300, deadline=None)
@example("a" * 200)
@example("가" * 66)
@given(st.one_of(names, st.from_regex(r"[a-z가-힣0-9._/+#-]{1,12}", fullmatch=True)))
def test_accepted_names_are_a_subset_of_what_git_accepts(name: str) -> None:
    if safe_ref_name(name):
        checked = subprocess.run(
            ["git", "check-ref-format", "--branch", name], env=QUIET, capture_output=True, check=False
        )
        assert checked.returncode == 0


@settings(max_examples=25, deadline=None)
@given(hostile)
@example("--upload-pack=touch made")
@example("--output=made")
def test_hostile_names_are_refused_before_git_sees_them(mirror: Mirror, name: str) -> None:
    before = everything(mirror.path.parent)
    unsafe = GitProblem(kind=ProblemKind.UNSAFE_NAME, ref=name)

    outcomes = [
        cut_branch(mirror, name, "main"),
        pick_branch(mirror, name, onto="main", commits=["main"], by=BY),
        create_tag(mirror, NewTag(name=name, message="x"), "main", BY),
        finish(mirror, Finish(branch="main", sha="f" * 40, into=[name], tag=None), BY),
    ]

    assert outcomes == [unsafe] * 4
    assert everything(mirror.path.parent) == before


@settings(max_examples=15, deadline=None)
@given(hostile)
@example("--upload-pack=touch made")
@example("--output=made")
def test_hostile_revisions_are_only_ever_unknown(mirror: Mirror, name: str) -> None:
    before = everything(mirror.path.parent)
    missing = GitProblem(kind=ProblemKind.MISSING_REF, ref=name)

    outcomes = [
        find_commit(mirror, name),
        remote_head(mirror, name),
        read_commits(mirror, "main", name),
        cut_branch(mirror, "fine", name),
        pick_branch(mirror, "fine", onto="main", commits=[name], by=BY),
    ]

    assert outcomes == [missing] * 5
    assert everything(mirror.path.parent) == before
