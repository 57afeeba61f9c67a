"""What of the notes an audience reads, in order: the same for every format."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from domain.notes import Audience, Entry, Environment, Notes, Section

# Read even when there is nothing: silence about a breaking change could be forgetfulness.
_ALWAYS = frozenset({Section.BREAKING})
# Where entries may say more than their first line.
GUIDED = frozenset({Section.BREAKING, Section.DEPRECATED})
# An empty text of a person says here that there is nothing to say; elsewhere it takes the section away.
_SAYS_NONE = frozenset({Section.BREAKING, Section.DEPRECATED, Section.KNOWN_ISSUES, Section.UPGRADE})


@dataclass(frozen=True)
class Written:
    """A person's Markdown."""

    section: Section
    text: str


@dataclass(frozen=True)
class Listed:
    """Changes, one by one."""

    section: Section
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Around:
    """What has to change around the program."""

    section: Section
    environment: Environment


@dataclass(frozen=True)
class Nothing:
    """`None`, said."""

    section: Section


Part = Written | Listed | Around | Nothing


def outline(notes: Notes, audience: Audience) -> Iterator[Part]:
    """Other changes are for the team alone, unless the policy orders them."""
    for section in notes.order or _usual(audience):
        written = notes.written.get(section)
        part = _drafted(notes, section) if written is None else _written(section, written.strip())
        if part is not None:
            yield part


def _usual(audience: Audience) -> tuple[Section, ...]:
    return tuple(one for one in Section if audience is Audience.TEAM or one is not Section.OTHER)


def _written(section: Section, text: str) -> Part | None:
    if text:
        return Written(section, text)
    return Nothing(section) if section in _SAYS_NONE else None


def _drafted(notes: Notes, section: Section) -> Part | None:
    if section is Section.ENVIRONMENT:
        return Around(section, notes.environment) if notes.environment else None
    if entries := notes.of(section):
        return Listed(section, entries)
    return Nothing(section) if section in _ALWAYS else None


def guide(section: Section, entry: Entry) -> str:
    """What an entry says beyond its first line: how to migrate, or what to use instead."""
    if section not in GUIDED or entry.note == entry.text:
        return ""
    return entry.note
