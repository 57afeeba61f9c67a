from __future__ import annotations

from pathlib import Path

import pytest

from domain.notes.files import LARGEST, FileProblem, FileRefused
from domain.repository import NARU_EMAIL, NARU_NAME, GitProblem, Made, ProblemKind, Signature
from storage.git import FileEdit, Mirror, cut_branch, write_files
from tests.storage.git.team import Team

BRANCH = "release/v1.5.0"


@pytest.fixture
def naru(by: Signature) -> Signature:
    return Signature(NARU_NAME, NARU_EMAIL, by.at)


def edit(path: str, content: bytes) -> FileEdit:
    return FileEdit(path, lambda _before: content)


def write(mirror: Mirror, by: Signature, *edits: FileEdit, branch: str = BRANCH) -> Made | GitProblem:
    return write_files(mirror, branch, edits, "chore(release): v1.5.0\n", by)


@pytest.fixture
def cut(team: Team, mirror: Mirror) -> str:
    made = cut_branch(mirror, BRANCH, "develop", since="v1.4.0")
    assert isinstance(made, Made)
    return made.refs[0][1]


def test_files_are_written_by_one_commit_and_everything_else_stays(
    team: Team, mirror: Mirror, naru: Signature, cut: str
) -> None:
    before = team.files(BRANCH)
    made = write(mirror, naru, edit("docs/CHANGELOG.md", b"# Changelog\n"), edit("VERSION", b"1.5.0\n"))
    head = team.refs()[f"heads/{BRANCH}"]
    name = f"refs/heads/{BRANCH}"
    assert made == Made(((name, head),), before=((name, cut),))
    assert team.files(BRANCH) == before | {"docs/CHANGELOG.md": "# Changelog", "VERSION": "1.5.0"}
    assert team.show(BRANCH, "%P|%an <%ae>|%s") == f"{cut}|Naru <naru@localhost>|chore(release): v1.5.0"


def test_change_is_made_of_what_is_there_and_keeps_the_mode(
    team: Team, mirror: Mirror, naru: Signature
) -> None:
    (team.work / "run.sh").write_text("1.4.0\n")
    (team.work / "run.sh").chmod(0o755)
    team.commit("chore: script")
    cut_branch(mirror, BRANCH, "develop", since="v1.4.0")
    seen: list[bytes | None] = []

    def change(before: bytes | None) -> bytes:
        seen.append(before)
        return b"1.5.0\n"

    assert isinstance(write(mirror, naru, FileEdit("run.sh", change)), Made)
    assert seen == [b"1.4.0\n"]
    assert team.git("ls-tree", BRANCH, "run.sh", at=team.remote).startswith("100755 blob")


def test_bytes_arrive_as_they_are(team: Team, mirror: Mirror, naru: Signature, cut: str) -> None:
    team.commit("chore: attributes", {".gitattributes": "* text=auto eol=lf\n"}, branch="main")
    write(mirror, naru, edit("CHANGELOG.md", "# 변경\r\n".encode()))
    assert team.git("cat-file", "-s", f"{BRANCH}:CHANGELOG.md", at=team.remote) == "10"


def test_asking_again_changes_nothing_and_a_lost_report_makes_no_second_commit(
    team: Team, mirror: Mirror, naru: Signature, cut: str
) -> None:
    first = write(mirror, naru, edit("VERSION", b"1.5.0\n"))
    again = write(mirror, naru, edit("VERSION", b"1.5.0\n"))
    assert isinstance(first, Made)
    assert again == Made(first.refs, already=True)


def test_branch_with_files_written_still_counts_as_cut(
    team: Team, mirror: Mirror, naru: Signature, cut: str
) -> None:
    written = write(mirror, naru, edit("VERSION", b"1.5.0\n"))
    assert isinstance(written, Made)
    team.commit("fix: later", {"later.txt": "later\n"})
    again = cut_branch(mirror, BRANCH, "develop", since="v1.4.0")
    assert again == Made(written.refs, already=True)


@pytest.mark.parametrize("since", [None, "v1.4.0"])
def test_branch_of_somebody_else_is_not_taken_for_cut(
    team: Team, mirror: Mirror, since: str | None, cut: str
) -> None:
    mine = team.commit("feat: mine", {"mine.txt": "mine\n"}, branch="feature/mine")
    team.git("push", "-q", "--force", "origin", f"{mine}:refs/heads/{BRANCH}")
    team.git("checkout", "-q", "develop")
    found = cut_branch(mirror, BRANCH, "main" if since is None else "develop", since=since)
    assert isinstance(found, GitProblem)
    assert found.kind is ProblemKind.BRANCH_EXISTS


