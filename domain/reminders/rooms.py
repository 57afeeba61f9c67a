"""Reminders of war rooms: the empty seat, steps over their budget, the post-mortem."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from domain.policy import RollbackPolicy
from domain.reminders.model import DAY, Reminder
from domain.rollback import Room, RoomState, Step, StepState
from domain.rollback.parts import Part, over_at
from domain.rollback.seat import empty_since
from domain.types import ReminderKind

WORKING_DAY = timedelta(hours=9)
"""Between the morning on which an owner is reminded and the end of the day on which something is due."""


def of_room(room: Room, policy: RollbackPolicy, at: datetime) -> tuple[Reminder, ...]:
    """What a war room will have to be reminded of, from its state at `at`."""
    steps = (*_turns(room, policy, at), *_budgets(room), *_whole(room, policy))
    rollback = (*_seat(room, policy, at), *steps, *_postmortem(room, policy, at))
    return (*rollback, *_items(room, at), *_to_close(room))


def _seat(room: Room, policy: RollbackPolicy, at: datetime) -> Iterable[Reminder]:
    """With a rollback or without one; not once that was called off: there is nothing to lead any more."""
    if room.commander or not room.active or room.stood_down_at is not None:
        return
    since = empty_since(room)
    count = max(0, (at - since) // policy.ask_seat_every) + 1
    due = since + count * policy.ask_seat_every
    yield _room(
        ReminderKind.SEAT_EMPTY,
        room,
        due,
        due + policy.ask_seat_every,
        count=count,
        occasion=str(len(room.seats)),
    )


def _turns(room: Room, policy: RollbackPolicy, at: datetime) -> Iterable[Reminder]:
    """The step that is to be begun: a short time after its turn came, then whenever its budget has passed."""
    for step in room.steps if room.state is RoomState.ROLLING_BACK else ():
        if step.turn_at is None:
            continue
        first = min(policy.notice_budget, step.budget)
        count = (at - step.turn_at) // step.budget + 1 if at >= step.turn_at + first else 0
        due = step.turn_at + (count * step.budget if count else first)
        yield _room(
            ReminderKind.STEP_WAITS,
            room,
            due,
            due + step.budget,
            about=step.key,
            count=count,
            occasion=turn_of(step, step.turn_at),
        )


def turn_of(step: Step, since: datetime) -> str:
    """Tells one turn of a step from an earlier one."""
    return f"{step.key}:{since.isoformat()}"


def _budgets(room: Room) -> Iterable[Reminder]:
    for step in room.steps:
        if step.state is StepState.RUNNING and step.started_at and not step.warned:
            due = step.started_at + step.budget
            occasion = f"{step.key}:{due.isoformat()}"
            yield _room(ReminderKind.OVER_BUDGET, room, due, due + DAY, about=step.key, occasion=occasion)


def _whole(room: Room, policy: RollbackPolicy) -> Iterable[Reminder]:
    """Steps that each keep to their time may still take too long together."""
    for part in Part:
        due = over_at(room, part, policy)
        if due is not None:
            occasion = f"{part}:{due.isoformat()}"
            yield _room(ReminderKind.OVER_BUDGET, room, due, due + DAY, about=part, occasion=occasion)


def _postmortem(room: Room, policy: RollbackPolicy, at: datetime) -> Iterable[Reminder]:
    if room.postmortem_due is None or room.postmortem_done_at:
        return
    soon = room.postmortem_due - policy.postmortem_reminder
    yield _room(ReminderKind.POSTMORTEM_SOON, room, soon, room.postmortem_due)
    late = (at - room.postmortem_due) // DAY + 1 if at >= room.postmortem_due else 0
    due = room.postmortem_due + late * DAY
    yield _room(ReminderKind.POSTMORTEM_OVERDUE, room, due, due + DAY, count=late)


def _items(room: Room, at: datetime) -> Iterable[Reminder]:
    """On the morning of its day, and every day once that is over; the closed room's as well."""
    for item in room.owed:
        late = (at - item.due) // DAY + 1 if at >= item.due else 0
        due = item.due + late * DAY if late else item.due - WORKING_DAY
        if due <= at:
            late, due = 1, item.due
        yield _room(
            ReminderKind.ACTION_ITEM, room, due, due + DAY, about=item.id, count=late, occasion=item.id
        )


def _to_close(room: Room) -> Iterable[Reminder]:
    """Once: without a rollback there is no post-mortem with which the room would be closed."""
    if room.state is RoomState.RESOLVED and room.resolved_at is not None and room.postmortem_due is None:
        due = room.resolved_at + DAY
        yield _room(ReminderKind.ROOM_TO_CLOSE, room, due, due + DAY)


def _room(
    kind: ReminderKind, room: Room, due: datetime, expires: datetime, *, about: str = "", **facts: Any
) -> Reminder:
    return Reminder(
        key=f"{kind}:{room.id}:{about}:{due.isoformat()}",
        kind=kind,
        subject=room.id,
        due=due,
        expires=expires,
        about=about,
        **facts,
    )
