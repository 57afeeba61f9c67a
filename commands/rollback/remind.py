"""What a war room has to be reminded of: looked at again when it is due, then said."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from commands.remind.say import tell
from commands.rollback.case import RoomCase, room_case
from commands.rollback.keep import plan, show
from commands.rollback.look import room_look
from commands.rollback.notices import reached
from commands.rollback.turns import waiting
from domain.errands import (
    ActionItemDue,
    InRoom,
    OverBudget,
    Place,
    PostmortemReminder,
    RoomToClose,
    Said,
    SeatEmpty,
    StepWaits,
    ToPerson,
)
from domain.events import Announced
from domain.people import BOT, Origin, Role, Via
from domain.project import Project
from domain.reminders import Reminder
from domain.reminders.rooms import turn_of
from domain.rollback import Room, RoomState, StepState
from domain.rollback.parts import Part, over_at
from domain.rollback.seat import FIRST, empty_since, may_take
from domain.types import ReminderKind
from storage import audit, outbox, rooms
from storage.db import Tx
from storage.ids import new_id

_TIMER = Origin(BOT, Via.TIMER)
_MINUTE = timedelta(minutes=1)


def fire(tx: Tx, project: Project, reminder: Reminder, late: bool) -> bool:  # noqa: FBT001 - the caller's word
    """Say it if it still holds, and plan the next; False when it became moot."""
    if rooms.get(tx, reminder.subject) is None:
        return False
    found = room_case(tx, reminder.subject)
    said = None if _warned(found.room, reminder) else SAYS[reminder.kind](found, reminder)
    if said is None:
        plan(tx, project, found.room, found.at)
        return False
    room = rooms.save(tx, found.room, _noted(found.room, reminder))
    event = Announced(announcement=reminder.key, kind=reminder.kind, late=late)
    audit.append(tx, _TIMER, project.key, [event])
    if reminder.kind not in project.policy.mute:
        tell(tx, project, reminder, _places(tx, found, said), late=late)
    outbox.add(tx, show(room, new_id()))
    plan(tx, project, room, found.at)
    return True


def said_now(tx: Tx, reminder: Reminder) -> list[tuple[Place, Said]]:
    """What is said of a room's state, without a lock and without saying it; empty once it is settled."""
    if reminder.kind not in SAYS or rooms.get(tx, reminder.subject) is None:
        return []
    found = room_look(tx, reminder.subject)
    said = SAYS[reminder.kind](found, reminder)
    return _places(tx, found, said) if said else []


def plan_again(tx: Tx, project: Project, room: str) -> None:
    """Derive what comes next of a room whose reminder was missed."""
    found = rooms.get(tx, room)
    if found is not None:
        plan(tx, project, found, tx.now())


def _warned(room: Room, reminder: Reminder) -> bool:
    """Whether a step was warned of already in the time that it runs."""
    about_step = reminder.kind is ReminderKind.OVER_BUDGET
    return about_step and any(step.key == reminder.about and step.warned for step in room.steps)


def _noted(room: Room, reminder: Reminder) -> Room:
    """A step is warned of once for each time that it runs."""
    if reminder.kind is not ReminderKind.OVER_BUDGET:
        return room
    steps = tuple(replace(s, warned=True) if s.key == reminder.about else s for s in room.steps)
    return replace(room, steps=steps)


def _places(tx: Tx, found: RoomCase, said: Said) -> list[tuple[Place, Said]]:
    """The room, and the people whom it concerns."""
    if isinstance(said, ActionItemDue):
        return [(ToPerson(user), said) for user in _concerned(tx, found, said)]
    places: list[Place] = [InRoom(found.room.id)] if found.room.channel else []
    return [(place, said) for place in (*places, *(ToPerson(user) for user in _concerned(tx, found, said)))]


def _concerned(tx: Tx, found: RoomCase, said: Said) -> list[str]:
    if isinstance(said, SeatEmpty):
        return sorted(found.roster.anyone(said.roles))
    if isinstance(said, StepWaits):
        leads = found.room.commander
        leading = (leads,) if leads else sorted(found.roster.anyone(FIRST))
        return list(dict.fromkeys((*said.who, *leading)))
    if isinstance(said, ActionItemDue):
        owner = reached(tx, filter(None, (said.owner,)))
        leaders = _leaders(tx, found) if said.overdue or not owner else []
        return list(dict.fromkeys((*owner, *leaders)))
    return _leaders(tx, found)


