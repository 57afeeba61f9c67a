"""Close the post-mortem: the room is closed with it, and its channel archived."""

from __future__ import annotations

from dataclasses import replace

from commands.checklists.lists import stopping_room
from commands.postmortem import files
from commands.requests import FinishPostmortem
from commands.rollback.case import RoomCase, require_role, room_case
from commands.rollback.keep import archive, keep
from domain.checklists.model import Phase
from domain.events import PostmortemDone, RoomClosed
from domain.people import Origin, Role
from domain.refusals import AlreadySo, Gone, ListsUnfinished, Refused, TooLong
from domain.rollback import Room, RoomState
from domain.views import Happened
from storage.db import Tx

LONGEST = 2000
WHO = (Role.INCIDENT_COMMANDER, Role.RELEASE_MANAGER, Role.TECH_LEAD)


def finish_postmortem(tx: Tx, request: FinishPostmortem, origin: Origin) -> Happened:
    """`link` is where the finished report is, when it is kept elsewhere. Raises Refused.

    A resolved room without a rollback is closed the same way.
    """
    found = room_case(tx, request.room)
    may_finish(tx, found, origin)
    if len(request.link) > LONGEST:
        raise Refused(TooLong("link", LONGEST))
    link = request.link.strip()
    event = _closed(found.room, link)
    room = replace(found.room, state=RoomState.CLOSED, postmortem_done_at=found.at, postmortem_link=link)
    saved = keep(tx, found, room, origin, [event])
    if saved.postmortem_due is not None:
        files.post(tx, saved, "closed")
    archive(tx, saved)
    return Happened(event)


def _closed(room: Room, link: str) -> PostmortemDone | RoomClosed:
    """Where nothing was rolled back there is no post-mortem, unless somebody wrote one all the same."""
    if room.postmortem_due is None and not link:
        return RoomClosed(room=room.id, version=room.version, adopted=room.adopted)
    return PostmortemDone(room=room.id, link=link)


def may_finish(tx: Tx, found: RoomCase, origin: Origin) -> None:
    """Whether this person may, and nothing of the last list is open. Raises Refused."""
    if found.room.state is RoomState.CLOSED:
        raise Refused(AlreadySo("postmortem"))
    if found.room.state is not RoomState.RESOLVED:
        raise Refused(Gone("postmortem"))
    require_role(found, origin, "postmortem", *WHO, also=(found.room.declared_by, found.room.opened_by))
    if open_items := stopping_room(tx, found, Phase.ROLLBACK_AFTER):
        raise Refused(ListsUnfinished(open_items, found.room.version))
