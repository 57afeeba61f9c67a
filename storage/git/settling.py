"""Conflicts in files that Naru writes itself: settled by their own rules, everything else is a person's."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from domain.notes.files import LARGEST
from domain.notes.own_files import OwnFiles, Sides, settled
from storage.git.failure import local_output
from storage.git.process import Runner
from storage.git.trees import FILES, blob_of, with_files

_BASE, _OURS, _THEIRS = 1, 2, 3


@dataclass(frozen=True)
class Entry:
    """One side of a path in conflict: `stage` 1 is what it was, 2 ours, 3 theirs."""

    mode: str
    blob: str
    stage: int
    path: str


def entries_of(fields: Iterable[bytes]) -> tuple[Entry, ...]:
    """What `merge-tree -z` tells of conflicts: `mode blob stage<TAB>path`."""
    found = []
    for field in fields:
        facts, _, path = field.decode(errors="replace").partition("\t")
        mode, blob, stage = facts.split()
        found.append(Entry(mode, blob, int(stage), path))
    return tuple(found)


def settle(git: Runner, tree: str, conflicts: Sequence[Entry], own: OwnFiles) -> str:
    """The tree without its conflicts, empty where one of them is a person's. Raises GitFailure."""
    files = []
    for path in dict.fromkeys(entry.path for entry in conflicts):
        made = _settled(git, path, {one.stage: one for one in conflicts if one.path == path}, own)
        if made is None:
            return ""
        files.append(made)
    return with_files(git, tree, files)


def _settled(git: Runner, path: str, stages: dict[int, Entry], own: OwnFiles) -> tuple[str, str, str] | None:
    """Mode, blob and path of one file."""
    ours, theirs = stages.get(_OURS), stages.get(_THEIRS)
    if path not in {own.changelog, own.version_file} or not ours or not theirs:
        return None
    if ours.mode != theirs.mode or ours.mode not in FILES:
        return None
    if any(_size(git, entry) > LARGEST for entry in stages.values()):
        return None
    base = _content(git, stages[_BASE]) if _BASE in stages else None
    found = settled(own, path, Sides(base, _content(git, ours), _content(git, theirs)))
    content = _by_lines(git, found) if isinstance(found, Sides) else found
    return None if content is None else (ours.mode, blob_of(git, content), path)


def _by_lines(git: Runner, sides: Sides) -> bytes | None:
    """The three-way merge of lines; None where lines conflict. `merge-file` reads files and no blobs."""
    with TemporaryDirectory(dir=git.path, prefix="naru-merge-") as folder:
        ours, base, theirs = (Path(folder, name) for name in ("ours", "base", "theirs"))
        ours.write_bytes(sides.ours)
        base.write_bytes(sides.base or b"")
        theirs.write_bytes(sides.theirs)
        answer = git.run("merge-file", "-p", "-q", str(ours), str(base), str(theirs))
    if answer.code is None:
        local_output(answer)
    return answer.out if answer.code == 0 else None


def _size(git: Runner, entry: Entry) -> int:
    return int(local_output(git.run("cat-file", "-s", entry.blob)).decode())


def _content(git: Runner, entry: Entry) -> bytes:
    return local_output(git.run("cat-file", "blob", entry.blob))
