"""What people wrote for the notes: which text stands, what came after it, and who may write."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256

from domain.notes.model import Notes, Section
from domain.people import Role
from domain.types import Stage

EDITORS = (Role.RELEASE_MANAGER, Role.TECH_LEAD, Role.PM, Role.QA_LEAD)
"""Who may edit notes, besides the captain and who started the release."""

CLOSED = frozenset({Stage.CANCELLED, Stage.ROLLED_BACK})
"""Nobody reads the notes of what never came, or was taken back."""

SECTION = 40_000
"""The longest text of a section, in characters: as much as one modal takes in parts."""

_KEY = 12


@dataclass(frozen=True, kw_only=True)
class NoteEdit:
    """The newest word on a section in one language. `text` None says that the draft stands again.

    `seen` are the keys (see `keys`) of what the section listed when it was written.
    """

    id: int
    section: Section
    language: str
    text: str | None
    by: str
    at: datetime
    candidate: int
    seen: frozenset[str] = frozenset()


Newest = Mapping[tuple[Section, str], NoteEdit]


def written_in(edits: Newest, language: str) -> Mapping[Section, NoteEdit]:
    """The text that stands for each section. What was written in the other language alone stands here too:
    a draft beside it would say what somebody has taken out.
    """
    found = {section: edit for (section, _), edit in edits.items() if edit.text is not None}
    mine = {s: edit for (s, of), edit in edits.items() if of == language and edit.text is not None}
    return found | mine


def with_edits(notes: Notes, edits: Newest, language: str) -> Notes:
    texts = {section: edit.text or "" for section, edit in written_in(edits, language).items()}
    return replace(notes, written=texts)


def keys(notes: Notes, section: Section) -> frozenset[str]:
    """What a section is drafted from, by short names: the commits, or what changes in the environment."""
    if section in {Section.ENVIRONMENT, Section.UPGRADE}:
        around = notes.environment
        named = (f"{one.name}={one.default}" for one in around.variables)
        short = (sha256(name.encode()).hexdigest()[:_KEY] for name in (*named, *around.migrations))
        return frozenset((*short, *_commits(notes, Section.BREAKING)))
    return frozenset(_commits(notes, section))


def _commits(notes: Notes, section: Section) -> Iterable[str]:
    return (entry.sha[:_KEY] for entry in notes.of(section))


def came_after(notes: Notes, edits: Newest, language: str) -> Mapping[Section, int]:
    """How many changes of a section came after its text was written, where there are any."""
    counted = {
        section: len(keys(notes, section) - edit.seen)
        for section, edit in written_in(edits, language).items()
    }
    return {section: n for section, n in counted.items() if n}


def only_in(edits: Newest, language: str) -> Mapping[Section, str]:
    """The sections that are written in another language than this one, with that language."""
    return {
        section: edit.language
        for section, edit in written_in(edits, language).items()
        if edit.language != language
    }
