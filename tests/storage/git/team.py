"""A team with a real remote, for tests of git."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

QUIET = {
    **{name: value for name, value in os.environ.items() if not name.startswith("GIT_")},
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    "LC_ALL": "C",
}


@dataclass
class Team:
    """People who work on the remote: a bare repository, and a clone in which they commit."""

    remote: Path
    work: Path
    clock: datetime = datetime(2026, 3, 1, tzinfo=UTC)

    def git(self, *arguments: str, at: Path | None = None, feed: bytes = b"") -> str:
        done = subprocess.run(
            ["git", *arguments],
            cwd=at or self.work,
            input=feed,
            env=self._environment(),
            capture_output=True,
            check=True,
        )
        return done.stdout.decode(errors="replace").strip()

    def commit(
        self,
        message: str | bytes,
        files: Mapping[str, str | None] | None = None,
        *,
        branch: str = "develop",
        author: str = "Kim <kim@example.com>",
    ) -> str:
        """Commits on `branch` (made at the current place when new), pushes it, and returns the commit."""
        known = self.git("branch", "--list", branch)
        self.git("checkout", "-q", *([] if known else ["-b"]), branch)
        for name, content in (files or {}).items():
            path = self.work / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.unlink() if content is None else path.write_text(content)
        self.git("add", "--all")
        feed = message.encode() if isinstance(message, str) else message
        self.git(
            "commit", "-q", "--allow-empty", "--author", author, "--cleanup=verbatim", "-F", "-", feed=feed
        )
        self.git("push", "-q", "origin", branch)
        return self.git("rev-parse", "HEAD")

    def commit_bytes(self, message: bytes, *, branch: str = "develop") -> str:
        """The last commit of `branch` once more, under a message that `git commit` would have mended."""
        written = self.git("cat-file", "commit", branch).partition("\n\n")[0].encode()
        raw = written + b"\n\n" + message
        sha = self.git("hash-object", "-t", "commit", "-w", "--stdin", feed=raw)
        self.git("push", "-q", "--force", "origin", f"{sha}:refs/heads/{branch}")
        return sha

    def branch(self, name: str, at: str) -> None:
        self.git("push", "-q", "origin", f"{at}:refs/heads/{name}")
        self.git("branch", "-q", "-f", name, at)

    def tag(self, name: str, at: str) -> None:
        self.git("tag", "-a", "-m", name, name, at)
        self.git("push", "-q", "origin", f"refs/tags/{name}")

    def refs(self) -> dict[str, str]:
        """The branches and tags of the remote, tags as the commits they mean."""
        listed = self.git("for-each-ref", "--format=%(refname) %(objectname) %(*objectname)", at=self.remote)
        rows = [line.split() for line in listed.splitlines()]
        return {row[0].removeprefix("refs/"): row[-1] for row in rows}

    def show(self, revision: str, wanted: str) -> str:
        return self.git("log", "-1", f"--format={wanted}", revision, at=self.remote)

    def files(self, revision: str) -> dict[str, str]:
        names = (
            self.git("ls-tree", "-r", "-z", "--name-only", revision, at=self.remote).strip("\0").split("\0")
        )
        return {name: self.git("show", f"{revision}:{name}", at=self.remote) for name in names}

    def hook(self, name: str, script: str) -> None:
        path = self.remote / "hooks" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"#!/bin/sh\n{script}\n")
        path.chmod(0o755)

    def _environment(self) -> dict[str, str]:
        self.clock += timedelta(minutes=1)
        when = self.clock.isoformat()
        return {
            **QUIET,
            "GIT_AUTHOR_DATE": when,
            "GIT_COMMITTER_DATE": when,
            "GIT_AUTHOR_NAME": "Kim",
            "GIT_AUTHOR_EMAIL": "kim@example.com",
            "GIT_COMMITTER_NAME": "Kim",
            "GIT_COMMITTER_EMAIL": "kim@example.com",
        }
