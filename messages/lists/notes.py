"""The notes of a release as one person reads them: by pages, with what is missing and what can be done."""

from __future__ import annotations

from collections.abc import Iterator

from domain.notes import Audience
from domain.types import REACHED_PRODUCTION
from domain.views.notes import NotesView
from messages import blocks
from messages.blocks import Block, Element, esc
from messages.buttons import press_button
from messages.ids import Press, Target
from messages.message import Message
from messages.notes.as_slack import slack
from messages.notes.gaps import gap_line
from messages.notes.words import language_name, section_titles
from messages.parts import bullets, fitting, labelled
from messages.texts import Reader

PAGE, BLOCKS = 8_000, 40
_MISSING = 2_000


def notes_list(reader: Reader, view: NotesView, page: int = 0) -> Message:
    """In the language and for the audience of the view; our own words around them are the reader's."""
    shown = list(_pages(posted(view, reader)))
    at = min(max(page, 0), len(shown) - 1)
    content = [*shown[at], *_state(reader, view), blocks.actions(list(_presses(reader, view)))]
    if len(shown) > 1:
        content += _turning(reader, view, at, len(shown))
    return Message(_fallback(reader, view), content)


def posted(view: NotesView, reader: Reader) -> tuple[Message, ...]:
    """The messages that a channel gets; `reader` gives the zone alone."""
    inside = Reader(view.language, reader.zone)
    first, *rest = slack(inside, view.notes, view.audience, view.links)
    if view.release.stage in REACHED_PRODUCTION:
        return (first, *rest)
    draft = inside.t("📝 A draft: {version} is not released yet.", version=esc(view.release.tag))
    # In the table on top, since a message may have all the blocks that it can have.
    head, table, *others = first.blocks
    told = {**table, "fields": [*table["fields"], blocks.mrkdwn(draft)]}
    return (Message(first.text, [head, told, *others]), *rest)


def no_longer(reader: Reader) -> Message:
    """In the place of a part that shorter notes do not need any more."""
    text = reader.t("This part is now among the messages above.")
    return Message(text, [blocks.context(text)])


def _pages(messages: tuple[Message, ...]) -> Iterator[list[Block]]:
    """Fewer on a page than in a channel: there is room for the buttons."""
    part: list[Block] = []
    size = 0
    for block in (block for message in messages for block in message.blocks):
        length = len(block.get("text", {}).get("text", ""))
        if part and (len(part) == BLOCKS or size + length > PAGE):
            yield part
            part, size = [], 0
        part.append(block)
        size += length
    yield part


def _state(reader: Reader, view: NotesView) -> Iterator[Block]:
    """What is missing, and what was written before more came."""
    t = reader.t
    titles = section_titles(reader)
    missing = [gap_line(reader, gap.kind, gap.subject) for gap in view.gaps]
    missing += [
        t("{section}: changes that came after this was written: {n}", section=titles[section], n=n)
        for section, n in view.after.items()
    ]
    missing += [
        t(
            "{section}: written only in {language}.",
            section=titles[section],
            language=language_name(reader, of),
        )
        for section, of in view.elsewhere.items()
    ]
    if missing:
        yield blocks.section(
            labelled(t("Still missing"), fitting(reader, bullets(missing).split("\n"), _MISSING))
        )
    else:
        yield blocks.context(t("✅ Nothing is missing."))
    if view.release.notes_refused:
        places = ", ".join(blocks.channel(one) for one in view.release.notes_refused)
        text = t("⚠ Not published in: {places}. Invite Naru there, then publish again.", places=places)
        yield blocks.context(text)
    if view.outdated:
        yield blocks.context(t("⚠ Something was written since these notes were published."))


def _presses(reader: Reader, view: NotesView) -> Iterator[Element]:
    t = reader.t
    other = "en" if view.language == "ko" else "ko"
    to_customers = view.audience is Audience.TEAM
    turned = Audience.CUSTOMERS if to_customers else Audience.TEAM
    yield press_button(t("Edit…"), Press.NOTES_EDIT, Target(release=view.release.id, key=view.language))
    yield press_button(
        language_name(reader, other), Press.NOTES, at_page(view, language=other), key="language"
    )
    label = t("For customers") if to_customers else t("For the team")
    yield press_button(label, Press.NOTES, at_page(view, audience=turned), key="audience")
    yield press_button(t("Post here"), Press.NOTES_POST, at_page(view))
    if view.unpublished:
        yield press_button(
            t("Publish again"), Press.NOTES_AGAIN, Target(release=view.release.id), style="primary"
        )


def at_page(
    view: NotesView, page: int = 0, *, language: str = "", audience: Audience | None = None
) -> Target:
    """These notes, in another language or for another audience if wished."""
    return Target(
        release=view.release.id,
        page=page,
        state=f"{language or view.language}.{audience or view.audience}",
    )


def _turning(reader: Reader, view: NotesView, at: int, pages: int) -> Iterator[Block]:
    t = reader.t
    buttons = [
        press_button(label, Press.NOTES, at_page(view, to), key=key)
        for label, to, key in ((t("← Previous"), at - 1, "back"), (t("Next →"), at + 1, "on"))
        if 0 <= to < pages
    ]
    yield blocks.context(t("Page {page} of {pages}", page=at + 1, pages=pages))
    yield blocks.actions(buttons)


def _fallback(reader: Reader, view: NotesView) -> str:
    return reader.t("Release notes {version}", version=esc(view.release.tag))
