"""Somebody who was called is on it: nobody is called any more."""

from __future__ import annotations

from dataclasses import replace

from commands import context
from commands.context import Case
from commands.paging import call
from commands.record import record
from commands.requests import AnswerPage
from commands.rollback import inside
from domain.criteria.model import BreachState
from domain.events import PageAnswered
from domain.paging import Page, PageEnd
from domain.people import Origin, Role
from domain.refusals import AlreadySo, Gone, NotAllowed, Refused
from domain.views import Happened
from storage import breaches, pages
from storage.db import Tx


def answer(tx: Tx, request: AnswerPage, origin: Origin) -> Happened:
    """Whoever is called may, and who leads incidents. Raises Refused."""
    known = pages.get(tx, request.page)
    if known is None:
        raise Refused(Gone("page"))
    found = context.case(tx, known.release)
    page = pages.get(tx, request.page) or known
    if not page.open:
        raise Refused(AlreadySo("page", page.by))
    _may_answer(tx, found, page, origin)
    breach = breaches.get(tx, page.breach)
    if breach is None:
        raise Refused(Gone("breach"))
    if breach.state is BreachState.OPEN:
        breach = replace(
            breach,
            state=BreachState.ACKNOWLEDGED,
            by=origin.actor.user,
            held=breach.value,
            changed_at=found.at,
        )
        breaches.save(tx, breach)
    call.end(tx, page.breach, PageEnd.ACKNOWLEDGED, found.at, by=origin.actor.user)
    event = PageAnswered(release=found.release.id, version=found.version, page=page.id, breach=breach)
    record(tx, origin, found.project, [event], release=found.release)
    inside.told(tx, found, event, origin)
    return Happened(event)


def _may_answer(tx: Tx, found: Case, page: Page, origin: Origin) -> None:
    roles = tuple(dict.fromkeys((*call.reached(found, page), Role.INCIDENT_COMMANDER)))
    may = {*call.whom(tx, found, page), *found.roster.anyone(roles)}
    if origin.actor.user not in may:
        raise Refused(NotAllowed("page", roles, tuple(sorted(may))))
