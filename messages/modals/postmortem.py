"""What people write for a post-mortem: its sections, an action item, how one ended, the release that follows.

Fields (block ids): the sections by their names (texts, optional); of an item `text`, `owner` (user), `due`
(date); of what became of it `how` (radio: `done`, `dropped` or `handed_on`), `note`, `owner` and `due`; of
the release that follows `release` (select: a release's id).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from domain.postmortem import ActionItem, ItemState, Section
from domain.release import Release
from domain.rollback import Room
from messages import blocks
from messages.blocks import Block, Element
from messages.ids import Form, Target
from messages.modals.fields import TEXT, View, form, person, words
from messages.names import word
from messages.parts import quote
from messages.texts import Reader

TEXT_OF_ITEM, OWNER, DUE, HOW, NOTE = "text", "owner", "due", "how", "note"
HANDED_ON = "handed_on"
RELEASE, ON = "release", "on"
LONGEST_ITEM = 300
_RELEASES = 100

QUESTIONS: Mapping[Section, tuple[str, str]] = {
    Section.IMPACT: (word("Impact"), word("Who was affected, and how many?")),
    Section.CAUSE: (word("What broke?"), word("What changed, and how did that lead to the failure?")),
    Section.DETECTION: (
        word("Why was it not caught?"),
        word("Which test, check or reading should have shown it?"),
    ),
    Section.RECOVERY: (word("Recovery"), word("What brought the service back?")),
    Section.PLAN: (word("Fix plan"), word("What is mended, and when does it go out again?")),
}


def write(reader: Reader, room: Room) -> View:
    t, written = reader.t, {answer.section: answer.text for answer in room.answers}
    content: list[Block] = []
    for section, (label, question) in QUESTIONS.items():
        element = blocks.text_input(section, multiline=True, initial=written.get(section, ""), limit=TEXT)
        content.append(blocks.field(t(label), element, section, hint=t(question), optional=True))
    title = t("Write the post-mortem")
    return form(reader, Form.POSTMORTEM_TEXTS, title, content, submit=t("Save"), target=_target(room))


def add_item(reader: Reader, room: Room, due: date) -> View:
    """`due` is proposed."""
    t = reader.t
    text = blocks.text_input(TEXT_OF_ITEM, multiline=False, initial="", limit=LONGEST_ITEM)
    day: Element = {"type": "datepicker", "action_id": DUE, "initial_date": due.isoformat()}
    content = [
        blocks.field(
            t("Action"), text, TEXT_OF_ITEM, hint=t("What prevents it next time, or finds it sooner?")
        ),
        blocks.field(t("Owner"), person(OWNER), OWNER),
        blocks.field(t("Due"), day, DUE),
    ]
    title = t("Add an action item")
    return form(reader, Form.ITEM_ADD, title, content, submit=t("Add"), target=_target(room))


def end_item(reader: Reader, room: Room, item: ActionItem, due: date) -> View:
    """`due` is its day by the project's clock."""
    t = reader.t
    day: Element = {"type": "datepicker", "action_id": DUE, "initial_date": due.isoformat()}
    options = [
        blocks.option(t("Done"), ItemState.DONE),
        blocks.option(t("Not needed any more"), ItemState.DROPPED),
        blocks.option(t("Not yet: another owner or another day"), HANDED_ON),
    ]
    how: Element = {
        "type": "radio_buttons",
        "action_id": HOW,
        "options": options,
        "initial_option": options[0],
    }
    content = [
        blocks.section(quote(item.text, LONGEST_ITEM)),
        blocks.field(t("How does it stand?"), how, HOW),
        words(
            t("Note"), NOTE, hint=t("A link, or what was done; why not, when it is dropped."), optional=True
        ),
        blocks.field(t("Owner"), person(OWNER, initial=item.owner), OWNER, optional=True),
        blocks.field(t("Due"), day, DUE, optional=True),
    ]
    target = Target(project=room.project, room=room.id, key=item.id)
    return form(reader, Form.ITEM_END, t("Action item"), content, submit=t("Record"), target=target)


def redeploy(reader: Reader, room: Room, releases: Sequence[Release]) -> View:
    """`releases` are those that could bring it out again; with none there is only the day to choose."""
    t, day = reader.t, {"type": "datepicker", "action_id": ON}
    if room.redeploy_on is not None:
        day["initial_date"] = room.redeploy_on.isoformat()
    options = [blocks.option(one.tag, one.id) for one in releases[:_RELEASES]]
    linked = next((one for one in options if one["value"] == room.redeploy), None)
    content: list[Block] = []
    if options:
        element = blocks.select(RELEASE, options, initial=linked or options[0])
        content.append(blocks.field(t("Which release brings it out again?"), element, RELEASE))
    else:
        content.append(blocks.section(t("No release is on its way that could bring it out again.")))
    content.append(blocks.field(t("New date"), day, ON, optional=bool(options)))
    return form(reader, Form.REDEPLOY, t("Re-deploy"), content, submit=t("Link it"), target=_target(room))


def _target(room: Room) -> Target:
    return Target(project=room.project, room=room.id)
