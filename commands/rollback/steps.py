"""Move a step of the way back: start it, finish it, skip it with a reason, open it again."""

from __future__ import annotations

from dataclasses import replace

from commands.readiness import readiness_of
from commands.record import send
from commands.requests import MoveStep
from commands.rollback import by_deployer, turns
from commands.rollback.calling import with_people
from commands.rollback.case import RoomCase, require_role, room_case
from commands.rollback.escalate import calling_in, tell
from commands.rollback.healthy import against
from commands.rollback.keep import invite, keep
from domain.errands import ToPerson
from domain.events import Escalated, StepMoved
from domain.people import Origin, Role
from domain.refusals import Gone, MeasuredOut, Refused, TooLong, Unreadable
from domain.rollback import Room, RoomState, StepKey, StepState
from domain.rollback.escalation import next_role
from domain.rollback.moves import DATABASE, Move, may_add, move, who_moves
from domain.views import Happened
from storage import people
from storage.db import Tx

LONGEST = 2000


def move_step(tx: Tx, request: MoveStep, origin: Origin) -> Happened:
    """Raises Refused: not theirs to move, already so, a reason or the step is missing, measured otherwise."""
    found = room_case(tx, request.room)
    key, to = _step(request.step), _move(request)
    if len(request.note) > LONGEST:
        raise Refused(TooLong("note", LONGEST))
    may_move(found, request.step, origin)
    _check_owner(tx, request.owner)
    user, adds = origin.actor.user, may_add(found.room, key)
    before = _with_order(tx, found) if adds else found.room
    room = move(before, key, to, by=user, at=found.at, owner=request.owner, note=request.note)
    _check_measured(tx, found, request)
    moved = room.step(key)
    waits = adds and moved is not None and moved.state is StepState.WAITING
    event = StepMoved(
        room=room.id,
        step=key,
        state=Move.ADDED if waits else to,
        owner=moved.owner if moved else user,
        note=request.note.strip(),
    )
    room, calls = _not_healthy(found, room, event)
    users = [event.owner, *(user for call in calls for user in call.users)]
    room, new = with_people(room, [*users, *(sorted(found.roster.holders(Role.DBA)) if adds else ())])
    saved = keep(tx, found, room, origin, [event, *calls])
    invite(tx, saved, new)
    by_deployer.begin(tx, found, saved, key, origin)
    if to is Move.SKIPPED and found.case is not None:
        by_deployer.left_out(tx, found.case, key, origin)
    by_deployer.go_on(tx, found, found.room, origin, by_itself=to is not Move.REOPENED)
    for call in calls:
        tell(tx, found, call, origin)
    _tell_owner(tx, found, saved, event, origin)
    return Happened(event)


def _check_measured(tx: Tx, found: RoomCase, request: MoveStep) -> None:
    """Against what is measured, people say why. Raises Refused(MeasuredOut)."""
    readings = () if request.note.strip() else against(tx, found, request.step, request.state)
    if readings:
        raise Refused(MeasuredOut(request.step, readings))


def _tell_owner(tx: Tx, found: RoomCase, room: Room, moved: StepMoved, origin: Origin) -> None:
    """Whose step it is learns that it begins, or begins again, without them."""
    if moved.state == Move.STARTED:
        turns.tell_given(tx, found, room, moved, origin)
    elif moved.state == Move.REOPENED and moved.owner != origin.actor.user:
        send(tx, found.project, origin, [(ToPerson(moved.owner), moved)])


def _with_order(tx: Tx, found: RoomCase) -> Room:
    """The room knowing whether the old version could run before the database is taken back."""
    if found.release is None:
        return found.room
    ready = readiness_of(tx, found.project, found.release, found.at)
    return replace(found.room, database_first=ready.database_first)


def _not_healthy(found: RoomCase, room: Room, event: StepMoved) -> tuple[Room, tuple[Escalated, ...]]:
    """Where the service is not healthy after the rollback, the next role of the path comes into this room."""
    if event.step != StepKey.HEALTH_CHECK or event.state != Move.REOPENED:
        return room, ()
    room, call = calling_in(room, found.roster, next_role(room, found.roster), event.note)
    return room, (call,)


def _check_owner(tx: Tx, user: str) -> None:
    """A step is given to somebody who is there to do it. Raises Refused(Unreadable)."""
    known = people.get(tx, user) if user else None
    if user and (known is None or not known.counts):
        raise Refused(Unreadable("person", user))


def _step(name: str) -> StepKey:
    try:
        return StepKey(name)
    except ValueError:
        raise Refused(Gone("step")) from None


def _move(request: MoveStep) -> Move:
    try:
        return Move(request.state)
    except ValueError:
        raise Refused(Unreadable("state", request.state, Move.DONE)) from None


def may_move(found: RoomCase, name: str, origin: Origin) -> None:
    """Whether this person may move the step, to whatever. Raises Refused."""
    key = _step(name)
    step = found.room.step(key)
    if may_add(found.room, key):
        require_role(found, origin, "step", *DATABASE)
    if step is None or found.room.state is not RoomState.ROLLING_BACK:
        return  # the move itself says so
    own = (step.owner,) if key is not StepKey.DATABASE else ()
    require_role(found, origin, "step", *who_moves(step), also=own)
