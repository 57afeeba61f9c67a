"""Take the incident commander's seat, or hand it over; who held it when is kept."""

from __future__ import annotations

from collections.abc import Collection

from commands.record import send
from commands.requests import HandSeat, TakeSeat
from commands.rollback.brief import takes_over
from commands.rollback.calling import asking, with_people
from commands.rollback.case import RoomCase, require_role, room_case
from commands.rollback.keep import invite, keep, name_topic
from domain.errands import ToPerson
from domain.events import SeatLeft, SeatTakenBy
from domain.people import Origin, Role
from domain.rollback import Room
from domain.rollback import seat as seats
from domain.views import Happened
from storage import rooms
from storage.db import Tx

_GIVERS = (Role.INCIDENT_COMMANDER, Role.RELEASE_MANAGER)


def take_seat(tx: Tx, request: TakeSeat, origin: Origin) -> Happened:
    """Take the empty seat oneself. Raises Refused: taken, not yet, not one's role."""
    found = room_case(tx, request.room)
    user = origin.actor.user
    room = seats.take(found.room, user, found.policy, found.roster, found.at)
    return _seated(tx, found, room, user, "", origin)


def hand_seat(tx: Tx, request: HandSeat, origin: Origin) -> Happened:
    """Give the seat to somebody: who has it, or an incident commander or release manager. Raises Refused.

    An empty seat is given by the rules of taking it.
    """
    found = room_case(tx, request.room)
    user = origin.actor.user
    holder = found.room.commander
    if not holder and request.to == user:
        return take_seat(tx, TakeSeat(room=request.room), origin)
    require_role(found, origin, "hand_seat", *_GIVERS)
    if holder:
        room = seats.hand(found.room, request.to, found.roster, found.at)
    else:
        room = seats.take(found.room, request.to, found.policy, found.roster, found.at)
    happened = _seated(tx, found, room, request.to, user, origin)
    if request.to != user:
        takes_over(tx, found.room, request.to, user if holder else "")
    return happened


def seats_left(tx: Tx, users: Collection[str], origin: Origin) -> None:
    """Who commands and counts no more is up: others may take the seat, and are told at once."""
    for room in rooms.live(tx) if users else ():
        if room.active and room.commander in users:
            _left(tx, room_case(tx, room.id), origin)


def _left(tx: Tx, found: RoomCase, origin: Origin) -> None:
    room = asking(seats.left(found.room, found.at), found.at)
    roles = seats.may_take(room, found.policy, found.at)
    event = SeatLeft(room=room.id, user=found.room.commander, roles=roles)
    saved = keep(tx, found, room, origin, [event])
    if saved.channel:
        name_topic(tx, saved)
    send(tx, found.project, origin, [(ToPerson(user), event) for user in sorted(found.roster.anyone(roles))])


def _seated(tx: Tx, found: RoomCase, room: Room, user: str, by: str, origin: Origin) -> Happened:
    event = SeatTakenBy(room=room.id, user=user, handed_by=by)
    room, new = with_people(room, [user])
    saved = keep(tx, found, room, origin, [event])
    invite(tx, saved, new)
    if saved.channel:
        name_topic(tx, saved)
    return Happened(event)
