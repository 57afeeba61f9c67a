"""`naru notes` and `naru next-version` on real repositories, good and bad, which stay as they were."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from bot import cli
from tests.support.everything import QUIET, Local, everything

Naru = Callable[..., tuple[int, str, str]]
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def naru(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> Naru:
    """Runs the command line here; exit code, standard output, standard error."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LANG", "en_US.UTF-8")
    monkeypatch.delenv("LC_ALL", raising=False)
    monkeypatch.delenv("LC_MESSAGES", raising=False)
    monkeypatch.setattr("gc.disable", lambda: None)

    def run(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["naru", *arguments])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        said = capfd.readouterr()
        code = ended.value.code
        return (code if isinstance(code, int) else 0), said.out, said.err

    return run


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Local:
    """The history that has everything; only read."""
    return everything(tmp_path_factory.mktemp("read") / "shop")


@pytest.fixture
def small(tmp_path: Path) -> Local:
    """v1.0.0, and a fix after it."""
    repo = Local(tmp_path / "small").init()
    repo.commit("feat: start", {"a.txt": "1\n"})
    repo.tag("v1.0.0")
    repo.commit("fix: crash", {"a.txt": "2\n"})
    return repo


def tree(path: Path) -> dict[str, tuple[int, int, str]]:
    """Everything below a folder: mode, time of change, content."""
    return {
        str(file.relative_to(path)): (
            file.lstat().st_mode,
            file.lstat().st_mtime_ns,
            hashlib.sha256(file.read_bytes()).hexdigest() if file.is_file() else "",
        )
        for file in sorted(path.rglob("*"))
    }


def headings(markdown: str) -> list[str]:
    return [line for line in markdown.splitlines() if line.startswith("#")]


def changes_of(markdown: str) -> list[str]:
    return [line.removeprefix("- ") for line in markdown.splitlines() if line.startswith("- ")]


def test_notes_of_a_tagged_commit_are_those_of_its_version(naru: Naru, shop: Local) -> None:
    code, out, err = naru("notes", "--repo", str(shop.path), "--to", "v1.5.0", "--audience", "customers")

    assert code == 0
    assert out.splitlines()[:6] == [
        "# Release notes v1.5.0",
        "",
        "| Version | Date | Previous version |",
        "|---|---|---|",
        "| v1.5.0 | 2026-03-01 | v1.4.0 |",
        "",
    ]
    assert headings(out)[1:] == [
        "## Features",
        "## Improvements",
        "## Bug fixes",
        "## Security fixes",
        "## Breaking changes",
        "## Deprecated",
        "## Environment changes",
    ]
    assert err == "v1.5.0-rc.1, v1.5.0 are on one commit; the highest counts: v1.5.0.\n"


def test_notes_begin_after_the_newest_version_tag(naru: Naru, small: Local) -> None:
    code, out, err = naru("notes", "--repo", str(small.path), "--lang", "ko")

    sha = small.git("rev-parse", "--short=7", "HEAD")
    assert (code, err) == (0, "")
    assert out == (
        "# 출시 전 변경 사항\n\n| 버전 | 이전 버전 |\n|---|---|\n| 출시 전 | v1.0.0 |\n\n"
        f"## 버그 수정\n\n- crash (`{sha}`) – 김하늘\n\n## 호환성이 깨지는 변경\n\n없음\n"
    )


def test_versions_of_one_project_of_several_are_those_behind_its_prefix(naru: Naru, small: Local) -> None:
    small.tag("shop/v2.0.0", "v1.0.0")
    small.tag("api/v9.0.0")
    small.commit("feat: coupons")
    of_shop = ("--repo", str(small.path), "--tag-prefix", "shop/")

    code, out, err = naru("notes", *of_shop)
    version = naru("next-version", *of_shop)
    nobody = naru("notes", "--repo", str(small.path), "--tag-prefix", "web/")

    assert (code, err) == (0, "")
    assert "| not released yet | shop/v2.0.0 |" in out
    assert headings(out)[1:3] == ["## Features", "## Bug fixes"]
    assert version == (0, "2.1.0\n", "")
    assert nobody[2] == "No tag is a version such as web/v1.2.3, so the whole history is told.\n"


