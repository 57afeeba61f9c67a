"""What people wrote for the notes of a release: every text is kept, the newest of each section stands."""

from __future__ import annotations

from sqlalchemy import func, insert, select
from sqlmodel import col

from domain.notes.edits import Newest, NoteEdit
from domain.notes.model import Section
from storage.db import Tx
from storage.tables import NoteEditRow


def newest(tx: Tx, release: str, upto: int | None = None) -> Newest:
    """By section and language, as they are or as they were with the edit `upto`."""
    last = select(func.max(col(NoteEditRow.id))).where(col(NoteEditRow.release) == release)
    if upto is not None:
        last = last.where(col(NoteEditRow.id) <= upto)
    last = last.group_by(col(NoteEditRow.section), col(NoteEditRow.language))
    query = select(NoteEditRow.__table__).where(col(NoteEditRow.id).in_(last))  # type: ignore[attr-defined]  # set by SQLModel
    edits = (
        NoteEdit(
            id=row["id"],
            section=Section(row["section"]),
            language=row["language"],
            text=None if row["drafted"] else row["text"],
            by=row["by"],
            at=row["at"],
            candidate=row["candidate"],
            seen=frozenset(row["seen"].split()),
        )
        for row in tx.execute(query).mappings()
    )
    return {(edit.section, edit.language): edit for edit in edits}


def add(tx: Tx, release: str, edit: NoteEdit) -> None:
    """Append; `edit.id` is not heeded."""
    row = {
        "release": release,
        "section": edit.section.value,
        "language": edit.language,
        "text": edit.text or "",
        "drafted": edit.text is None,
        "by": edit.by,
        "at": edit.at,
        "candidate": edit.candidate,
        "seen": " ".join(sorted(edit.seen)),
    }
    tx.execute(insert(NoteEditRow).values(**row))
