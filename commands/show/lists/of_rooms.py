"""What waits for one person in war rooms: the seat, steps of a rollback, the post-mortem and what it owes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

from commands import context
from commands.rollback.turns import owners
from domain.people import Role, Roster
from domain.rollback import VERIFYING, Room, RoomState, Step, StepKey, StepState
from domain.rollback.turns import waits_for
from domain.views import Task, ToDo
from storage import people, rooms
from storage.db import Tx


def of_rooms(tx: Tx, under_way: Iterable[Room], user: str) -> list[Task]:
    """`under_way` are the rooms that are not closed."""
    found: list[Task] = []
    for room in under_way:
        if room.state is RoomState.ROLLING_BACK:
            found += _rolling_back(tx, room, people.roster(tx, room.project), user)
        last = room.seats[-1].user if room.seats else room.declared_by
        if room.postmortem_due and not room.postmortem_done_at and user == last:
            since = room.resolved_at or room.opened_at
            found.append(_task(tx, "postmortem", room, since, due=room.postmortem_due))
    return found


def _rolling_back(tx: Tx, room: Room, roster: Roster, user: str) -> Iterator[Task]:
    if not room.commander and user in roster.holders(Role.INCIDENT_COMMANDER):
        yield _task(tx, "seat", room, room.declared_at or room.opened_at)
    for step in room.steps:
        to_do = _to_do(room, roster, step, user)
        if to_do is not None:
            due = step.started_at + step.budget if step.started_at else None
            what = {"step": step.key, "to_do": to_do, "due": due, "in_room": True}
            yield _task(tx, "step", room, _since(room, step), **what)


def _to_do(room: Room, roster: Roster, step: Step, user: str) -> ToDo | None:
    """What runs is its owner's; what nothing stands before is theirs who usually do it. The notice at the end
    comes with the end, which waits for who leads anyway.
    """
    if step.state is StepState.RUNNING:
        return ToDo.FINISH if step.owner == user else None
    waiting = step.state is StepState.WAITING and step.key is not StepKey.COMPLETION_NOTICE
    begins = waiting and not waits_for(room, step) and user in owners(roster, step)
    return ToDo.BEGIN if begins else None


def _since(room: Room, step: Step) -> datetime:
    """What verifies waits since all was restored."""
    restored = room.mitigated_at if step.key in VERIFYING else None
    return step.started_at or step.turn_at or restored or room.declared_at or room.opened_at


def owed(tx: Tx, user: str) -> list[Task]:
    """The open action items of one person; the channel of a closed room is no place to go to."""
    found: list[Task] = []
    for room in rooms.owing(tx):
        shown = replace(room, channel="") if room.state is RoomState.CLOSED else room
        items = (item for item in room.owed if item.owner == user)
        found += [_task(tx, "action_item", shown, i.added_at, due=i.due, text=i.text) for i in items]
    return found


def _task(tx: Tx, kind: str, room: Room, since: datetime, **facts: Any) -> Task:
    return Task(
        kind=kind,
        project=room.project,
        release=room.release,
        version=room.version,
        zone=context.project_of(tx, room.project).policy.zone,
        since=since,
        channel=room.channel,
        **facts,
    )
