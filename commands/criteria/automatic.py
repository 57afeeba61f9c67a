"""Naru declares the rollback itself where the policy says so; a database step waits for a person."""

from __future__ import annotations

from commands import context
from commands.context import Case
from commands.readiness import readiness_of
from commands.record import record
from commands.requests import DeclareRollback
from commands.rollback.declare import declare_rollback
from domain.criteria.model import Breach, BreachState
from domain.criteria.told import criterion, evidence, stops
from domain.events import BreachDeclared
from domain.guards import is_in_production
from domain.needs import NotInProduction
from domain.people import BOT, Origin, Via
from domain.readiness import migration_known
from domain.refusals import Refused
from domain.rollback import StepKey
from storage import breaches, releases, rooms
from storage.db import Tx

_NARU = Origin(BOT, Via.TIMER)


def runs_instead(tx: Tx, found: Case) -> str:
    """The version that is in production in place of this one; empty where this one can be taken back."""
    now = context.situation(tx, found, _NARU)
    needs = (missing.need for missing in is_in_production(found.release, now))
    return next((need.production for need in needs if isinstance(need, NotInProduction)), "")


def declare(tx: Tx, found: Case, breach: Breach) -> bool:
    """Whether it could: one that is under way already, or a version that is not in production, needs none.

    What it is told of the database is what a person would be shown: what QA said and what was detected.
    """
    ready = readiness_of(tx, found.project, found.release, found.at)
    request = DeclareRollback(
        release=found.release.id,
        criteria=(criterion(breach),),
        evidence=evidence(breach),
        migration=migration_known(found.release, ready),
        database_first=ready.database_first,
        outage=stops(breach),
    )
    try:
        declare_rollback(tx, request, _NARU)
    except Refused:
        return False
    declared = breaches.get(tx, breach.id) or breach
    room = rooms.active_of(tx, found.release.id)
    waits = room is not None and room.step(StepKey.DATABASE) is not None
    event = BreachDeclared(release=found.release.id, version=found.version, breach=declared, database=waits)
    record(tx, _NARU, found.project, [event], release=releases.get(tx, found.release.id))
    return declared.state is BreachState.DECLARED
