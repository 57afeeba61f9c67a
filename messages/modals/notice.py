"""A notice to people outside of the release: which turn, whom for, and its words.

Fields (block ids): `kind` and `audience` (selects; choosing one drafts anew), and for each language of the
audience's channels `text:<kind>:<audience>:<language>`: a new draft is a new field, or Slack would keep what
stood in the old one.
"""

from __future__ import annotations

from dataclasses import replace

from domain.notices import NoticeAudience, NoticeKind
from domain.views import NoticeForm
from messages import blocks
from messages.blocks import Block, channel
from messages.buttons import press_id
from messages.ids import Form, Press, Target
from messages.modals.fields import View, dispatched, form
from messages.notices.draft import AUDIENCES, LONGEST, draft, kind_label, kinds_of
from messages.parts import quote
from messages.texts import Reader

KIND, AUDIENCE, TEXT = "kind", "audience", "text"
_LANGUAGES = {"ko": "한국어", "en": "English"}


def notice(reader: Reader, of: NoticeForm) -> View:
    t = reader.t
    content: list[Block] = [
        blocks.section(f"*{quote(_title(reader, of))}*"),
        dispatched(blocks.field(t("What is there to tell?"), _kinds(reader, of), KIND)),
        dispatched(blocks.field(t("Whom for?"), _audiences(reader, of), AUDIENCE)),
    ]
    if of.channels:
        content.append(blocks.context(t("Goes to {channels}", channels=" ".join(map(_place, of.channels)))))
        content += [_text(reader, of, language) for language in of.languages]
    else:
        content.append(
            blocks.section(
                t(
                    "⚠ No channel is set for this audience. It belongs into the policy: {place}",
                    place=f"`communication.channels.{of.audience}`",
                )
            )
        )
    submit = t("Send") if of.channels else ""
    target = Target(project=of.project.key, room=of.room)
    if of.release:
        target = replace(target, release=of.release.id)
    return form(reader, Form.NOTICE, t("Send a notice"), content, submit=submit, target=target)


def _title(reader: Reader, of: NoticeForm) -> str:
    return of.release.tag if of.release else of.project.title.get(reader.language) or of.project.key


def field_of(kind: NoticeKind, audience: NoticeAudience, language: str) -> str:
    return f"{TEXT}:{kind}:{audience}:{language}"


def _place(name: str) -> str:
    return channel(name) if name.startswith("C") else quote(name)


def _kinds(reader: Reader, of: NoticeForm) -> blocks.Element:
    options = {kind: blocks.option(reader.t(kind_label(of, kind)), kind) for kind in kinds_of(of)}
    return blocks.select(press_id(Press.NOTICE_KIND), list(options.values()), initial=options.get(of.kind))


def _audiences(reader: Reader, of: NoticeForm) -> blocks.Element:
    options = {one: blocks.option(reader.t(AUDIENCES[one]), one) for one in NoticeAudience}
    chosen = options[of.audience]
    return blocks.select(press_id(Press.NOTICE_AUDIENCE), list(options.values()), initial=chosen)


def _text(reader: Reader, of: NoticeForm, language: str) -> Block:
    """In the language of those who will read it; its times are the project's."""
    writer = Reader(language, of.project.zone, of.project.zone)
    name = field_of(of.kind, of.audience, language)
    element = blocks.text_input(name, multiline=True, initial=draft(writer, of), limit=LONGEST)
    label = reader.t("Text ({language})", language=_LANGUAGES[language])
    return blocks.field(label, element, name)
