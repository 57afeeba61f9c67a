"""Writing commits into a bare repository, reproducibly: the same entries give the same SHAs."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path


@dataclass(frozen=True)
class Author:
    name: str
    email: str


@dataclass(frozen=True)
class Entry:
    """One commit on `branch`. `files` are whole contents (None deletes); `merges` is a branch or tag name.

    `start` begins the branch at another one; `tag` names an annotated tag on this commit.
    """

    branch: str
    author: Author
    at: datetime
    message: str
    files: Mapping[str, str | None] = field(default_factory=dict)
    merges: str | None = None
    start: str | None = None
    tag: str | None = None
    tag_message: str = ""


@dataclass(frozen=True)
class Drop:
    """Deletes a branch, as after its merge."""

    branch: str


def run_git(repo: Path, *args: str, stdin: bytes | None = None) -> str:
    """Standard output of git in a clean environment; raises CalledProcessError with git's own words."""
    environment = {
        "PATH": os.environ.get("PATH", os.defpath),
        "HOME": str(repo),
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_TERMINAL_PROMPT": "0",
        "LC_ALL": "C.UTF-8",
    }
    command = ["git", "-c", "init.defaultBranch=main", *args]
    done = subprocess.run(command, cwd=repo, env=environment, input=stdin, capture_output=True, check=True)  # noqa: S603 - fixed program, our own arguments
    return done.stdout.decode()


def create_bare(path: Path) -> None:
    path.mkdir(parents=True)
    run_git(path, "init", "--quiet", "--bare", ".")


def write_history(repo: Path, steps: Iterable[Entry | Drop]) -> None:
    """Append the steps to what the repository holds; a branch that exists is continued from its tip."""
    existing = run_git(repo, "for-each-ref", "--format=%(refname)").split()
    points = {ref: f"{ref}^0" for ref in existing}
    stream: list[bytes] = []
    dropped: list[str] = []
    for number, step in enumerate(steps, start=1):
        if isinstance(step, Drop):
            dropped.append(f"refs/heads/{step.branch}")
        else:
            stream += _commit(step, number, points)
    run_git(repo, "fast-import", "--quiet", "--date-format=raw", stdin=b"".join(stream))
    for ref in dropped:
        run_git(repo, "update-ref", "-d", ref)


def _commit(entry: Entry, number: int, points: dict[str, str]) -> list[bytes]:
    """One commit of the stream; `points` knows how to name what a ref points to, and learns this commit."""
    ref = f"refs/heads/{entry.branch}"
    who = _signed(entry.author, entry.at)
    lines = [f"commit {ref}\nmark :{number}\nauthor {who}\ncommitter {who}\n".encode(), _data(entry.message)]
    before = _ref(entry.start) if entry.start is not None else ref
    if before in points:
        lines.append(f"from {points[before]}\n".encode())
    if entry.merges is not None:
        lines.append(f"merge {points[_ref(entry.merges)]}\n".encode())
    for path, content in entry.files.items():
        lines += _file(path, content)
    points[ref] = f":{number}"
    if entry.tag is not None:
        points[f"refs/tags/{entry.tag}"] = points[ref]
        lines += [f"tag {entry.tag}\nfrom :{number}\ntagger {who}\n".encode(), _data(entry.tag_message)]
    return lines


def _file(path: str, content: str | None) -> list[bytes]:
    if content is None:
        return [f"D {path}\n".encode()]
    return [f"M 100644 inline {path}\n".encode(), _data(content)]


def _ref(name: str) -> str:
    return f"refs/tags/{name}" if name.startswith("v") and name[1:2].isdigit() else f"refs/heads/{name}"


def _signed(author: Author, at: datetime) -> str:
    return f"{author.name} <{author.email}> {int(at.timestamp())} {at.strftime('%z')}"


def _data(text: str) -> bytes:
    body = (text.rstrip("\n") + "\n").encode()
    return b"data %d\n%s\n" % (len(body), body)