def test_notes_tell_which_variables_and_migrations_came(naru: Naru, small: Local) -> None:
    small.commit("chore: drop a flag", {".env.example": "URL=http://old\nFLAG=1\n"})
    small.tag("v1.0.1")
    small.commit(
        "feat: orders", {"db/migrate/1_orders.sql": "x", ".env.example": "URL=http://new\nWAIT=30\n"}
    )

    code, out, err = naru("notes", "--repo", str(small.path))

    assert (code, err) == (0, "")
    assert out.split("## Environment changes\n\n")[1] == (
        "**Variables added**\n\n- `WAIT` = `30`\n\n"
        "**Variables changed**\n\n- `URL`: `http://old` → `http://new`\n\n"
        "**Variables removed**\n\n- `FLAG`\n\n"
        "**Database migrations**\n\n- `db/migrate/1_orders.sql`\n"
    )


def test_files_that_cannot_be_compared_are_said_to_be_left_out(naru: Naru, small: Local) -> None:
    tree = small.git("rev-parse", "v1.0.0^{tree}")
    (small.path / ".git/objects" / tree[:2] / tree[2:]).unlink()

    code, out, err = naru("notes", "--repo", str(small.path))

    assert (code, changes_of(out)) == (
        0,
        [f"crash (`{small.git('rev-parse', '--short=7', 'HEAD')}`) – 김하늘"],
    )
    assert err == (
        "The files of this repository could not be compared, so migrations and environment variables are not "
        "told. Fetch what is missing, or look with: git fsck\n"
    )


def test_notes_go_past_tags_that_the_end_does_not_follow(naru: Naru, small: Local) -> None:
    small.git("checkout", "-q", "-b", "newer", "v1.0.0")
    small.commit("feat: newer line")
    small.tag("v2.0.0")
    small.commit("feat: newer still")
    small.tag("v2.1.0")
    small.git("checkout", "-q", "main")

    code, out, _ = naru("notes", "--repo", str(small.path))

    assert code == 0
    assert "| not released yet | v1.0.0 |" in out
    assert [line.split(" (")[0] for line in changes_of(out)] == ["crash"]


def test_what_a_hotfix_took_into_the_release_is_no_news(naru: Naru, small: Local) -> None:
    picked = small.git("rev-parse", "HEAD")
    small.commit("feat: next")
    small.git("checkout", "-q", "-b", "hotfix", "v1.0.0")
    small.git("cherry-pick", "-x", picked)
    small.tag("v1.0.1")
    small.git("checkout", "-q", "main")
    small.git("merge", "-q", "--no-ff", "-m", "Merge branch 'hotfix'", "hotfix")

    _, out, _ = naru("notes", "--repo", str(small.path))

    assert [line.split(" (")[0] for line in changes_of(out)] == ["next"]


def test_notes_of_commits_whose_clocks_were_wrong_still_cancel_reverts(naru: Naru, small: Local) -> None:
    small.minutes = 3000
    early = small.commit("feat: from tomorrow", {"b.txt": "1\n"})
    small.minutes = 100
    small.revert(early)

    _, out, _ = naru("notes", "--repo", str(small.path))

    assert [line.split(" (")[0] for line in changes_of(out)] == ["crash"]


def test_notes_with_nothing_new_are_written_and_exit_with_1(naru: Naru, small: Local) -> None:
    code, out, err = naru("notes", "--repo", str(small.path), "--from", "main")

    assert code == 1
    assert "There are no changes." in out
    assert err == "Nothing is new since main.\n"


def test_notes_for_slack_are_messages_and_for_programs_json(naru: Naru, small: Local) -> None:
    _, slack, _ = naru("notes", "--repo", str(small.path), "--format", "slack")
    _, data, _ = naru("notes", "--repo", str(small.path), "--format", "json")

    assert [page["text"] for page in json.loads(slack)] == ["Unreleased changes"]
    found = json.loads(data)
    assert {key: found[key] for key in ("version", "previous", "type", "date", "audience", "language")} == {
        "version": None, "previous": "v1.0.0", "type": None, "date": None, "audience": "team", "language": "en",
    }  # fmt: skip
    assert [(part["section"], [one["text"] for one in part["entries"]]) for part in found["sections"]] == [
        ("fixes", ["crash"]),
        ("breaking", []),
    ]


