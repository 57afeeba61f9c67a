"""What Naru needs of the machine: git 2.38 (Python is checked in bot/__main__.py, before all imports)."""

from __future__ import annotations

import re
import subprocess
import sys

from bot.cli.terminal import Mistake
from messages.cli import Code

GIT = (2, 38)  # `merge-tree --write-tree` without a work tree


def check_machine() -> None:
    """Raises Mistake with the version found and the one needed."""
    found = git_version()
    if found is None:
        raise Mistake(Code.NO_GIT, needed=dotted(GIT))
    if found < GIT:
        raise Mistake(Code.OLD_GIT, found=dotted(found), needed=dotted(GIT))


def python_version() -> str:
    return dotted(sys.version_info[:3])


def git_version() -> tuple[int, ...] | None:
    """The version of the git in the path, None without one."""
    try:
        done = subprocess.run(["git", "version"], capture_output=True, text=True, timeout=10, check=False)  # noqa: S607 - the git in the path is the one we use
    except (OSError, subprocess.TimeoutExpired):
        return None
    numbers = re.search(r"(\d+)\.(\d+)(?:\.(\d+))?", done.stdout)
    return tuple(int(part) for part in numbers.groups(default="0")) if numbers else None


def dotted(version: tuple[int, ...]) -> str:
    return ".".join(str(part) for part in version)
