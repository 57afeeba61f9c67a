"""Open a war room, or take the channel one is in as one, without a change of stage."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from commands import context
from commands.change import save
from commands.checklists.open import open_in_room
from commands.context import Case
from commands.record import record
from commands.requests import OpenRoom
from commands.rollback import snapshot
from commands.rollback.calling import asking, at_it, called
from commands.rollback.case import room_case
from commands.rollback.keep import furnish, make, plan
from commands.rollback.without_channel import adopt, stranded
from domain.checklists.model import PLAYBOOKS
from domain.events import RoomOpened
from domain.people import Origin, Role, Roster
from domain.project import Project
from domain.refusals import AlreadySo, Gone, NotAllowed, Refused
from domain.rollback import Room, RoomState, incident_name
from domain.rollback.snapshot import Taken
from domain.views import Happened
from storage import people, rooms
from storage.db import Tx
from storage.ids import new_id


def open_room(tx: Tx, request: OpenRoom, origin: Origin) -> Happened:
    """Open a war room for a release or an incident; anybody with a role may. Raises Refused."""
    case = context.case(tx, request.release) if request.release else None
    project = case.project if case else context.project_of(tx, request.project)
    roster = case.roster if case else people.roster(tx, project.key)
    _require_any_role(roster, origin)
    there = _there(tx, project, case, request.adopt)
    if there is not None and request.adopt and not there.channel:
        happened = adopt(tx, there, request.adopt, origin)
        _begin(tx, there.id, request, origin)
        return happened
    if there is not None:
        raise Refused(AlreadySo("room", there.opened_by))
    room = new_room(project, case, origin, case.at if case else tx.now(), channel=request.adopt)
    those = at_it(tx, case.release) if case else []
    room = replace(room, invited=called(roster, origin.actor.user, *those))
    event = opened(room)
    added = add(tx, project, room, case)
    if case is None:
        record(tx, origin, project, [event])
    else:
        save(tx, case, replace(case.release, room=added.id), origin, [event])
    rooms.add_entries(tx, added.id, added.opened_at, origin.actor.user, [event])
    _begin(tx, added.id, request, origin)
    return Happened(event)


def _begin(tx: Tx, room: str, request: OpenRoom, origin: Origin) -> None:
    if request.playbook is not None:
        if request.playbook not in PLAYBOOKS:
            raise Refused(Gone("playbook"))
        open_in_room(tx, room_case(tx, room), [request.playbook], origin)


def _require_any_role(roster: Roster, origin: Origin) -> None:
    if not roster.roles_of(origin.actor.user):
        held = tuple(role for role in Role if roster.holders(role))
        raise Refused(NotAllowed("warroom", held, tuple(sorted(roster.anyone(held)))))


def _there(tx: Tx, project: Project, case: Case | None, adopt: str) -> Room | None:
    """The room that is open: one per release, per channel, and per project for an incident about no release.

    A channel that is to be adopted is meant for a room that runs without one.
    """
    there = rooms.of_channel(tx, adopt) if adopt else None
    if there is not None and there.active:
        return there
    if case is not None:
        return rooms.active_of(tx, case.release.id)
    return stranded(tx, project.key) if adopt else rooms.active_incident(tx, project.key)


def new_room(project: Project, case: Case | None, origin: Origin, at: datetime, *, channel: str = "") -> Room:
    """A room that is open, for a release or an incident."""
    version = case.version if case else ""
    day = at.astimezone(ZoneInfo(project.policy.zone)).date()
    return Room(
        id=new_id(),
        project=project.key,
        state=RoomState.OPEN,
        opened_at=at,
        opened_by=origin.actor.user,
        name=incident_name(project.key, version, day),
        release=case.release.id if case else "",
        version=version,
        channel=channel,
        adopted=bool(channel),
        adopted_by=origin.actor.user if channel else "",
    )


def opened(room: Room) -> RoomOpened:
    return RoomOpened(
        room=room.id, release=room.release, version=room.version, name=room.name, channel=room.channel
    )


def add(tx: Tx, project: Project, room: Room, case: Case | None) -> Room:
    """Store a new room and have its channel made, or furnish the one that was adopted."""
    asked = asking(room, room.opened_at)
    rooms.add(tx, asked)
    snapshot.take(tx, asked, case, Taken.OPENED)
    if asked.channel:
        furnish(tx, asked)
    else:
        make(tx, asked)
    plan(tx, project, asked, asked.opened_at)
    return asked
