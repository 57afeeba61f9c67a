"""How commits are asked of `git log`, and how its answer is read: a stream, never held as a whole."""

from __future__ import annotations

from codecs import getincrementaldecoder
from collections.abc import Iterable, Iterator
from itertools import chain

from domain.commits import Commit, Fields, Row

# Raw author fields: a .mailmap in the repository must not decide who counts as an author.
_FIELDS = ("%H", "%P", "%an", "%ae", "%ct", "%s", "%b")
_WIDTH = len(_FIELDS)
OPTIONS = (
    "-z",
    "--no-color",
    "--no-show-signature",
    "--no-notes",
    "--encoding=UTF-8",
    f"--format=tformat:{'%x00'.join(_FIELDS)}",
)


def rows(output: Iterable[bytes]) -> Iterator[Fields]:
    """From the pieces of an output, cut anywhere. Bytes that are no text become U+FFFD."""
    return chain.from_iterable(zip(*[fields] * _WIDTH, strict=True) for fields in _fields(output))


def _fields(output: Iterable[bytes]) -> Iterator[Iterator[str]]:
    """Of whole commits; what a piece has of the next one waits for the rest of it."""
    decode = getincrementaldecoder("utf-8")("replace").decode
    rest = ""
    for piece in output:
        fields = (rest + decode(piece)).split("\0")
        whole = (len(fields) - 1) // _WIDTH * _WIDTH
        rest = "\0".join(fields[whole:])
        yield iter(fields[:whole])


def commits(output: Iterable[bytes]) -> Iterator[Commit]:
    return (Row._make(row).commit for row in rows(output))
