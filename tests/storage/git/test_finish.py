from __future__ import annotations

from dataclasses import replace

import pytest

from domain.repository import Conflict, GitProblem, Made, ProblemKind, Signature
from storage.git import Finish, Mirror, NewTag, finish
from storage.git import actions as actions_module
from tests.storage.git.team import Team

NAME = "release/v1.5.0"
TAG = NewTag(name="v1.5.0", message="v1.5.0")


@pytest.fixture
def release(team: Team) -> str:
    """A release branch with one fix of its own, while develop has gone on. Returns the approved commit."""
    team.branch(NAME, team.refs()["heads/develop"])
    sha = team.commit("fix: last minute", {"search.txt": "search better\n"}, branch=NAME)
    team.commit("feat: next", {"next.txt": "next\n"})
    return sha


def end(sha: str, **changes: object) -> Finish:
    return replace(Finish(branch=NAME, sha=sha, into=("main", "develop"), tag=TAG), **changes)


def test_finish_merges_tags_and_deletes(team: Team, mirror: Mirror, release: str, by: Signature) -> None:
    before = team.refs()

    made = finish(mirror, end(release), by)

    refs = team.refs()
    assert isinstance(made, Made)
    assert dict(made.refs) == {
        "refs/heads/main": refs["heads/main"],
        "refs/heads/develop": refs["heads/develop"],
        "refs/tags/v1.5.0": team.git("rev-parse", "v1.5.0", at=team.remote),
        "refs/heads/release/v1.5.0": "",
    }
    assert set(refs) == {"heads/main", "heads/develop", "tags/v1.4.0", "tags/v1.5.0"}
    assert refs["tags/v1.5.0"] == release
    assert team.show("main", "%P") == f"{before['heads/main']} {release}"
    assert team.show("develop", "%P") == f"{before['heads/develop']} {release}"
    assert team.show("main", "%an %ae %at %cn %s") == (
        f"나루 naru@example.com {int(by.at.timestamp())} 나루 Merge branch 'release/v1.5.0' into main"
    )
    assert team.files("develop") == {
        "app.txt": "one\nfixed",
        "next.txt": "next",
        "search.txt": "search better",
        "읽기.md": "읽기",
    }


def test_finish_again_after_a_crash_between_push_and_report(
    team: Team, mirror: Mirror, release: str, by: Signature
) -> None:
    finish(mirror, end(release), by)
    before = team.refs()

    again = finish(mirror, end(release), by)

    assert isinstance(again, Made)
    assert again.already
    assert [ref for ref, _ in again.refs] == ["refs/heads/main", "refs/heads/develop", "refs/tags/v1.5.0"]
    assert team.refs() == before


def test_finish_into_an_open_release_branch_as_well(
    team: Team, mirror: Mirror, release: str, by: Signature
) -> None:
    team.branch("release/v1.6.0", team.refs()["heads/develop"])

    made = finish(mirror, end(release, into=("main", "develop", "release/v1.6.0")), by)

    assert isinstance(made, Made)
    assert release in team.git("rev-list", "release/v1.6.0", at=team.remote).split()


def test_finish_without_tag_and_with_the_branch_kept(
    team: Team, mirror: Mirror, release: str, by: Signature
) -> None:
    finish(mirror, end(release, tag=None, delete_branch=False), by)

    assert (team.refs()["heads/release/v1.5.0"], "tags/v1.5.0" in team.refs()) == (release, False)


def test_finish_on_a_trunk_only_tags(team: Team, mirror: Mirror, by: Signature) -> None:
    head = team.commit("feat: trunk", branch="main")
    before = team.refs()

    finish(mirror, Finish(branch="main", sha=head, into=("main",), tag=TAG), by)

    assert team.refs() == {**before, "tags/v1.5.0": head}


def test_finish_never_deletes_the_default_branch(team: Team, mirror: Mirror, by: Signature) -> None:
    head = team.commit("feat: trunk", branch="main")

    finish(mirror, Finish(branch="main", sha=head, into=(), tag=TAG), by)

    assert team.refs()["heads/main"] == head


def test_finish_without_the_branch_still_merges_the_approved_commit(
    team: Team, mirror: Mirror, release: str, by: Signature
) -> None:
    team.tag("v1.5.0-rc.1", release)
    team.git("push", "-q", "origin", f":refs/heads/{NAME}")

    assert isinstance(finish(mirror, end(release), by), Made)
    assert team.refs()["tags/v1.5.0"] == release


