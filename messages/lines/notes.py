"""Lines of what happened to release notes."""

from __future__ import annotations

from typing import assert_never

from domain import events as v
from messages.blocks import channel
from messages.lines.lifecycle import head
from messages.notes.words import language_name, section_titles
from messages.parts import code
from messages.texts import Reader

# What a channel says that we are not in (docs.slack.dev: chat.postMessage, conversations.join).
OUTSIDE = frozenset({"not_in_channel", "channel_not_found", "method_not_supported_for_channel_type"})
_CONVERSATION = "D"
NotesSaid = v.NotesEdited | v.NotesPublished | v.NotesPostAsked | v.NotesNotPosted | v.NotesPosted


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
        case v.NotesPostAsked():
            return t(
                "{release} Release notes on their way to {places}. You are told if they cannot go there.",
                release=head(said.version),
                places=channel(said.channel),
            )
        case v.NotesNotPosted():
            return _not_posted(reader, said)
        case v.NotesPosted():
            return t(
                "{release} Release notes posted: {places}",
                release=head(said.version),
                places=channel(said.channel),
            )
        case _:
            assert_never(said)


def _not_posted(reader: Reader, said: v.NotesNotPosted) -> str:
    """What happened, why, and what to do: Slack says of a private channel that it is not there."""
    t = reader.t
    places = channel(said.channel)
    first = t("{release} ⚠ Release notes *not* posted: {places}", release=head(said.version), places=places)
    return f"{first}\n{_why(reader, said)}"


def _why(reader: Reader, said: v.NotesNotPosted) -> str:
    t = reader.t
    if said.channel.startswith(_CONVERSATION):
        return t("Naru cannot write into a conversation of others. Post them in a channel.")
    if said.code == "is_archived":
        return t("The channel is archived. Bring it back, or choose another one.")
    if said.code not in OUTSIDE:
        return t(
            "Slack refuses it ({code}). Ask whoever runs Naru to look with {command}.",
            code=code(said.code),
            command=code("naru doctor"),
        )
    invite = code("/invite @Naru")
    if said.published:
        return t(
            "Naru is not in that channel. Type {command} there, then press “Publish again” under {notes}.",
            command=invite,
            notes=code("/release notes"),
        )
    return t(
        "Naru is not in that channel. Type {command} there, then press “Post here” again.", command=invite
    )


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