def _leaders(tx: Tx, found: RoomCase) -> list[str]:
    """Who led it last; where nobody did, who ended or declared it, else those who could have led it. Who has
    left since is passed over.
    """
    room = found.room
    led = room.seats[-1].user if room.seats else ""
    if one := reached(tx, filter(None, (led, room.resolved_by, room.declared_by)))[:1]:
        return one
    could = (found.roster.holders(role) for role in (Role.INCIDENT_COMMANDER, Role.RELEASE_MANAGER))
    return next((sorted(people) for people in could if people), [])


# --- what is said, None when it no longer holds -----------------------------------------------------------


def _seat_empty(found: RoomCase, _reminder: Reminder) -> SeatEmpty | None:
    room = found.room
    if room.commander or not room.active or room.stood_down_at is not None:
        return None
    roles = may_take(room, found.policy, found.at)
    return SeatEmpty(room=room.id, roles=roles, minutes=_minutes(empty_since(room), found.at))


def _over_budget(found: RoomCase, reminder: Reminder) -> OverBudget | None:
    room = found.room
    if reminder.about in set(Part):
        return _whole_over(found, reminder, Part(reminder.about))
    step = next((step for step in room.steps if step.key == reminder.about), None)
    if step is None or step.state is not StepState.RUNNING or step.started_at is None:
        return None
    if step.started_at + step.budget != reminder.due:
        return None
    return OverBudget(
        room=room.id,
        step=step.key,
        minutes=_minutes(reminder.due, found.at),
        owner=step.owner,
        commander=room.commander,
    )


def _whole_over(found: RoomCase, reminder: Reminder, part: Part) -> OverBudget | None:
    """All of restoring, or of verifying, together."""
    if over_at(found.room, part, found.policy) != reminder.due:
        return None
    minutes = _minutes(reminder.due, found.at)
    return OverBudget(room=found.room.id, step=part, minutes=minutes, commander=found.room.commander)


def _step_waits(found: RoomCase, reminder: Reminder) -> StepWaits | None:
    room = found.room
    step = next((step for step in room.steps if step.key == reminder.about), None)
    if step is None or step.turn_at is None or reminder.occasion != turn_of(step, step.turn_at):
        return None
    return waiting(found, room, step, minutes=_minutes(step.turn_at, found.at))


def _postmortem(found: RoomCase, _reminder: Reminder) -> PostmortemReminder | None:
    room = found.room
    if room.postmortem_due is None or room.postmortem_done_at is not None:
        return None
    overdue = found.at >= room.postmortem_due
    return PostmortemReminder(room=room.id, version=room.version, due=room.postmortem_due, overdue=overdue)


def _to_close(found: RoomCase, _reminder: Reminder) -> RoomToClose | None:
    room = found.room
    if room.state is not RoomState.RESOLVED or room.postmortem_due is not None or room.resolved_at is None:
        return None
    return RoomToClose(
        room=room.id,
        version=room.version,
        name=room.name,
        channel=room.channel,
        resolved_at=room.resolved_at,
        adopted=room.adopted,
    )


def _action_item(found: RoomCase, reminder: Reminder) -> ActionItemDue | None:
    """Nothing once it is done or dropped."""
    room = found.room
    item = next((one for one in room.owed if one.id == reminder.about), None)
    if item is None:
        return None
    return ActionItemDue(
        room=room.id,
        version=room.version,
        item=item.id,
        text=item.text,
        owner=item.owner,
        due=item.due,
        overdue=found.at >= item.due,
    )


def _minutes(since: datetime, at: datetime) -> int:
    return (at - since) // _MINUTE


SAYS: dict[ReminderKind, Callable[[RoomCase, Reminder], Said | None]] = {
    ReminderKind.SEAT_EMPTY: _seat_empty,
    ReminderKind.OVER_BUDGET: _over_budget,
    ReminderKind.STEP_WAITS: _step_waits,
    ReminderKind.POSTMORTEM_SOON: _postmortem,
    ReminderKind.POSTMORTEM_OVERDUE: _postmortem,
    ReminderKind.ACTION_ITEM: _action_item,
    ReminderKind.ROOM_TO_CLOSE: _to_close,
}
