"""Action items as lines with what can be done about each, and as a list of all that are owed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from domain.postmortem import ActionItem, ItemState
from domain.rollback import Room
from domain.views import OwedView
from messages import blocks
from messages.blocks import Block, Element, user
from messages.buttons import press_button
from messages.ids import Press, Target
from messages.message import Message
from messages.parts import quote, stamp, when
from messages.texts import Reader
from messages.warroom.summary import heading

_SHOWN = 20


def item_line(reader: Reader, item: ActionItem, at: datetime) -> str:
    """`○ Alert on … — <@U…> · due …`, struck out once it has ended."""
    t, text = reader.t, quote(item.text, 300)
    if item.open:
        due = when(reader, item.due)
        late = " ⚠" if at >= item.due else ""
        return f"○ {text} — {user(item.owner)} · " + t("due {at}", at=due) + late
    done = item.state is ItemState.DONE
    ended = stamp(reader, item.ended_at) if item.ended_at else ""
    said = t("done {at}", at=ended) if done else t("dropped {at}", at=ended)
    note = f": {quote(item.note, 200)}" if item.note else ""
    return f"{'✓' if done else '–'} ~{text}~ — {user(item.owner)} · {said}{note}"


def item_button(reader: Reader, room: Room, item: ActionItem) -> Element:
    """Ends an open item or hands it on; opens an ended one again."""
    target = Target(project=room.project, room=room.id, key=item.id)
    if item.open:
        return press_button(reader.t("Done or hand on…"), Press.ITEM_END, target, key=item.id)
    return press_button(reader.t("Open again"), Press.ITEM_REOPEN, target, key=item.id)


def item_sections(reader: Reader, room: Room, items: Sequence[ActionItem], at: datetime) -> Iterator[Block]:
    for item in items[:_SHOWN]:
        line = item_line(reader, item, at)
        yield blocks.section(line, accessory=item_button(reader, room, item))
    if len(items) > _SHOWN:
        yield blocks.context(reader.t("… and {n} more", n=len(items) - _SHOWN))


def owed_list(reader: Reader, view: OwedView) -> Message:
    """What is still to be done after rollbacks."""
    n = sum(len(room.owed) for room in view.rooms)
    head = reader.t("Open action items: {n}", n=n)
    return Message(head, list(_owed(reader, view, head, n)))


def _owed(reader: Reader, view: OwedView, head: str, n: int) -> Iterator[Block]:
    t = reader.t
    if not n:
        yield blocks.section(
            t("No action item is open. They are written into the post-mortem of a rollback, in its war room.")
        )
        return
    yield blocks.section(f"*{head}*")
    left = _SHOWN
    for room in view.rooms:
        if left <= 0:
            break
        yield blocks.context(blocks.esc(heading(reader, room)))
        shown = sorted(room.owed, key=lambda item: item.due)[:left]
        yield from item_sections(reader, room, shown, view.at)
        left -= len(shown)
    if n > _SHOWN:
        yield blocks.context(t("… and {n} more", n=n - _SHOWN))
