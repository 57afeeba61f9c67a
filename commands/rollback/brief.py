"""Who comes late to a war room, or takes command in it, is told where it stands: once."""

from __future__ import annotations

from collections.abc import Iterable

from commands.record import lane
from commands.requests import MemberMoved
from domain.errands import Brief, Privately, ToPerson
from domain.rollback import Room, RoomState
from storage import outbox, people, room_marks, rooms
from storage.db import Tx
from storage.ids import new_id


def joined(tx: Tx, report: MemberMoved) -> None:
    """Somebody came into a channel: if it is a war room, they read privately what it is about."""
    known = rooms.of_channel(tx, report.channel)
    if known is None or known.state is RoomState.CLOSED:
        return
    person = people.get(tx, report.user)
    room = rooms.lock(tx, known.id)
    if room is None or (person is not None and person.bot):
        return
    for user in room_marks.brief(tx, room.id, [report.user]):
        _send(tx, Brief(room=room.id, to=Privately(report.channel, user)), f"private:{user}")


def were_there(tx: Tx, room: Room, users: Iterable[str]) -> None:
    """Who is called when the channel becomes the room sees everything from its beginning."""
    room_marks.brief(tx, room.id, users)


def takes_over(tx: Tx, room: Room, user: str, by: str) -> None:
    """Who is given command reads what is done, what is open, and which clocks run."""
    _send(tx, Brief(room=room.id, to=ToPerson(user), handed_by=by), f"dm:{user}")


def _send(tx: Tx, brief: Brief, name: str) -> None:
    outbox.add(tx, [lane(name, new_id(), brief)])
