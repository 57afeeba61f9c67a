"""Release notes for programs. The shape is stable: keys are added, never renamed or taken away.

`{"version", "previous", "type", "date", "audience", "language",
  "sections": [{"section", "title", "written", "entries": [{"text", "note", "scope", "sha", "author",
                "pull_request", "issues"}]}],
  "environment": {"variables": [{"name", "change", "default", "before"}], "migration_count", "migrations"}}`

`written` is a person's Markdown, which stands in the place of the entries, or null. For customers an entry
has `text` and `note` alone, other changes are not there, and of the migrations only how many there are.
`sections` has those that the notes show.
"""

from __future__ import annotations

from typing import Any

from domain.notes import Audience, Entry, Notes, Section
from messages.notes.outline import Listed, Part, Written, guide, outline
from messages.notes.words import section_titles
from messages.texts import Reader


def data(reader: Reader, notes: Notes, audience: Audience) -> dict[str, Any]:
    head, titles = notes.head, section_titles(reader)
    return {
        "version": head.version or None,
        "previous": head.previous or None,
        "type": head.type.value if head.type else None,
        "date": head.day.isoformat() if head.day else None,
        "audience": audience.value,
        "language": reader.language,
        "sections": [_section(part, titles[part.section], audience) for part in outline(notes, audience)],
        "environment": {
            "variables": [
                {"name": one.name, "change": one.change.value, "default": one.default, "before": one.before}
                for one in notes.environment.variables
            ],
            "migration_count": len(notes.environment.migrations),
            "migrations": list(notes.environment.migrations) if audience is Audience.TEAM else [],
        },
    }


def _section(part: Part, title: str, audience: Audience) -> dict[str, Any]:
    return {
        "section": part.section.value,
        "title": title,
        "written": part.text if isinstance(part, Written) else None,
        "entries": [_entry(part.section, entry, audience) for entry in part.entries]
        if isinstance(part, Listed)
        else [],
    }


def _entry(section: Section, entry: Entry, audience: Audience) -> dict[str, Any]:
    said: dict[str, Any] = {"text": entry.text, "note": guide(section, entry)}
    if audience is Audience.CUSTOMERS:
        return said
    return said | {
        "scope": entry.scope,
        "sha": entry.sha,
        "author": entry.author,
        "pull_request": entry.pull_request or None,
        "issues": list(entry.issues),
    }
