from __future__ import annotations

import fcntl
import os
import socket
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from domain.repository import Facts, GitProblem, ProblemKind, Tag
from storage.git import (
    MINIMUM_GIT,
    Mirror,
    fetch,
    find_commit,
    git_version,
    not_merged,
    remote_head,
    tags_on,
)
from tests.storage.git.team import Team

NOW = datetime(2026, 3, 9, 1, 0, tzinfo=UTC)


def kind(outcome: object) -> ProblemKind:
    assert isinstance(outcome, GitProblem), outcome
    return outcome.kind


def test_git_is_recent_enough() -> None:
    assert (git_version() or ()) >= MINIMUM_GIT


def test_git_version_without_git(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("git.Git.GIT_PYTHON_GIT_EXECUTABLE", "/nowhere/git")

    assert git_version() is None


def test_fetch_an_empty_repository(empty: Team, mirror: Mirror) -> None:
    assert fetch(mirror, NOW) == Facts(heads={}, tags={}, default_branch=None, fetched_at=NOW)


def test_fetch_branches_and_tags(team: Team, mirror: Mirror) -> None:
    main, develop = team.refs()["heads/main"], team.refs()["heads/develop"]
    team.git("push", "-q", "origin", f"{main}:refs/tags/light")
    tag_object = team.git("rev-parse", "refs/tags/v1.4.0")

    assert fetch(mirror, NOW) == Facts(
        heads={"main": main, "develop": develop},
        tags={"v1.4.0": Tag(tag_object, main), "light": Tag(main, main)},
        default_branch="main",
        fetched_at=NOW,
    )


def test_fetch_again_sees_what_changed(team: Team, mirror: Mirror) -> None:
    fetch(mirror, NOW)
    team.git("push", "-q", "origin", ":refs/heads/develop", ":refs/tags/v1.4.0")
    head = team.commit("feat: later", branch="main")

    facts = fetch(mirror, NOW)

    assert facts == Facts(heads={"main": head}, tags={}, default_branch="main", fetched_at=NOW)
    assert kind(find_commit(mirror, "develop")) is ProblemKind.MISSING_REF


def test_fetch_follows_a_branch_that_was_rewritten(team: Team, mirror: Mirror) -> None:
    fetch(mirror, NOW)
    team.git("push", "-q", "--force", "origin", "v1.4.0^{commit}:refs/heads/develop")

    assert isinstance(fetch(mirror, NOW), Facts)
    assert find_commit(mirror, "develop") == team.refs()["heads/main"]


def test_fetch_with_a_detached_or_missing_default_branch(team: Team, mirror: Mirror) -> None:
    team.git("symbolic-ref", "HEAD", "refs/heads/gone", at=team.remote)
    missing = fetch(mirror, NOW)
    (team.remote / "HEAD").write_text(team.refs()["heads/main"] + "\n")
    detached = fetch(mirror, NOW)

    assert isinstance(missing, Facts)
    assert isinstance(detached, Facts)
    assert (missing.default_branch, detached.default_branch) == (None, None)


def test_fetch_with_nothing_new_asks_the_remote_once(
    team: Team, mirror: Mirror, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fetch(mirror, NOW)
    trace = tmp_path / "trace"
    monkeypatch.setenv("GIT_TRACE", str(trace))

    fetch(mirror, NOW)

    asked = [
        line for line in trace.read_text().splitlines() if "git-upload-pack" in line and "run_command" in line
    ]
    assert len(asked) == 1


def test_fetch_when_the_remote_is_no_repository(mirror: Mirror, tmp_path: Path) -> None:
    problem = fetch(replace(mirror, remote_url=str(tmp_path)), NOW)

    assert kind(problem) is ProblemKind.NOT_A_REPOSITORY


def test_fetch_when_nobody_answers(mirror: Mirror) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]

    problem = fetch(replace(mirror, remote_url=f"http://naru:hunter2@127.0.0.1:{port}/shop.git"), NOW)

    assert kind(problem) is ProblemKind.UNREACHABLE
    assert problem.passing
    assert "hunter2" not in repr(problem)


def test_fetch_when_the_remote_hangs(mirror: Mirror) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        url = f"http://127.0.0.1:{server.getsockname()[1]}/shop.git"
        began = time.monotonic()
        problem = fetch(replace(mirror, remote_url=url, limit=timedelta(seconds=0.5)), NOW)

    assert problem == GitProblem(kind=ProblemKind.TIMEOUT)
    assert time.monotonic() - began < 5


def test_fetch_refuses_folders_and_commands_as_remotes(mirror: Mirror, tmp_path: Path) -> None:
    folder = fetch(replace(mirror, allow_local=False), NOW)
    command = fetch(replace(mirror, remote_url=f"ext::touch {tmp_path}/made"), NOW)
    option = fetch(replace(mirror, remote_url=f"--upload-pack=touch {tmp_path}/made"), NOW)

    assert isinstance(folder, GitProblem)
    assert "not allowed" in folder.detail
    assert isinstance(command, GitProblem)
    assert isinstance(option, GitProblem)
    assert not (tmp_path / "made").exists()


def test_fetch_from_another_remote_forgets_the_first(team: Team, mirror: Mirror, tmp_path: Path) -> None:
    fetch(mirror, NOW)
    other = tmp_path / "other.git"
    team.git("init", "-q", "--bare", str(other))
    team.git("push", "-q", str(other), "main")

    facts = fetch(replace(mirror, remote_url=str(other)), NOW)

    assert isinstance(facts, Facts)
    assert (list(facts.heads), dict(facts.tags)) == (["main"], {})


def test_fetch_after_a_crash_left_locks(team: Team, mirror: Mirror) -> None:
    fetch(mirror, NOW)
    team.commit("feat: more")
    for name in ("packed-refs.lock", "config.lock", "refs/remotes/origin/develop.lock"):
        (mirror.path / name).parent.mkdir(parents=True, exist_ok=True)
        (mirror.path / name).touch()

    facts = fetch(mirror, NOW)

    assert isinstance(facts, Facts)
    assert find_commit(mirror, "develop") == team.refs()["heads/develop"]


def test_fetch_waits_for_whoever_has_the_mirror(team: Team, mirror: Mirror) -> None:
    fetch(mirror, NOW)
    lock = os.open(mirror.path.with_name("shop.naru"), os.O_RDWR)
    fcntl.flock(lock, fcntl.LOCK_EX)

    problem = fetch(replace(mirror, limit=timedelta(seconds=0.2)), NOW)
    os.close(lock)

    assert kind(problem) is ProblemKind.TIMEOUT
    assert isinstance(fetch(mirror, NOW), Facts)


def test_fetch_inside_the_environment_of_another_git(
    team: Team, mirror: Mirror, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("GIT_DIR", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY", "GIT_COMMON_DIR", "GIT_NAMESPACE"):
        monkeypatch.setenv(name, str(tmp_path / "elsewhere"))

    assert isinstance(fetch(mirror, NOW), Facts)
    assert not (tmp_path / "elsewhere").exists()


def test_token_reaches_git_through_the_environment_only(team: Team, mirror: Mirror) -> None:
    signed = replace(mirror, token="hunter2")

    assert isinstance(fetch(signed, NOW), Facts)
    assert "hunter2" not in repr(signed)
    kept = [path for path in mirror.path.rglob("*") if path.is_file() and b"hunter2" in path.read_bytes()]
    assert kept == []


def test_fetch_with_a_broken_mirror_makes_it_anew(team: Team, mirror: Mirror) -> None:
    fetch(mirror, NOW)
    (mirror.path / "config").write_text("[broken")

    assert isinstance(fetch(mirror, NOW), Facts)


def test_reading_a_broken_mirror_says_so_and_the_next_fetch_makes_it_anew(team: Team, mirror: Mirror) -> None:
    fetch(mirror, NOW)
    (mirror.path / "config").write_text("[broken")

    broken = find_commit(mirror, "develop")

    assert kind(broken) is ProblemKind.MIRROR_BROKEN
    assert isinstance(fetch(mirror, NOW), Facts)
    assert find_commit(mirror, "develop") == team.refs()["heads/develop"]


def test_fetch_with_lost_objects_makes_the_mirror_anew(team: Team, mirror: Mirror) -> None:
    fetch(mirror, NOW)
    for lost in mirror.path.glob("objects/??/*"):
        lost.chmod(0o600)
        lost.write_bytes(b"")
    team.commit("feat: more", {"search.txt": "more\n"})

    assert isinstance(fetch(mirror, NOW), Facts)
    assert find_commit(mirror, "develop") == team.refs()["heads/develop"]


def test_a_folder_that_is_no_mirror_is_never_thrown_away(mirror: Mirror) -> None:
    mirror.path.mkdir(parents=True)
    (mirror.path / "HEAD").write_text("letters\n")
    (mirror.path / "config").write_text("[broken")

    assert kind(fetch(mirror, NOW)) is ProblemKind.MIRROR_BROKEN
    assert (mirror.path / "HEAD").read_text() == "letters\n"


def test_fetch_from_a_remote_that_lost_objects_keeps_what_was(team: Team, mirror: Mirror) -> None:
    fetch(mirror, NOW)
    old, head = team.refs()["heads/develop"], team.commit("feat: lost")
    (team.remote / "objects" / head[:2] / head[2:]).unlink()

    assert isinstance(fetch(mirror, NOW), GitProblem)
    assert find_commit(mirror, "develop") == old


def test_remote_head_asks_the_remote_now(team: Team, mirror: Mirror) -> None:
    fetch(mirror, NOW)
    head = team.commit("feat: later")

    assert remote_head(mirror, "develop") == head
    assert remote_head(mirror, "gone") == GitProblem(kind=ProblemKind.MISSING_REF, ref="gone")


def test_find_commit_by_branch_tag_and_sha(team: Team, mirror: Mirror) -> None:
    fetch(mirror, NOW)
    main, develop = team.refs()["heads/main"], team.refs()["heads/develop"]

    found = [find_commit(mirror, text) for text in ("develop", "v1.4.0", develop, main[:9])]

    assert found == [develop, main, develop, main]


@pytest.mark.parametrize(
    "text", ["", "HEAD", "develop~1", "develop^{tree}", ":/fix", "@{-1}", "--all", "f" * 40, "a..b"]
)
def test_find_commit_understands_no_revision_language(team: Team, mirror: Mirror, text: str) -> None:
    fetch(mirror, NOW)

    assert find_commit(mirror, text) == GitProblem(kind=ProblemKind.MISSING_REF, ref=text)


@pytest.mark.parametrize("kind_of_ref", ["heads", "tags"])
def test_find_commit_lets_no_ref_stand_in_for_a_sha(team: Team, mirror: Mirror, kind_of_ref: str) -> None:
    main, develop = team.refs()["heads/main"], team.refs()["heads/develop"]
    team.git("push", "-q", "origin", f"{develop}:refs/{kind_of_ref}/{main[:8]}")
    fetch(mirror, NOW)

    assert find_commit(mirror, main[:8]) == main


def test_find_commit_by_a_branch_that_looks_like_a_sha(team: Team, mirror: Mirror) -> None:
    team.branch("20260309", team.refs()["heads/develop"])
    fetch(mirror, NOW)

    assert find_commit(mirror, "20260309") == team.refs()["heads/develop"]


def test_find_commit_by_pull_request(team: Team, mirror: Mirror) -> None:
    squashed = team.commit("fix: a (#12)")
    team.commit('Revert "fix: a (#12)" (#13)')
    team.commit("feat: many (#120)\n\n* fix: a (#12)")
    team.commit(f"fix: a (#12)\n\n(cherry picked from commit {squashed})")
    merged = team.commit("Merge pull request #14 from a/b\n\nfix: c")
    fetch(mirror, NOW)

    assert [find_commit(mirror, text) for text in ("#12", "!14")] == [squashed, merged]
    assert find_commit(mirror, "#1") == GitProblem(kind=ProblemKind.MISSING_REF, ref="#1")


def test_not_merged_names_the_branches_that_lack_the_commit(team: Team, mirror: Mirror) -> None:
    fetch(mirror, NOW)
    develop = team.refs()["heads/develop"]

    assert not_merged(mirror, develop, ["main", "develop"]) == ("main",)
    assert not_merged(mirror, develop, ["gone"]) == GitProblem(kind=ProblemKind.MISSING_REF, ref="gone")
    assert kind(not_merged(mirror, "f" * 40, ["main"])) is ProblemKind.MISSING_REF


def test_tags_on_a_branch(team: Team, mirror: Mirror) -> None:
    team.tag("v1.5.0-rc.1", team.refs()["heads/develop"])
    fetch(mirror, NOW)

    assert (tags_on(mirror, "main"), tags_on(mirror, "develop")) == ({"v1.4.0"}, {"v1.4.0", "v1.5.0-rc.1"})
