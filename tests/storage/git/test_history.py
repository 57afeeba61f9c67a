from __future__ import annotations

from datetime import UTC, datetime

import pytest

from domain.commits import Commit
from domain.globs import Globs
from domain.repository import GitProblem, Made, ProblemKind, Signature
from domain.trees import FileStatus
from storage.git import Finish, Mirror, NewTag, fetch, finish, pick_branch, read_commits, read_difference
from tests.storage.git.team import Team

NOW = datetime(2026, 3, 9, 1, 0, tzinfo=UTC)


def changed(mirror: Mirror, start: str | None, end: str) -> tuple[tuple[str, FileStatus], ...] | GitProblem:
    found = read_difference(mirror, start, end, wanted=Globs(()))
    return found if isinstance(found, GitProblem) else tuple((one.path, one.status) for one in found.files)


def subjects(mirror: Mirror, start: str | None, end: str) -> list[str]:
    fetch(mirror, NOW)
    commits = read_commits(mirror, start, end)
    assert isinstance(commits, tuple), commits
    return [commit.subject for commit in commits]


def test_read_commits_of_a_range_newest_first(team: Team, mirror: Mirror) -> None:
    sha = team.commit("기능: 결제\n\n본문\n둘째 줄\n\nRefs: #1\n", author="이 나루 <Lee@Example.com>")
    fetch(mirror, NOW)

    commits = read_commits(mirror, "v1.4.0", "develop")

    assert isinstance(commits, tuple)
    assert [commit.subject for commit in commits] == ["기능: 결제", "fix: crash", "feat: search"]
    assert commits[0] == Commit(
        sha=sha,
        parents=(commits[1].sha,),
        author_name="이 나루",
        author_email="Lee@Example.com",
        committed_at=datetime.fromtimestamp(int(team.show(sha, "%ct")), UTC),
        subject="기능: 결제",
        body="본문\n둘째 줄\n\nRefs: #1",
    )


def test_read_commits_of_everything(team: Team, mirror: Mirror) -> None:
    assert subjects(mirror, None, "develop") == ["fix: crash", "feat: search", "feat: start"]


@pytest.mark.parametrize(("start", "end"), [("develop", "v1.4.0"), ("develop", "develop")])
def test_read_commits_the_wrong_way_round_are_none(team: Team, mirror: Mirror, start: str, end: str) -> None:
    assert subjects(mirror, start, end) == []


def test_read_commits_since_a_version_means_its_tag(team: Team, mirror: Mirror) -> None:
    team.git("push", "-q", "origin", "develop:refs/heads/v1.4.0")

    assert subjects(mirror, "v1.4.0", "develop") == ["fix: crash", "feat: search"]


def test_read_commits_keeps_merges_with_their_parents(team: Team, mirror: Mirror) -> None:
    base = team.refs()["heads/develop"]
    side = team.commit("feat: side", {"side.txt": "s\n"}, branch="feature/side")
    team.git("checkout", "-q", "develop")
    team.git("merge", "-q", "--no-ff", "-m", "Merge branch 'feature/side'", "feature/side")
    team.git("push", "-q", "origin", "develop")
    fetch(mirror, NOW)

    commits = read_commits(mirror, base, "develop")

    assert isinstance(commits, tuple)
    assert [(commit.subject, commit.parents) for commit in commits] == [
        ("Merge branch 'feature/side'", (base, side)),
        ("feat: side", (base,)),
    ]


def test_read_commits_leaves_out_what_a_hotfix_took_to_production(
    team: Team, mirror: Mirror, by: Signature
) -> None:
    fix = team.refs()["heads/develop"]
    team.commit("feat: next", {"next.txt": "next\n"})
    hotfix = pick_branch(mirror, "hotfix/INC-1", onto="v1.4.0", commits=[fix], by=by)
    assert isinstance(hotfix, Made)
    end = Finish(
        branch="hotfix/INC-1",
        sha=hotfix.refs[0][1],
        into=("main", "develop"),
        tag=NewTag(name="v1.4.1", message="v1.4.1"),
    )
    finish(mirror, end, by)

    assert subjects(mirror, "v1.4.1", "develop") == [
        "Merge branch 'hotfix/INC-1' into develop",
        "feat: next",
        "feat: search",
    ]


