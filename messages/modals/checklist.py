"""The lists of a release or a war room: one of them, its items by section, those by hand to tick in bulk.

Fields (block ids): `items:SECTION:N` (checkboxes: keys of items), as many as the list has items by hand. The
target's `key` has those of them that were ticked when the form was shown, so that a form that was open for
long takes back only what its reader unticked; and `*` where these were all of them.
"""

from __future__ import annotations

import zlib
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace

from domain.checklists.model import Phase, Section
from domain.checklists.standing import Standing
from domain.readiness_rules import Strictness
from domain.views import ChecklistsView, ChecklistView, ItemView
from messages import blocks, names
from messages.blocks import Block, Element, user
from messages.buttons import press_id
from messages.checklists.items import item_line, mark
from messages.checklists.progress import counted, whose
from messages.checklists.words import phase_name
from messages.dates import moment
from messages.ids import Form, Press, Target, encode
from messages.modals.fields import View, form
from messages.parts import bar, in_sections, quote, when
from messages.texts import Reader

ITEMS = "items:"
GROUP = 10
_APART = ","
_ALL = "*"  # no item has it for its key


def checklist(reader: Reader, view: ChecklistsView, phase: Phase | None = None) -> View:
    """The list of that phase; one that is not there, or none, shows the one to look at first.

    A list has at most 60 items (domain.checklists.rules), so that one view takes all of them.
    """
    about = replace(whose(view.release, view.room), project=view.project.key)
    shown = chosen(view, phase)
    if shown is None:
        content = [blocks.section(reader.t("There is no checklist here."))]
        return form(reader, Form.CHECKLIST, reader.t("Checklists"), content, submit="", target=about)
    boxes = [item for item in shown.items if by_hand(item)]
    about = replace(about, state=shown.phase)
    content = [
        blocks.section(_head(reader, view, shown)),
        *_choices(reader, view, shown, about),
        *_notices(reader, shown),
        *(block for section, items in shown.sections for block in _section(reader, section, items)),
    ]
    target = replace(about, key=_APART.join(_ticked(boxes)))
    submit = reader.t("Record") if boxes else ""
    return form(reader, Form.CHECKLIST, reader.t("Checklists"), content, submit=submit, target=target)


def chosen(view: ChecklistsView, phase: Phase | None) -> ChecklistView | None:
    """The list of that phase, else the first that matters now and has something open."""
    by_phase = {one.phase: one for one in view.lists}
    if phase in by_phase:
        return by_phase[phase]
    now = [by_phase[name] for name in view.now if name in by_phase]
    left = (one for one in now if any(not item.judged.settled for item in one.items))
    return next(left, None) or next(iter([*now, *view.lists]), None)


def ticked_in(target: Target) -> frozenset[str]:
    """The items that were ticked when the form was shown."""
    return frozenset(target.key.split(_APART)) - {"", _ALL}


def all_ticked(target: Target) -> bool:
    """Whether nothing was left to tick when the form was shown."""
    return _ALL in target.key.split(_APART)


def _ticked(boxes: Sequence[ItemView]) -> Iterator[str]:
    yield from (item.key for item in boxes if _done(item))
    if boxes and all(_done(item) for item in boxes):
        yield _ALL


def by_hand(item: ItemView) -> bool:
    """What can be ticked, or was ticked by a person and can be taken back."""
    return item.tickable or (item.reopenable and _done(item))


def _done(item: ItemView) -> bool:
    return item.judged.standing is Standing.DONE


def _head(reader: Reader, view: ChecklistsView, of: ChecklistView) -> str:
    t, progress = reader.t, of.progress
    name = f"*{quote(phase_name(reader, of.phase))}*"
    lines = [f"{_subject(view)} · {name}", bar(progress.done, progress.total)]
    if of.guards and of.strictness is Strictness.BLOCK:
        lines.append(t("Needed for: {action}", action=names.action(reader, of.guards)))
    return "\n".join(lines)


def _subject(view: ChecklistsView) -> str:
    if view.room:
        return blocks.channel(view.room.channel) if view.room.channel else quote(view.room.version)
    release = view.release
    if release is None:
        return ""
    return f"*{quote(release.tag)}*" + (f" rc.{release.rc}" if release.rc else "")


