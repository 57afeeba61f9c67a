"""Open lists in a war room: those of a rollback, and playbooks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from commands.checklists.lists import keep_missing
from commands.rollback.case import RoomCase
from commands.rollback.keep import keep
from domain.checklists.model import IN_ROOM, Phase
from domain.events import ListsOpened
from domain.people import Origin
from storage import checklists
from storage.db import Tx


def open_in_room(tx: Tx, found: RoomCase, phases: Iterable[Phase], origin: Origin) -> RoomCase:
    """Keep them as they are now and say so on the timeline; those that are open already stay.

    The room, with the revision that it has now.
    """
    kept = checklists.lists(tx, found.room.id, IN_ROOM)
    new = tuple(phase for phase in dict.fromkeys(phases) if phase in IN_ROOM and phase not in kept)
    if not new:
        return found
    keep_missing(tx, found.room.id, [found.project.policy.checklists.of(phase) for phase in new])
    release = found.release
    event = ListsOpened(
        room=found.room.id,
        phases=new,
        release=release.id if release else "",
        version=str(release.version) if release else "",
    )
    return replace(found, room=keep(tx, found, found.room, origin, [event]))
