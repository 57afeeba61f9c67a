"""What notes still need from a person before they can be published."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from domain.notes.model import Notes, Section


class GapKind(StrEnum):
    """What no draft can know."""

    KNOWN_ISSUES = "known_issues"
    UPGRADE_GUIDE = "upgrade_guide"
    MIGRATION_GUIDE = "migration_guide"
    REPLACEMENT = "replacement"


@dataclass(frozen=True)
class Gap:
    """`subject` is the change that lacks its guide or its replacement, empty for a whole section."""

    kind: GapKind
    section: Section
    subject: str = ""


def gaps(notes: Notes) -> tuple[Gap, ...]:
    """In the order of the sections. What a person wrote for a section, an empty text too, settles it."""
    return tuple(gap for gap in _gaps(notes) if gap.section not in notes.written)


def _gaps(notes: Notes) -> Iterator[Gap]:
    for entry in notes.of(Section.BREAKING):
        if entry.note in {"", entry.text}:
            yield Gap(GapKind.MIGRATION_GUIDE, Section.BREAKING, entry.text)
    for entry in notes.of(Section.DEPRECATED):
        if entry.note in {"", entry.text}:
            yield Gap(GapKind.REPLACEMENT, Section.DEPRECATED, entry.text)
    yield Gap(GapKind.KNOWN_ISSUES, Section.KNOWN_ISSUES)
    if notes.of(Section.BREAKING) or notes.environment:
        yield Gap(GapKind.UPGRADE_GUIDE, Section.UPGRADE)
