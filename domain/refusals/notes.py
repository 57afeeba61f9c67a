"""What cannot be done with release notes as they stand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from domain.notes.model import Section


@dataclass(frozen=True)
class NotesChanged:
    """Somebody else wrote this section of the notes while it was open."""

    section: Section
    language: str
    by: str
    at: datetime | None


@dataclass(frozen=True)
class NotPublishedYet:
    """Notes are published when their release is."""

    version: str
