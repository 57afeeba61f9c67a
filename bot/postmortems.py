"""Forms of a post-mortem, filled from state as it is now."""

from __future__ import annotations

from typing import Any

from bot.desk import Call, Desk
from bot.payloads import Pressed
from commands.postmortem.files import AskFiles, ask
from commands.postmortem.show import proposed_due, redeploys
from commands.requests import EndActionItem, ReopenActionItem
from commands.rollback.look import room_look
from domain.postmortem.moves import item_of
from messages.ids import Press, Target
from messages.modals import postmortem as modal
from messages.texts import Reader
from storage.db import Tx

View = dict[str, Any]
AT_ONCE = frozenset({Press.ITEM_DONE, Press.ITEM_REOPEN})


def request_of(pressed: Pressed) -> EndActionItem | ReopenActionItem:
    """Of a press that needs no more words."""
    target = pressed.target
    if pressed.press is Press.ITEM_DONE:
        return EndActionItem(room=target.room, item=target.key)
    return ReopenActionItem(room=target.room, item=target.key)


async def files(desk: Desk, call: Call, pressed: Pressed) -> None:
    """They appear in the room. Raises Refused."""
    await desk.note(ask, AskFiles(room=pressed.target.room), call.origin)


def write(tx: Tx, reader: Reader, target: Target) -> View:
    return modal.write(reader, room_look(tx, target.room).room)


def add(tx: Tx, reader: Reader, target: Target) -> View:
    found = room_look(tx, target.room)
    return modal.add_item(reader, found.room, proposed_due(found))


def end(tx: Tx, reader: Reader, target: Target) -> View:
    room = room_look(tx, target.room).room
    return modal.end_item(reader, room, item_of(room, target.key))


def redeploy(tx: Tx, reader: Reader, target: Target) -> View:
    found = room_look(tx, target.room)
    return modal.redeploy(reader, found.room, redeploys(tx, found))
