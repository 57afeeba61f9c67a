"""The earliest legal time for a deploy, and what binds it (spec 3.2, `/release when`)."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from domain.calendar.entries import Calendar, Permit
from domain.calendar.gate import gate
from domain.calendar.intervals import FOREVER
from domain.calendar.reasons import GateReason, Question, Verdict

_INSTANT = timedelta(microseconds=1)


class Wait(StrEnum):
    """What a release itself still needs before its deploy."""

    FREEZE = "freeze"  # the freeze and the QA days within it
    SOAK = "soak"
    APPROVERS = "approvers"


@dataclass(frozen=True, slots=True)
class Preparation:
    """One thing that takes until `until` at the earliest."""

    wait: Wait
    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Earliest:
    """When it can be deployed at the earliest, None when no clock ever opens the gate.

    `ready_at` is when the release itself is ready. `binds` is what decides the time: the last reason of the
    gate that ends there, else the longest preparation, else None (it could go now). `warned` are the reasons
    that warn at that time. `opens_by_exception` are the reasons that an exception could silence.
    """

    at: datetime | None
    ready_at: datetime
    binds: GateReason | Preparation | None
    warned: tuple[GateReason, ...] = ()

    @property
    def opens_by_exception(self) -> bool:
        return isinstance(self.binds, GateReason) and self.binds.exceptionable


def earliest(
    calendar: Calendar, *, question: Question, preparations: Iterable[Preparation], at: datetime
) -> Earliest:
    """The first time from `at` on that is not closed, once all preparations are over."""
    longest = max(preparations, key=lambda one: one.until, default=None)
    ready = max(at, longest.until) if longest else at
    answer = gate(calendar, question=question, at=ready)
    if answer.verdict is not Verdict.CLOSED:
        binds = longest if longest and longest.until > at else None
        return Earliest(at=ready, ready_at=ready, binds=binds, warned=answer.reasons)
    if answer.next_open is None:
        return Earliest(at=None, ready_at=ready, binds=_unending(answer.closing))
    then = gate(calendar, question=question, at=answer.next_open)
    before = gate(calendar, question=question, at=answer.next_open - _INSTANT)
    return Earliest(at=then.at, ready_at=ready, binds=before.closing[0], warned=then.reasons)


def _unending(closing: tuple[GateReason, ...]) -> GateReason:
    return max(closing, key=lambda reason: reason.until or FOREVER)


def with_exception(calendar: Calendar, question: Question, reason: GateReason, since: datetime) -> Calendar:
    """The calendar as it were with an exception from this reason, for as long as the reason holds."""
    permit = Permit(
        id="",
        rule=reason.rule,
        subject=reason.subject,
        release_id=question.release_id or "",
        granted_by="",
        since=since,
        until=reason.until or FOREVER,
    )
    return replace(calendar, permits=(*calendar.permits, permit))
