"""Trees made of other trees without a work tree: files put into them through an index of their own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from storage.git.failure import local_output
from storage.git.process import Runner

FILES = frozenset({"100644", "100755"})
"""The modes of plain files."""


def with_files(git: Runner, tree: str, files: Sequence[tuple[str, str, str]]) -> str:
    """The tree (or that of a commit) with these files in it: each as mode, blob and path."""
    with _index(git) as index:
        environment = {"GIT_INDEX_FILE": str(index)}
        local_output(git.run("read-tree", tree, environment=environment))
        rows = "".join(f"{mode} {blob}\t{path}\0" for mode, blob, path in files)
        put = git.run("update-index", "-z", "--index-info", feed=rows.encode(), environment=environment)
        local_output(put)
        return local_output(git.run("write-tree", environment=environment)).decode().strip()


def blob_of(git: Runner, content: bytes) -> str:
    made = git.run("hash-object", "-w", "--no-filters", "--stdin", feed=content)
    return local_output(made).decode().strip()


@contextmanager
def _index(git: Runner) -> Iterator[Path]:
    """The path of an index of its own, gone afterwards; the mirror is ours alone while it is open."""
    path = git.path / "naru-index"
    path.unlink(missing_ok=True)
    try:
        yield path
    finally:
        path.unlink(missing_ok=True)
