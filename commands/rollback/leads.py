"""Which war room leads a rollback: one for its release, and whoever is elsewhere learns which (spec 6.2)."""

from __future__ import annotations

from dataclasses import dataclass, replace

from commands.context import Case
from commands.requests import DeclareRollback
from commands.rollback.calling import with_people
from commands.rollback.case import RoomCase, locked
from commands.rollback.elsewhere import leads, tell_asked
from commands.rollback.keep import invite, keep
from commands.rollback.open import new_room
from domain.people import Origin
from domain.refusals import AlreadySo, Gone, Refused
from domain.rollback import Room, RoomState, rollback_name
from domain.rollback.seat import seated
from storage import audit, rooms
from storage.db import Tx


@dataclass(frozen=True)
class Lead:
    """The room that leads; `new` when it is opened for this. `aside` is another one that was open for the
    same release.
    """

    found: RoomCase
    new: bool = False
    aside: Room | None = None


def leading(tx: Tx, case: Case, request: DeclareRollback, origin: Origin) -> Lead:
    """The room from inside of which it is declared, the release's open one, or a new one. Raises Refused."""
    given = _given(tx, case, request.room) if request.room else None
    there = rooms.active_of(tx, case.release.id)
    if given is not None:
        aside = locked(tx, there.id) if there is not None and there.id != given.id else None
        return Lead(_case(case, _led(given, aside, case)), aside=aside)
    asked_in = _over(tx, origin.channel)
    if there is not None:
        return Lead(_case(case, replace(locked(tx, there.id), asked_in=asked_in)))
    room = new_room(case.project, case, origin, case.at)
    room = replace(room, name=rollback_name(case.version), asked_in=asked_in)
    rooms.add(tx, room)
    return Lead(_case(case, room), new=True)


def _given(tx: Tx, case: Case, room: str) -> Room | None:
    """A room without a rollback takes on this one; one that is over is none any more. Raises Refused."""
    found = locked(tx, room)
    if found.project != case.project.key:
        raise Refused(Gone("room"))
    if found.state is RoomState.ROLLING_BACK:
        raise Refused(AlreadySo("rollback", found.declared_by))
    return found if found.active else None


def _led(room: Room, aside: Room | None, case: Case) -> Room:
    """Who commands in the room that is merged commands here, unless somebody does already."""
    if aside is None or room.commander or not aside.commander:
        return room
    return seated(room, aside.commander, case.at)


def _case(case: Case, room: Room) -> RoomCase:
    return RoomCase(case.project, room, case.roster, case.at, case)


def _over(tx: Tx, channel: str) -> str:
    """The channel, if its last war room is over: who declares there is told where the new one is."""
    room = rooms.of_channel(tx, channel) if channel else None
    return channel if room is not None and not room.active else ""


def settle(tx: Tx, lead: Lead, room: Room, origin: Origin) -> None:
    """`room` is the leading one as it was saved: the other one is over, and everybody is called over here."""
    tell_asked(tx, lead.found.project, room)
    if lead.aside is None or lead.found.case is None:
        return
    found = _case(lead.found.case, lead.aside)
    event = leads(room, merged=True)
    audit.append(tx, origin, found.project.key, [event])
    over = replace(found.room, state=RoomState.RESOLVED, resolved_at=found.at, resolved_by=origin.actor.user)
    keep(tx, found, over, origin, [event], audited=[event])
    called, new = with_people(room, lead.aside.invited)
    if new:
        saved = keep(tx, replace(lead.found, room=room), called, origin, [])
        invite(tx, saved, new)
