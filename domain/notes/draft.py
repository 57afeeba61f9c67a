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
    entries: dict[Section, list[Entry]] = defaultdict(list)
    for line in lines:
        if line.sha in left_out:
            continue
        entry = _entry(line)
        entries[_SECTION_OF[line.kind]].append(entry)
        if line.breaking:
            entries[Section.BREAKING].append(entry)
    return Notes(
        head=head,
        entries={section: tuple(found) for section, found in entries.items()},
        environment=Environment(variables=variables, migrations=migrations),
        written=dict(written or {}),
    )


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
