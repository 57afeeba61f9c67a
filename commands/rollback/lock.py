"""Lift the deploy lock that a rollback has set."""

from __future__ import annotations

from commands import context
from commands.record import record, send
from commands.requests import LiftLock
from commands.rollback import stage
from domain.errands import InChannel
from domain.events import LockLifted
from domain.people import Origin
from domain.project import Project
from domain.refusals import Gone, Refused, TextMissing, TooLong
from domain.release import WHO_LIFTS
from domain.views import Happened
from storage import calendar, people
from storage.db import Tx

LONGEST = 2000


def lift_lock(tx: Tx, request: LiftLock, origin: Origin) -> Happened:
    """A release manager or an incident commander, with a reason (spec 6.1). Raises Refused."""
    project = may_lift(tx, request.project, origin)
    reason = request.reason.strip()
    if not reason:
        raise Refused(TextMissing("reason"))
    if len(reason) > LONGEST:
        raise Refused(TooLong("reason", LONGEST))
    event = LockLifted(reason=reason)
    calendar.lift_lock(tx, project.key)
    record(tx, origin, project, [event])
    stage.locked_or_not(tx, project)
    send(tx, project, origin, [(InChannel(project.channel), event)])
    return Happened(event)


def may_lift(tx: Tx, key: str, origin: Origin) -> Project:
    """The project, if its deploys are locked and this person may lift that. Raises Refused."""
    project = context.project_of(tx, key)
    roster = people.roster(tx, project.key)
    context.require(roster, origin, "lock", *WHO_LIFTS)
    if calendar.lock(tx, project.key) is None:
        raise Refused(Gone("lock"))
    return project
