"""What can become of a post-mortem and its action items: pure, from room to room."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from domain.postmortem.model import ActionItem, Answer, ItemState, Section
from domain.refusals import AlreadySo, Gone, Refused, TextMissing, TooLong
from domain.rollback.model import Room

LONGEST = 2000
LONGEST_ITEM = 300
MOST_ITEMS = 30
"""More than anybody follows; a list that is longer is a project."""


def written(room: Room, texts: Mapping[Section, str], *, by: str, at: datetime) -> Room:
    """The room with these sections as they read now; an empty text takes a section back. Raises Refused."""
    for section, text in texts.items():
        if len(text) > LONGEST:
            raise Refused(TooLong(section, LONGEST))
    before = {answer.section: answer for answer in room.answers}
    after = dict(before)
    for section, text in texts.items():
        words = text.strip()
        if not words:
            after.pop(section, None)
        elif section not in before or before[section].text != words:
            after[section] = Answer(section, words, by, at)
    return replace(room, answers=tuple(after[section] for section in Section if section in after))


def changed(before: Room, after: Room) -> tuple[Section, ...]:
    """The sections that read otherwise than they did."""
    was = {answer.section: answer.text for answer in before.answers}
    now = {answer.section: answer.text for answer in after.answers}
    return tuple(section for section in Section if was.get(section) != now.get(section))


def added(room: Room, item: ActionItem) -> Room:
    """Raises Refused."""
    if not item.text:
        raise Refused(TextMissing("action_item"))
    if len(item.text) > LONGEST_ITEM:
        raise Refused(TooLong("action_item", LONGEST_ITEM))
    if len(room.items) >= MOST_ITEMS:
        raise Refused(TooLong("action_items", MOST_ITEMS))
    return replace(room, items=(*room.items, item))


def item_of(room: Room, item: str) -> ActionItem:
    """Raises Refused(Gone)."""
    found = next((one for one in room.items if one.id == item), None)
    if found is None:
        raise Refused(Gone("action_item"))
    return found


def ended(room: Room, item: str, state: ItemState, *, by: str, at: datetime, note: str) -> Room:
    """Done, or dropped for a reason. Raises Refused; the slower of two people learns who it was."""
    found = item_of(room, item)
    if not found.open:
        raise Refused(AlreadySo("action_item", found.ended_by))
    if state is ItemState.DROPPED and not note:
        raise Refused(TextMissing("reason"))
    if len(note) > LONGEST:
        raise Refused(TooLong("note", LONGEST))
    return _with(room, replace(found, state=state, ended_by=by, ended_at=at, note=note))


def handed_on(room: Room, item: str, *, owner: str, due: datetime) -> Room:
    """Somebody else's, or for another day. Raises Refused."""
    found = item_of(room, item)
    if not found.open:
        raise Refused(AlreadySo("action_item", found.ended_by))
    if (owner, due) == (found.owner, found.due):
        raise Refused(AlreadySo("item_handed_on"))
    return _with(room, replace(found, owner=owner, due=due))


def reopened(room: Room, item: str) -> Room:
    """Open again, as if it had never ended. Raises Refused."""
    found = item_of(room, item)
    if found.open:
        raise Refused(AlreadySo("action_item"))
    return _with(room, replace(found, state=ItemState.OPEN, ended_by="", ended_at=None, note=""))


def _with(room: Room, item: ActionItem) -> Room:
    return replace(room, items=tuple(item if one.id == item.id else one for one in room.items))
