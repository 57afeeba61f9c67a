"""The section of one version in a changelog, everything else kept byte for byte."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest

from domain.notes.files import FileRefused, text_of

_HEADING = re.compile(r"(#{1,6})[ \t]+(.*?)[ \t]*#*[ \t]*$")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_VERSION = re.compile(r"\[?v?(\d+\.\d+(?:\.\d+)?(?:[-+][0-9A-Za-z.+-]+)?)\]?(?=[\s:(,]|$)", re.IGNORECASE)
_UNRELEASED = re.compile(r"\[?(unreleased|미배포|미출시)\]?", re.IGNORECASE)
# An address as Keep a Changelog has them at the end of the file: `[1.5.0]: https://…`
_ADDRESS = re.compile(r"\[[^\]\n]+\]:")
_DEEPEST = 6
_VERSION_LEVELS = 2
TITLE = "# Changelog"


@dataclass(frozen=True)
class Heading:
    """A heading of Markdown; `start` is where its line begins."""

    start: int
    level: int
    text: str


def with_section(before: bytes | None, version: str, title: str, body: str) -> bytes | FileRefused:
    """The changelog with the section of `version`: in place of the one that is there, else above the newest.

    `title` is the heading's text, `body` Markdown whose headings stand beneath it. A changelog that is not
    there is begun. Line ends are the file's own.
    """
    text = text_of(before)
    if isinstance(text, FileRefused):
        return text
    mark = "\ufeff" if text.startswith("\ufeff") else ""
    text = text.removeprefix(mark)
    ending = "\r\n" if "\r\n" in text else "\n"
    found = list(headings(text))
    level = level_of(found)
    part = "\n".join(["#" * level + f" {title}", "", *beneath(body, level)]).rstrip("\n") + "\n"
    start, end = _place(text, found, version, level)
    if not text.strip():
        part = f"{TITLE}\n\n{part}"
    if not ends_by_itself(text[end:], level):
        part += f"\n{mark_of(version)}\n"
    made = text[:start], part.replace("\n", ending), text[end:]
    return (mark + _joined(*made, ending)).encode()


def beneath(body: str, level: int) -> Iterator[str]:
    """The lines of `body`, its headings below `level`: none of them begins a version. Code stays as it is."""
    lines = body.strip("\n").split("\n")
    marks = {len(one[1]) for line, one in _outside_code(lines) if one}
    down = max(0, level + 1 - min(marks, default=level + 1))
    for line, one in _outside_code(lines):
        if one is None:
            yield line
        else:
            yield "#" * min(_DEEPEST, len(one[1]) + down) + f" {one[2]}"


def _outside_code(lines: list[str]) -> Iterator[tuple[str, re.Match[str] | None]]:
    """Each line with its heading, if it is one."""
    code = _code(lines)
    for at, line in enumerate(lines):
        yield line, None if at in code else _HEADING.match(line)


def _code(lines: list[str]) -> set[int]:
    """The lines between fences; one that nothing closes is none."""
    found: set[int] = set()
    opened, fence = 0, ""
    for at, line in enumerate(lines):
        mark = _FENCE.match(line)
        if mark and not fence:
            opened, fence = at, mark[1]
        elif mark and mark[1].startswith(fence):
            found.update(range(opened, at + 1))
            fence = ""
    return found


def headings(text: str) -> Iterator[Heading]:
    at = 0
    lines = text.splitlines(keepends=True)
    for line, (_, found) in zip(lines, _outside_code([line.rstrip("\r\n") for line in lines]), strict=True):
        if found:
            yield Heading(at, len(found[1]), found[2])
        at += len(line)


def level_of(found: list[Heading]) -> int:
    """How deep the headings of versions are in this file: the second level unless they are on the first."""
    of_versions = (one.level for one in found if one.level <= _VERSION_LEVELS and version_of(one))
    return next(of_versions, _VERSION_LEVELS)


def version_of(heading: Heading) -> str:
    """The version that a heading begins with, empty for any other."""
    named = _VERSION.match(heading.text)
    return named[1] if named else ""


def _place(text: str, found: list[Heading], version: str, level: int) -> tuple[int, int]:
    """From where to where the section goes."""
    here = [one for one in found if one.level <= level]
    ends = end_of(text)
    for one, after in zip_longest(here, here[1:]):
        if one.level == level and version_of(one) == version:
            end = after.start if after else max(one.start, ends)
            marked = text.find(mark_of(version), one.start, end)
            return one.start, end if marked < 0 else next_line(text, marked)
    of_versions = [one for one in here if one.level == level and version_of(one)]
    if of_versions:
        return of_versions[0].start, of_versions[0].start
    coming = [one for one in here if _UNRELEASED.match(one.text)]
    if coming:
        after_it = next((one.start for one in here if one.start > coming[0].start), ends)
        return after_it, after_it
    return _under_title(text, found)


def end_of(text: str) -> int:
    """Where the last section ends: before the addresses at the end of the file, if there are any."""
    at = end = len(text)
    for line in reversed(text.splitlines(keepends=True)):
        at -= len(line)
        if _ADDRESS.match(line):
            end = at
        elif line.strip():
            break
    return end


def _under_title(text: str, found: list[Heading]) -> tuple[int, int]:
    """Below the title and what is said under it; on top where there is no title."""
    if not found or found[0].level != 1 or text[: found[0].start].strip():
        return 0, 0
    end = end_of(text)
    return end, end


def mark_of(version: str) -> str:
    """Where a section ends before what is no heading; Markdown does not show it."""
    return f"<!-- /v{version} -->"


def ends_by_itself(rest: str, level: int) -> bool:
    """Whether what follows a section cannot be taken for a part of it."""
    line = rest.lstrip("\r\n").partition("\n")[0].rstrip("\r")
    heading = _HEADING.match(line)
    return not rest.strip() or bool(_ADDRESS.match(line)) or bool(heading and len(heading[1]) <= level)


def next_line(text: str, at: int) -> int:
    end = text.find("\n", at)
    return len(text) if end < 0 else end + 1


def _joined(head: str, part: str, rest: str, ending: str) -> str:
    """An empty line before and after the section, unless the file begins or ends there."""
    if head.strip():
        head += "" if head.endswith("\n") else ending
        head += "" if head.endswith((ending * 2, "\n\n")) else ending
    if not rest.strip():
        return head + part + rest.lstrip("\r\n")
    gap = "" if rest.startswith(("\n", "\r\n")) else ending
    return head + part + gap + rest
