from __future__ import annotations

import pytest

from domain.repository import GitProblem, Made, ProblemKind, Signature
from storage.git import Mirror, pick_branch
from tests.storage.git.team import Team

NAME, REF = "hotfix/INC-20260309-1", "refs/heads/hotfix/INC-20260309-1"


def picked(mirror: Mirror, by: Signature, *commits: str) -> Made | GitProblem:
    return pick_branch(mirror, NAME, onto="v1.4.0", commits=commits, by=by)


def test_pick_branch_carries_the_named_commits_alone(team: Team, mirror: Mirror, by: Signature) -> None:
    base, fix = team.refs()["heads/main"], team.refs()["heads/develop"]

    made = picked(mirror, by, fix)

    head = team.refs()[f"heads/{NAME}"]
    assert made == Made(((REF, head),))
    assert team.files(head) == {"app.txt": "one\nfixed", "읽기.md": "읽기"}
    assert team.show(head, "%P %an %ae %at %cn %ct") == (
        f"{base} Kim kim@example.com {team.show(fix, '%at')} 나루 {int(by.at.timestamp())}"
    )
    assert team.show(head, "%B") == f"fix: crash\n\n(cherry picked from commit {fix})"


def test_pick_branch_again_finds_it_done(team: Team, mirror: Mirror, by: Signature) -> None:
    fix = team.refs()["heads/develop"]
    made = picked(mirror, by, fix)

    again = picked(mirror, by, fix)

    assert isinstance(made, Made)
    assert again == Made(made.refs, already=True)


def test_pick_branch_takes_commits_in_the_order_of_history(team: Team, mirror: Mirror, by: Signature) -> None:
    first = team.commit("fix: one", {"log.txt": "1\n"})
    second = team.commit("fix: two", {"log.txt": "1\n2\n"})
    third = team.commit("fix: three", {"log.txt": "1\n2\n3\n"})

    picked(mirror, by, third, first[:10], second, first)

    head = team.refs()[f"heads/{NAME}"]
    listed = team.git("log", "--format=%s", f"v1.4.0..{head}", at=team.remote).splitlines()
    assert listed == ["fix: three", "fix: two", "fix: one"]
    assert team.files(head)["log.txt"] == "1\n2\n3"


def test_pick_branch_equals_what_git_itself_would_pick(team: Team, mirror: Mirror, by: Signature) -> None:
    team.commit("feat: long", {"a.txt": "".join(f"{n}\n" for n in range(30)), "old.txt": "x\n" * 20})
    base = team.commit("chore: base", {"old.txt": "x\n" * 21})
    team.tag("v1.4.1", base)
    team.commit("refactor: move", {"old.txt": None, "new.txt": "x\n" * 21})
    team.commit("feat: top", {"a.txt": "".join(f"{n}\n" for n in range(-3, 30))})
    fix = team.commit(
        "fix: both", {"a.txt": "".join(f"{n}\n" for n in [*range(-3, 29), 99]), "new.txt": "x\n" * 21 + "y\n"}
    )
    team.git("checkout", "-q", "v1.4.1^{commit}")
    team.git("cherry-pick", fix)

    pick_branch(mirror, NAME, onto="v1.4.1", commits=[fix], by=by)

    head = team.refs()[f"heads/{NAME}"]
    assert team.git("rev-parse", f"{head}^{{tree}}", at=team.remote) == team.git("rev-parse", "HEAD^{tree}")


def test_pick_branch_of_a_merge_takes_what_it_brought(team: Team, mirror: Mirror, by: Signature) -> None:
    team.git("checkout", "-q", "-b", "side", "v1.4.0^{commit}")
    team.commit("feat: side", {"side.txt": "s\n"}, branch="side")
    team.git("checkout", "-q", "develop")
    team.git("merge", "-q", "--no-ff", "-m", "Merge pull request #3 from a/side", "side")
    team.git("push", "-q", "origin", "develop")

    picked(mirror, by, team.git("rev-parse", "HEAD"))

    assert set(team.files(NAME)) == {"app.txt", "side.txt", "읽기.md"}


