"""What each rule of the calendar says at one instant, and until when it says so."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import assert_never

from domain.calendar.blackouts import Blackout
from domain.calendar.entries import Calendar, Cover, Freeze, GateRule, Permit
from domain.calendar.holidays import DayRule
from domain.calendar.reasons import GateAction, GateReason, Question, Verdict
from domain.calendar.type_rules import BlackoutRule, HolidayRule, NoDeployRule, WindowRule
from domain.people import Role
from domain.types import ReleaseType


@dataclass(frozen=True, slots=True)
class Reading:
    """One rule at one instant: its reason if any, and `until`, before which it says the same (None: always).

    `permit` is the exception that silences a reason.
    """

    reason: GateReason | None
    until: datetime | None
    permit: Permit | None = None


def readings(calendar: Calendar, question: Question, at: datetime) -> Iterator[Reading]:
    """What every rule that binds this action says at `at`, exceptions heeded."""
    permits = [permit for permit in calendar.permits if _is_for(permit, question)]
    for reading in _rules(calendar, question, at):
        yield _permitted(reading, permits, at) if permits else reading


def _rules(calendar: Calendar, question: Question, at: datetime) -> Iterator[Reading]:
    match question.action:
        case GateAction.DEPLOY:
            yield from _lock(calendar, at)
            yield from _blackouts(calendar, question, at)
            yield from _holidays(calendar, question, at)
            yield from _windows(calendar, question.rules.window, at)
            yield from _no_deploy_hours(calendar, question.rules.no_deploy_hours, at)
        case GateAction.MERGE_FEATURE:
            yield from _freezes(calendar, question, at)
            if not _goes_to_own_branch(question):
                yield from _slot_freezes(calendar, at)
        case GateAction.MERGE_FIX:
            return  # fixes are what a freeze is for
        case _:
            assert_never(question.action)


# --- exceptions -------------------------------------------------------------------------------------------


def _is_for(permit: Permit, question: Question) -> bool:
    """A release's own, and for merges one from the freeze that is in the way, whoever merges."""
    if question.action is GateAction.DEPLOY:
        return permit.release_id == question.release_id and permit.rule is not GateRule.CODE_FREEZE
    return permit.rule is GateRule.CODE_FREEZE


def _permitted(reading: Reading, permits: list[Permit], at: datetime) -> Reading:
    """Silenced by an exception that names exactly this rule and this entry, for as long as it lasts."""
    reason = reading.reason
    if reason is None or not reason.exceptionable:
        return reading
    mine = [permit for permit in permits if (permit.rule, permit.subject) == (reason.rule, reason.subject)]
    ends = [reading.until] if reading.until else []
    for permit in mine:
        if permit.since <= at < permit.until:
            return Reading(None, min([permit.until, *ends]), permit)
    return Reading(reason, min([*ends, *(p.since for p in mine if p.since > at)], default=None))


def _grantors(calendar: Calendar, rule: GateRule) -> tuple[Role, ...]:
    rules = calendar.rules.exceptions
    return rules.blackout if rule is GateRule.BLACKOUT else rules.others


# --- deploys ----------------------------------------------------------------------------------------------


def _lock(calendar: Calendar, at: datetime) -> Iterator[Reading]:
    lock = calendar.lock
    if lock is None:
        return
    if at < lock.since:
        yield Reading(None, lock.since)
        return
    reason = GateReason(
        rule=GateRule.LOCK, verdict=Verdict.CLOSED, subject=lock.release_id, detail=lock.reason
    )
    yield Reading(reason, None)


def _blackouts(calendar: Calendar, question: Question, at: datetime) -> Iterator[Reading]:
    times = calendar.blackout_times(at)
    for blackout in times.active(at):
        if blackout.scope.binds(question.release_type, question.environment):
            yield Reading(_blackout(calendar, question, blackout), blackout.end)
    yield Reading(None, times.next_start(at))


def _blackout(calendar: Calendar, question: Question, blackout: Blackout) -> GateReason:
    return GateReason(
        rule=GateRule.BLACKOUT,
        verdict=Verdict.CLOSED,
        subject=blackout.id,
        name=blackout.name,
        detail=blackout.reason,
        until=blackout.end,
        grantors=_who_opens_blackouts(calendar, question.rules.blackout),
    )


