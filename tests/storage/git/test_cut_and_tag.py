from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from domain.repository import GitProblem, Made, ProblemKind, Signature
from storage.git import Mirror, NewTag, create_tag, cut_branch, delete_branch
from storage.git import actions as actions_module
from tests.storage.git.team import Team

NAME, REF = "release/v1.5.0", "refs/heads/release/v1.5.0"
TAG = NewTag(name="v1.5.0", message="v1.5.0 검색\n\n내용")


def test_cut_branch(team: Team, mirror: Mirror) -> None:
    head = team.refs()["heads/develop"]

    made = cut_branch(mirror, NAME, "develop", since="v1.4.0")

    assert made == Made(((REF, head),))
    assert team.refs() == {
        "heads/main": team.refs()["heads/main"],
        "heads/develop": head,
        "heads/release/v1.5.0": head,
        "tags/v1.4.0": team.refs()["heads/main"],
    }


def test_cut_branch_again_after_a_crash_between_push_and_report(team: Team, mirror: Mirror) -> None:
    head = team.refs()["heads/develop"]
    cut_branch(mirror, NAME, head)

    assert cut_branch(mirror, NAME, head) == Made(((REF, head),), already=True)


def test_cut_branch_again_after_a_crash_while_its_source_went_on(team: Team, mirror: Mirror) -> None:
    head = team.refs()["heads/develop"]
    cut_branch(mirror, NAME, "develop", since="v1.4.0")
    team.commit("feat: next")

    assert cut_branch(mirror, NAME, "develop", since="v1.4.0") == Made(((REF, head),), already=True)


@pytest.mark.parametrize("old", ["v1.4.0^{commit}", "side"])
def test_cut_branch_whose_name_is_taken_by_something_else(team: Team, mirror: Mirror, old: str) -> None:
    team.commit("feat: side", branch="side")
    there = team.git("rev-parse", old)
    team.branch(NAME, there)

    problem = cut_branch(mirror, NAME, "develop", since="v1.4.0")

    assert problem == GitProblem(kind=ProblemKind.BRANCH_EXISTS, ref=NAME, actual=there)


def test_cut_branch_whose_name_is_taken(team: Team, mirror: Mirror) -> None:
    old = team.refs()["heads/main"]
    team.branch(NAME, old)

    problem = cut_branch(mirror, NAME, "develop")

    assert problem == GitProblem(kind=ProblemKind.BRANCH_EXISTS, ref=NAME, actual=old)
    assert team.refs()["heads/release/v1.5.0"] == old


@pytest.mark.parametrize("start", ["main", "v1.4.0"])
def test_cut_branch_with_nothing_to_release(team: Team, mirror: Mirror, start: str) -> None:
    problem = cut_branch(mirror, NAME, start, since="v1.4.0")

    assert problem == GitProblem(kind=ProblemKind.NOTHING_TO_RELEASE, ref="v1.4.0")
    assert "heads/release/v1.5.0" not in team.refs()


def test_cut_branch_from_a_branch_that_is_not_there(team: Team, mirror: Mirror) -> None:
    assert cut_branch(mirror, NAME, "gone") == GitProblem(kind=ProblemKind.MISSING_REF, ref="gone")


def test_cut_branch_of_an_empty_repository(empty: Team, mirror: Mirror) -> None:
    assert cut_branch(mirror, NAME, "develop") == GitProblem(kind=ProblemKind.MISSING_REF, ref="develop")


def test_cut_branch_under_a_branch_that_is_no_folder(team: Team, mirror: Mirror) -> None:
    team.branch("release", team.refs()["heads/main"])

    problem = cut_branch(mirror, NAME, "develop")

    assert isinstance(problem, GitProblem)
    assert (problem.kind, problem.ref) == (ProblemKind.REJECTED, NAME)


def test_cut_branch_that_the_remote_refuses(team: Team, mirror: Mirror) -> None:
    team.hook("pre-receive", "echo 릴리스 브랜치는 금지입니다 >&2; exit 1")

    problem = cut_branch(mirror, NAME, "develop")

    assert problem == GitProblem(
        kind=ProblemKind.REJECTED,
        ref=NAME,
        detail="[remote rejected] (pre-receive hook declined) · 릴리스 브랜치는 금지입니다",
    )
    assert "heads/release/v1.5.0" not in team.refs()


