"""A history made at once by `git fast-import`, and what git-cliff makes of it."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from domain.commits import DEFAULT_KINDS, ChangeKind
from tests.storage.git.team import QUIET

FIRST = 1_700_000_000
_FEATURES = "|".join(word for word, kind in DEFAULT_KINDS.items() if kind is ChangeKind.FEATURE)
_CONFIG = f"""
[changelog]
body = "x"
[git]
conventional_commits = true
filter_unconventional = false
commit_parsers = []
tag_pattern = "v[0-9].*"
[bump]
features_always_bump_minor = true
breaking_always_bump_major = true
custom_minor_increment_regex = "^(?i:{_FEATURES})$"
"""


def git_cliff() -> str | None:
    """The binary of the development dependency, beside this Python."""
    beside = Path(sys.executable).with_name("git-cliff")
    return str(beside) if beside.exists() else shutil.which("git-cliff")


class History:
    """A bare repository whose main branch has these messages, oldest first, with the tags that are given."""

    def __init__(self, path: Path, messages: Iterable[str], tags: Mapping[int, str] | None = None) -> None:
        self.path = path
        path.mkdir()
        self.git("init", "-q", "--bare", "-b", "main")
        stream = bytearray()
        for number, message in enumerate(messages):
            stream += _commit(number, message)
            if tags and number in tags:
                stream += f"reset refs/tags/{tags[number]}\nfrom :{number + 1}\n\n".encode()
        self.git("fast-import", "--quiet", feed=bytes(stream))
        (path / "cliff.toml").write_text(_CONFIG)

    def git(self, *arguments: str, feed: bytes = b"") -> str:
        done = subprocess.run(
            ["git", *arguments], cwd=self.path, input=feed, env=QUIET, capture_output=True, check=True
        )
        return done.stdout.decode(errors="replace")

    def cliff(self, *arguments: str) -> str:
        binary = git_cliff()
        assert binary, "git-cliff is a development dependency"
        options = ("--config", str(self.path / "cliff.toml"), "--offline", *arguments)
        done = subprocess.run(
            [binary, *options], cwd=self.path, env=QUIET, capture_output=True, check=True, timeout=100
        )
        return done.stdout.decode()

    def parsed(self) -> dict[str, dict[str, Any]]:
        """What git-cliff reads from each commit, by SHA."""
        releases = json.loads(self.cliff("--context"))
        return {commit["id"]: commit for release in releases for commit in release["commits"]}


def _commit(number: int, message: str) -> bytes:
    text = message.encode()
    who = f"Kim <kim@example.com> {FIRST + number * 60} +0900"
    head = f"commit refs/heads/main\nmark :{number + 1}\ncommitter {who}\ndata {len(text)}\n"
    return head.encode() + text + b"\n"
