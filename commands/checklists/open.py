"""Open lists in a war room: those of a rollback, and playbooks with their owners (spec 6.5)."""

from __future__ import annotations

from collections.abc import Iterable

from commands.checklists.lists import keep_missing
from commands.record import send
from commands.rollback.calling import with_people
from commands.rollback.case import RoomCase
from commands.rollback.keep import invite, keep
from domain.checklists.model import IN_ROOM, Phase
from domain.errands import ToPerson
from domain.events import ListsOpened
from domain.people import Origin
from storage import checklists
from storage.db import Tx


def open_in_room(tx: Tx, found: RoomCase, phases: Iterable[Phase], origin: Origin) -> ListsOpened | None:
    """Keep them as they are now, say so, and call in who usually sees to their items.

    Those that are open already stay; None when all of them are.
    """
    kept = checklists.lists(tx, found.room.id, IN_ROOM)
    new = tuple(phase for phase in dict.fromkeys(phases) if phase in IN_ROOM and phase not in kept)
    if not new:
        return None
    lists = [found.project.policy.checklists.of(phase) for phase in new]
    keep_missing(tx, found.room.id, lists)
    owners = found.roster.anyone(role for one in lists for item in one.items for role in item.owners)
    release = found.release
    event = ListsOpened(
        room=found.room.id,
        phases=new,
        release=release.id if release else "",
        version=str(release.version) if release else "",
        who=tuple(sorted(owners - {origin.actor.user})),
    )
    room, called = with_people(found.room, sorted(owners))
    saved = keep(tx, found, room, origin, [event])
    invite(tx, saved, called)
    send(tx, found.project, origin, [(ToPerson(user), event) for user in event.who])
    return event
