"""The post-mortem as a document to read: who may, and where it is found."""

from __future__ import annotations

from datetime import datetime

from commands.rollback.case import require_part
from commands.rollback.look import room_look
from commands.rollback.show import room_view
from domain.people import Origin
from domain.refusals import Gone, Refused
from domain.views import RoomView
from storage import rooms
from storage.db import Tx


def may_read(tx: Tx, room: str, origin: Origin) -> datetime:
    """The wall clock's time. Raises Refused as for the draft's other presses."""
    found = room_look(tx, room)
    require_part(tx, found, origin)
    if found.room.postmortem_due is None:
        raise Refused(Gone("postmortem"))
    return tx.wall()


def written(tx: Tx, room: str) -> RoomView:
    """What there is to read, once there is a post-mortem; also a closed one. Raises Refused."""
    view = room_view(tx, room)
    if view.room.postmortem_due is None:
        raise Refused(Gone("postmortem"))
    return view


def room_of(tx: Tx, release: str) -> str:
    """The war room in which a release was rolled back. Raises Refused."""
    room = rooms.rolled_back(tx, release)
    if room is None:
        raise Refused(Gone("postmortem"))
    return room.id
