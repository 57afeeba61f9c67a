"""Lines of what happened to release notes."""

from __future__ import annotations

from typing import assert_never

from domain import events as v
from messages.blocks import channel
from messages.lines.lifecycle import head
from messages.notes.words import language_name, section_titles
from messages.texts import Reader

NotesSaid = v.NotesEdited | v.NotesPublished | v.NotesPosted


def notes_line(reader: Reader, said: NotesSaid) -> str:
    t = reader.t
    match said:
        case v.NotesEdited():
            return _edited(reader, said)
        case v.NotesPublished():
            places = ", ".join(channel(one) if one else t("the release's thread") for one in said.channels)
            if said.again:
                return t(
                    "{release} Release notes published again: {places}",
                    release=head(said.version),
                    places=places,
                )
            return t("{release} Release notes published: {places}", release=head(said.version), places=places)
        case v.NotesPosted():
            return t(
                "{release} Release notes posted: {places}",
                release=head(said.version),
                places=channel(said.channel),
            )
        case _:
            assert_never(said)


def _edited(reader: Reader, said: v.NotesEdited) -> str:
    t = reader.t
    texts = {
        "release": head(said.version),
        "section": section_titles(reader)[said.section],
        "language": language_name(reader, said.language),
    }
    if said.drafted:
        return t("{release} Release notes: the draft again – {section} ({language})", **texts)
    return t("{release} Release notes edited: {section} ({language})", **texts)
