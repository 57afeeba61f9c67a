"""Whom to call when production hurts."""

from __future__ import annotations

from collections.abc import Iterator

from domain.views import ContactsView
from messages import blocks, names
from messages.blocks import Block
from messages.lists.rows import project_title
from messages.message import Message
from messages.parts import bullets, fitting, labelled, people
from messages.texts import Reader
from messages.warroom.summary import contact

_LIST = 2500


def contacts_list(reader: Reader, view: ContactsView) -> Message:
    head = reader.t("Emergency contacts: {project}", project=project_title(reader, view.project))
    return Message(head, list(_blocks(reader, view, head)))


def _blocks(reader: Reader, view: ContactsView, head: str) -> Iterator[Block]:
    t = reader.t
    yield blocks.section(f"*{head}*")
    if view.contacts:
        yield blocks.section(fitting(reader, [f"• {contact(reader, one)}" for one in view.contacts], _LIST))
    else:
        yield blocks.section(
            t("None are given yet. They belong into the policy: {place}", place="`rollback.contacts`")
        )
    holders = [
        f"{names.role_label(reader, role)}: {people(reader, who)}" for role, who in view.members.items()
    ]
    if holders:
        yield blocks.section(labelled(t("Roles that are called first"), bullets(holders)))