def test_read_commits_with_bytes_that_are_no_text(team: Team, mirror: Mirror) -> None:
    team.commit_bytes(b"fix: caf\xe9\n\n\xff\xfe\n")

    assert subjects(mirror, "v1.4.0", "develop")[0] == "fix: caf\ufffd"


def test_read_commits_in_another_encoding(team: Team, mirror: Mirror) -> None:
    team.git("config", "i18n.commitEncoding", "EUC-KR")
    team.commit("수정: 오타".encode("euc-kr"))

    assert subjects(mirror, "v1.4.0", "develop")[0] == "수정: 오타"


def test_read_commits_without_message(team: Team, mirror: Mirror) -> None:
    head = team.git("commit-tree", "HEAD^{tree}", "-p", "HEAD")
    team.git("push", "-q", "origin", f"{head}:refs/heads/develop")

    assert subjects(mirror, "v1.4.0", "develop")[0] == ""


def test_read_commits_lets_no_mailmap_rename_authors(team: Team, mirror: Mirror) -> None:
    team.commit("chore: map", {".mailmap": "Lee <lee@example.com> <kim@example.com>\n"}, branch="main")
    team.git("symbolic-ref", "HEAD", "refs/heads/main", at=team.remote)
    fetch(mirror, NOW)

    commits = read_commits(mirror, None, "main")

    assert isinstance(commits, tuple)
    assert {commit.author_email for commit in commits} == {"kim@example.com"}


def test_read_commits_of_a_long_history(team: Team, mirror: Mirror) -> None:
    lines = [
        f"commit refs/heads/long\ncommitter K <k@e> {1_700_000_000 + n} +0900\n"
        f"data <<E\nfix: 수정 {n}\n\n{'x' * 300}\nE\n"
        for n in range(2_000)
    ]
    team.git("fast-import", "--quiet", feed="".join(lines).encode())
    team.git("push", "-q", "origin", "long")

    assert subjects(mirror, None, "long") == [f"fix: 수정 {n}" for n in reversed(range(2_000))]


@pytest.mark.parametrize(("start", "end"), [("gone", "develop"), ("v1.4.0", "gone"), ("--all", "develop")])
def test_read_commits_of_an_unknown_ref(team: Team, mirror: Mirror, start: str, end: str) -> None:
    fetch(mirror, NOW)
    unknown = GitProblem(kind=ProblemKind.MISSING_REF, ref="gone" if "gone" in {start, end} else start)

    assert read_commits(mirror, start, end) == unknown
    assert changed(mirror, start, end) == unknown


def test_read_commits_of_a_mirror_that_lost_objects_is_a_problem(team: Team, mirror: Mirror) -> None:
    fetch(mirror, NOW)
    older = team.git("rev-parse", "develop~1")
    for pack in (mirror.path / "objects" / "pack").glob("*.pack"):
        kept = pack.rename(mirror.path.parent / pack.name)
        pack.with_suffix(".idx").unlink()
        with kept.open("rb") as packed:
            team.git(f"--git-dir={mirror.path}", "unpack-objects", "-q", feed=packed.read())
    graphs = [path for path in (mirror.path / "objects" / "info").rglob("*") if path.is_file()]
    for path in [mirror.path / "objects" / older[:2] / older[2:], *graphs]:
        path.unlink(missing_ok=True)

    problem = read_commits(mirror, None, "develop")

    assert isinstance(problem, GitProblem)
    assert problem.kind is ProblemKind.MIRROR_BROKEN


def test_read_changed_files(team: Team, mirror: Mirror) -> None:
    team.commit("feat: more", {"db/새 표.sql": "create\n", "읽기.md": None})
    fetch(mirror, NOW)

    assert changed(mirror, "v1.4.0", "develop") == (
        ("app.txt", FileStatus.CHANGED),
        ("db/새 표.sql", FileStatus.ADDED),
        ("search.txt", FileStatus.ADDED),
        ("읽기.md", FileStatus.DELETED),
    )


def test_read_changed_files_since_the_beginning(team: Team, mirror: Mirror) -> None:
    fetch(mirror, NOW)

    assert changed(mirror, None, "v1.4.0") == (
        ("app.txt", FileStatus.ADDED),
        ("읽기.md", FileStatus.ADDED),
    )