def _who_opens_blackouts(calendar: Calendar, rule: BlackoutRule) -> tuple[Role, ...]:
    match rule:
        case BlackoutRule.PM_EXCEPTION:
            return _grantors(calendar, GateRule.BLACKOUT)
        case BlackoutRule.NO_EXCEPTION:
            return ()
        case _:
            assert_never(rule)


def _holidays(calendar: Calendar, question: Question, at: datetime) -> Iterator[Reading]:
    off, rules = calendar.days_off(at), calendar.rules.holidays
    for rule, means, days in (
        (GateRule.HOLIDAY, rules.deploys, off.holidays),
        (GateRule.HOLIDAY_EVE, rules.deploys_on_eves, off.eves),
    ):
        if means is DayRule.OPEN or question.rules.holidays is HolidayRule.EXEMPT:
            continue
        closes = means is DayRule.CLOSED and question.rules.holidays is HolidayRule.BOUND
        for day in days.active(at):
            reason = GateReason(
                rule=rule,
                verdict=Verdict.CLOSED if closes else Verdict.WARN,
                subject=day.day.isoformat(),
                name=day.day.isoformat(),
                names=day.name,
                until=day.end,
                grantors=_grantors(calendar, rule) if closes else (),
            )
            yield Reading(reason, day.end)
        yield Reading(None, days.next_start(at) or _next_year(at))


def _windows(calendar: Calendar, rule: WindowRule, at: datetime) -> Iterator[Reading]:
    match rule:
        case WindowRule.REQUIRED if not calendar.rules.windows:
            yield Reading(GateReason(rule=GateRule.NO_WINDOWS, verdict=Verdict.CLOSED), None)
        case WindowRule.REQUIRED:
            now = calendar.windows.state(at)
            yield Reading(None if now.within else _hours(calendar, GateRule.WINDOW, now.until), now.until)
        case WindowRule.BUSINESS_HOURS_PREFERRED:
            now = calendar.business_hours.state(at)
            late = GateReason(rule=GateRule.BUSINESS_HOURS, verdict=Verdict.WARN, until=now.until)
            yield Reading(None if now.within else late, now.until)
        case WindowRule.ANY_TIME:
            return
        case _:
            assert_never(rule)


def _no_deploy_hours(calendar: Calendar, rule: NoDeployRule, at: datetime) -> Iterator[Reading]:
    match rule:
        case NoDeployRule.EXEMPT:
            return
        case NoDeployRule.BLOCKED:
            now = calendar.no_deploy_hours.state(at)
            shut = _hours(calendar, GateRule.NO_DEPLOY_HOURS, now.until)
            yield Reading(shut if now.within else None, now.until)
        case _:
            assert_never(rule)


def _hours(calendar: Calendar, rule: GateRule, until: datetime | None) -> GateReason:
    return GateReason(rule=rule, verdict=Verdict.CLOSED, until=until, grantors=_grantors(calendar, rule))


# --- merges -----------------------------------------------------------------------------------------------


def _goes_to_own_branch(question: Question) -> bool:
    return question.release_type is ReleaseType.FEATURE and question.release_id is not None


def _freezes(calendar: Calendar, question: Question, at: datetime) -> Iterator[Reading]:
    for freeze in calendar.freeze_times.active(at):
        if _covers(freeze, question):
            reason = _code_freeze(calendar, freeze.release_id, freeze.version, freeze.ends)
            yield Reading(reason, freeze.ends)
    yield Reading(None, calendar.freeze_times.next_start(at))


def _covers(freeze: Freeze, question: Question) -> bool:
    if freeze.release_id == question.release_id:
        return True
    return freeze.cover is Cover.MAIN_LINE and not _goes_to_own_branch(question)


def _code_freeze(calendar: Calendar, subject: str, name: str, until: datetime | None) -> GateReason:
    return GateReason(
        rule=GateRule.CODE_FREEZE,
        verdict=Verdict.CLOSED,
        subject=subject,
        name=name,
        until=until,
        grantors=_grantors(calendar, GateRule.CODE_FREEZE),
    )


def _slot_freezes(calendar: Calendar, at: datetime) -> Iterator[Reading]:
    freezes = calendar.slot_freezes(at)
    for freeze in freezes.active(at):
        day = freeze.day.isoformat()
        yield Reading(_code_freeze(calendar, day, day, freeze.ends), freeze.ends)
    yield Reading(None, freezes.next_start(at) or _next_year(at))


def _next_year(at: datetime) -> datetime:
    """Where the layout of a year says nothing more, the next year's is asked."""
    return datetime(at.year + 1, 1, 1, tzinfo=UTC)