def test_cut_branch_that_somebody_makes_at_the_same_moment(
    team: Team, mirror: Mirror, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = team.refs()["heads/main"]
    read = actions_module.bring_up_to_date

    def read_then_lose_the_race(*arguments: object) -> object:
        remote = read(*arguments)  # type: ignore[arg-type]  # passed on as it came
        team.branch(NAME, other)
        return remote

    monkeypatch.setattr(actions_module, "bring_up_to_date", read_then_lose_the_race)

    problem = cut_branch(mirror, NAME, "develop")

    assert problem == GitProblem(kind=ProblemKind.BRANCH_EXISTS, ref=NAME, actual=other)
    assert team.refs()["heads/release/v1.5.0"] == other


def test_cut_branch_on_which_somebody_pushes_at_once_is_made(team: Team, mirror: Mirror) -> None:
    later = team.commit("feat: later", branch="main")
    team.git("push", "-q", "origin", "v1.4.0^{commit}:refs/heads/develop", "--force")
    team.hook("post-receive", f"git update-ref {REF} {later}")

    assert cut_branch(mirror, NAME, "develop") == Made(((REF, later),))


def test_cut_branch_that_is_moved_away_at_once_is_told(team: Team, mirror: Mirror) -> None:
    main, head = team.refs()["heads/main"], team.refs()["heads/develop"]
    team.hook("post-receive", f"git update-ref {REF} {main}")

    problem = cut_branch(mirror, NAME, "develop")

    assert problem == GitProblem(kind=ProblemKind.MOVED, ref=NAME, expected=head, actual=main)


def test_cut_branch_whose_push_outlasts_the_limit_is_told_by_the_remote(team: Team, mirror: Mirror) -> None:
    head = team.refs()["heads/develop"]
    team.hook("post-receive", "sleep 30")

    made = cut_branch(replace(mirror, limit=timedelta(seconds=1)), NAME, "develop")

    assert made == Made(((REF, head),))


def test_cut_branch_whose_push_never_arrives_is_a_timeout(team: Team, mirror: Mirror) -> None:
    team.hook("pre-receive", "sleep 30")

    problem = cut_branch(replace(mirror, limit=timedelta(seconds=1)), NAME, "develop")

    assert problem == GitProblem(kind=ProblemKind.TIMEOUT)
    assert "heads/release/v1.5.0" not in team.refs()


def test_cut_branch_ends_all_that_a_stubborn_push_started(team: Team, mirror: Mirror) -> None:
    team.hook("pre-receive", "trap '' TERM; sleep 30 & wait; sleep 30")

    problem = cut_branch(replace(mirror, limit=timedelta(seconds=0.5)), NAME, "develop")
    team.hook("pre-receive", "exit 0")

    assert problem == GitProblem(kind=ProblemKind.TIMEOUT)
    assert isinstance(cut_branch(replace(mirror, limit=timedelta(seconds=3)), NAME, "develop"), Made)


def test_hooks_of_our_own_mirror_never_run(team: Team, mirror: Mirror, tmp_path: Path) -> None:
    cut_branch(mirror, NAME, "develop")
    hook = mirror.path / "hooks" / "pre-push"
    hook.parent.mkdir()
    hook.write_text(f"#!/bin/sh\ntouch {tmp_path}/ran\n")
    hook.chmod(0o755)

    assert isinstance(cut_branch(mirror, "release/v1.6.0", "develop"), Made)
    assert not (tmp_path / "ran").exists()


def test_create_tag(team: Team, mirror: Mirror, by: Signature) -> None:
    head = team.refs()["heads/develop"]

    made = create_tag(mirror, TAG, head, by)

    assert isinstance(made, Made)
    assert [ref for ref, _ in made.refs] == ["refs/tags/v1.5.0"]
    assert team.refs()["tags/v1.5.0"] == head
    assert team.git("cat-file", "tag", "v1.5.0", at=team.remote).splitlines() == [
        f"object {head}",
        "type commit",
        "tag v1.5.0",
        f"tagger 나루 <naru@example.com> {int(by.at.timestamp())} +0000",
        "",
        "v1.5.0 검색",
        "",
        "내용",
    ]


def test_create_tag_again_is_done_even_by_somebody_else(team: Team, mirror: Mirror, by: Signature) -> None:
    head = team.refs()["heads/develop"]
    create_tag(mirror, TAG, head, by)
    tag_object = team.git("rev-parse", "v1.5.0", at=team.remote)

    again = create_tag(
        mirror, TAG, head, Signature("Lee", "lee@example.com", datetime(2027, 1, 1, tzinfo=UTC))
    )

    assert again == Made((("refs/tags/v1.5.0", tag_object),), already=True)


def test_create_tag_whose_name_is_taken(team: Team, mirror: Mirror, by: Signature) -> None:
    old = team.refs()["heads/main"]

    problem = create_tag(mirror, NewTag(name="v1.4.0", message="x"), team.refs()["heads/develop"], by)

    assert problem == GitProblem(kind=ProblemKind.TAG_EXISTS, ref="v1.4.0", actual=old)
    assert team.refs()["tags/v1.4.0"] == old


def test_create_tag_by_a_name_that_would_break_the_object(team: Team, mirror: Mirror, by: Signature) -> None:
    strange = Signature("Kim <x>\ntag other", "a\0b@example.com", by.at)

    create_tag(mirror, TAG, "develop", strange)

    tagger = team.git("cat-file", "tag", "v1.5.0", at=team.remote).splitlines()[3]
    assert tagger.startswith("tagger Kim xtag other <ab@example.com> ")


def test_delete_branch(team: Team, mirror: Mirror) -> None:
    head = team.refs()["heads/develop"]
    team.branch(NAME, head)

    assert delete_branch(mirror, NAME, head) == Made(((REF, ""),), before=((REF, head),))
    assert delete_branch(mirror, NAME, head) == Made(((REF, ""),), already=True)
    assert "heads/release/v1.5.0" not in team.refs()


def test_delete_branch_that_moved_on_is_kept(team: Team, mirror: Mirror) -> None:
    old, head = team.refs()["heads/main"], team.refs()["heads/develop"]
    team.branch(NAME, head)

    problem = delete_branch(mirror, NAME, old)

    assert problem == GitProblem(kind=ProblemKind.MOVED, ref=NAME, expected=old, actual=head)
    assert team.refs()["heads/release/v1.5.0"] == head
