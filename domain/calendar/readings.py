"""What each rule of the calendar says at one instant, and until when it says so."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import NamedTuple, assert_never

from domain.calendar.blackouts import Blackout
from domain.calendar.days_off import WholeDay
from domain.calendar.entries import Calendar, Cover, Freeze, GateRule, Permit
from domain.calendar.exceptions import grantors
from domain.calendar.holidays import DayRule
from domain.calendar.reasons import GateAction, GateReason, Question, Verdict
from domain.calendar.slots import SlotFreeze
from domain.calendar.type_rules import BlackoutRule, HolidayRule, NoDeployRule, WindowRule
from domain.people import Role
from domain.types import ReleaseType

Entry = Blackout | WholeDay | Freeze | SlotFreeze


class Reading(NamedTuple):
    """One rule at one instant: its verdict if it has one, and `until`, before which it says the same (None:
    always). `entry` is what the rule found, `permit` the exception that silences it. A tuple without the
    words of a reason: the next change is found by going from reading to reading.
    """

    verdict: Verdict | None
    until: datetime | None
    rule: GateRule = GateRule.LOCK
    entry: Entry | None = None
    permit: Permit | None = None


def readings(calendar: Calendar, question: Question, at: datetime) -> list[Reading]:
    """What every rule that binds this action says at `at`, exceptions heeded."""
    found = list(_rules(calendar, question, at))
    permits = [permit for permit in calendar.permits if _is_for(permit, question)]
    return [_permitted(calendar, question, one, permits, at) for one in found] if permits else found


def reason_of(calendar: Calendar, question: Question, of: Reading) -> GateReason:
    """The reason behind a reading that has a verdict."""
    verdict, entry = of.verdict or Verdict.OPEN, of.entry
    subject, name, names, detail, until = "", "", None, "", of.until
    match entry:
        case Blackout():
            subject, name, detail, until = entry.id, entry.name, entry.reason, entry.end
        case WholeDay():
            subject = name = entry.day.isoformat()
            names, until = entry.name, entry.end
        case Freeze():
            subject, name, until = entry.release_id, entry.version, entry.ends
        case SlotFreeze():
            subject = name = entry.day.isoformat()
            until = entry.ends
        case None if of.rule is GateRule.LOCK and calendar.lock is not None:
            subject, detail = calendar.lock.release_id, calendar.lock.reason
        case None:
            pass
        case _:
            assert_never(entry)
    return GateReason(
        rule=of.rule,
        verdict=verdict,
        subject=subject,
        name=name,
        names=names,
        detail=detail,
        until=until,
        grantors=_grantors(calendar, question, of.rule) if verdict is Verdict.CLOSED else (),
    )


def _rules(calendar: Calendar, question: Question, at: datetime) -> Iterator[Reading]:
    match question.action:
        case GateAction.DEPLOY:
            yield from _lock(calendar, at)
            yield from _blackouts(calendar, question, at)
            if question.rules.holidays is not HolidayRule.EXEMPT:
                yield from _holidays(calendar, question.rules.holidays, at)
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


def _permitted(
    calendar: Calendar, question: Question, of: Reading, permits: list[Permit], at: datetime
) -> Reading:
    """Silenced by an exception that names exactly this rule and this entry, for as long as it lasts."""
    if of.verdict is not Verdict.CLOSED:
        return of
    reason = reason_of(calendar, question, of)
    if not reason.exceptionable:
        return of
    mine = [permit for permit in permits if (permit.rule, permit.subject) == (reason.rule, reason.subject)]
    ends = [of.until] if of.until else []
    for permit in mine:
        if permit.since <= at < permit.until:
            return Reading(None, min([permit.until, *ends]), permit=permit)
    return of._replace(until=min([*ends, *(p.since for p in mine if p.since > at)], default=None))


def _grantors(calendar: Calendar, question: Question, rule: GateRule) -> tuple[Role, ...]:
    """Who may open it (spec 3.2); a lock is lifted, and a project without windows gets one."""
    match rule:
        case GateRule.LOCK | GateRule.NO_WINDOWS | GateRule.BUSINESS_HOURS:
            return ()
        case GateRule.BLACKOUT if question.rules.blackout is not BlackoutRule.PM_EXCEPTION:
            return ()
        case _:
            return grantors(calendar.rules.exceptions, rule)


# --- deploys ----------------------------------------------------------------------------------------------


def _lock(calendar: Calendar, at: datetime) -> Iterator[Reading]:
    lock = calendar.lock
    if lock is None:
        return
    if at < lock.since:
        yield Reading(None, lock.since)
    else:
        yield Reading(Verdict.CLOSED, None)


def _blackouts(calendar: Calendar, question: Question, at: datetime) -> Iterator[Reading]:
    now, following = calendar.blackout_times(at).around(at)
    for blackout in now:
        if blackout.scope.binds(question.release_type, question.environment):
            yield Reading(Verdict.CLOSED, blackout.end, GateRule.BLACKOUT, blackout)
    yield Reading(None, following)


def _holidays(calendar: Calendar, means: HolidayRule, at: datetime) -> Iterator[Reading]:
    off, rules = calendar.days_off(at), calendar.rules.holidays
    for rule, on_it, days in (
        (GateRule.HOLIDAY, rules.deploys, off.holidays),
        (GateRule.HOLIDAY_EVE, rules.deploys_on_eves, off.eves),
    ):
        if on_it is DayRule.OPEN:
            continue
        closes = on_it is DayRule.CLOSED and means is HolidayRule.BOUND
        now, following = days.around(at)
        for day in now:
            yield Reading(Verdict.CLOSED if closes else Verdict.WARN, day.end, rule, day)
        yield Reading(None, following or _next_year(at))


def _windows(calendar: Calendar, rule: WindowRule, at: datetime) -> Iterator[Reading]:
    match rule:
        case WindowRule.REQUIRED if not calendar.rules.windows:
            yield Reading(Verdict.CLOSED, None, GateRule.NO_WINDOWS)
        case WindowRule.REQUIRED:
            now = calendar.windows.state(at)
            yield Reading(None if now.within else Verdict.CLOSED, now.until, GateRule.WINDOW)
        case WindowRule.BUSINESS_HOURS_PREFERRED:
            now = calendar.business_hours.state(at)
            yield Reading(None if now.within else Verdict.WARN, now.until, GateRule.BUSINESS_HOURS)
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
            yield Reading(Verdict.CLOSED if now.within else None, now.until, GateRule.NO_DEPLOY_HOURS)
        case _:
            assert_never(rule)


# --- merges -----------------------------------------------------------------------------------------------


def _goes_to_own_branch(question: Question) -> bool:
    return question.release_type is ReleaseType.FEATURE and question.release_id is not None


def _freezes(calendar: Calendar, question: Question, at: datetime) -> Iterator[Reading]:
    now, following = calendar.freeze_times.around(at)
    for freeze in now:
        if _covers(freeze, question):
            yield Reading(Verdict.CLOSED, freeze.ends, GateRule.CODE_FREEZE, freeze)
    yield Reading(None, following)


def _covers(freeze: Freeze, question: Question) -> bool:
    if freeze.release_id == question.release_id:
        return True
    return freeze.cover is Cover.MAIN_LINE and not _goes_to_own_branch(question)


def _slot_freezes(calendar: Calendar, at: datetime) -> Iterator[Reading]:
    now, following = calendar.slot_freezes(at).around(at)
    for freeze in now:
        yield Reading(Verdict.CLOSED, freeze.ends, GateRule.CODE_FREEZE, freeze)
    yield Reading(None, following or _next_year(at))


def _next_year(at: datetime) -> datetime:
    """Where the layout of a year says nothing more, the next year's is asked."""
    return datetime(at.year + 1, 1, 1, tzinfo=UTC)
