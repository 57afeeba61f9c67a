"""Save a changed war room with all that follows: timeline, audit, messages, reminders."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from commands.record import record, refresh, tell
from commands.rollback import brief, snapshot
from commands.rollback.case import RoomCase
from commands.rollback.lanes import in_room
from domain import reminders
from domain.errands import (
    ArchiveRoom,
    InRoom,
    InviteToRoom,
    MakeRoom,
    PinInRoom,
    SetRoomTopic,
    Show,
    Surface,
    SurfaceKind,
    Tell,
)
from domain.events import Event, ListsOpened
from domain.people import Origin
from domain.project import Project
from domain.rollback import Room
from storage import audit, outbox, rooms
from storage import reminders as stored
from storage.db import Tx
from storage.ids import new_id
from storage.outbox import Waiting

_PINNED = (SurfaceKind.ROOM_SUMMARY, SurfaceKind.ROOM_STATE)


def keep(
    tx: Tx,
    found: RoomCase,
    after: Room,
    origin: Origin,
    events: Sequence[Event],
    *,
    audited: Sequence[Event] = (),
) -> Room:
    """Write the room and everything that its change brings along.

    `events` become lines of the timeline and of the room's channel; those in `audited` are recorded and
    answered already, with the release. Who pressed in the room's channel reads the line there.
    """
    answered = found.asked_inside(origin)
    saved = write(tx, found, after, origin, events, audited=audited, answered=answered)
    stamp = new_id()
    outbox.add(tx, _tell(tx, origin, found.project, saved, events, stamp) + show(saved, stamp))
    return saved


def write(
    tx: Tx,
    found: RoomCase,
    after: Room,
    origin: Origin,
    events: Sequence[Event],
    *,
    audited: Sequence[Event] = (),
    answered: bool = False,
) -> Room:
    """The same without a word in the room's channel."""
    saved = rooms.save(tx, found.room, after)
    rooms.add_entries(tx, saved.id, found.at, origin.actor.user, events)
    _record(tx, origin, found.project, events, audited, answered=answered)
    if found.release is not None:
        outbox.add(tx, refresh(found.project, found.release, new_id()))
    plan(tx, found.project, saved, found.at)
    return saved


def _record(
    tx: Tx,
    origin: Origin,
    project: Project,
    events: Sequence[Event],
    audited: Sequence[Event],
    *,
    answered: bool,
) -> None:
    fresh = [event for event in events if event not in audited]
    if not fresh:
        return
    if audited:
        audit.append(tx, origin, project.key, fresh)
    else:
        record(tx, origin, project, fresh, answered=answered)


def _tell(
    tx: Tx, origin: Origin, project: Project, room: Room, events: Sequence[Event], stamp: str
) -> list[Waiting]:
    if not room.channel:
        return []
    return [
        in_room(room, f"{stamp}:room:{n}", tell(tx, origin, project.key, InRoom(room.id), event))
        for n, event in enumerate(events)
    ]


def plan(tx: Tx, project: Project, room: Room, at: datetime) -> None:
    """Derive the room's reminders again from its state."""
    wanted = reminders.of_room(room, project.policy.rollback, at)
    stored.plan(tx, project.key, room.id, wanted, after=at)


# --- the room's channel -------------------------------------------------------------------------------------


def make(tx: Tx, room: Room) -> None:
    """Have the channel made; what belongs into it follows when it is there."""
    outbox.add(tx, [in_room(room, f"make:{room.id}", MakeRoom(room.id))])


def show(room: Room, stamp: str) -> list[Waiting]:
    """Render the room's messages again; before its channel is there, there is nothing to render."""
    if not room.channel:
        return []
    return [in_room(room, f"{stamp}:{kind}", Show(Surface(kind, room.id))) for kind in _kinds(room)]


def _kinds(room: Room) -> list[SurfaceKind]:
    kinds = list(_PINNED)
    kinds += [SurfaceKind.SEAT] if room.seat_asked_at else []
    return [*kinds, SurfaceKind.POSTMORTEM] if room.postmortem_due else kinds


def furnish(tx: Tx, room: Room) -> None:
    """What a channel that has just become a war room needs: people, topic, messages, the first two pinned,
    what was kept of the release, and the playbooks that were opened before there was a channel.
    """
    stamp = new_id()
    brief.were_there(tx, room, room.invited)
    waiting = [in_room(room, f"{stamp}:invite", InviteToRoom(room.id, room.invited))] if room.invited else []
    waiting.append(in_room(room, f"{stamp}:topic", SetRoomTopic(room.id)))
    for kind in _kinds(room):
        surface = Surface(kind, room.id)
        waiting.append(in_room(room, f"{stamp}:{kind}", Show(surface)))
        if kind in _PINNED:
            waiting.append(in_room(room, f"{stamp}:pin:{kind}", PinInRoom(room.id, surface)))
    waiting += snapshot.waiting(tx, room)
    waiting += _opened_before(tx, room, stamp)
    outbox.add(tx, waiting)


def _opened_before(tx: Tx, room: Room, stamp: str) -> list[Waiting]:
    """Lists that nobody was told of in the room, since it had no channel."""
    told = (
        Tell(project=room.project, to=InRoom(room.id), said=one.event, by=one.user, at=one.at)
        for one in rooms.entries(tx, room.id)
        if isinstance(one.event, ListsOpened)
    )
    return [in_room(room, f"{stamp}:lists:{n}", one) for n, one in enumerate(told)]


def invite(tx: Tx, room: Room, users: Sequence[str]) -> None:
    """Ask more people into a channel that is already there."""
    if room.channel and users:
        outbox.add(tx, [in_room(room, new_id(), InviteToRoom(room.id, tuple(users)))])


def name_topic(tx: Tx, room: Room) -> None:
    """Say anew in the channel's topic what the room is for and who commands."""
    outbox.add(tx, [in_room(room, new_id(), SetRoomTopic(room.id))])


def archive(tx: Tx, room: Room) -> None:
    """The channel goes with its room, after all that was still to be shown in it; an adopted one stays."""
    if room.channel and not room.adopted:
        outbox.add(tx, [in_room(room, f"archive:{room.id}", ArchiveRoom(room.id))])
