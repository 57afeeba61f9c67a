"""Merges of what Naru writes on both sides: settled by rule; one conflict of a person's, and nothing is merged."""

from __future__ import annotations

from dataclasses import replace

import pytest

from domain.repository import Conflict, GitProblem, Made, ProblemKind, Signature
from storage.git import Finish, Mirror, NewTag, finish
from tests.storage.git.team import Team

RELEASE = "release/v1.5.0"
TITLE = "# Changelog\n\n"
CART, PAY, SEARCH = "## v1.4.0\n\n- cart\n", "## v1.4.1\n\n- pay\n", "## v1.5.0\n\n- search\n"


def files(version: str, changelog: str, **more: str) -> dict[str, str | None]:
    return {"VERSION": f"{version}\n", "CHANGELOG.md": TITLE + changelog, **more}


@pytest.fixture
def hotfix(team: Team) -> Finish:
    """v1.5.0 waits for its deploy, develop has no files of its own, and v1.4.1 mends production."""
    base = team.commit("chore: files", files("1.4.0", CART), branch="main")
    team.branch(RELEASE, base)
    team.commit("chore(release): v1.5.0", files("1.5.0", f"{SEARCH}\n{CART}"), branch=RELEASE)
    team.branch("hotfix/a", base)
    more = {"pay.txt": "pay\n"}
    sha = team.commit("fix: pay", files("1.4.1", f"{PAY}\n{CART}", **more), branch="hotfix/a")
    return Finish(
        branch="hotfix/a",
        sha=sha,
        into=("main", RELEASE),
        tag=NewTag(name="v1.4.1", message="v1.4.1"),
        keeping=frozenset({RELEASE}),
        changelog="CHANGELOG.md",
        version_file="VERSION",
    )


def test_a_hotfix_goes_into_an_open_release_with_both_sections_and_the_release_s_version(
    team: Team, mirror: Mirror, by: Signature, hotfix: Finish
) -> None:
    made = finish(mirror, hotfix, by)

    assert isinstance(made, Made)
    merged = team.files(RELEASE)
    assert merged["VERSION"] == "1.5.0"
    assert merged["CHANGELOG.md"] == f"{TITLE}{SEARCH}\n{PAY}\n{CART}".strip()
    assert merged["pay.txt"] == "pay"
    assert team.files("main")["VERSION"] == "1.4.1"
    assert finish(mirror, replace(hotfix, delete_branch=False), by).already  # type: ignore[union-attr]


def test_main_has_the_higher_version_when_a_release_comes_that_never_saw_the_hotfix(
    team: Team, mirror: Mirror, by: Signature, hotfix: Finish
) -> None:
    assert isinstance(finish(mirror, replace(hotfix, into=("main",)), by), Made)
    sha = team.refs()[f"heads/{RELEASE}"]
    release = replace(hotfix, branch=RELEASE, sha=sha, into=("main",), tag=None, keeping=frozenset())

    assert isinstance(finish(mirror, release, by), Made)

    merged = team.files("main")
    assert (merged["VERSION"], merged["CHANGELOG.md"]) == (
        "1.5.0",
        f"{TITLE}{SEARCH}\n{PAY}\n{CART}".strip(),
    )


def test_a_manifest_keeps_what_both_sides_changed_beside_the_version(
    team: Team, mirror: Mirror, by: Signature, hotfix: Finish
) -> None:
    def manifest(version: str, top: str = "shop", last: str = "old") -> dict[str, str | None]:
        lines = [f'"name": "{top}"', '"a": 1', '"b": 2', f'"version": "{version}"', f'"last": "{last}"']
        return {"package.json": "{\n  " + ",\n  ".join(lines) + "\n}\n"}

    base = team.commit("chore: manifest", manifest("1.4.0"), branch="main")
    team.branch("release/v1.6.0", base)
    team.commit("chore(release): v1.6.0", manifest("1.6.0", top="Shop"), branch="release/v1.6.0")
    team.branch("hotfix/b", base)
    sha = team.commit("fix: b", manifest("1.4.2", top="shop"), branch="hotfix/b")
    end = replace(
        hotfix,
        branch="hotfix/b",
        sha=sha,
        into=("release/v1.6.0",),
        tag=None,
        keeping=frozenset({"release/v1.6.0"}),
        version_file="package.json",
    )

    assert isinstance(finish(mirror, end, by), Made)

    assert (
        team.files("release/v1.6.0")["package.json"] + "\n" == manifest("1.6.0", top="Shop")["package.json"]
    )


@pytest.mark.parametrize(
    "theirs",
    [
        {"pay.txt": "other\n"},
        {"CHANGELOG.md": f"{TITLE}## v1.4.1\n\n- paid\n\n{CART}"},
        {"CHANGELOG.md": None},
        {"VERSION": "soon\n"},
    ],
    ids=["another file", "the same section", "taken out", "no version"],
)
def test_what_is_a_persons_stays_one_and_nothing_is_merged(
    team: Team, mirror: Mirror, by: Signature, hotfix: Finish, theirs: dict[str, str | None]
) -> None:
    team.commit("fix: otherwise", theirs, branch=RELEASE)
    before = team.refs()

    problem = finish(mirror, hotfix, by)

    assert isinstance(problem, GitProblem)
    assert (problem.kind, problem.ref) == (ProblemKind.CONFLICT, RELEASE)
    assert set(theirs) <= set(problem.files)
    assert team.refs() == before


def test_without_a_policy_for_them_they_are_files_like_others(
    team: Team, mirror: Mirror, by: Signature, hotfix: Finish
) -> None:
    problem = finish(mirror, replace(hotfix, changelog="", version_file=""), by)

    assert problem == GitProblem(kind=ProblemKind.CONFLICT, ref=RELEASE, files=("CHANGELOG.md", "VERSION"))


def test_every_target_in_conflict_is_named_with_its_files(
    team: Team, mirror: Mirror, by: Signature, hotfix: Finish
) -> None:
    team.commit("fix: ours", {"pay.txt": "ours\n"}, branch="main")
    team.commit("fix: theirs", {"pay.txt": "theirs\n"}, branch=RELEASE)
    before = team.refs()

    problem = finish(mirror, hotfix, by)

    # Where a person must merge anyhow, what would have been settled is in conflict for git as well.
    files = ("CHANGELOG.md", "VERSION", "pay.txt")
    conflicts = (Conflict("main", ("pay.txt",)), Conflict(RELEASE, files))
    assert isinstance(problem, GitProblem)
    assert problem.conflicts == conflicts
    assert set(problem.files) == set(files)
    assert team.refs() == before