def test_notes_go_into_a_file_whole(naru: Naru, small: Local, tmp_path: Path) -> None:
    target = tmp_path / "NOTES.md"
    code, out, _ = naru("notes", "--repo", str(small.path), "--output", str(target))

    assert (code, out) == (0, "")
    assert target.read_text().startswith("# Unreleased changes\n")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["NOTES.md", "small"]


def test_a_file_that_cannot_be_written_is_told(naru: Naru, small: Local, tmp_path: Path) -> None:
    code, _, err = naru("notes", "--repo", str(small.path), "--output", str(tmp_path / "no" / "NOTES.md"))

    assert code == 2
    assert err.startswith("The system refused: No such file or directory")


@pytest.mark.parametrize("where", ["work tree", "folder inside", "git folder", "bare", "worktree"])
def test_any_place_of_a_repository_will_do(naru: Naru, small: Local, tmp_path: Path, where: str) -> None:
    (small.path / "deep" / "er").mkdir(parents=True)
    small.git("clone", "-q", "--bare", str(small.path), str(tmp_path / "bare.git"))
    small.git("worktree", "add", "-q", str(tmp_path / "other"), "HEAD")
    places = {
        "work tree": small.path,
        "folder inside": small.path / "deep" / "er",
        "git folder": small.path / ".git",
        "bare": tmp_path / "bare.git",
        "worktree": tmp_path / "other",
    }

    code, out, _ = naru("notes", "--repo", str(places[where]))

    assert code == 0
    assert [line.split(" (")[0] for line in changes_of(out)] == ["crash"]


def test_next_version_is_told_with_its_reasons(naru: Naru, small: Local) -> None:
    sha = small.commit("feat(cart): coupons")

    assert naru("next-version", "--repo", str(small.path)) == (0, "1.1.0\n", "")
    code, out, _ = naru("next-version", "--repo", str(small.path), "--json")
    assert code == 0
    assert json.loads(out) == {
        "version": "1.1.0",
        "bump": "minor",
        "since": "v1.0.0",
        "changes": 2,
        "reasons": [{"kind": "feature", "breaking": False, "scope": "cart", "text": "coupons", "sha": sha}],
    }


def test_next_version_of_a_release_that_has_nothing_new_exits_with_1(naru: Naru, shop: Local) -> None:
    code, out, err = naru("next-version", "--repo", str(shop.path), "--json")

    assert code == 1
    assert json.loads(out) == {"version": None, "bump": None, "since": "v1.5.0", "changes": 0, "reasons": []}
    assert err.endswith("Nothing is new since v1.5.0.\n")


def test_the_first_version_of_all_needs_no_reason(naru: Naru, tmp_path: Path) -> None:
    repo = Local(tmp_path / "new").init()
    repo.commit("feat!: start")

    assert naru("next-version", "--repo", str(repo.path)) == (0, "0.1.0\n", "")


# --- what can be wrong --------------------------------------------------------------------------------------


def refused(naru: Naru, *arguments: str) -> str:
    code, out, err = naru("notes", *arguments)
    assert (code, out) == (2, "")
    assert "Traceback" not in err
    return err


