"""The incident commander's seat: who may take it when, and who held it from when until when (spec 6.2)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from domain.people import Role, Roster
from domain.policy import RollbackPolicy
from domain.refusals import AlreadySo, NotAllowed, Refused, SeatNotYet, SeatTaken
from domain.rollback.model import Room, Seat

FIRST = (Role.INCIDENT_COMMANDER,)
LATER = (Role.TECH_LEAD, Role.RELEASE_MANAGER, Role.DEVOPS)
SEAT_ROLES = (*FIRST, *LATER)


def empty_since(room: Room) -> datetime:
    """Since when nobody is in the seat that is empty now."""
    wanted = room.declared_at or room.opened_at
    left = room.seats[-1].until if room.seats else None
    return max(wanted, left or wanted)


def opens_at(room: Room, policy: RollbackPolicy) -> datetime:
    """From when the other roles may take the seat."""
    return (room.declared_at or room.opened_at) + policy.open_seat_after


def may_take(room: Room, policy: RollbackPolicy, at: datetime) -> tuple[Role, ...]:
    """The roles that may take the seat now; nobody while it is taken or the room is over."""
    if room.commander or not room.active:
        return ()
    return SEAT_ROLES if at >= opens_at(room, policy) else FIRST


def take(room: Room, user: str, policy: RollbackPolicy, roster: Roster, at: datetime) -> Room:
    """Fill the empty seat. Raises Refused: over, taken, not their role, not yet."""
    _check_active(room)
    if room.commander:
        raise Refused(AlreadySo("seat") if room.commander == user else SeatTaken(room.commander))
    roles = roster.roles_of(user)
    if not roles & set(SEAT_ROLES):
        raise _not_allowed(roster)
    if not roles & set(may_take(room, policy, at)):
        who = tuple(sorted(roster.anyone(FIRST)))
        raise Refused(SeatNotYet(opens_at(room, policy), who))
    return seated(room, user, at)


def hand(room: Room, to: str, roster: Roster, at: datetime) -> Room:
    """Hand the taken seat over; both times are kept. Raises Refused."""
    _check_active(room)
    if room.commander == to:
        raise Refused(SeatTaken(to))
    if not roster.roles_of(to) & set(SEAT_ROLES):
        raise _not_allowed(roster)
    return seated(room, to, at)


def _check_active(room: Room) -> None:
    if not room.active:
        raise Refused(AlreadySo("resolved"))


def _not_allowed(roster: Roster) -> Refused:
    return Refused(NotAllowed("seat", SEAT_ROLES, tuple(sorted(roster.anyone(SEAT_ROLES)))))


def seated(room: Room, user: str, at: datetime) -> Room:
    """The same room with `user` in the seat; whoever had it is up."""
    before = room.seats
    if room.commander:
        before = (*before[:-1], replace(before[-1], until=at))
    return replace(room, seats=(*before, Seat(user=user, since=at)))


def left(room: Room, at: datetime) -> Room:
    """The same room with nobody in the seat: who had it counts no more."""
    return replace(room, seats=(*room.seats[:-1], replace(room.seats[-1], until=at)))
