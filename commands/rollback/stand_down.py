"""Call a rollback off before anything was restored: not counted as a failure (spec 2.2)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from commands.context import Case
from commands.criteria import again
from commands.record import send
from commands.requests import StandDown
from commands.rollback import lock, stage
from commands.rollback.case import RoomCase, room_case
from commands.rollback.keep import keep, name_topic
from commands.rollback.notices import notified
from domain.events import Event
from domain.people import Origin
from domain.refusals import AlreadySo, Gone, Refused, TooLong
from domain.rollback import Room, RoomState
from domain.steps import advanced
from domain.types import Action
from domain.views import Happened
from storage import calendar
from storage.db import Tx

LONGEST = 2000


def stand_down(tx: Tx, request: StandDown, origin: Origin) -> Happened:
    """The release is back where it was, its lock is lifted, the room stays open. Raises Refused."""
    found = room_case(tx, request.room)
    case, reason = may_stand_down(found, origin), request.reason.strip()
    if len(reason) > LONGEST:
        raise Refused(TooLong("reason", LONGEST))
    now = stage.situation(tx, found, case, origin, note=reason, restore_begun=found.room.restore_begun)
    after = stage.taken(case, Action.STAND_DOWN, now)
    event = advanced(case.release, after, Action.STAND_DOWN, reason)
    lifted = _lift_own_lock(tx, case, reason)
    inside = found.asked_inside(origin)
    saved = stage.write(tx, case, after, Action.STAND_DOWN, origin, [event, *lifted], answered=inside)
    done = replace(found, case=replace(case, release=saved))
    room = keep(
        tx, done, _called_off(found.room, found.at), origin, [event, *lifted], audited=[event, *lifted]
    )
    if room.channel:
        name_topic(tx, room)
    stage.locked_or_not(tx, case.project)
    send(tx, case.project, origin, notified(tx, case, event))
    again.open_again(tx, replace(case, release=saved))
    return Happened(event)


def may_stand_down(found: RoomCase, origin: Origin) -> Case:
    """The release's case, if this person may call the rollback off. Raises Refused."""
    if found.room.state is not RoomState.ROLLING_BACK or found.case is None:
        raise Refused(Gone("room") if found.room.active else AlreadySo("resolved"))
    stage.may_take(found, found.case, Action.STAND_DOWN, origin)
    return found.case


def _lift_own_lock(tx: Tx, case: Case, reason: str) -> list[Event]:
    """Nothing where somebody has lifted it already; another rollback's stays in any case."""
    own = any(one.release_id == case.release.id for one in calendar.locks(tx, case.project.key))
    return [lock.lifted(tx, case.project.key, case.release.id, reason)] if own else []


def _called_off(room: Room, at: datetime) -> Room:
    """A war room without a rollback again; what happened stays on its timeline."""
    return replace(
        room,
        state=RoomState.OPEN,
        declared_at=None,
        declared_by="",
        stood_down_at=at,
        target="",
        criteria=(),
        evidence="",
        migration=False,
        database_first=False,
        outage=None,
        steps=(),
    )
