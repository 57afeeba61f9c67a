"""Names and revisions at random: nothing is taken for an option, no file is written, and git agrees.

A small sample in every run; 100,000 of each where TEST_PROOF=full.
"""

from __future__ import annotations

import random
import re
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from domain.globs import Globs
from domain.refs import safe_ref_name
from domain.repository import GitProblem, ProblemKind, Signature
from storage.git import (
    Finish,
    Mirror,
    NewTag,
    create_tag,
    cut_branch,
    delete_branch,
    fetch,
    find_commit,
    finish,
    pick_branch,
    read_commits,
    read_difference,
    remote_head,
    tags_on,
)
from storage.git.access import Access
from storage.git.failure import GitFailure
from storage.git.process import Answer, Runner, Stream
from storage.git.revisions import head_of, resolve, resolve_release
from tests.storage.git.team import QUIET, Team
from tests.support.proof import rounds, run_seed

BY = Signature("나루", "naru@example.com", datetime(2026, 3, 9, 1, 0, tzinfo=UTC))
BY_NOW = timedelta(seconds=1)
PIECES = (
    *(
        "--",
        "-",
        "/",
        "//",
        ".",
        "..",
        ".lock",
        "@{",
        "@",
        "HEAD",
        "refs/",
        "refs/heads/",
        "=",
        ":",
        "~1",
        "^",
    ),
    *("^{commit}", " ", "\n", "\t", "\0", "\\", "*", "?", "[", "\x7f", "\u202e", "\u200b", "é", "e\u0301"),
    *(
        "가",
        "각",
        "\u1100\u1161",
        "漢",
        "🚀",
        "\ud800",
        "a",
        "v1.0",
        "main",
        "develop",
        "#12",
        "!7",
        "1",
        "0",
    ),
    *(
        "--output=made",
        "--upload-pack=touch made",
        "--receive-pack=touch made",
        "--exec=touch made",
        "-cmade",
    ),
    *("ext::touch made", "$(touch made)", "`touch made`", ";touch made", "|touch made", "file:///made"),
    *("release/v1.5.0", "hotfix/INC-20260309-1", "feature/검색", "deadbeef", "f" * 40, "F" * 40, "x" * 199),
)
# All that our own code says to git: an argument that begins with a hyphen is one of these, or a number of ours.
OPTIONS = re.compile(
    r"--disambiguate=[0-9a-f]{7,64}|--grep=\[#!\]\d{1,9}\\b|--verify|--quiet|--end-of-options|--dereference|--get"
    r"|--symref|--|-c|-z|-E|-t|-e|--topo-order|--no-color|--no-show-signature|--no-notes|--encoding=UTF-8"
    r"|--format=[ -~]*|--remotes=origin"
)


def drawn(what: str, sample: int) -> Iterator[str]:
    """Texts of up to six pieces, and of any characters, from the seed that the head of the run tells."""
    draw = random.Random(f"{run_seed()}/{what}")
    for _ in range(rounds(sample, 100_000)):
        if draw.random() < 0.8:
            yield "".join(draw.choices(PIECES, k=draw.randint(0, 6)))
        else:
            yield "".join(chr(draw.choice((draw.randrange(128), draw.randrange(0xD7FF)))) for _ in range(8))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("fuzz")


