"""How the files of two commits are compared by git, and how its answers are read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from domain.detection import MOST_BYTES
from domain.trees import ChangedFile, FileStatus

COMPARE = ("--literal-pathspecs", "diff-tree", "-r", "-z", "--no-renames", "--no-ext-diff", "--no-textconv")
RAW = ("--raw", "--no-abbrev")
MOST_FILES = 100
"""Of as many files it is read what they hold."""

_STATUS = {"A": FileStatus.ADDED, "D": FileStatus.DELETED}


def files(listed: bytes) -> Iterator[ChangedFile]:
    """From git's raw format: `:<mode> <mode> <object> <object> <status>`, then the path."""
    fields = iter(listed.decode(errors="replace").split("\0"))
    for about, path in zip(fields, fields, strict=False):
        old_mode, new_mode, old, new, letter = about.lstrip(":").split(" ")
        status = _STATUS.get(letter, FileStatus.CHANGED)
        yield ChangedFile(path, status, _ordinary(old_mode, old), _ordinary(new_mode, new))


def _ordinary(mode: str, sha: str) -> str:
    """The object of a file; links and submodules hold nothing that could be read here."""
    return sha if mode.startswith("100") else ""


def asked(shas: Iterable[str]) -> bytes:
    """What `git cat-file --batch` and `--batch-check` are fed with."""
    return "".join(f"{sha}\n" for sha in dict.fromkeys(shas)).encode()


def small(sized: bytes) -> list[str]:
    """Those of the objects, as `--batch-check` tells of them, that may be a list of variables."""
    rows = [row.split(" ") for row in sized.decode().splitlines()]
    return [row[0] for row in rows if row[1:2] == ["blob"] and int(row[2]) <= MOST_BYTES]


def contents(output: bytes) -> Iterator[tuple[str, bytes]]:
    """Of `--batch`: `<object> blob <size>`, a line break, the content, a line break; and so on."""
    at = 0
    while at < len(output):
        end = output.index(b"\n", at)
        sha, _, size = output[at:end].decode().split(" ")
        at = end + 1 + int(size)
        yield sha, output[end + 1 : at]
        at += 1
