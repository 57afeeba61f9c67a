"""Change one's mind: a granted exception is taken back at once, a request by who made it."""

from __future__ import annotations

from dataclasses import replace

from commands.exceptions import case
from commands.exceptions.case import ExceptionCase
from commands.requests import RevokeException
from domain.calendar.exceptions import ExceptionState
from domain.events import ExceptionRevoked
from domain.people import Origin
from domain.refusals import AlreadySo, NotAllowed, Refused, TextMissing
from domain.views import Happened
from storage.db import Tx

_OPEN = frozenset({ExceptionState.ASKED, ExceptionState.GRANTED})


def revoke(tx: Tx, request: RevokeException, origin: Origin) -> Happened:
    """The gate closes again, on a rollout under way too; whoever was told is told. Raises Refused."""
    found = case.load(tx, request.exception)
    may_revoke(found, origin)
    reason = request.reason.strip()
    if not reason:
        raise Refused(TextMissing("reason"))
    before = found.exception
    granted = before.state is ExceptionState.GRANTED
    after = replace(
        before,
        state=ExceptionState.REVOKED,
        ended_at=found.at,
        ended_by=origin.actor.user,
        ended_note=reason,
    )
    event = ExceptionRevoked(
        exception=before.id,
        release=before.release,
        version=found.version,
        restriction=before.restriction,
        granted=granted,
        reason=reason,
    )
    case.keep(tx, found, after, origin, event)
    told = [before.asked_by, before.decided_by] if granted else []
    case.tell(tx, found, origin, event, channel=granted, users=told)
    return Happened(event)


def may_revoke(found: ExceptionCase, origin: Origin) -> None:
    """Who asked, and while it is granted everybody who could decide. Raises Refused."""
    of = found.exception
    granted = of.state is ExceptionState.GRANTED
    who = {of.asked_by, *(found.deciders if granted or of.state not in _OPEN else ())}
    if origin.actor.user not in who:
        raise Refused(NotAllowed("exception_revoke", found.roles if granted else (), tuple(sorted(who))))
    if of.state not in _OPEN:
        raise Refused(AlreadySo(f"exception_{of.state}", of.ended_by or of.decided_by))