def _choices(reader: Reader, view: ChecklistsView, of: ChecklistView, about: Target) -> Iterator[Block]:
    """The other lists, and one item of this one: its note, owner, waiver."""
    elements: list[Element] = []
    if len(view.lists) > 1:
        options = [_list_option(reader, one, about) for one in view.lists]
        at = next(n for n, one in enumerate(view.lists) if one.phase is of.phase)
        elements.append(blocks.select(press_id(Press.CHECKLIST, "list"), options, initial=options[at]))
    items = [item for item in of.items if item.judged.standing is not Standing.NOT_ASKED]
    if items:
        options = [_item_option(reader, item, about) for item in items]
        placeholder = reader.t("One item: note, owner, waive…")
        elements.append(blocks.select(Press.CHECK_ITEM, options, placeholder=placeholder))
    if elements:
        yield blocks.actions(elements)


def _list_option(reader: Reader, of: ChecklistView, target: Target) -> Element:
    label = f"{phase_name(reader, of.phase)} · {counted(reader, of.progress)}"
    return blocks.option(label, encode(replace(target, project="", state=of.phase)))


def _item_option(reader: Reader, of: ItemView, target: Target) -> Element:
    item = of.judged.item
    label = f"{mark(of.judged)} {item.text[reader.language]}"
    return blocks.option(
        label, encode(Target(release=target.release, room=target.room, step=item.key, state=target.state))
    )


def _notices(reader: Reader, of: ChecklistView) -> Iterator[Block]:
    t = reader.t
    if of.opens_at and not of.open:
        yield blocks.context(t("It is worked through from {at} on.", at=when(reader, of.opens_at)))
    elif not of.open:
        yield blocks.context(t("It can be read now, not changed."))
    if of.strictness is Strictness.WARN:
        yield blocks.context(t("What is open here is shown, but holds up nothing."))


def _section(reader: Reader, of: Section, items: Sequence[ItemView]) -> Iterator[Block]:
    """What is known by itself or settled otherwise as lines, what is by hand as boxes beneath."""
    lines = [item_line(reader, item.judged) for item in items if not by_hand(item)]
    boxes = [item for item in items if by_hand(item)]
    t, title = reader.t, of.title[reader.language]
    if lines:
        head = [f"*{quote(title)}*"] if title else []
        yield from map(blocks.section, in_sections([*head, *lines]))
        title = t("{section}: by hand", section=title) if title else t("By hand")
    title = title or t("Items")
    for first in range(0, len(boxes), GROUP):
        yield _group(reader, title, f"{ITEMS}{of.key}:{first // GROUP}", boxes[first : first + GROUP])


def _group(reader: Reader, label: str, name: str, items: Sequence[ItemView]) -> Block:
    """Its action id changes with what is ticked: a form that is shown anew shows that, not what was typed."""
    options = [_box(reader, item) for item in items]
    initial = [option for option, item in zip(options, items, strict=True) if _done(item)]
    element: Element = {
        "type": "checkboxes",
        "action_id": f"{name}:{zlib.crc32(repr(options).encode())}",
        "options": options,
    }
    if initial:
        element["initial_options"] = initial
    return blocks.field(label, element, name, optional=True)


def _box(reader: Reader, of: ItemView) -> Element:
    """Its text, which goes on beneath where it is long, and in short who did it or sees to it."""
    text = of.judged.item.text[reader.language]
    head, rest = _split(text)
    option = blocks.option(head, of.key)
    said = _in_short([blocks.esc(rest)] if rest else [], _parts(reader, of))
    return {**option, "description": blocks.mrkdwn(said, blocks.OPTION)} if said else option


def _split(text: str) -> tuple[str, str]:
    """At a space, so that both lines fit."""
    if len(text) <= blocks.OPTION:
        return text, ""
    at = text.rfind(" ", 0, blocks.OPTION - 1)
    at = at if at > 0 else blocks.OPTION - 1
    return f"{text[:at]}…", f"…{blocks.cut(text[at:].strip(), blocks.OPTION - 1)}"


def _in_short(said: list[str], parts: Iterable[str]) -> str:
    """Whole parts, as many as fit: a mention or an entity that is cut is none any more."""
    for part in parts:
        if len(" · ".join([*said, part])) > blocks.OPTION:
            break
        said = [*said, part]
    return " · ".join(said)


def _parts(reader: Reader, of: ItemView) -> Iterator[str]:
    t, state = reader.t, of.judged.state
    if _done(of) and state.done_at:
        yield f"✓ {user(state.done_by)}"
        yield moment(reader, state.done_at)
        return
    if of.judged.item.auto is not None:
        yield t("nothing reported yet")
    if state.owner:
        yield user(state.owner)
    elif of.judged.item.owners:
        yield names.roles(reader, of.judged.item.owners)
    if state.due:
        yield t("by {at}", at=moment(reader, state.due))


def changed(target: Target, ticked: Collection[str]) -> bool:
    """Whether something is ticked or unticked in the form that is not recorded yet."""
    return frozenset(ticked) != ticked_in(target)
