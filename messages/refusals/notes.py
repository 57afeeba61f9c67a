"""Refusals about release notes."""

from __future__ import annotations

from typing import assert_never

from domain import refusals as r
from messages.blocks import user
from messages.notes.words import language_name, section_titles
from messages.parts import when
from messages.refusals.model import RefusalText
from messages.texts import Reader
from messages.versions import tag

NotesNo = r.NotesChanged | r.NotPublishedYet


def of_notes(reader: Reader, of: NotesNo) -> RefusalText:
    t = reader.t
    match of:
        case r.NotesChanged():
            return RefusalText(
                t(
                    "Somebody else has written this section meanwhile: {section} ({language}).",
                    section=section_titles(reader)[of.section],
                    language=language_name(reader, of.language),
                ),
                _by(reader, of),
                t("Nothing was changed. Open it again to see their text."),
            )
        case r.NotPublishedYet(version):
            return RefusalText(
                t("The notes of {version} are not published yet.", version=tag(version)),
                next=t("They are published by themselves when the release is verified."),
            )
        case _:
            assert_never(of)


def _by(reader: Reader, of: r.NotesChanged) -> tuple[str, ...]:
    if not of.by or of.at is None:
        return ()
    return (reader.t("By {who}, {at}", who=user(of.by), at=when(reader, of.at)),)
