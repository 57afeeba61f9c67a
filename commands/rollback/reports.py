"""What the courier reports of a war room: its channel is there."""

from __future__ import annotations

from dataclasses import replace

from commands.requests import RoomWasMade
from commands.rollback.calling import asking
from commands.rollback.case import room_case
from commands.rollback.elsewhere import tell_asked
from commands.rollback.keep import archive, furnish, write
from domain.events import RoomChannelMade
from domain.people import Origin
from domain.rollback import RoomState
from domain.views import Happened
from storage.db import Tx


def room_was_made(tx: Tx, report: RoomWasMade, origin: Origin) -> Happened:
    """Call the people in and post what belongs there. A report that comes twice changes nothing."""
    found = room_case(tx, report.room)
    event = RoomChannelMade(room=report.room, channel=report.channel, name=report.name)
    if found.room.channel:
        return Happened(event)
    made = replace(found.room, channel=report.channel, name=report.name)
    saved = write(tx, found, asking(made, found.at), origin, [event])
    furnish(tx, saved)
    tell_asked(tx, found.project, saved)
    if saved.state is RoomState.CLOSED:
        archive(tx, saved)
    return Happened(event)
