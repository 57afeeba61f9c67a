"""Release notes: what a draft says, what people write instead, and what is still missing."""

from domain.notes.draft import draft, in_sections
from domain.notes.missing import Gap, GapKind, gaps
from domain.notes.model import Audience, Edit, Entry, Environment, Head, Notes, Section

__all__ = [
    "Audience",
    "Edit",
    "Entry",
    "Environment",
    "Gap",
    "GapKind",
    "Head",
    "Notes",
    "Section",
    "draft",
    "gaps",
    "in_sections",
]