def test_finish_when_the_branch_moved_on_changes_nothing(
    team: Team, mirror: Mirror, release: str, by: Signature
) -> None:
    head = team.commit("fix: not approved", branch=NAME)
    before = team.refs()

    problem = finish(mirror, end(release), by)

    assert problem == GitProblem(kind=ProblemKind.MOVED, ref=NAME, expected=release, actual=head)
    assert team.refs() == before


@pytest.mark.parametrize(
    ("theirs", "files"),
    [
        ({"search.txt": "search worse\n"}, ("search.txt",)),
        ({"search.txt": None}, ("search.txt",)),
        ({"search.txt": None, "search.txt/deep": "x\n"}, ("search.txt",)),
    ],
    ids=["content", "modify/delete", "file/folder"],
)
def test_finish_with_a_conflict_names_the_files_and_changes_nothing(
    team: Team,
    mirror: Mirror,
    release: str,
    by: Signature,
    theirs: dict[str, str | None],
    files: tuple[str, ...],
) -> None:
    team.commit("feat: otherwise", theirs)
    before = team.refs()

    problem = finish(mirror, end(release), by)

    assert problem == GitProblem(kind=ProblemKind.CONFLICT, ref="develop", files=files)
    assert team.refs() == before


def test_finish_with_a_conflict_in_a_korean_path(
    team: Team, mirror: Mirror, release: str, by: Signature
) -> None:
    sha = team.commit("fix: text", {"읽기.md": "가\n"}, branch=NAME)
    team.commit("feat: text", {"읽기.md": "나\n"})

    problem = finish(mirror, end(sha), by)

    assert problem == GitProblem(kind=ProblemKind.CONFLICT, ref="develop", files=("읽기.md",))


def test_finish_with_a_history_of_its_own_is_told(
    team: Team, mirror: Mirror, release: str, by: Signature
) -> None:
    orphan = team.git("commit-tree", "HEAD^{tree}", "-m", "alien")
    team.git("push", "-q", "origin", f"{orphan}:refs/heads/alien")

    problem = finish(mirror, end(orphan, branch="alien"), by)

    why = "refusing to merge unrelated histories"
    conflicts = (Conflict("main", detail=why), Conflict("develop", detail=why))
    assert problem == GitProblem(kind=ProblemKind.CONFLICT, ref="main", detail=why, conflicts=conflicts)


def test_finish_when_a_target_is_missing_changes_nothing(
    team: Team, mirror: Mirror, release: str, by: Signature
) -> None:
    before = team.refs()

    problem = finish(mirror, end(release, into=("main", "gone")), by)

    assert problem == GitProblem(kind=ProblemKind.MISSING_REF, ref="gone")
    assert team.refs() == before


def test_finish_when_the_tag_means_something_else_changes_nothing(
    team: Team, mirror: Mirror, release: str, by: Signature
) -> None:
    team.tag("v1.5.0", team.refs()["heads/main"])
    before = team.refs()

    problem = finish(mirror, end(release), by)

    assert problem == GitProblem(kind=ProblemKind.TAG_EXISTS, ref="v1.5.0", actual=before["heads/main"])
    assert team.refs() == before


def test_finish_that_the_remote_refuses_for_one_branch_changes_nothing(
    team: Team, mirror: Mirror, release: str, by: Signature
) -> None:
    team.hook("update", 'test "$1" != refs/heads/main || { echo no >&2; exit 1; }')
    before = team.refs()

    problem = finish(mirror, end(release), by)

    assert problem == GitProblem(
        kind=ProblemKind.REJECTED,
        ref="main",
        detail="[remote rejected] (hook declined) · no · hook declined to update refs/heads/main",
    )
    assert team.refs() == before


def test_finish_while_somebody_pushes_to_develop_changes_nothing_and_works_the_next_time(
    team: Team, mirror: Mirror, release: str, by: Signature, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = team.refs()["heads/develop"]
    read = actions_module.bring_up_to_date
    pushed: list[str] = []

    def read_then_lose_the_race(*arguments: object) -> object:
        remote = read(*arguments)  # type: ignore[arg-type]  # passed on as it came
        if not pushed:
            pushed.append(team.commit("feat: in between", {"between.txt": "b\n"}))
        return remote

    monkeypatch.setattr(actions_module, "bring_up_to_date", read_then_lose_the_race)

    problem = finish(mirror, end(release), by)
    main = team.refs()["heads/main"]
    again = finish(mirror, end(release), by)

    assert problem == GitProblem(kind=ProblemKind.MOVED, ref="develop", expected=old, actual=pushed[0])
    assert main == team.git("rev-parse", "v1.4.0^{commit}")
    assert isinstance(again, Made)
    assert "between.txt" in team.files("develop")
