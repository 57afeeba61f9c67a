"""Whom to call when production hurts: all of them, a page at a time where one message does not hold them."""

from __future__ import annotations

from collections.abc import Iterator

from domain.views import ContactsView
from messages import blocks, names
from messages.blocks import Block, Element, user
from messages.buttons import press_button
from messages.ids import Press, Target
from messages.lists.rows import project_title
from messages.message import Message
from messages.notes.pages import pages, texts
from messages.parts import in_sections
from messages.texts import Reader
from messages.warroom.summary import contact


def contacts_list(reader: Reader, view: ContactsView) -> Message:
    head = reader.t("Emergency contacts: {project}", project=project_title(reader, view.project))
    return Message(head, list(_blocks(reader, view, head)))


def _blocks(reader: Reader, view: ContactsView, head: str) -> Iterator[Block]:
    found = pages([list(_contacts(reader, view)), list(_holders(reader, view))], [])
    page = min(max(view.page, 0), len(found) - 1)
    yield blocks.section(f"*{head}*")
    yield from found[page]
    if len(found) > 1:
        yield blocks.context(reader.t("Page {n} of {total}", n=page + 1, total=len(found)))
        yield blocks.actions(list(_turning(reader, view, page, len(found))))


def _contacts(reader: Reader, view: ContactsView) -> Iterator[Block]:
    if view.contacts:
        yield from map(blocks.section, in_sections(f"• {contact(reader, one)}" for one in view.contacts))
    else:
        yield blocks.section(
            reader.t("None are given yet. They belong into the policy: {place}", place="`rollback.contacts`")
        )


def _holders(reader: Reader, view: ContactsView) -> Iterator[Block]:
    """Nobody is left out: whoever is called does not answer, and the next one is called."""
    lines = [
        f"• {names.role_label(reader, role)}: {' '.join(map(user, who))}"
        for role, who in view.members.items()
    ]
    if lines:
        head = reader.t("Roles that are called first")
        yield from map(blocks.section, texts([f"*{head}*", *lines]))


def _turning(reader: Reader, view: ContactsView, page: int, total: int) -> Iterator[Element]:
    t, project = reader.t, view.project.key
    for label, to in ((t("Earlier page"), page - 1), (t("Next page"), page + 1)):
        if 0 <= to < total:
            yield press_button(label, Press.CONTACTS, Target(project=project, page=to), key=str(to))
