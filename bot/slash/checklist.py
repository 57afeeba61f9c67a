"""`/release checklist`: the lists of a release; inside a war room those that are open there."""

from __future__ import annotations

from bot import checklists
from bot.desk import Call
from bot.slash.answer import Answer
from commands import find, slash
from domain.checklists.model import IN_ROOM
from messages.ids import Target
from storage.db import Tx


def answer(tx: Tx, call: Call, command: slash.ChecklistText) -> Answer:
    """Raises Refused when it is not clear which release is meant."""
    state = command.phase or ""
    room = find.room_of(tx, call.origin.channel)
    if room and not command.release and (command.phase is None or command.phase in IN_ROOM):
        return checklists.lists(tx, call.reader, Target(room=room.id, state=state))
    release = find.release(tx, command.release, call.origin.channel, command.project)
    return checklists.lists(tx, call.reader, Target(release=release.id, state=state))
