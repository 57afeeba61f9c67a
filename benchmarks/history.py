"""A long history with messages as teams write them, made by `git fast-import` from a seed and kept."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

SEED = 20_260_305
EVERY = 10_000  # commits between two version tags
ENVIRONMENT = {
    **{name: value for name, value in os.environ.items() if not name.startswith("GIT_")},
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    "LC_ALL": "C.UTF-8",
}
_START = 1_600_000_000
_TYPES = [
    "feat", "feat", "fix", "fix", "fix", "perf",
    "docs", "chore", "refactor", "test", "ci", "build",
    "기능", "수정", "개선", "문서", "security", "deprecate",
]  # fmt: skip
_SCOPES = ("", "", "", "(cart)", "(api)", "(auth)", "(search)", "(결제)", "(core-ui)")
_VERBS = [
    "keep", "drop", "show", "hide", "retry", "cache",
    "move", "check", "guard", "name", "read", "split",
    "정리", "고침", "추가",
]  # fmt: skip
_THINGS = [
    "coupons", "invoices", "sessions", "labels", "indexes", "queues",
    "readers", "totals", "장바구니", "주문", "알림", "검색어",
]  # fmt: skip
_PEOPLE = [f"Person {n} <person{n}@example.com>" for n in range(40)] + ["김하늘 <haneul@example.com>"]


def repository(commits: int = 100_000) -> Path:
    """A bare repository of that many commits: one version tag every 10,000, one change in eight a merge."""
    home = Path(tempfile.gettempdir()) / f"naru-history-{SEED}-{commits}.git"
    if not home.exists():
        made = home.with_name(f"{home.name}.{os.getpid()}")
        _make(made, commits)
        made.rename(home)
    return home


def _make(path: Path, commits: int) -> None:
    shutil.rmtree(path, ignore_errors=True)
    _git("init", "--quiet", "--bare", "--initial-branch=main", str(path))
    with subprocess.Popen(
        ["git", f"--git-dir={path}", "fast-import", "--quiet"], stdin=subprocess.PIPE, env=ENVIRONMENT
    ) as importing:
        assert importing.stdin
        for command in _commands(random.Random(SEED), commits):
            importing.stdin.write(command)
        importing.stdin.close()
    assert importing.returncode == 0
    _git(f"--git-dir={path}", "repack", "--quiet", "-ad")
    _git(f"--git-dir={path}", "pack-refs", "--all")


def _git(*arguments: str) -> None:
    subprocess.run(["git", *arguments], env=ENVIRONMENT, check=True)


def _commands(draw: random.Random, commits: int) -> Iterator[bytes]:
    """Every eighth commit merges a branch of one, so that the number of commits is exact."""
    subjects: list[str] = []
    for number in range(1, commits + 1):
        merging = number % 8 == 0 and number > 8
        message = (
            f"Merge pull request #{number} from team/topic-{number}" if merging else _message(draw, subjects)
        )
        side = number % 8 == 7
        yield _commit(draw, number, message, branch="topic" if side else "main")
        if merging:
            yield f"from :{number - 2}\nmerge :{number - 1}\n".encode()
        elif number > 1:
            yield f"from :{number - 1}\n".encode()
        yield _file(draw, number)
        if number % EVERY == 0:
            yield f"reset refs/tags/v1.{number // EVERY - 1}.0\nfrom :{number}\n\n".encode()


def _commit(draw: random.Random, number: int, message: str, *, branch: str) -> bytes:
    who = draw.choice(_PEOPLE)
    text = message.encode()
    head = f"commit refs/heads/{branch}\nmark :{number}\ncommitter {who} {_START + number * 300} +0900\n"
    return f"{head}data {len(text)}\n".encode() + text + b"\n"


def _file(draw: random.Random, number: int) -> bytes:
    content = f"{number}\n"
    return f"M 100644 inline src/part{draw.randrange(50)}.txt\ndata {len(content)}\n{content}\n".encode()


def _message(draw: random.Random, subjects: list[str]) -> str:
    if subjects and draw.random() < 0.01:
        return f'Revert "{draw.choice(subjects[-50:])}"'
    text = f"{draw.choice(_VERBS)} {draw.choice(_THINGS)} {draw.choice(_VERBS)} {draw.randrange(10**6)}"
    bang = "!" if draw.random() < 0.004 else ""
    prefix = f"{draw.choice(_TYPES)}{draw.choice(_SCOPES)}{bang}: " if draw.random() < 0.85 else ""
    request = f" (#{draw.randrange(1, 60_000)})" if draw.random() < 0.4 else ""
    subjects.append(f"{prefix}{text}{request}")
    return subjects[-1] + "".join(_rest(draw))


def _rest(draw: random.Random) -> Iterator[str]:
    if draw.random() < 0.4:
        sentences = (
            f"{draw.choice(_THINGS)} did not {draw.choice(_VERBS)} when they had to." for _ in range(99)
        )
        yield "\n\n" + "\n".join(next(sentences) for _ in range(draw.randrange(1, 6)))
    footers = []
    if draw.random() < 0.15:
        footers.append(f"Refs: #{draw.randrange(1, 9000)}")
    if draw.random() < 0.003:
        footers.append("BREAKING CHANGE: ask the new address instead\nof the old one")
    if draw.random() < 0.3:
        footers.append(f"Signed-off-by: {draw.choice(_PEOPLE)}")
    if draw.random() < 0.01:
        footers.append(f"(cherry picked from commit {draw.randbytes(20).hex()})")
    if footers:
        yield "\n\n" + "\n".join(footers)
