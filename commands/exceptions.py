"""Freeze exceptions: a PM's permission for one release in one blackout, asked from the closed gate."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from commands import context
from commands.change import plan_release
from commands.context import Case
from commands.record import copies, lane, record, send
from commands.requests import AskException, DecideException
from domain.calendar.entries import GateRule
from domain.calendar.exceptions import FreezeException
from domain.errands import ShowCopies, SurfaceKind, ToPerson
from domain.events import ExceptionAsked, ExceptionDecided
from domain.people import Origin, Role
from domain.refusals import (
    AlreadySo,
    Gone,
    NoException,
    NotAllowed,
    OwnExceptionRequest,
    Refused,
    TextMissing,
    TooLate,
)
from domain.types import BEFORE_DEPLOY
from domain.views import Happened
from storage import calendar as entries
from storage import outbox
from storage.db import Tx
from storage.ids import new_id

LONGEST_HOURS = 24
MAY_ASK = (Role.RELEASE_MANAGER, Role.DEVOPS, Role.TECH_LEAD, Role.INCIDENT_COMMANDER)


def ask(tx: Tx, request: AskException, origin: Origin) -> Happened:
    """Ask the PMs to open a blackout for one release. Raises Refused."""
    found = context.case(tx, request.release)
    may_ask(found, origin)
    for name in ("what", "why", "risk", "way_back"):
        if not getattr(request, name).strip():
            raise Refused(TextMissing(name))
    answer = context.gate_for(tx, found.project, found.release, found.at)
    if not any(r.rule is GateRule.BLACKOUT and r.subject == request.blackout for r in answer.closing):
        raise Refused(NoException(answer))
    open_ = [e for e in entries.exceptions(tx, found.project.key, found.release.id) if e.state == "asked"]
    if any(e.blackout == request.blackout for e in open_):
        raise Refused(AlreadySo("exception_asked", open_[0].asked_by))
    made = FreezeException(
        id=new_id(),
        project=found.project.key,
        release=found.release.id,
        blackout=request.blackout,
        state="asked",
        asked_by=origin.actor.user,
        asked_at=found.at,
        what=request.what.strip(),
        why=request.why.strip(),
        risk=request.risk.strip(),
        way_back=request.way_back.strip(),
    )
    entries.put_exception(tx, made)
    event = ExceptionAsked(
        exception=made.id,
        release=made.release,
        version=found.version,
        blackout=made.blackout,
        what=made.what,
        why=made.why,
        risk=made.risk,
        way_back=made.way_back,
    )
    record(tx, origin, found.project, [event], release=found.release)
    deciders = found.roster.holders(Role.PM) - {origin.actor.user}
    copies(tx, SurfaceKind.EXCEPTION, made.id, sorted(deciders))
    return Happened(event)


def may_ask(found: Case, origin: Origin) -> None:
    """Raises Refused."""
    context.require(found.roster, origin, "exception", *MAY_ASK)
    if found.release.stage not in BEFORE_DEPLOY:
        raise Refused(TooLate(found.version, found.release.stage))


def decide(tx: Tx, request: DecideException, origin: Origin) -> Happened:
    """Grant for at most a day, or deny: never by who asked. Raises Refused."""
    asked = entries.exception(tx, request.exception, lock=True)
    if asked is None:
        raise Refused(Gone("exception"))
    found = context.case(tx, asked.release)
    may_decide(found, asked, origin)
    hours = min(max(request.hours, 1), LONGEST_HOURS)
    decided = replace(
        asked,
        state="granted" if request.grant else "denied",
        decided_by=origin.actor.user,
        since=found.at if request.grant else None,
        until=found.at + timedelta(hours=hours) if request.grant else None,
        note=request.note.strip(),
    )
    entries.put_exception(tx, decided)
    event = ExceptionDecided(
        exception=asked.id,
        release=asked.release,
        version=found.version,
        blackout=asked.blackout,
        granted=request.grant,
        until=decided.until,
        note=decided.note,
    )
    record(tx, origin, found.project, [event], release=found.release)
    plan_release(tx, found)
    outbox.add(tx, [lane(f"dm:exception:{asked.id}", f"{asked.id}:{decided.state}", ShowCopies(asked.id))])
    send(tx, found.project, origin, [(ToPerson(asked.asked_by), event)])
    return Happened(event)


def may_decide(found: Case, asked: FreezeException, origin: Origin) -> None:
    """Raises Refused."""
    holders = found.roster.holders(Role.PM)
    if origin.actor.user not in holders:
        raise Refused(NotAllowed("exception_decide", (Role.PM,), tuple(sorted(holders))))
    if origin.actor.user == asked.asked_by:
        raise Refused(OwnExceptionRequest(tuple(sorted(holders - {asked.asked_by}))))
    if asked.state != "asked":
        raise Refused(AlreadySo(f"exception_{asked.state}", asked.decided_by))


def use(tx: Tx, project: str, release: str) -> None:
    """A deploy that an exception let through uses it up: it is for one deploy."""
    for found in entries.exceptions(tx, project, release):
        if found.state == "granted":
            entries.put_exception(tx, replace(found, state="used"))
