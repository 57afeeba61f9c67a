"""The draft of release notes, made of what a candidate carries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from sys import intern
from typing import NamedTuple

from domain.commits import ChangeKind, Told
from domain.notes.model import Entry, Environment, Head, Notes, Section
from domain.scope import Line, Variable

_SECTION_OF: Mapping[ChangeKind, Section] = {
    ChangeKind.FEATURE: Section.FEATURES,
    ChangeKind.IMPROVEMENT: Section.IMPROVEMENTS,
    ChangeKind.FIX: Section.FIXES,
    ChangeKind.SECURITY: Section.SECURITY,
    ChangeKind.DEPRECATED: Section.DEPRECATED,
    ChangeKind.OTHER: Section.OTHER,
}


def draft(
    head: Head,
    lines: Iterable[Line],
    *,
    variables: tuple[Variable, ...] = (),
    migrations: tuple[str, ...] = (),
    left_out: Collection[str] = (),
    written: Mapping[Section, str] | None = None,
) -> Notes:
    """What git says, and in its place what people wrote. `left_out` are the SHAs of changes behind a flag.

    A breaking change stands in its own group and among the breaking ones, with its migration guide there.
    """
    filed = (Filed(line.kind, line.breaking, _entry(line)) for line in lines if line.sha not in left_out)
    return Notes(
        head=head,
        entries=in_sections(filed),
        environment=Environment(variables=variables, migrations=migrations),
        written=dict(written or {}),
    )


class Filed(NamedTuple):
    """An entry, and where it belongs."""

    kind: ChangeKind
    breaking: bool
    entry: Entry


def in_sections(filed: Iterable[Filed]) -> dict[Section, tuple[Entry, ...]]:
    """A breaking change stands in its own group and among the breaking ones."""
    entries: dict[Section, list[Entry]] = defaultdict(list)
    for kind, breaking, entry in filed:
        entries[_SECTION_OF[kind]].append(entry)
        if breaking:
            entries[Section.BREAKING].append(entry)
    return {section: tuple(found) for section, found in entries.items()}


def file(told: Told) -> Filed:
    """Authors' names and scopes come again and again, so each is kept once."""
    entry = Entry(
        text=told.text,
        scope=intern(told.scope),
        sha=told.sha,
        author=intern(told.author),
        pull_request=told.pull_request,
        issues=told.issues,
        note=told.note,
    )
    return Filed(told.kind, told.breaking, entry)


def _entry(line: Line) -> Entry:
    return Entry(
        text=line.text,
        scope=line.scope,
        sha=line.sha,
        author=line.author,
        pull_request=line.pull_request,
        issues=line.issues,
        note=line.note,
    )
