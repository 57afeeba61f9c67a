"""The earliest legal time for a deploy, and what binds it (spec 3.2, `/release when`)."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from domain.calendar.entries import Calendar, GateRule, Permit
from domain.calendar.gate import gate
from domain.calendar.intervals import FOREVER
from domain.calendar.readings import readings, reason_of
from domain.calendar.reasons import GateReason, Question, Verdict
from domain.calendar.type_rules import BlackoutRule

# Of a long row without a gap those that are met first would open it earliest, if any alone does.
_TRIED = 12
_WEEKLY = frozenset({GateRule.WINDOW, GateRule.NO_DEPLOY_HOURS})


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

    `ready_at` is when the release itself is ready. `binds` is what decides the time: of the reasons of the
    gate `in_the_way` from then on the one without which it would be earlier, else the longest preparation,
    else None (it could go now). `warned` are the reasons that warn at that time, `permits` the exceptions
    that open it.
    """

    at: datetime | None
    ready_at: datetime
    binds: GateReason | Preparation | None
    in_the_way: tuple[GateReason, ...] = ()
    warned: tuple[GateReason, ...] = ()
    permits: tuple[Permit, ...] = ()

    @property
    def opens_by_exception(self) -> bool:
        return isinstance(self.binds, GateReason) and self.binds.exceptionable

    def before(self, other: "Earliest") -> bool:
        return (self.at or FOREVER) < (other.at or FOREVER)


def earliest(
    calendar: Calendar, *, question: Question, preparations: Iterable[Preparation], at: datetime
) -> Earliest:
    """The first time from `at` on that is not closed, once all preparations are over."""
    longest = max(preparations, key=lambda one: one.until, default=None)
    ready = max(at, longest.until) if longest else at
    answer = gate(calendar, question=question, at=ready)
    if answer.verdict is not Verdict.CLOSED:
        binds = longest if longest and longest.until > at else None
        return Earliest(at=ready, ready_at=ready, binds=binds, warned=answer.reasons, permits=answer.permits)
    if answer.next_open is None:
        found = answer.closing
        return Earliest(at=None, ready_at=ready, binds=_unending(found), in_the_way=found)
    then = gate(calendar, question=question, at=answer.next_open)
    found = _in_the_way(calendar, question, ready, then.at)
    binding = _binding(calendar, question, found, ready, then.at)
    return Earliest(
        at=then.at,
        ready_at=ready,
        binds=binding,
        in_the_way=found,
        warned=then.reasons,
        permits=then.permits,
    )


def _unending(closing: tuple[GateReason, ...]) -> GateReason:
    return max(closing, key=lambda reason: reason.until or FOREVER)


def _in_the_way(
    calendar: Calendar, question: Question, since: datetime, until: datetime
) -> tuple[GateReason, ...]:
    """What closes from `since` to `until`, one after another; what recurs once, with its last end.

    What begins and ends while something else closes is left out.
    """
    found: dict[tuple[GateRule, str], GateReason] = {}
    while since < until:
        read = readings(calendar, question, since)
        closing = [reason_of(calendar, question, one) for one in read if one.verdict is Verdict.CLOSED]
        found |= {(reason.rule, reason.subject): reason for reason in closing}
        since = max((reason.until or FOREVER for reason in closing), default=until)
    return tuple(found.values())


def _binding(
    calendar: Calendar, question: Question, found: tuple[GateReason, ...], ready: datetime, then: datetime
) -> GateReason:
    """What alone, left out, would make it earlier: dated entries before the hours of every week, and of
    several what would the most. Where none alone changes anything, the one that ends last.
    """
    any_exception = question.rules.model_copy(update={"blackout": BlackoutRule.PM_EXCEPTION})
    asked = replace(question, release_id=question.release_id or "", rules=any_exception)
    tried = found[:_TRIED]
    without = [_opens(with_exception(calendar, asked, one, ready), asked, ready) for one in tried]
    helping = [(one, opens) for one, opens in zip(tried, without, strict=True) if opens < then]
    if not helping:
        return _unending(found)
    return min(helping, key=lambda pair: (pair[0].rule in _WEEKLY, pair[1]))[0]


def _opens(calendar: Calendar, question: Question, at: datetime) -> datetime:
    answer = gate(calendar, question=question, at=at)
    return at if answer.verdict is not Verdict.CLOSED else answer.next_open or FOREVER


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
