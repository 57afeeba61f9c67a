"""Naru declares the rollback itself where the policy says so; a database step waits for a person."""

from __future__ import annotations

from commands import context
from commands.context import Case
from commands.readiness import readiness_of
from commands.record import record
from commands.requests import DeclareRollback
from commands.rollback import by_deployer
from commands.rollback.case import room_case
from commands.rollback.declare import declare_rollback
from commands.rollback.keep import keep
from domain.criteria.model import Breach, BreachState
from domain.criteria.told import criterion, evidence
from domain.events import BreachDeclared, Event, StepMoved
from domain.guards import is_in_production
from domain.needs import NotInProduction
from domain.people import BOT, Origin, Via
from domain.readiness import migrates
from domain.refusals import Refused
from domain.rollback import RESTORING, Room, StepKey
from domain.rollback.model import StepState
from domain.rollback.moves import Move, move
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
        migration=bool(migrates(found.release, ready) or ready.ways),
        database_first=ready.database_first,
    )
    try:
        declare_rollback(tx, request, _NARU)
    except Refused:
        return False
    declared = breaches.get(tx, breach.id) or breach
    event = BreachDeclared(release=found.release.id, version=found.version, breach=declared)
    record(tx, _NARU, found.project, [event], release=releases.get(tx, found.release.id))
    _begin(tx, found.release.id)
    return declared.state is BreachState.DECLARED


def _begin(tx: Tx, release: str) -> None:
    """Application and traffic begin; what the plan has after the database waits for it."""
    room = rooms.active_of(tx, release)
    if room is None:
        return
    found = room_case(tx, room.id)
    after, events = found.room, list[Event]()
    for key in _before_the_database(found.room):
        after = move(after, key, Move.STARTED, by="", at=found.at)
        events.append(StepMoved(room=room.id, step=key, state=Move.STARTED))
    if events:
        saved = keep(tx, found, after, _NARU, events)
        for key in _before_the_database(found.room):
            by_deployer.begin(tx, found, saved, key, _NARU)


def _before_the_database(room: Room) -> list[StepKey]:
    keys = [step.key for step in room.steps if step.key in RESTORING and step.state is StepState.WAITING]
    if StepKey.DATABASE in keys:
        keys = keys[: keys.index(StepKey.DATABASE)]
    return [key for key in keys if key is not StepKey.CACHES]
