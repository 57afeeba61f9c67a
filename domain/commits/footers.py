"""Splits what follows a first line into body and footers (Conventional Commits 1.0.0, rules 8-12)."""

from __future__ import annotations

import re
from collections.abc import Iterable

from domain.commits.model import Footer
from domain.commits.words import BREAKING_TOKENS

_BREAKING = "|".join(re.escape(token) for token in BREAKING_TOKENS)
_BREAKING_LINE = re.compile(rf"({_BREAKING})(?::(?: |$)| (?=#))(.*)")
_FOOTER_LINE = re.compile(r"([^\W_][\w-]*)(?:: | (?=#\d))(.*)")
_CHERRY_PICKED = re.compile(r"\(cherry picked from commit ([0-9a-f]{7,64})\)")


def split_footers(text: str) -> tuple[str, tuple[Footer, ...]]:
    """The body and the footers of everything after the first line.

    Footers begin after an empty line; a breaking footer is believed wherever a line starts with it, since
    missing one is worse. A footer's value runs on until the next footer (rule 10).
    """
    lines = text.replace("\r\n", "\n").split("\n")
    start = _footers_start(lines)
    return "\n".join(lines[:start]).strip(), tuple(_footers(lines[start:]))


def _footers_start(lines: list[str]) -> int:
    after_empty = True
    for number, line in enumerate(lines):
        if _BREAKING_LINE.match(line) or (after_empty and _FOOTER_LINE.match(line)):
            return number
        after_empty = not line.strip()
    return len(lines)


def _footers(lines: Iterable[str]) -> list[Footer]:
    """`lines` begin with a footer, or are empty."""
    found: list[tuple[str, list[str]]] = []
    for line in lines:
        if start := _BREAKING_LINE.match(line) or _FOOTER_LINE.match(line):
            found.append((start[1], [start[2]]))
        elif not _CHERRY_PICKED.match(line):
            found[-1][1].append(line)
    return [Footer(token, "\n".join(value).strip()) for token, value in found]


def breaking_note(footers: Iterable[Footer]) -> str | None:
    """The text of the breaking footers, or None."""
    notes = [footer.value for footer in footers if footer.token in BREAKING_TOKENS]
    return "\n\n".join(notes) if notes else None


def picked_from(body: str) -> str | None:
    """The SHA that `git cherry-pick -x` names; of several picks in a row where the change was born."""
    found = _CHERRY_PICKED.search(body)
    return found[1] if found else None