@pytest.fixture(scope="module")
def mirror(folder: Path) -> Mirror:
    team = Team(remote=folder / "remote.git", work=folder / "work")
    team.git("init", "-q", "--bare", "-b", "main", str(team.remote), at=folder)
    team.git("init", "-q", "-b", "main", str(team.work), at=folder)
    team.git("remote", "add", "origin", str(team.remote))
    team.tag("v1.0", team.commit("feat: start (#12)", branch="main"))
    limit = timedelta(seconds=20)
    mirror = Mirror(path=folder / "mirror", remote_url=str(team.remote), allow_local=True, limit=limit)
    fetch(mirror, BY.at)
    return mirror


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch, mirror: Mirror) -> list[tuple[str, ...]]:
    """Every git command that would have been run; none is, and nothing is ever found."""
    commands: list[tuple[str, ...]] = []

    def run(_runner: Runner, *arguments: str, **_how: object) -> Answer:
        commands.append(arguments)
        known = {"config": mirror.remote_url.encode(), "show-ref": b"", "-c": b""}
        return Answer(0, known[arguments[0]], "") if arguments[0] in known else Answer(1, b"", "")

    @contextmanager
    def stream(_runner: Runner, *arguments: str) -> Iterator[Stream]:
        commands.append(arguments)
        with subprocess.Popen(["true"], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
            yield Stream(process, bytes.decode)

    monkeypatch.setattr(Runner, "run", run)
    monkeypatch.setattr(Runner, "stream", stream)
    return commands


def everything(folder: Path) -> set[tuple[str, int]]:
    files = (path for path in folder.rglob("*") if "objects" not in path.parts and path.is_file())
    return {(str(path), path.stat().st_size) for path in files}


@pytest.mark.proof
def test_what_is_accepted_is_a_subset_of_what_git_accepts(mirror: Mirror) -> None:
    """git says so itself, of all of them in one process: `verify` looks at a name and writes nothing.

    Each stands in a folder of its own, since `a` and `a/b` cannot be there together.
    """
    accepted = [name for name in drawn("names", 5_000) if safe_ref_name(name)]
    feed = "".join(f"verify refs/heads/{n}/{name}\0{'0' * 40}\0" for n, name in enumerate(accepted))

    checked = subprocess.run(
        ["git", "update-ref", "--stdin", "-z"],
        cwd=mirror.path,
        input=feed.encode(),
        env=QUIET,
        capture_output=True,
        check=False,
    )

    assert (checked.returncode, checked.stderr) == (0, b"")
    assert len(accepted) > 100


def test_git_refuses_in_that_way_what_it_refuses_alone(mirror: Mirror) -> None:
    """The question asked above has teeth: names that `check-ref-format` refuses fail it."""
    for name in ("a..b", "a.lock", "a b", "a~1", "a/.b", "a@{b", "a\\b", "a:b", "a?", "a/"):
        asked = subprocess.run(
            ["git", "update-ref", "--stdin", "-z"],
            cwd=mirror.path,
            input=f"verify refs/heads/1/{name}\0{'0' * 40}\0".encode(),
            env=QUIET,
            capture_output=True,
            check=False,
        )
        alone = subprocess.run(["git", "check-ref-format", f"refs/heads/{name}"], env=QUIET, check=False)
        assert (asked.returncode != 0, alone.returncode != 0) == (True, True), name


@pytest.mark.proof
def test_each_accepted_name_of_a_sample_may_be_a_branch() -> None:
    """`--branch` knows more rules than the form of a ref: no hyphen first, and not HEAD."""
    accepted = dict.fromkeys(name for name in drawn("branches", 1_000) if safe_ref_name(name))
    for name in list(accepted)[: rounds(100, 2_000)]:
        checked = subprocess.run(
            ["git", "check-ref-format", "--branch", name], env=QUIET, capture_output=True, check=False
        )
        assert checked.returncode == 0, name


@pytest.mark.proof
@pytest.mark.timeout(0)
def test_a_name_that_is_not_accepted_never_reaches_git(mirror: Mirror, said: list[tuple[str, ...]]) -> None:
    for name in drawn("unsafe names", 1_000):
        if safe_ref_name(name):
            continue
        outcomes = [
            cut_branch(mirror, name, "main"),
            pick_branch(mirror, name, onto="main", commits=["main"], by=BY),
            create_tag(mirror, NewTag(name=name, message="x"), "main", BY),
            finish(mirror, Finish(branch="main", sha="f" * 40, into=[name], tag=None), BY),
            delete_branch(mirror, name, "f" * 40),
        ]
        assert outcomes == [GitProblem(kind=ProblemKind.UNSAFE_NAME, ref=name)] * 5
    assert said == []


@pytest.mark.proof
@pytest.mark.timeout(0)
def test_no_revision_is_taken_for_an_option(mirror: Mirror, said: list[tuple[str, ...]]) -> None:
    """Every text that means a commit goes through these, and that is all that git would be told."""
    nothing = Access(environment={})
    git = Runner(path=mirror.path, protocols="", limit=BY_NOW, first_limit=BY_NOW, lock=0, access=nothing)
    for text in drawn("revisions", 5_000):
        for read in (resolve, resolve_release, head_of):
            with pytest.raises(GitFailure) as caught:
                read(git, text)
            assert caught.value.problem == GitProblem(kind=ProblemKind.MISSING_REF, ref=text)
    _only_ours(said)


@pytest.mark.proof
@pytest.mark.timeout(0)
def test_every_action_reads_revisions_that_way(mirror: Mirror, said: list[tuple[str, ...]]) -> None:
    for text in list(drawn("actions", 30))[: rounds(30, 2_000)]:
        find_commit(mirror, text)
        read_commits(mirror, text, text)
        read_difference(mirror, text, text, wanted=Globs(("**",)))
        remote_head(mirror, text)
        cut_branch(mirror, "fine", text)
        create_tag(mirror, NewTag(name="fine", message="x"), text, BY)
        pick_branch(mirror, "fine", onto=text, commits=[text], by=BY)
    _only_ours(said)


def _only_ours(said: list[tuple[str, ...]]) -> None:
    """Options are of our own writing; a ref is a full name, safe in itself."""
    options = {part for command in said for part in command[1:] if part.startswith("-")}
    assert {option for option in options if not OPTIONS.fullmatch(option)} == set()
    named = {
        command[-1] for command in said if command[0] == "rev-parse" and not command[-1].startswith("--")
    }
    assert {ref for ref in named if not _ours(ref)} == set()
    assert named


def _ours(ref: str) -> bool:
    """A ref by its full name, of a name that is safe."""
    found = re.fullmatch(r"refs/(?:remotes/origin|tags)/(.*)\^\{commit\}", ref, re.DOTALL)
    return bool(found and safe_ref_name(found[1]))


@pytest.mark.proof
@pytest.mark.timeout(0)
def test_nothing_is_written_and_nothing_found(mirror: Mirror, folder: Path) -> None:
    """The same with the real git, for fewer of them: the folders are as they were, the remote too."""
    before = everything(folder)
    for text in list(drawn("real", 10))[: rounds(10, 2_000)]:
        if text in {"main", "v1.0", "#12", "!12"}:
            continue
        outcomes = [find_commit(mirror, text), read_commits(mirror, "main", text), tags_on(mirror, text)]
        assert outcomes == [GitProblem(kind=ProblemKind.MISSING_REF, ref=text)] * 3
    assert everything(folder) == before
