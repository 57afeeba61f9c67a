"""Open an emergency playbook in a war room: a checklist with owners (spec 6.5)."""

from __future__ import annotations

from commands.checklists.open import open_in_room
from commands.requests import OpenPlaybook
from commands.rollback.case import RoomCase, require_part, room_case
from domain.checklists.model import IN_ROOM, PLAYBOOKS, Phase
from domain.events import ListsOpened
from domain.people import Origin
from domain.refusals import AlreadySo, Gone, Refused
from domain.views import Happened
from storage import checklists
from storage.db import Tx


def open_playbook(tx: Tx, request: OpenPlaybook, origin: Origin) -> Happened:
    """Anybody who takes part may, in an active room; each playbook once. Raises Refused."""
    found = room_case(tx, request.room)
    require_part(tx, found, origin)
    if not found.room.active:
        raise Refused(AlreadySo("resolved"))
    if request.playbook not in PLAYBOOKS:
        raise Refused(Gone("playbook"))
    if request.playbook in checklists.lists(tx, found.room.id, IN_ROOM):
        raise Refused(AlreadySo("playbook"))
    begin(tx, found, request.playbook, origin)
    release = found.release
    return Happened(
        ListsOpened(
            room=found.room.id,
            phases=(request.playbook,),
            release=release.id if release else "",
            version=str(release.version) if release else "",
        )
    )


def begin(tx: Tx, found: RoomCase, playbook: Phase, origin: Origin) -> None:
    open_in_room(tx, found, [playbook], origin)
