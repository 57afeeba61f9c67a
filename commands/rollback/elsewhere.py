"""People in another channel learn where a rollback is led."""

from __future__ import annotations

from commands.record import send
from domain.errands import InChannel
from domain.events import RoomLeads
from domain.people import BOT, Origin, Via
from domain.project import Project
from domain.rollback import Room
from storage.db import Tx

_BY_ITSELF = Origin(BOT, Via.BOT)


def tell_asked(tx: Tx, project: Project, room: Room) -> None:
    """Once there is a channel, the one in which it was declared learns of it."""
    if room.asked_in and room.channel and room.asked_in != room.channel:
        send(tx, project, _BY_ITSELF, [(InChannel(room.asked_in), leads(room))])


def leads(room: Room, *, merged: bool = False) -> RoomLeads:
    return RoomLeads(room=room.id, version=room.version, name=room.name, channel=room.channel, merged=merged)
