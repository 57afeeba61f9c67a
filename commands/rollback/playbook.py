"""Open an emergency playbook in a war room: a checklist with owners (spec 6.5)."""

from __future__ import annotations

from commands.checklists.open import open_in_room
from commands.requests import OpenPlaybook
from commands.rollback.case import require_part, room_case
from domain.checklists.model import PLAYBOOKS
from domain.people import Origin
from domain.refusals import AlreadySo, Gone, Refused
from domain.views import Happened
from storage.db import Tx


def open_playbook(tx: Tx, request: OpenPlaybook, origin: Origin) -> Happened:
    """Anybody who takes part may, in an active room; each playbook once. Raises Refused."""
    found = room_case(tx, request.room)
    require_part(tx, found, origin)
    if not found.room.active:
        raise Refused(AlreadySo("resolved"))
    if request.playbook not in PLAYBOOKS:
        raise Refused(Gone("playbook"))
    event = open_in_room(tx, found, [request.playbook], origin)
    if event is None:
        raise Refused(AlreadySo("playbook"))
    return Happened(event)