def test_push_of_somebody_else_in_between_is_told_and_nothing_forced(
    team: Team, mirror: Mirror, naru: Signature, cut: str
) -> None:
    theirs: list[str] = []

    def change(_before: bytes | None) -> bytes:
        team.git("checkout", "-q", "-B", BRANCH, cut)
        theirs.append(team.commit("fix: theirs", {"theirs.txt": "theirs\n"}, branch=BRANCH))
        return b"1.5.0\n"

    found = write(mirror, naru, FileEdit("VERSION", change))
    assert found == GitProblem(kind=ProblemKind.MOVED, ref=BRANCH, expected=cut, actual=theirs[0])
    assert team.refs()[f"heads/{BRANCH}"] == theirs[0]
    assert isinstance(write(mirror, naru, edit("VERSION", b"1.5.0\n")), Made)
    assert team.show(BRANCH, "%P") == theirs[0]


def test_branch_that_is_not_there_is_told(team: Team, mirror: Mirror, naru: Signature) -> None:
    assert write(mirror, naru, edit("VERSION", b"1.5.0\n")) == GitProblem(
        kind=ProblemKind.MISSING_REF, ref=BRANCH
    )
    assert write(mirror, naru, edit("VERSION", b"1\n"), branch="--all") == GitProblem(
        kind=ProblemKind.UNSAFE_NAME, ref="--all"
    )


def test_link_folder_and_submodule_are_never_written_over(
    team: Team, mirror: Mirror, naru: Signature
) -> None:
    (team.work / "LINK").symlink_to("app.txt")
    (team.work / "linked").symlink_to("docs")
    first = team.commit("chore: link", {"docs/a.txt": "a\n"})
    team.git("update-index", "--add", "--cacheinfo", f"160000,{first},module")
    team.git("commit", "-q", "-m", "chore: module")
    team.git("push", "-q", "origin", "develop")
    cut_branch(mirror, BRANCH, "develop", since="v1.4.0")
    before = team.refs()
    for path in ("LINK", "docs", "module", "linked/CHANGELOG.md", "app.txt/CHANGELOG.md", "module/VERSION"):
        found = write(mirror, naru, edit("VERSION", b"1.5.0\n"), edit(path, b"x\n"))
        assert found == GitProblem(kind=ProblemKind.NOT_A_FILE, files=(path,))
    assert team.refs() == before


def test_file_that_is_refused_names_itself_and_nothing_is_written(
    team: Team, mirror: Mirror, naru: Signature
) -> None:
    team.commit("chore: big", {"big.txt": "a" * (LARGEST + 1)})
    cut_branch(mirror, BRANCH, "develop", since="v1.4.0")
    before = team.refs()
    assert write(mirror, naru, edit("big.txt", b"small\n")) == GitProblem(
        kind=ProblemKind.TOO_LARGE, files=("big.txt",)
    )
    refused = FileEdit("app.txt", lambda _before: FileRefused(FileProblem.NOT_TEXT))
    assert write(mirror, naru, edit("VERSION", b"1.5.0\n"), refused) == GitProblem(
        kind=ProblemKind.NOT_TEXT, files=("app.txt",)
    )
    assert team.refs() == before


def test_names_that_look_like_options_and_patterns_are_names(
    team: Team, mirror: Mirror, naru: Signature, cut: str
) -> None:
    made = write(mirror, naru, edit("한글 이름.md", b"x\n"), edit("*.txt", b"y\n"), edit(":(top)z", b"z\n"))
    assert isinstance(made, Made)
    assert {"한글 이름.md", "*.txt", ":(top)z", "app.txt"} <= team.files(BRANCH).keys()


def test_nothing_of_the_writing_stays_in_the_mirror(
    team: Team, mirror: Mirror, naru: Signature, cut: str, tmp_path: Path
) -> None:
    write(mirror, naru, edit("VERSION", b"1.5.0\n"))
    assert not (mirror.path / "naru-index").exists()
    assert sorted(path.name for path in mirror.path.glob("*index*")) == []
