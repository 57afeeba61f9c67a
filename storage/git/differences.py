"""What differs between two commits: which files, by how much, and what those that are asked for held."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from itertools import islice

from domain.detection import MOST_BYTES
from domain.globs import Globs
from domain.repository import ChangedFile, FileStatus, TreeDifference
from storage.git.failure import local_output
from storage.git.history import EMPTY_TREE
from storage.git.mirror import Mirror, opened, told_as_value
from storage.git.process import Answer, Runner
from storage.git.revisions import resolve, resolve_release

_STATUS = {"A": FileStatus.ADDED, "D": FileStatus.DELETED}
_COMPARE = ("--literal-pathspecs", "diff-tree", "-r", "-z", "--no-renames", "--no-ext-diff", "--no-textconv")
# Counting lines reads every file on both sides: where that is much, nobody waits for it.
_MOST_COUNTED = 20_000
_COUNTING = timedelta(seconds=20)
_MOST_FILES = 100


@told_as_value
def read_difference(
    mirror: Mirror, from_ref: str | None, to_ref: str, *, wanted: Globs, paths: Sequence[str] = ()
) -> TreeDifference:
    """The files in which the two differ, and what those among them hold that are `wanted`.

    `from_ref` None stands for the beginning of everything. With `paths`, taken literally, only those count.
    Bytes in paths that are no text become U+FFFD.
    """
    with opened(mirror) as git:
        start = resolve_release(git, from_ref) if from_ref else EMPTY_TREE
        end = resolve(git, to_ref)
        sides = (start, end, "--", *paths)
        files = tuple(_files(local_output(git.run(*_COMPARE, "--raw", "--no-abbrev", *sides))))
        counted = _counted(git, sides) if from_ref and len(files) <= _MOST_COUNTED else None
        asked = tuple(islice((file for file in files if wanted.match(file.path)), _MOST_FILES))
        held = _contents(git, [sha for file in asked for sha in (file.before, file.after) if sha])
    return TreeDifference(
        files=files,
        added=counted[0] if counted else None,
        removed=counted[1] if counted else None,
        before={file.path: held[file.before] for file in asked if file.before in held},
        after={file.path: held[file.after] for file in asked if file.after in held},
    )


def _files(listed: bytes) -> Iterator[ChangedFile]:
    """From git's raw format: `:<mode> <mode> <object> <object> <status>`, then the path."""
    fields = iter(listed.decode(errors="replace").split("\0"))
    for about, path in zip(fields, fields, strict=False):
        old_mode, new_mode, old, new, letter = about.lstrip(":").split(" ")
        status = _STATUS.get(letter, FileStatus.CHANGED)
        yield ChangedFile(path, status, _ordinary(old_mode, old), _ordinary(new_mode, new))


def _ordinary(mode: str, sha: str) -> str:
    """The object of a file; links and submodules hold nothing that could be read here."""
    return sha if mode.startswith("100") else ""


def _counted(git: Runner, sides: Sequence[str]) -> tuple[int, int] | None:
    """Lines that came and went; files that are no text have none. None when that takes too long."""
    answer = git.run(*_COMPARE, "--numstat", *sides, limit=_COUNTING)
    if answer.code is None:
        return None
    rows = [row.split(b"\t", 2) for row in local_output(answer).split(b"\0") if row]
    numbers = [(int(added), int(removed)) for added, removed, _ in rows if added != b"-"]
    return sum(added for added, _ in numbers), sum(removed for _, removed in numbers)


def _contents(git: Runner, shas: Iterable[str]) -> dict[str, bytes]:
    """What these objects hold, but for those that are too large to be a list of variables."""
    sized = [row.split(" ") for row in _batch(git, "--batch-check", shas).text.splitlines()]
    small = [row[0] for row in sized if row[1:2] == ["blob"] and int(row[2]) <= MOST_BYTES]
    return dict(_read(_batch(git, "--batch", small).out)) if small else {}


def _batch(git: Runner, how: str, shas: Iterable[str]) -> Answer:
    asked = "".join(f"{sha}\n" for sha in dict.fromkeys(shas))
    answer = git.run("cat-file", how, feed=asked.encode())
    local_output(answer)
    return answer


def _read(output: bytes) -> Iterator[tuple[str, bytes]]:
    """`<object> blob <size>`, a line break, the content, a line break; and so on."""
    at = 0
    while at < len(output):
        end = output.index(b"\n", at)
        sha, _, size = output[at:end].decode().split(" ")
        at = end + 1 + int(size)
        yield sha, output[end + 1 : at]
        at += 1
