"""Reads commits from one streamed `git log`."""

from __future__ import annotations

from collections.abc import Iterator

from domain.commits import Commit
from storage.git.failure import local_output
from storage.git.process import Runner
from storage.gitlog import OPTIONS, commits


def stream_commits(git: Runner, *selection: str) -> Iterator[Commit]:
    """The commits of a selection made of SHAs and options of our own, children before their parents.

    Raises GitFailure when the mirror cannot be read to the end.
    """
    with git.stream("log", "--topo-order", *OPTIONS, *selection, "--") as stream:
        yield from commits(stream)
        local_output(stream.end())
