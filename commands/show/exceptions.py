"""Exceptions as people see them: one with its decision, the form that asks, those in force, the ledger."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from zoneinfo import ZoneInfo

from commands import context
from commands.exceptions import ask, case, months, people
from commands.exceptions.case import ExceptionCase
from commands.exceptions.judging import known_result, waits_for_judgement
from commands.show.release import project_view
from domain.calendar.entries import GateRule
from domain.calendar.exceptions import (
    Budget,
    ExceptionState,
    FreezeException,
    beyond_budget,
    fingerprint,
    month_of,
    restriction,
    standing,
)
from domain.calendar.gate import GateAction, GateAnswer, GateReason
from domain.views import ExceptionForm, ExceptionsView, ExceptionView, LedgerView, NeededException
from storage import exceptions, releases
from storage.db import Tx

_LIVE = (ExceptionState.ASKED, ExceptionState.GRANTED)


def exception(tx: Tx, exception_id: str) -> ExceptionView:
    """As its deciders see it. Raises Refused(Gone)."""
    found = case.look(tx, exception_id)
    return _view(found, months.budget_at(tx, found.project, found.exception.asked_at))


def _view(found: ExceptionCase, budget: Budget) -> ExceptionView:
    return ExceptionView(
        project=project_view(found.project),
        exception=found.exception,
        version=found.version,
        roles=found.roles,
        deciders=found.deciders,
        owners=found.project.policy.owners,
        budget=budget,
        at=found.at,
        known=known_result(found.exception, found.release),
        to_judge=waits_for_judgement(found.exception, found.release),
    )


def form(
    tx: Tx, project: str, release: str, action: GateAction, since: datetime | None, by: str
) -> ExceptionForm:
    """What somebody would have to ask for at `since`, None being now. Raises Refused."""
    wished = ask.wish(tx, project, release, action)
    ahead = since if since and since > wished.at else None
    begins = ahead or wished.at
    answer = ask.answer_at(tx, wished, begins)
    reasons = ask.grantable(answer)
    longest = wished.project.policy.calendar.exceptions.longest
    opened = ask.answer_with(tx, wished, tuple(map(restriction, reasons)), begins, begins + longest)
    return ExceptionForm(
        project=project_view(wished.project),
        release=wished.release,
        action=action,
        since=ahead,
        needed=tuple(_needed(wished, reasons, ask.waiting(tx, wished, begins), by)),
        stays_closed=opened.closing,
        closes_at=_closes_at(opened, begins + longest),
        longest=longest,
        budget=months.budget_at(tx, wished.project, wished.at),
        owners=wished.project.policy.owners,
        closed=fingerprint(map(restriction, answer.closing)),
    )


def _needed(
    wished: ask.Wish, reasons: tuple[GateReason, ...], already: Mapping[str, str], by: str
) -> Iterator[NeededException]:
    for reason in reasons:
        found = restriction(reason)
        roles = people.roles_for(wished.project, found.rule)
        yield NeededException(
            restriction=found,
            roles=roles,
            deciders=people.deciders(wished.roster, roles, by),
            until=reason.until,
            asked_by=already.get(found.key, ""),
        )


def _closes_at(opened: GateAnswer, exceptions_end: datetime) -> datetime | None:
    """When something else closes what the exceptions have opened."""
    closes = opened.next_change
    return closes if not opened.closing and closes and closes < exceptions_end else None


def live(tx: Tx, project_key: str) -> ExceptionsView:
    """Those that wait for a decision, and those that are granted."""
    project = context.project_of(tx, project_key)
    at = tx.now()
    found = [one for one in exceptions.of_project(tx, project.key, _LIVE) if standing(one, at) is one.state]
    budget = months.budget_at(tx, project, at)
    return ExceptionsView(project=project_view(project), exceptions=_views(tx, found, budget), budget=budget)


def ledger(tx: Tx, project_key: str, month: date | None = None) -> LedgerView:
    """Every exception that was asked in a local month, None being the current one."""
    project = context.project_of(tx, project_key)
    of = month.replace(day=1) if month else month_of(tx.now(), ZoneInfo(project.policy.zone))
    asked = months.asked_in(tx, project, of)
    budget = months.budget_of(project, of, asked)
    return LedgerView(
        project=project_view(project),
        budget=budget,
        exceptions=_views(tx, asked, budget),
        beyond=beyond_budget(asked, budget.limit),
    )


def _views(
    tx: Tx, found: tuple[FreezeException, ...] | list[FreezeException], budget: Budget
) -> tuple[ExceptionView, ...]:
    """In the order in which they were asked; those asked together as the gate names them."""
    rules = list(GateRule)
    found = sorted(found, key=lambda one: (one.asked_at, rules.index(one.restriction.rule), one.id))
    concerned = {one.release: releases.get(tx, one.release) for one in found if one.release}
    cases = (case.around(tx, one, concerned.get(one.release)) for one in found)
    return tuple(_view(one, budget) for one in cases)
