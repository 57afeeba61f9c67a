"""One item of a checklist: how it stands, and one of what can be done with it.

Fields (block ids): `what` (radio: a `What`, told at once), and those of what is chosen: `note` and `link`
(text) of doing and noting, `reason` (text, required) of waiving, `owner` (user) and `due` (picker: unix
seconds) of assigning.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from domain.checklists.standing import Standing
from domain.views import ChecklistsView, ChecklistView, ItemView
from messages import blocks, names
from messages.blocks import Block, Element
from messages.checklists.items import details, mark
from messages.checklists.progress import whose
from messages.checklists.words import item_text, phase_name
from messages.ids import Form, Press
from messages.modals.fields import View, date_time, dispatched, form, person, words
from messages.names import word
from messages.parts import code
from messages.texts import Reader

WHAT, NOTE, LINK, REASON, OWNER, DUE = "what", "note", "link", "reason", "owner", "due"


class What(StrEnum):
    DONE = "done"
    WAIVE = "waive"
    ASSIGN = "assign"
    NOTE = "note"
    REOPEN = "reopen"


_WORDS = {
    What.DONE: word("It is done"),
    What.WAIVE: word("Waive it, with a reason"),
    What.ASSIGN: word("Owner and due time"),
    What.NOTE: word("Note and link"),
    What.REOPEN: word("Take it back: open again"),
}


CLEAN = "clean"


@dataclass(frozen=True)
class Asked:
    """What is chosen so far, and whether the list beneath has nothing that is not recorded yet."""

    what: What | None = None
    clean: bool = False


def offered(of: ItemView, *, open_: bool) -> tuple[What, ...]:
    """What can be done with it now; the first is what one most likely came for."""
    settled = of.judged.settled
    open_ = open_ and of.judged.standing is not Standing.NOT_ASKED
    possible = {
        What.DONE: of.tickable and not settled,
        What.WAIVE: of.waivable,
        What.NOTE: open_,
        What.ASSIGN: open_ and not settled,
        What.REOPEN: of.reopenable,
    }
    return tuple(what for what, can in possible.items() if can)


def item(reader: Reader, view: ChecklistsView, of: ChecklistView, one: ItemView, asked: Asked) -> View:
    offers = offered(one, open_=of.open)
    what = asked.what if asked.what in offers else next(iter(offers), None)
    content = [blocks.section(_head(reader, of, one)), *_facts(reader, one)]
    if what:
        content += [_choice(reader, offers, what), *_fields(reader, one, what)]
    about = replace(whose(view.release, view.room), project=view.project.key, state=of.phase, step=one.key)
    about = replace(about, key=CLEAN if asked.clean else "")
    submit = reader.t("Record") if what else ""
    return form(reader, Form.CHECK_ITEM, reader.t("Checklist item"), content, submit=submit, target=about)


def _head(reader: Reader, of: ChecklistView, one: ItemView) -> str:
    text = item_text(reader, one.judged.item.named)
    return "\n".join(
        [f"{mark(one.judged)} *{text}*", phase_name(reader, of.phase), *details(reader, one.judged)]
    )


def _facts(reader: Reader, one: ItemView) -> Iterator[Block]:
    """Who may, and by which name the command line and pipelines know it."""
    t, judged = reader.t, one.judged
    said = [t("In policies: {key}", key=code(one.key))]
    if judged.standing in {Standing.OPEN, Standing.FAILED}:
        if one.tickable:
            said.append(t("Ticked by: {who}", who=names.roles(reader, one.may_tick)))
        said.append(t("Waived by: {who}", who=names.roles(reader, one.may_waive)))
    if judged.item.owners:
        said.append(t("Usually seen to by: {who}", who=names.roles(reader, judged.item.owners)))
    yield blocks.context(*said)


def _choice(reader: Reader, offers: tuple[What, ...], chosen: What) -> Block:
    options = [blocks.option(reader.t(_WORDS[what]), what) for what in offers]
    radio: Element = {
        "type": "radio_buttons",
        "action_id": Press.CHECK_WHAT,
        "options": options,
        "initial_option": options[offers.index(chosen)],
    }
    return dispatched(blocks.field(reader.t("What becomes of it?"), radio, WHAT))


def _fields(reader: Reader, one: ItemView, what: What) -> Iterator[Block]:
    t, state = reader.t, one.judged.state
    match what:
        case What.DONE | What.NOTE:
            yield words(t("Note"), NOTE, optional=True, initial=state.note)
            yield words(t("Link"), LINK, optional=True, initial=state.link, lines=False)
        case What.WAIVE:
            yield words(
                t("Why is it not needed?"), REASON, hint=t("Shown in the thread and kept in the audit.")
            )
        case What.ASSIGN:
            who = person(OWNER, initial=state.owner)
            yield blocks.field(
                t("Who sees to it?"), who, OWNER, optional=True, hint=t("They are told in a direct message.")
            )
            until = date_time(DUE, initial=state.due)
            yield blocks.field(t("Until when?"), until, DUE, optional=True)
        case What.REOPEN:
            yield blocks.context(t("What was said of it stays in the audit."))
