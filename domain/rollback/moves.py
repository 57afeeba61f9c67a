"""What can become of a step of the way back: started, done, skipped, reopened (spec 6.2)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from enum import StrEnum
from typing import assert_never

from domain.people import Role
from domain.refusals import AlreadySo, Gone, OutOfTurn, Refused, TextMissing
from domain.rollback.model import ENDED, RESTORING, VERIFYING, Room, RoomState, Step, StepKey, StepState
from domain.rollback.plan import with_database
from domain.rollback.turns import waits_for, with_turn

LEADING = (Role.INCIDENT_COMMANDER, Role.RELEASE_MANAGER, Role.TECH_LEAD, Role.DEVOPS)
"""Who may move any step but the database, besides the step's own roles and owner."""

DATABASE = (Role.DBA, Role.INCIDENT_COMMANDER)
"""A database step always needs a press by one of these (spec 6.1)."""


class Move(StrEnum):
    STARTED = "started"
    DONE = "done"
    SKIPPED = "skipped"
    REOPENED = "reopened"
    ADDED = "added"  # the database, where the answer at the declaration was that there is nothing to do on it


def who_moves(step: Step) -> tuple[Role, ...]:
    """The roles that may move a step; who holds the commander's seat may as well."""
    return DATABASE if step.key is StepKey.DATABASE else tuple(dict.fromkeys((*step.roles, *LEADING)))


def may_reopen(step: Step) -> bool:
    """What has ended; the health check as soon as it runs: it may find that the service is not healthy."""
    return step.state in ENDED or (step.key is StepKey.HEALTH_CHECK and step.state is StepState.RUNNING)


def move(
    room: Room, key: StepKey, to: Move, *, by: str, at: datetime, owner: str = "", note: str = ""
) -> Room:
    """The room with one step moved; `by` owns what nobody owned. Raises Refused.

    Nothing is begun before its turn: skipping what comes before, with a reason, is the way around. Reopening
    the health check says "not healthy": what was restored is to be done again. What was verified before a
    step was restored again has to be verified again. What was skipped belongs, once reopened, to who reopened
    it, and its reason no longer holds.
    """
    if room.state is not RoomState.ROLLING_BACK:
        raise Refused(AlreadySo("resolved") if room.resolved_at else Gone("step"))
    step = room.step(key)
    if step is None:
        return _added(room, key, to, by=by, at=at, owner=owner, note=note)
    moved = _moved(step, to, by=by, at=at, owner=owner, note=note.strip())
    if before := _out_of_turn(room, step, to):
        raise Refused(OutOfTurn(step.key, before))
    steps = tuple(moved if each.key is key else each for each in room.steps)
    if to is Move.REOPENED:
        steps = tuple(_after_reopening(each, key) for each in steps)
    return _with_times(replace(room, steps=with_turn(steps, at)), at)


def may_add(room: Room, key: StepKey) -> bool:
    """Whether the step can come into the rollback under way: a migration may be found out only now."""
    return key is StepKey.DATABASE and room.state is RoomState.ROLLING_BACK and room.step(key) is None


def _added(room: Room, key: StepKey, to: Move, *, by: str, at: datetime, owner: str, note: str) -> Room:
    """It waits for its turn like every step; starting it begins it where that has come already."""
    if not may_add(room, key) or to not in {Move.ADDED, Move.STARTED}:
        raise Refused(Gone("step"))
    steps = tuple(_after_reopening(each, key) for each in with_database(room))
    there = _with_times(replace(room, migration=True, steps=with_turn(steps, at)), at)
    step = there.step(key)
    if to is Move.ADDED or step is None or waits_for(there, step):
        return there
    return move(there, key, to, by=by, at=at, owner=owner, note=note)


def _out_of_turn(room: Room, step: Step, to: Move) -> tuple[StepKey, ...]:
    """What comes before it. A step under way may end; what verifies counts only once all is restored."""
    match to:
        case Move.SKIPPED | Move.ADDED:
            return ()
        case Move.REOPENED:
            return waits_for(room, step) if step.key in RESTORING else ()
        case Move.STARTED:
            return waits_for(room, step) if step.state is StepState.WAITING else ()
        case Move.DONE:
            restoring = step.key in RESTORING and step.state is StepState.RUNNING
            return () if restoring else waits_for(room, step)
        case _:
            assert_never(to)


