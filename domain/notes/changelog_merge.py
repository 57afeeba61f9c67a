"""Two histories of a changelog made one: sections come from both sides, in the order of versions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise

from domain.notes.changelog import (
    end_of,
    ends_by_itself,
    headings,
    level_of,
    mark_of,
    next_line,
    version_of,
)
from domain.notes.files import FileRefused, text_of
from domain.versions import Version, VersionError

_BOM = "\ufeff"


class _Contradiction(Exception):
    """Both sides say something else of the same thing."""


@dataclass(frozen=True)
class _Parts:
    """What stands above the sections of versions, these in the order of the file, and what stands below.

    `mark` is the byte order mark, if there is one; `ending` that of the lines.
    """

    mark: str
    head: str
    sections: Mapping[Version, str]
    tail: str
    level: int
    ending: str


def merged_changelog(base: bytes | None, ours: bytes, theirs: bytes) -> bytes | None:
    """Every section that either side has, as the side has it that changed it since `base`; what both changed
    alike is no contradiction. None where the sides contradict each other: that is for a person.

    A section that only `theirs` has stands above the first older one of `ours`.
    """
    try:
        was, mine, other = (_parts(content) for content in (base, ours, theirs))
        made = _merged(was, mine, other)
        content = "".join(_spaced(made)).encode()
        return content if _bare(_parts(content)) == _bare(made) else None
    except _Contradiction:
        return None


def _bare(parts: _Parts) -> dict[Version, str]:
    """What is read back must be what was meant: a fence that one side left open would swallow the other."""
    return {version: text.strip("\r\n") for version, text in parts.sections.items()}


def _merged(was: _Parts, mine: _Parts, other: _Parts) -> _Parts:
    if (mine.level, mine.ending) != (other.level, other.ending):
        raise _Contradiction
    standing: dict[Version, str] = {}
    for version in _order(list(mine.sections), list(other.sections)):
        text = _told(*(side.sections.get(version) for side in (was, mine, other)))
        if text is not None:
            standing[version] = text
    tail = _told(was.tail, mine.tail, other.tail) or ""
    last = next(reversed(standing), None)
    if last and not ends_by_itself(tail, mine.level) and mark_of(str(last)) not in standing[last]:
        raise _Contradiction  # what is below would become a part of the last section
    head = _told(was.head, mine.head, other.head) or ""
    return replace(mine, head=head, sections=standing, tail=tail)


def _order(mine: list[Version], other: list[Version]) -> list[Version]:
    ordered = list(mine)
    for version in other:
        if version not in mine:
            at = next((n for n, one in enumerate(ordered) if one < version), len(ordered))
            ordered.insert(at, version)
    return ordered


def _told(was: str | None, mine: str | None, other: str | None) -> str | None:
    """The side that changed it; blank lines at the end are no change."""
    bare = tuple(None if text is None else text.strip("\r\n") for text in (was, mine, other))
    if bare[1] == bare[2] or bare[0] == bare[2]:
        return mine
    if bare[0] == bare[1]:
        return other
    raise _Contradiction


def _parts(content: bytes | None) -> _Parts:
    text = text_of(content)
    if isinstance(text, FileRefused):
        raise _Contradiction
    mark = _BOM if text.startswith(_BOM) else ""
    text = text.removeprefix(_BOM)
    found = list(headings(text))
    level = level_of(found)
    begins = [one for one in found if one.level == level and version_of(one)]
    ending = "\r\n" if "\r\n" in text else "\n"
    end = end_of(text)
    if not begins:
        return _Parts(mark, text[:end], {}, text[end:], level, ending)
    bounds = [*(one.start for one in begins), max(end, begins[-1].start)]
    pieces = [text[start:stop] for start, stop in pairwise(bounds)]
    pieces[-1], loose = _divided(pieces[-1], version_of(begins[-1]))
    if any(_divided(piece, version_of(one))[1].strip() for piece, one in zip(pieces, begins, strict=True)):
        raise _Contradiction  # what stands between sections belongs to neither of them
    sections = {_parsed(version_of(one)): piece for one, piece in zip(begins, pieces, strict=True)}
    if len(sections) < len(pieces):
        raise _Contradiction
    return _Parts(mark, text[: bounds[0]], sections, loose + text[bounds[-1] :], level, ending)


def _divided(piece: str, version: str) -> tuple[str, str]:
    """A section up to the mark of its end, and what is loose after it."""
    marked = piece.find(mark_of(version))
    if marked < 0:
        return piece, ""
    end = next_line(piece, marked)
    return piece[:end], piece[end:]


def _parsed(version: str) -> Version:
    """A changelog may leave out the patch: `1.5`."""
    bare = version if version.count(".") > 1 else f"{version}.0"
    try:
        return Version.parse(bare)
    except VersionError:
        raise _Contradiction from None


def _spaced(parts: _Parts) -> Iterator[str]:
    """The pieces with an empty line between them: many meet another one than in their own file."""
    yield parts.mark
    whole = (parts.head, *parts.sections.values(), parts.tail.lstrip("\r\n"))
    pieces = [text for text in whole if text.strip()]
    for at, piece in enumerate(pieces, start=1):
        if at < len(pieces):
            yield piece if piece.endswith(parts.ending * 2) else piece.rstrip("\r\n") + parts.ending * 2
        else:
            yield piece.rstrip("\r\n") + parts.ending
