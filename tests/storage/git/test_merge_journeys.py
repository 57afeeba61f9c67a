"""Merges as teams meet them: what conflicts changes nothing and names its files; what does not conflict, merges."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from domain.repository import GitProblem, Made, ProblemKind, Signature
from storage.git import Finish, Mirror, NewTag, finish, pick_branch
from tests.storage.git.team import Team

NAME = "release/v1.5.0"
TAG = NewTag(name="v1.5.0", message="v1.5.0")
POINTER = "version https://git-lfs.github.com/spec/v1\noid sha256:{oid}\nsize {size}\n"


@pytest.fixture
def release(team: Team) -> Team:
    """A release branch from develop, on which the team stands now."""
    team.branch(NAME, team.refs()["heads/develop"])
    return team


def on(team: Team, branch: str, change: Callable[[Team], None]) -> str:
    """A commit of what `change` does to the work tree and the index of a branch."""
    team.git("checkout", "-q", branch)
    change(team)
    team.git("commit", "-q", "-m", f"feat: on {branch}")
    team.git("push", "-q", "origin", branch)
    return team.git("rev-parse", "HEAD")


def both(team: Team, ours: Callable[[Team], None], theirs: Callable[[Team], None]) -> Finish:
    """One change on the release branch and another on develop; how that release would end."""
    sha = on(team, NAME, ours)
    on(team, "develop", theirs)
    return Finish(branch=NAME, sha=sha, into=("main", "develop"), tag=TAG)


def write(name: str, text: str) -> Callable[[Team], None]:
    def change(team: Team) -> None:
        path = team.work / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        team.git("add", name)

    return change


def move(old: str, new: str) -> Callable[[Team], None]:
    return lambda team: void(team.git("mv", old, new))


def remove(name: str) -> Callable[[Team], None]:
    return lambda team: void(team.git("rm", "-q", name))


def pointer(name: str, sha: str) -> Callable[[Team], None]:
    """A submodule's entry; merging reads nothing of the other repository."""
    return lambda team: void(team.git("update-index", "--add", "--cacheinfo", f"160000,{sha},{name}"))


def link(name: str, target: str) -> Callable[[Team], None]:
    def change(team: Team) -> None:
        (team.work / name).unlink()
        (team.work / name).symlink_to(target)
        team.git("add", name)

    return change


def executable(name: str) -> Callable[[Team], None]:
    def change(team: Team) -> None:
        (team.work / name).chmod(0o755)
        team.git("add", name)

    return change


def void(_output: str) -> None:
    """What git said is of no interest."""


def folder(name: str) -> Callable[[Team], None]:
    def change(team: Team) -> None:
        team.git("rm", "-q", name)
        write(f"{name}/deep.txt", "deep\n")(team)

    return change


@pytest.mark.parametrize(
    ("ours", "theirs", "files"),
    [
        (write("search.txt", "ours\n"), write("search.txt", "theirs\n"), {"search.txt"}),
        (write("new.txt", "ours\n"), write("new.txt", "theirs\n"), {"new.txt"}),
        (move("search.txt", "a.txt"), move("search.txt", "b.txt"), {"search.txt", "a.txt", "b.txt"}),
        (move("search.txt", "a.txt"), remove("search.txt"), {"a.txt"}),
        (remove("search.txt"), write("search.txt", "theirs\n"), {"search.txt"}),
        (write("search.txt", "ours\n"), remove("search.txt"), {"search.txt"}),
        (write("search.txt", "ours\n"), folder("search.txt"), {"search.txt"}),
        (link("search.txt", "app.txt"), write("search.txt", "theirs\n"), {"search.txt"}),
        (move("app.txt", "x.txt"), move("search.txt", "x.txt"), {"x.txt"}),
        (pointer("lib", "1" * 40), pointer("lib", "2" * 40), {"lib"}),
        (
            write("film.mp4", POINTER.format(oid="1" * 64, size=1)),
            write("film.mp4", POINTER.format(oid="2" * 64, size=2)),
            {"film.mp4"},
        ),
    ],
    ids=[
        "content",
        "added by both",
        "renamed apart",
        "rename/delete",
        "delete/modify",
        "modify/delete",
        "file/folder",
        "link/file",
        "renamed to one",
        "submodule",
        "LFS pointer",
    ],
)
def test_a_conflict_changes_nothing_and_names_the_files(
    release: Team,
    mirror: Mirror,
    by: Signature,
    ours: Callable[[Team], None],
    theirs: Callable[[Team], None],
    files: set[str],
) -> None:
    end = both(release, ours, theirs)
    before = release.refs()

    problem = finish(mirror, end, by)

    assert isinstance(problem, GitProblem)
    assert (problem.kind, problem.ref) == (ProblemKind.CONFLICT, "develop")
    assert set(problem.files) == files
    assert release.refs() == before


