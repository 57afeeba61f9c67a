"""Add and remove blackouts: periods without deploys."""

from __future__ import annotations

from datetime import datetime

from commands import context
from commands.change import calendar_changed
from commands.record import record, send
from commands.requests import AddBlackout, RemoveBlackout
from domain.calendar.blackouts import Blackout, EntryFault, blackout_fault
from domain.errands import InChannel
from domain.events import BlackoutAdded, BlackoutRemoved
from domain.people import Origin, Role
from domain.project import Project
from domain.refusals import (
    AlreadySo,
    EndsBeforeStart,
    Gone,
    InThePast,
    Refused,
    TextMissing,
    TooLong,
    Unreadable,
)
from domain.views import Happened
from storage import calendar as entries
from storage import people
from storage.db import Tx
from storage.ids import new_id

NAME = 80
MAY = (Role.PM, Role.RELEASE_MANAGER)


def add(tx: Tx, request: AddBlackout, origin: Origin) -> Happened:
    """Close a period for deploys; the channel is told at once. Raises Refused."""
    project = may_change(tx, request.project, origin)
    name, at = request.name.strip(), tx.now()
    _check(request, name, at)
    same = [b for b in entries.blackouts(tx, project.key, at) if b.name == name]
    if any(b.start == request.start and b.end == request.end for b in same):
        raise Refused(AlreadySo("blackout"))
    made = Blackout(
        id=new_id(),
        name=name,
        start=request.start,
        end=request.end,
        reason=request.reason.strip(),
        added_by=origin.actor.user,
        added_at=at,
    )
    entries.add_blackout(tx, project.key, made)
    event = BlackoutAdded(blackout=made.id, name=name, start=made.start, end=made.end, reason=made.reason)
    record(tx, origin, project, [event])
    send(tx, project, origin, [(InChannel(project.channel), event)])
    calendar_changed(tx, project)
    return Happened(event)


def _check(request: AddBlackout, name: str, at: datetime) -> None:
    if not name:
        raise Refused(TextMissing("name"))
    if len(name) > NAME:
        raise Refused(TooLong("name", NAME))
    fault = blackout_fault(request.start, request.end)
    if fault is EntryFault.ENDS_BEFORE_START:
        raise Refused(EndsBeforeStart(request.start, request.end))
    if fault is EntryFault.TOO_FAR:
        raise Refused(Unreadable("date", request.end.date().isoformat()))
    if request.end <= at:
        raise Refused(InThePast(request.last_day or request.end))


def remove(tx: Tx, request: RemoveBlackout, origin: Origin) -> Happened:
    """Take a blackout out of the calendar; whoever was told is told. Raises Refused."""
    project = may_change(tx, request.project, origin)
    found = [b for b in entries.blackouts(tx, project.key, tx.now()) if request.blackout in {b.id, b.name}]
    if not found:
        raise Refused(Gone("blackout"))
    event = BlackoutRemoved(blackout=found[0].id, name=found[0].name)
    entries.remove_blackout(tx, found[0].id, tx.now())
    record(tx, origin, project, [event])
    send(tx, project, origin, [(InChannel(project.channel), event)])
    calendar_changed(tx, project)
    return Happened(event)


def may_change(tx: Tx, key: str, origin: Origin) -> Project:
    """The project, if this person may change its blackouts. Raises Refused."""
    project = context.project_of(tx, key)
    context.require(people.roster(tx, project.key), origin, "blackout", *MAY)
    return project
