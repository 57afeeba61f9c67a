"""A war room that has no channel, since Slack made none: who must know is told, and one is adopted for it."""

from __future__ import annotations

from dataclasses import replace

from commands.record import send
from commands.rollback.calling import asking, with_people
from commands.rollback.case import RoomCase, room_case
from commands.rollback.elsewhere import tell_asked
from commands.rollback.keep import furnish, write
from domain.errands import InChannel, InThread, Place, ToPerson
from domain.events import RoomChannelMade, RoomNotMade
from domain.people import BOT, Origin, Role, Via
from domain.rollback import Room
from domain.views import Happened
from storage import rooms
from storage.db import Tx

_BY_SLACK = Origin(BOT, Via.BOT)


def was_refused(tx: Tx, room: str, code: str) -> None:
    """`code` is Slack's. The room goes on without a channel; whoever is to lead it learns how to get one."""
    if rooms.get(tx, room) is None:
        return
    found = room_case(tx, room)
    if found.room.channel:
        return
    event = RoomNotMade(
        room=room, release=found.room.release, version=found.room.version, name=found.room.name, code=code
    )
    write(tx, found, found.room, _BY_SLACK, [event])
    send(tx, found.project, _BY_SLACK, [(place, event) for place in _places(found)])


def _places(found: RoomCase) -> list[Place]:
    """Who declared and who leads, or may; and the release's thread, else the project's channel."""
    room = found.room
    leaders = {room.commander} - {""} or found.roster.holders(Role.INCIDENT_COMMANDER)
    leaders = leaders or found.roster.holders(Role.RELEASE_MANAGER)
    people = dict.fromkeys([room.declared_by or room.opened_by, *sorted(leaders)])
    where: Place = InThread(room.release) if room.release else InChannel(found.project.channel)
    return [where, *(ToPerson(user) for user in people if user)]


def stranded(tx: Tx, project: str | None = None) -> Room | None:
    """The room (of the project) that runs without a channel: a rollback's first, then the newest."""
    waiting = [room for room in rooms.live(tx, project) if room.active and not room.channel]
    return max(waiting, key=lambda room: (bool(room.declared_at), room.opened_at), default=None)


def adopt(tx: Tx, room: Room, channel: str, origin: Origin) -> Happened:
    """The channel becomes that of the running room; all that belongs there is posted as usual."""
    found = room_case(tx, room.id)
    event = RoomChannelMade(room=room.id, channel=channel, name=found.room.name)
    user = origin.actor.user
    there, _ = with_people(replace(found.room, channel=channel, adopted=True, adopted_by=user), [user])
    saved = write(tx, found, asking(there, found.at), origin, [event])
    furnish(tx, saved)
    tell_asked(tx, found.project, saved)
    if found.release is not None:
        send(tx, found.project, origin, [(InThread(found.release.id), event)])
    return Happened(event)
