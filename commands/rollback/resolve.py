"""Resolve a war room: the rollback is over, the service is normal, the post-mortem is opened."""

from __future__ import annotations

from dataclasses import replace

from commands import revert
from commands.checklists.lists import stopping_room
from commands.context import Case
from commands.record import send
from commands.requests import Resolve
from commands.rollback import stage
from commands.rollback.case import RoomCase, require_role, room_case
from commands.rollback.keep import keep
from commands.rollback.notices import notified
from domain.checklists.model import Phase
from domain.errands import RollbackNotice
from domain.events import Event, RoomResolved, StepMoved
from domain.people import Origin, Role
from domain.refusals import AlreadySo, Refused, TooLong
from domain.rollback import Room, RoomState, StepState
from domain.rollback.moves import Move, finished, recovered_at
from domain.rollback.turns import all_left_out, unfinished
from domain.types import Action
from domain.views import Happened
from storage.db import Tx

LONGEST = 2000


def resolve(tx: Tx, request: Resolve, origin: Origin) -> Happened:
    """End the rollback, or the war room without one. Raises Refused with all that is unfinished."""
    found = room_case(tx, request.room)
    may_resolve(found, origin)
    if len(request.summary) > LONGEST:
        raise Refused(TooLong("summary", LONGEST))
    if found.room.state is RoomState.ROLLING_BACK and found.case is not None:
        return _rolled_back(tx, found, found.case, request.summary.strip(), origin)
    return _over(tx, found, request.summary.strip(), origin)


def may_resolve(found: RoomCase, origin: Origin) -> None:
    """Whether this person may end it, once all is done. Raises Refused."""
    if not found.room.active:
        raise Refused(AlreadySo("resolved"))
    if found.room.state is RoomState.ROLLING_BACK and found.case is not None:
        stage.may_take(found, found.case, Action.ROLLED_BACK, origin)
        return
    roles = (Role.INCIDENT_COMMANDER, Role.RELEASE_MANAGER)
    require_role(found, origin, "resolve", *roles, also=(found.room.opened_by,))


def _over(tx: Tx, found: RoomCase, summary: str, origin: Origin) -> Happened:
    """Nothing was rolled back: no stage changes, no post-mortem is due."""
    room = replace(found.room, state=RoomState.RESOLVED, resolved_at=found.at, summary=summary)
    room = replace(room, resolved_by=origin.actor.user)
    event = RoomResolved(room=room.id, release=room.release, summary=summary, plain=True)
    keep(tx, found, room, origin, [event])
    return Happened(event)


def _rolled_back(tx: Tx, found: RoomCase, case: Case, summary: str, origin: Origin) -> Happened:
    items = stopping_room(tx, found, Phase.ROLLBACK_DURING)
    facts = {"restore_open": unfinished(found.room), "left_out": all_left_out(found.room), "items": items}
    now = stage.situation(tx, found, case, origin, restore_begun=found.room.restore_begun, **facts)
    after = stage.taken(case, Action.ROLLED_BACK, now)
    room = _restored(found, summary, origin)
    event = RoomResolved(
        room=room.id,
        release=room.release,
        summary=summary,
        seconds_to_restore=room.seconds_to_restore,
    )
    inside = found.asked_inside(origin)
    saved = stage.write(tx, case, after, Action.ROLLED_BACK, origin, [event], answered=inside)
    done = replace(found, case=replace(case, release=saved))
    keep(tx, done, room, origin, [*_steps_ended(found.room, room), event], audited=[event])
    stage.locked_or_not(tx, case.project)
    revert.leave(tx, case, saved, origin)
    _tell(tx, case, room, origin)
    return Happened(event)


def _restored(found: RoomCase, summary: str, origin: Origin) -> Room:
    """The service was normal when the last check of it had ended, however late somebody presses."""
    recovered = recovered_at(found.room) or found.at
    return replace(
        finished(found.room, origin.actor.user, found.at),
        state=RoomState.RESOLVED,
        recovered_at=recovered,
        resolved_at=found.at,
        resolved_by=origin.actor.user,
        summary=summary,
        postmortem_due=recovered + found.policy.postmortem_due,
    )


def _steps_ended(before: Room, after: Room) -> list[Event]:
    """The completion notice, and whatever else was still open."""
    return [
        StepMoved(
            room=after.id,
            step=now.key,
            state=Move.DONE if now.state is StepState.DONE else Move.SKIPPED,
            owner=now.owner,
        )
        for was, now in zip(before.steps, after.steps, strict=True)
        if was.state is not now.state
    ]


def _tell(tx: Tx, case: Case, room: Room, origin: Origin) -> None:
    said = RollbackNotice(
        room=room.id,
        release=case.release.id,
        version=case.version,
        target=room.target,
        done=True,
        seconds=room.seconds_to_restore,
    )
    send(tx, case.project, origin, notified(tx, case, said))
