"""Release notes: what a draft says, what people write instead, and what is still missing."""

from domain.notes.draft import Filed, draft, file, in_sections
from domain.notes.missing import Gap, GapKind, gaps
from domain.notes.model import Audience, Edit, Entry, Environment, Head, Notes, Section

__all__ = [
    "Audience",
    "Edit",
    "Entry",
    "Environment",
    "Filed",
    "Gap",
    "GapKind",
    "Head",
    "Notes",
    "Section",
    "draft",
    "file",
    "gaps",
    "in_sections",
]
