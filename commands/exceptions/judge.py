"""Judge an exception afterwards: did it fail, was it urgent, was the reason true?"""

from __future__ import annotations

from dataclasses import replace

from commands.exceptions import case, people
from commands.exceptions.case import ExceptionCase
from commands.exceptions.judging import can_be_judged
from commands.requests import JudgeException
from domain.calendar.exceptions import Judgement
from domain.events import ExceptionJudged
from domain.people import Origin, Role
from domain.refusals import AlreadySo, NotAllowed, NotJudgedYet, OwnExceptionRequest, Refused
from domain.views import Happened
from storage.db import Tx


def judge(tx: Tx, request: JudgeException, origin: Origin) -> Happened:
    """Once; it stands in the ledger from then on. Raises Refused."""
    found = case.load(tx, request.exception)
    may_judge(found, origin)
    note = request.note.strip()
    judgement = Judgement(
        result=request.result,
        urgent=request.urgent,
        reason_true=request.reason_true,
        by=origin.actor.user,
        at=found.at,
        note=note,
    )
    event = ExceptionJudged(
        exception=found.exception.id,
        release=found.exception.release,
        version=found.version,
        restriction=found.exception.restriction,
        result=request.result,
        urgent=request.urgent,
        reason_true=request.reason_true,
        note=note,
    )
    case.keep(tx, found, replace(found.exception, judgement=judgement), origin, event)
    return Happened(event)


def may_judge(found: ExceptionCase, origin: Origin) -> None:
    """Who decided, or a release manager, but never who asked. Raises Refused."""
    of, who = found.exception, people.may_judge(found.roster, found.exception)
    if origin.actor.user == of.asked_by:
        raise Refused(OwnExceptionRequest(who))
    if origin.actor.user not in who:
        raise Refused(NotAllowed("exception_judge", (Role.RELEASE_MANAGER,), who))
    if of.judgement is not None:
        raise Refused(AlreadySo("exception_judged", of.judgement.by))
    if not can_be_judged(of, found.release):
        raise Refused(NotJudgedYet())
