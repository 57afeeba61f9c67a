"""What happens to a release beside its war room is said in it, and stands on its timeline."""

from __future__ import annotations

from commands.context import Case
from commands.rollback.case import RoomCase, locked
from commands.rollback.keep import keep
from domain.events import Event
from domain.people import Origin
from storage import rooms
from storage.db import Tx


def told(tx: Tx, found: Case, event: Event, origin: Origin) -> None:
    """Nothing without an open room. The event is recorded already, with the release."""
    active = rooms.active_of(tx, found.release.id)
    if active is not None:
        room = locked(tx, active.id)
        about = RoomCase(found.project, room, found.roster, found.at, found)
        keep(tx, about, room, origin, [event], audited=[event])


def asked(tx: Tx, found: Case, origin: Origin) -> bool:
    """Whether it was asked in that room, where the line answers."""
    active = rooms.active_of(tx, found.release.id)
    return active is not None and bool(origin.channel) and origin.channel == active.channel
