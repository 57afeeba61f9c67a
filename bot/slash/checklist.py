"""`/release checklist`: the lists of a release; those of a war room inside of it, or by their names."""

from __future__ import annotations

from bot import checklists
from bot.desk import Call
from bot.slash.answer import Answer
from commands import find, slash
from domain.checklists.model import IN_ROOM, Phase
from domain.types import Stage
from messages.ids import Target
from storage.db import Tx

_TAKEN_BACK = frozenset({Stage.ROLLING_BACK, Stage.ROLLED_BACK})


def answer(tx: Tx, call: Call, command: slash.ChecklistText) -> Answer:
    """Raises Refused when it is not clear which release, or which war room, is meant."""
    return checklists.lists(tx, call.reader, _meant(tx, call.origin.channel, command))


def _meant(tx: Tx, channel: str, command: slash.ChecklistText) -> Target:
    phase, named, within = command.phase, command.release, command.project
    state, of_room = phase or "", phase is not None and phase in IN_ROOM
    here = find.room_of(tx, channel)
    if here and not named and (phase is None or of_room):
        return Target(room=here.id, state=state)
    if of_room and not named:
        return Target(room=find.room_with_list(tx, Phase(state), None, channel, within).id, state=state)
    release = find.release(tx, named, channel, within)
    if of_room or (phase is None and release.stage in _TAKEN_BACK):
        wanted = phase or Phase.ROLLBACK_AFTER
        return Target(room=find.room_with_list(tx, wanted, release, channel).id, state=state)
    return Target(release=release.id, state=state)
