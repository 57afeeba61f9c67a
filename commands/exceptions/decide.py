"""Grant an exception for a time, or deny it: by the policy's roles, never by who asks."""

from __future__ import annotations

from dataclasses import replace

from commands.exceptions import case
from commands.exceptions.ask import OPENABLE
from commands.exceptions.case import ExceptionCase
from commands.requests import DecideException
from domain.calendar.exceptions import ExceptionState, FreezeException, granted
from domain.events import ExceptionDecided
from domain.people import Origin
from domain.refusals import AlreadySo, NotAllowed, OwnExceptionRequest, Refused, TextMissing, TooLate
from domain.views import Happened
from storage.db import Tx


def decide(tx: Tx, request: DecideException, origin: Origin) -> Happened:
    """The channel is told of what is granted, who asked of every decision. Raises Refused."""
    found = case.load(tx, request.exception)
    may_decide(found, origin)
    note = request.note.strip()
    if not request.grant and not note:
        raise Refused(TextMissing("reason"))
    decided = _granted(found, request, origin) if request.grant else _denied(found, note, origin)
    event = ExceptionDecided(
        exception=decided.id,
        release=decided.release,
        version=found.version,
        restriction=decided.restriction,
        granted=request.grant,
        since=decided.since if decided.since != found.at else None,
        until=decided.until,
        single_use=decided.single_use,
        note=note,
    )
    case.keep(tx, found, decided, origin, event)
    case.tell(tx, found, origin, event, channel=request.grant, users=[decided.asked_by])
    return Happened(event)


def _granted(found: ExceptionCase, request: DecideException, origin: Origin) -> FreezeException:
    asked = found.exception
    return granted(
        asked,
        origin.actor.user,
        found.at,
        length=asked.length if request.length is None else request.length,
        longest=found.project.policy.calendar.exceptions.longest,
        single_use=asked.single_use if request.single_use is None else request.single_use,
        note=request.note.strip(),
    )


def _denied(found: ExceptionCase, note: str, origin: Origin) -> FreezeException:
    return replace(
        found.exception,
        state=ExceptionState.DENIED,
        decided_by=origin.actor.user,
        decided_at=found.at,
        note=note,
    )


def may_decide(found: ExceptionCase, origin: Origin) -> None:
    """Raises Refused."""
    asked, release = found.exception, found.release
    if origin.actor.user == asked.asked_by:
        raise Refused(OwnExceptionRequest(found.deciders))
    if origin.actor.user not in found.deciders:
        raise Refused(NotAllowed("exception_decide", found.roles, found.deciders))
    if asked.state is not ExceptionState.ASKED:
        raise Refused(AlreadySo(f"exception_{asked.state}", asked.ended_by or asked.decided_by))
    if not asked.merges and release and release.stage not in OPENABLE:
        raise Refused(TooLate(found.version, release.stage))
