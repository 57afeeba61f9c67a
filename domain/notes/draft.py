"""The draft of release notes, made of what a candidate carries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

from domain.commits import ChangeKind
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
    told = (_entry(line) for line in lines if line.sha not in left_out)
    return Notes(
        head=head,
        entries=in_sections(told),
        environment=Environment(variables=variables, migrations=migrations),
        written=dict(written or {}),
    )


def in_sections(told: Iterable[Entry]) -> dict[Section, tuple[Entry, ...]]:
    """A breaking change stands in its own group and among the breaking ones."""
    entries: dict[Section, list[Entry]] = defaultdict(list)
    for entry in told:
        entries[_SECTION_OF[entry.kind]].append(entry)
        if entry.breaking:
            entries[Section.BREAKING].append(entry)
    return {section: tuple(found) for section, found in entries.items()}


def _entry(line: Line) -> Entry:
    return Entry(
        sha=line.sha,
        kind=line.kind,
        text=line.text,
        author=line.author,
        scope=line.scope,
        breaking=line.breaking,
        pull_request=line.pull_request,
        issues=line.issues,
        note=line.note,
    )