@pytest.mark.parametrize(
    ("ours", "theirs", "merged"),
    [
        (move("search.txt", "find.txt"), write("app.txt", "one\nfixed\nmore\n"), {"find.txt": "search"}),
        (move("search.txt", "find.txt"), write("search.txt", "search\nmore\n"), {"find.txt": "search\nmore"}),
        (
            write("film.mp4", POINTER.format(oid="1" * 64, size=1)),
            write("song.mp3", POINTER.format(oid="2" * 64, size=2)),
            {"film.mp4": POINTER.format(oid="1" * 64, size=1).strip()},
        ),
        (remove("search.txt"), remove("search.txt"), {"app.txt": "one\nfixed"}),
    ],
    ids=["renamed beside", "renamed and changed", "LFS pointers", "deleted by both"],
)
def test_what_does_not_conflict_is_merged(
    release: Team,
    mirror: Mirror,
    by: Signature,
    ours: Callable[[Team], None],
    theirs: Callable[[Team], None],
    merged: dict[str, str],
) -> None:
    end = both(release, ours, theirs)

    made = finish(mirror, end, by)

    assert isinstance(made, Made)
    assert merged.items() <= release.files("develop").items()


def test_a_submodule_that_one_side_moved_is_moved(release: Team, mirror: Mirror, by: Signature) -> None:
    end = both(release, pointer("lib", "1" * 40), write("app.txt", "else\n"))

    made = finish(mirror, end, by)

    assert isinstance(made, Made)
    listed = release.git("ls-tree", "develop", "lib", at=release.remote)
    assert listed == f"160000 commit {'1' * 40}\tlib"


def test_a_file_that_became_executable_stays_so_when_the_other_side_changes_it(
    release: Team, mirror: Mirror, by: Signature
) -> None:
    end = both(
        release,
        executable("search.txt"),
        write("search.txt", "search\nmore\n"),
    )

    made = finish(mirror, end, by)

    assert isinstance(made, Made)
    listed = release.git("ls-tree", "develop", "search.txt", at=release.remote)
    assert listed.startswith("100755")
    assert release.files("develop")["search.txt"] == "search\nmore"


# --- into many branches ---------------------------------------------------------------------------------------

MANY = ("main", "develop", "release/v1.6.0", "release/v1.7.0")


@pytest.fixture
def hotfix(team: Team, mirror: Mirror, by: Signature) -> Finish:
    """A hotfix of v1.4.0 while two releases are open."""
    develop = team.refs()["heads/develop"]
    for name in MANY[2:]:
        team.branch(name, develop)
    fix = team.commit("fix: pay", {"pay.txt": "pay\n"}, branch="fix")
    made = pick_branch(mirror, "hotfix/INC-20260309-1", onto="v1.4.0", commits=[fix], by=by)
    assert isinstance(made, Made)
    tag = NewTag(name="v1.4.1", message="v1.4.1")
    return Finish(branch="hotfix/INC-20260309-1", sha=made.refs[0][1], into=MANY, tag=tag)


def test_a_fix_goes_into_four_branches_each_merged_by_itself_in_one_push(
    team: Team, mirror: Mirror, by: Signature, hotfix: Finish
) -> None:
    team.hook("post-receive", f"cat >> {team.remote}/pushes; echo . >> {team.remote}/pushes")
    before = team.refs()

    made = finish(mirror, hotfix, by)

    assert isinstance(made, Made)
    pushes = (team.remote / "pushes").read_text()
    assert (pushes.count(".\n"), pushes.count("refs/")) == (1, 6)
    for name in MANY:
        assert team.show(name, "%P") == f"{before[f'heads/{name}']} {hotfix.sha}"
        assert team.files(name)["pay.txt"] == "pay"


def test_a_conflict_with_the_last_of_four_leaves_all_as_they_were(
    team: Team, mirror: Mirror, by: Signature, hotfix: Finish
) -> None:
    team.commit("fix: pay otherwise", {"pay.txt": "other\n"}, branch="release/v1.7.0")
    before = team.refs()

    problem = finish(mirror, hotfix, by)

    assert problem == GitProblem(kind=ProblemKind.CONFLICT, ref="release/v1.7.0", files=("pay.txt",))
    assert team.refs() == before


def test_one_of_four_that_the_remote_refuses_leaves_all_as_they_were(
    team: Team, mirror: Mirror, by: Signature, hotfix: Finish
) -> None:
    team.hook("update", 'test "$1" != refs/heads/release/v1.7.0 || exit 1')
    before = team.refs()

    problem = finish(mirror, hotfix, by)

    assert isinstance(problem, GitProblem)
    assert (problem.kind, problem.ref) == (ProblemKind.REJECTED, "release/v1.7.0")
    assert team.refs() == before
