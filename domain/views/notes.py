"""Release notes as they are read, published and edited."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from domain.links import NO_LINKS, Links
from domain.notes import Audience, Gap, GapKind, Notes, Section
from domain.notes.edits import Newest
from domain.release import Release
from domain.views.living import ProjectView


@dataclass(frozen=True, kw_only=True)
class NotesView:
    """The notes in one language, for one audience. `drafted` are the same without what people wrote.

    `after` counts the changes that came after a section was written; `elsewhere` are sections that only the
    other language has, with it. `unpublished` says that there is a reason to publish them again: they are
    `outdated`, since something was written afterwards, or a channel did not get them.
    `edit` is the id of the newest text heeded.
    """

    project: ProjectView
    release: Release
    notes: Notes
    drafted: Notes
    language: str
    audience: Audience
    edits: Newest = field(default_factory=dict)
    gaps: tuple[Gap, ...] = ()
    required: tuple[GapKind, ...] = ()
    after: Mapping[Section, int] = field(default_factory=dict)
    elsewhere: Mapping[Section, str] = field(default_factory=dict)
    unpublished: bool = False
    outdated: bool = False
    links: Links = NO_LINKS
    candidate: int = 0
    edit: int = 0

    def text_id(self, section: Section, language: str) -> int:
        """The id of the newest edit of a section, 0 where there is none."""
        found = self.edits.get((section, language))
        return found.id if found else 0
