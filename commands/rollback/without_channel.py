"""A war room without a channel: Slack made none, or it is gone; who must know learns it, one is adopted."""

from __future__ import annotations

from dataclasses import replace

from commands.record import send
from commands.rollback.calling import asking, with_people
from commands.rollback.case import RoomCase, room_case
from commands.rollback.elsewhere import tell_asked
from commands.rollback.keep import furnish, write
from commands.rollback.lanes import lane_of
from domain.errands import InChannel, InThread, Place, ToPerson
from domain.events import RoomChannelMade, RoomNotMade
from domain.people import BOT, Origin, Role, Via
from domain.rollback import Room
from domain.views import Happened
from storage import outbox, rooms, surfaces
from storage.db import Tx

_BY_SLACK = Origin(BOT, Via.BOT)


def was_refused(tx: Tx, room: str, code: str) -> None:
    """`code` is Slack's. The room goes on without a channel; whoever is to lead it learns how to get one."""
    if rooms.get(tx, room) is None:
        return
    found = room_case(tx, room)
    if not found.room.channel:
        _without(tx, found, found.room, code)


def was_lost(tx: Tx, room: str, code: str) -> bool:
    """Its channel was archived by hand, or is gone: a room that still runs goes on without one, and all that
    was to be said in it stands on its timeline. Whether it does.
    """
    known = rooms.get(tx, room)
    if known is None or not known.active or not known.channel:
        return False
    found = room_case(tx, room)
    outbox.drop(tx, lane_of(found.room), f"lost: {code}")
    for posted in surfaces.of_subject(tx, room):
        surfaces.forget(tx, posted.surface)
    _without(tx, found, replace(found.room, channel="", adopted=False, adopted_by=""), code)
    return True


def _without(tx: Tx, found: RoomCase, after: Room, code: str) -> None:
    event = RoomNotMade(
        room=after.id,
        release=after.release,
        version=after.version,
        name=after.name,
        code=code,
        lost=found.room.channel,
    )
    write(tx, found, after, _BY_SLACK, [event])
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
