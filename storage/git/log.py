"""Reads commits from one streamed `git log`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from itertools import islice

from domain.commits import Commit
from storage.git.failure import local_output
from storage.git.process import Runner

# Raw author fields: a .mailmap in the repository must not decide who counts as an author.
_FIELDS = ("%H", "%P", "%an", "%ae", "%ct", "%s", "%b")
_FORMAT = f"--format=tformat:{'%x00'.join(_FIELDS)}"
_PLAIN = (
    "-z",
    "--topo-order",
    "--no-color",
    "--no-show-signature",
    "--no-notes",
    "--encoding=UTF-8",
    _FORMAT,
)


def stream_commits(git: Runner, *selection: str) -> Iterator[Commit]:
    """The commits of a selection made of SHAs and options of our own, children before their parents.

    Raises GitFailure when the mirror cannot be read to the end.
    """
    with git.stream("log", *_PLAIN, *selection, "--") as stream:
        fields = _split(stream)
        while row := tuple(islice(fields, len(_FIELDS))):
            yield _commit(*row)
        local_output(stream.end())


def _split(output: Iterable[bytes]) -> Iterator[str]:
    """The NUL-terminated texts of a stream."""
    rest = b""
    for piece in output:
        *whole, rest = (rest + piece).split(b"\0")
        yield from (text.decode(errors="replace") for text in whole)


def _commit(*fields: str) -> Commit:
    sha, parents, name, email, seconds, subject, body = fields
    return Commit(
        sha=sha,
        parents=tuple(parents.split()),
        author_name=name,
        author_email=email,
        committed_at=datetime.fromtimestamp(int(seconds), UTC),
        subject=subject,
        body=body.strip("\n"),
    )