def _moved(step: Step, to: Move, *, by: str, at: datetime, owner: str, note: str) -> Step:
    left_out = step.state is StepState.SKIPPED
    kept = replace(step, note=note if left_out else note or step.note, failed="")
    match to:
        case Move.STARTED:
            return _started(step, kept, owner or by, at)
        case Move.DONE:
            _must_be_open(step)
            begun = step.started_at or at
            return replace(kept, state=StepState.DONE, owner=step.owner or by, started_at=begun, ended_at=at)
        case Move.SKIPPED:
            _must_be_open(step)
            if not note:
                raise Refused(TextMissing("reason"))
            return replace(kept, state=StepState.SKIPPED, owner=step.owner or by, ended_at=at)
        case Move.REOPENED:
            before = "" if left_out else step.owner
            return _reopened(step, kept, owner or before or by, at)
        case Move.ADDED:
            raise Refused(AlreadySo("step", step.owner))
        case _:
            assert_never(to)


def _must_be_open(step: Step) -> None:
    if step.state in ENDED:
        raise Refused(AlreadySo("step", step.owner))


def _started(step: Step, kept: Step, owner: str, at: datetime) -> Step:
    """Starting a running step gives it another owner; its clock runs on."""
    _must_be_open(step)
    if step.state is StepState.WAITING:
        return replace(kept, state=StepState.RUNNING, owner=owner, started_at=at)
    if owner == step.owner:
        raise Refused(AlreadySo("step", step.owner))
    return replace(kept, owner=owner)


def _reopened(step: Step, kept: Step, owner: str, at: datetime) -> Step:
    """An ended step runs again with a fresh budget; the health check waits until the rest is restored."""
    if not may_reopen(step):
        raise Refused(AlreadySo("step", step.owner))
    if step.key is StepKey.HEALTH_CHECK:
        return _waiting(kept)
    return replace(kept, state=StepState.RUNNING, owner=owner, started_at=at, ended_at=None, warned=False)


def handed_back(room: Room, key: StepKey, *, why: str, at: datetime, untouched: bool = False) -> Room:
    """The step waits again, and says `why` who was to do it could not. What was begun stays begun, unless it
    was left `untouched` and nothing had begun before it.
    """
    step = room.step(key)
    first = untouched and step is not None and step.started_at == room.restore_began_at
    steps = tuple(replace(_waiting(s), failed=why) if s.key is key else s for s in room.steps)
    began = None if first else room.restore_began_at
    return replace(room, steps=with_turn(steps, at), restore_began_at=began)


def _after_reopening(step: Step, reopened: StepKey) -> Step:
    """A check that runs begins anew as well: what it has seen was before."""
    if step.key is reopened:
        return step
    checked = step.key in VERIFYING and step.state in {StepState.DONE, StepState.RUNNING}
    if checked and reopened in RESTORING | {StepKey.HEALTH_CHECK}:
        return _waiting(step)
    restored = step.key in RESTORING and step.state is StepState.DONE
    return _waiting(step) if restored and reopened is StepKey.HEALTH_CHECK else step


def _waiting(step: Step) -> Step:
    return replace(step, state=StepState.WAITING, started_at=None, ended_at=None, warned=False)


def _with_times(room: Room, at: datetime) -> Room:
    restoring = [step for step in room.steps if step.key in RESTORING]
    begun = any(step.started_at for step in restoring)
    ends = [step.ended_at for step in restoring if step.state in ENDED and step.ended_at]
    over = begun and len(ends) == len(restoring)
    return replace(
        room,
        restore_began_at=room.restore_began_at or (at if begun else None),
        mitigated_at=max(ends) if over else None,
    )


def recovered_at(room: Room) -> datetime | None:
    """When the last check of what was restored had ended; what was left out has shown nothing."""
    checks = (step for step in room.steps if step.key in VERIFYING and step.state is StepState.DONE)
    return max((step.ended_at for step in checks if step.ended_at), default=None)


def finished(room: Room, by: str, at: datetime) -> Room:
    """The steps at the end: what runs and the completion notice are done, what never began was not needed."""
    return replace(room, steps=tuple(_finished(step, by, at) for step in room.steps))


def _finished(step: Step, by: str, at: datetime) -> Step:
    if step.state in ENDED:
        return step
    if step.state is StepState.RUNNING or step.key is StepKey.COMPLETION_NOTICE:
        begun = step.started_at or at
        return replace(step, state=StepState.DONE, owner=step.owner or by, started_at=begun, ended_at=at)
    return replace(step, state=StepState.SKIPPED, ended_at=at)
