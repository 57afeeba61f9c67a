"""The one answer to "may this be deployed or merged, and if not, why and until when?" (spec 3.2)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.calendar.entries import Calendar, Permit
from domain.calendar.readings import Reading, readings, reason_of
from domain.calendar.reasons import GateAction, GateReason, Question, Verdict
from domain.people import Role

__all__ = ["GateAction", "GateAnswer", "GateReason", "Question", "Verdict", "gate", "reasons_at"]

# What recurs has shown all it ever does within this long after the last dated entry, holidays too.
_LOOK_AHEAD = timedelta(days=400)


@dataclass(frozen=True, slots=True, kw_only=True)
class GateAnswer:
    """Open, warn or closed at `at`, with every reason, closing ones first.

    `next_open` is when a closed gate is closed no more; None while it is not closed, or when no clock opens
    it. `next_change` is when the verdict becomes another one, None if it never does.
    `permits` are the exceptions that silenced a reason.
    """

    verdict: Verdict
    at: datetime
    reasons: tuple[GateReason, ...] = ()
    next_open: datetime | None = None
    next_change: datetime | None = None
    permits: tuple[Permit, ...] = ()

    @property
    def closing(self) -> tuple[GateReason, ...]:
        """The reasons that close."""
        return tuple(reason for reason in self.reasons if reason.verdict is Verdict.CLOSED)

    @property
    def exceptionable(self) -> bool:
        """Whether an exception can be asked for; the other reasons that close stay closed with it."""
        return any(reason.exceptionable for reason in self.closing)

    @property
    def who_can_grant(self) -> tuple[Role, ...]:
        """The roles that may grant an exception to one of the reasons that close."""
        return tuple(dict.fromkeys(role for reason in self.closing for role in reason.grantors))


def gate(calendar: Calendar, *, question: Question, at: datetime) -> GateAnswer:
    """The calendar's answer at `at`, an aware UTC instant before the year 9000.

    A type that needs a window is closed in a project without windows; other types do not ask for one.
    """
    read = readings(calendar, question, at)
    verdict = _verdict(read)
    change = _next_change(calendar, question, at, read)
    return GateAnswer(
        verdict=verdict,
        at=at,
        reasons=_reasons(calendar, question, read),
        next_open=change if verdict is Verdict.CLOSED else None,
        next_change=change,
        permits=tuple(one.permit for one in read if one.permit),
    )


def reasons_at(calendar: Calendar, *, question: Question, at: datetime) -> tuple[GateReason, ...]:
    """The reasons of the gate's answer, for who asks about many times and needs no more."""
    return _reasons(calendar, question, readings(calendar, question, at))


def _reasons(calendar: Calendar, question: Question, read: list[Reading]) -> tuple[GateReason, ...]:
    """Closing ones first."""
    closing = [one for one in read if one.verdict is Verdict.CLOSED]
    warning = [one for one in read if one.verdict is Verdict.WARN]
    return tuple(reason_of(calendar, question, one) for one in (*closing, *warning))


def _verdict(read: list[Reading]) -> Verdict:
    """The strictest; a rule that says nothing is open."""
    said = [one.verdict for one in read if one.verdict]
    if not said:
        return Verdict.OPEN
    return Verdict.CLOSED if Verdict.CLOSED in said else Verdict.WARN


def _next_change(
    calendar: Calendar, question: Question, at: datetime, read: list[Reading]
) -> datetime | None:
    """When the verdict becomes another one; remembered, for until then the answer to that is the same.

    An exception binds a release and a time of its own: with any, nothing is remembered.
    """
    if calendar.permits:
        return _walk(calendar, question, at, read)
    known = calendar.stretches(
        question.rules, (question.action, question.release_type, question.release_id, question.environment)
    )
    end = known.end(at)
    if end is None and (end := _walk(calendar, question, at, read)):
        known.learn(at, end)
    return end


def _walk(calendar: Calendar, question: Question, at: datetime, read: list[Reading]) -> datetime | None:
    """Goes from one instant at which something may change to the next, until the verdict is another one."""
    limit = max(at, calendar.last_dated or at) + _LOOK_AHEAD
    before = _verdict(read)
    while at < limit:
        step = _next_step(read, before)
        if step is None:
            return None
        at = step
        read = readings(calendar, question, at)
        if _verdict(read) is not before:
            return at
    return None


def _next_step(read: list[Reading], verdict: Verdict) -> datetime | None:
    """A closed gate stays closed until the last of its closing rules has changed its mind."""
    if verdict is not Verdict.CLOSED:
        return min((one.until for one in read if one.until), default=None)
    closing = [one.until for one in read if one.verdict is Verdict.CLOSED]
    known = [until for until in closing if until is not None]
    return max(known) if len(known) == len(closing) else None