def test_a_missing_folder(naru: Naru, tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    assert (
        refused(naru, "--repo", str(gone))
        == f"{gone} is not a folder. Give the repository's folder with --repo.\n"
    )


def test_not_a_repository(naru: Naru, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANG", "ko_KR.UTF-8")
    assert refused(naru, "--repo", str(tmp_path)) == (
        f"git 저장소가 아닙니다: {tmp_path}. --repo로 저장소 폴더를 지정해 주세요.\n"
    )


def test_a_surrounding_git_does_not_bend_the_reading(
    naru: Naru, small: Local, shop: Local, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_DIR", str(shop.path / ".git"))
    monkeypatch.setenv("GIT_CONFIG_COUNT", "1")
    monkeypatch.setenv("GIT_CONFIG_KEY_0", "log.showSignature")
    monkeypatch.setenv("GIT_CONFIG_VALUE_0", "true")

    assert "v1.0.0" in naru("notes", "--repo", str(small.path))[1]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_no_permission(naru: Naru, small: Local) -> None:
    small.path.chmod(0)
    try:
        said = refused(naru, "--repo", str(small.path))
    finally:
        small.path.chmod(0o755)
    assert said.startswith(f"{small.path} may not be read.")


def test_a_folder_that_may_not_be_read(naru: Naru, small: Local, monkeypatch: pytest.MonkeyPatch) -> None:
    def no(self: Path) -> None:
        raise PermissionError(13, "Permission denied", str(self))

    monkeypatch.setattr(Path, "iterdir", no)
    assert refused(naru, "--repo", str(small.path)) == (
        f"{small.path} may not be read. Ask its owner for permission, or run as somebody who has it.\n"
    )


def test_an_empty_repository(naru: Naru, tmp_path: Path) -> None:
    repo = Local(tmp_path / "empty").init()
    assert refused(naru, "--repo", str(repo.path)) == (
        f"{repo.path} has no commits yet. Commit first; then there is something to tell.\n"
    )


def test_a_misspelt_name_is_answered_with_the_one_that_was_meant(naru: Naru, small: Local) -> None:
    assert refused(naru, "--repo", str(small.path), "--from", "v1.0.O") == (
        "“v1.0.O” names no commit of this repository. Did you mean “v1.0.0”?\n"
    )


def test_an_unknown_name(naru: Naru, small: Local) -> None:
    assert refused(naru, "--repo", str(small.path), "--to", "feature/nothing-like-it") == (
        "“feature/nothing-like-it” names no commit of this repository. "
        "See what there is: git tag; git branch --all\n"
    )


@pytest.mark.parametrize(
    "revision",
    [
        "--output=/tmp/x",
        "-n1",
        "HEAD:a.txt",
        ":/fix",
        "v1.0.0..main",
        "main@{1}",
        "HEAD^{/x}",
        "a b",
        "^main",
        "*",
    ],
)
def test_what_is_no_revision_of_ours_is_never_given_to_git(naru: Naru, small: Local, revision: str) -> None:
    assert refused(naru, "--repo", str(small.path), f"--from={revision}").startswith(
        f"“{revision}” is not understood."
    )


@pytest.mark.parametrize("revision", ["v1.0.0", "HEAD~1", "main^", "refs/tags/v1.0.0", "@~1", "HEAD^1~0"])
def test_revisions_that_are_understood(naru: Naru, small: Local, revision: str) -> None:
    code, out, _ = naru("notes", "--repo", str(small.path), "--from", revision)

    assert code == 0
    assert [line.split(" (")[0] for line in changes_of(out)] == ["crash"]


def test_a_range_the_wrong_way_round_is_answered_with_the_right_command(naru: Naru, small: Local) -> None:
    path = str(small.path)
    assert refused(naru, "--repo", path, "--from", "main", "--to", "v1.0.0") == (
        "“main” is newer than “v1.0.0”, so nothing leads from it there. The other way round: "
        f"naru notes --repo {path} --from v1.0.0 --to main\n"
    )


def test_tags_that_are_no_versions_tell_the_whole_history(naru: Naru, tmp_path: Path) -> None:
    repo = Local(tmp_path / "odd").init()
    repo.commit("feat: start")
    repo.tag("nightly")
    repo.commit("fix: crash")

    code, out, err = naru("notes", "--repo", str(repo.path))

    assert code == 0
    assert [line.split(" (")[0] for line in changes_of(out)] == ["start", "crash"]
    assert err == "No tag is a version such as v1.2.3, so the whole history is told.\n"


def test_no_tags_tell_the_whole_history(naru: Naru, tmp_path: Path) -> None:
    repo = Local(tmp_path / "untagged").init()
    repo.commit("feat: start")

    code, out, err = naru("notes", "--repo", str(repo.path))

    assert (code, err) == (0, "")
    assert "| not released yet | none |" in out


def test_a_shallow_clone_tells_what_is_there_and_says_so(naru: Naru, shop: Local, tmp_path: Path) -> None:
    clone = tmp_path / "shallow"
    subprocess.run(
        ["git", "clone", "-q", "--depth=3", f"file://{shop.path}", str(clone)], env=QUIET, check=True
    )

    code, out, err = naru("notes", "--repo", str(clone), "--to", "HEAD")

    assert code == 0
    assert changes_of(out)
    assert err.startswith("This is a shallow clone: what is older is not there and not told. Fetch it: ")


def test_a_detached_head_and_bytes_that_are_no_text(naru: Naru, small: Local) -> None:
    small.git("checkout", "-q", "--detach")
    written = small.git("cat-file", "commit", "HEAD").partition("\n\n")[0].encode()
    sha = small.git("hash-object", "-t", "commit", "-w", "--stdin", feed=written + b"\n\nfix: caf\xe9\n")
    small.git("checkout", "-q", sha)

    code, out, _ = naru("notes", "--repo", str(small.path))

    assert code == 0
    assert [line.split(" (")[0] for line in changes_of(out)] == ["caf�"]


def test_a_broken_repository(naru: Naru, small: Local) -> None:
    sha = small.git("rev-parse", "HEAD~1")
    (small.path / ".git" / "objects" / sha[:2] / sha[2:]).unlink()
    small.git("tag", "-d", "v1.0.0")

    assert refused(naru, "--repo", str(small.path)).startswith(f"git cannot read {small.path}: ")


@pytest.mark.parametrize(
    ("option", "known"),
    [
        (("--format", "pdf"), "--format: “pdf” is not one of markdown, slack, json.\n"),
        (("--lang", "fr"), "--lang: “fr” is not one of ko, en.\n"),
        (("--audience", "all"), "--audience: “all” is not one of team, customers.\n"),
    ],
)
def test_a_choice_that_there_is_not(naru: Naru, small: Local, option: tuple[str, str], known: str) -> None:
    assert refused(naru, "--repo", str(small.path), *option) == known


def test_git_that_is_not_installed(naru: Naru, small: Local, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert refused(naru, "--repo", str(small.path)) == (
        "Naru needs git 2.38 or newer; none was found in the path.\n"
    )


def test_the_repository_stays_as_it_was_and_runs_nothing(naru: Naru, small: Local, tmp_path: Path) -> None:
    ran = tmp_path / "ran"
    program = tmp_path / "program.sh"
    program.write_text(f"#!/bin/sh\ntouch {ran}\n")
    program.chmod(0o755)
    for name in (
        "core.fsmonitor",
        "core.pager",
        "core.sshCommand",
        "gpg.program",
        "diff.external",
        "core.editor",
    ):
        small.git("config", name, str(program))
    small.git("config", "log.showSignature", "true")
    small.git("config", "alias.log", f"!{program}")
    before = tree(small.path)

    outcomes = [
        naru(*command, "--repo", str(small.path))[0]
        for command in (
            ("notes",), ("notes", "--from", "main"), ("notes", "--from", "nope"), ("next-version",),
            ("notes", "--from", "main", "--to", "v1.0.0"),
        )
    ]  # fmt: skip

    assert outcomes == [0, 1, 2, 0, 2]
    assert tree(small.path) == before
    assert not ran.exists()


def test_a_pipe_that_is_closed_early_is_no_mistake(small: Local) -> None:
    for n in range(40):
        small.commit(f"feat: change {n} " + "word " * 400)
    naru = f"{sys.executable} -m bot notes --repo {small.path}"
    done = subprocess.run(
        ["bash", "-c", f"set -o pipefail; {naru} | head -1"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.stdout, done.stderr) == ("# Unreleased changes\n", "")


def test_help_tells_the_exit_codes(naru: Naru) -> None:
    code, out, _ = naru("notes", "--help")

    assert code == 0
    assert "Exit code 0: written, 1: written, and there is nothing new, 2: error." in " ".join(out.split())


def test_asking_for_notes_imports_neither_slack_nor_a_database(small: Local) -> None:
    probe = (
        "import sys; from bot.cli import quick; "
        f"quick.main(['notes', '--repo', {str(small.path)!r}, '--output', {os.devnull + '.md'!r}]); "
        "print(sorted({name.partition('.')[0] for name in sys.modules} & "
        "{'slack_sdk', 'slack_bolt', 'sqlalchemy', 'sqlmodel', 'pydantic', 'typer', 'aiohttp', 'git', 'babel', 'asyncio'}))"
    )
    probe = probe.replace(repr(os.devnull + ".md"), repr(str(small.path.parent / "out.md")))
    done = subprocess.run([sys.executable, "-c", probe], cwd=ROOT, capture_output=True, text=True, check=True)

    assert done.stdout == "[]\n"