def test_pick_branch_of_a_commit_without_parent(team: Team, mirror: Mirror, by: Signature) -> None:
    tree = team.git(
        "mktree", feed=f"100644 blob {team.git('rev-parse', 'HEAD:search.txt')}\tlone.txt\n".encode()
    )
    orphan = team.git("commit-tree", tree, "-m", "chore: lone")
    team.git("push", "-q", "origin", f"{orphan}:refs/heads/lone")

    picked(mirror, by, orphan)

    assert team.files(NAME)["lone.txt"] == "search"


def test_pick_branch_keeps_strange_messages_and_authors(team: Team, mirror: Mirror, by: Signature) -> None:
    team.commit("fix: y", {"y.txt": "y\n"}, author="이 나루 <lee@example.com>")
    strange = team.commit_bytes(b"fix: caf\xe9\n\nbody\n")

    picked(mirror, by, strange)

    raw = team.git("cat-file", "commit", NAME, at=team.remote)
    assert "author 이 나루 <lee@example.com>" in raw
    assert raw.endswith(f"fix: café\n\nbody\n\n(cherry picked from commit {strange})")


def test_pick_branch_with_a_conflict_names_commit_and_files(
    team: Team, mirror: Mirror, by: Signature
) -> None:
    team.commit("fix: a", {"app.txt": "one\nfixed\nagain\n"})
    clash = team.commit("fix: b", {"app.txt": "one\nfixed twice\nagain\n", "fine.txt": "f\n"})
    before = team.refs()

    problem = picked(mirror, by, clash)

    assert problem == GitProblem(kind=ProblemKind.CONFLICT, actual=clash, files=("app.txt",))
    assert team.refs() == before


def test_pick_branch_of_a_change_to_a_file_that_is_not_there_conflicts(
    team: Team, mirror: Mirror, by: Signature
) -> None:
    clash = team.commit("fix: search", {"search.txt": "search\nbetter\n"})

    problem = picked(mirror, by, clash)

    assert problem == GitProblem(kind=ProblemKind.CONFLICT, actual=clash, files=("search.txt",))


@pytest.mark.parametrize("named", ["v1.4.0", "main"])
def test_pick_branch_of_what_is_there_already(team: Team, mirror: Mirror, by: Signature, named: str) -> None:
    assert picked(mirror, by, named) == GitProblem(kind=ProblemKind.NOTHING_TO_RELEASE, ref="v1.4.0")


def test_pick_branch_of_a_change_that_came_another_way(team: Team, mirror: Mirror, by: Signature) -> None:
    team.git("checkout", "-q", "-b", "other", "v1.4.0^{commit}")
    same = team.commit("fix: crash, too", {"app.txt": "one\nfixed\n"}, branch="other")
    team.tag("v1.4.1", same)
    fix = team.refs()["heads/develop"]

    problem = pick_branch(mirror, NAME, onto="v1.4.1", commits=[fix], by=by)

    assert problem == GitProblem(kind=ProblemKind.NOTHING_TO_RELEASE, ref="v1.4.1")


def test_pick_branch_of_nothing(team: Team, mirror: Mirror, by: Signature) -> None:
    assert picked(mirror, by) == GitProblem(kind=ProblemKind.NOTHING_TO_RELEASE, ref="v1.4.0")


@pytest.mark.parametrize("named", ["f" * 40, "--all", "abcdef0"])
def test_pick_branch_of_an_unknown_commit(team: Team, mirror: Mirror, by: Signature, named: str) -> None:
    assert picked(mirror, by, named) == GitProblem(kind=ProblemKind.MISSING_REF, ref=named)


def test_pick_branch_whose_name_is_taken(team: Team, mirror: Mirror, by: Signature) -> None:
    old = team.refs()["heads/main"]
    team.branch(NAME, old)

    problem = picked(mirror, by, team.refs()["heads/develop"])

    assert problem == GitProblem(kind=ProblemKind.BRANCH_EXISTS, ref=NAME, actual=old)
