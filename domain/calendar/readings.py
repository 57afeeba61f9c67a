"""What each rule of the calendar says at one instant, and until when it says so."""

from datetime import UTC, datetime
from typing import NamedTuple, assert_never

from domain.calendar.blackouts import Blackout
from domain.calendar.days_off import WholeDay
from domain.calendar.entries import Calendar, Cover, Freeze, GateRule, Permit
from domain.calendar.exceptions import grantors
from domain.calendar.holidays import DayRule
from domain.calendar.intervals import Intervals
from domain.calendar.reasons import GateAction, GateReason, Question, Verdict
from domain.calendar.slots import SlotFreeze
from domain.calendar.type_rules import BlackoutRule, HolidayRule, NoDeployRule, WindowRule
from domain.names import Names
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
    """What every rule that binds this action says at `at`, exceptions heeded, in the order of `GateRule`."""
    found = _rules(calendar, question, at)
    permits = [permit for permit in calendar.permits if _is_for(permit, question)]
    return [_permitted(calendar, question, one, permits, at) for one in found] if permits else found


def reason_of(calendar: Calendar, question: Question, of: Reading) -> GateReason:
    """The reason behind a reading that has a verdict."""
    verdict, entry = of.verdict or Verdict.OPEN, of.entry
    subject, name, names, detail, until = "", "", None, "", of.until
    if entry is not None:
        subject, name, names, detail, until = _told(entry)
    elif of.rule is GateRule.LOCK and calendar.lock is not None:
        subject, detail = calendar.lock.release_id, calendar.lock.reason
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


def _told(entry: Entry) -> tuple[str, str, Names | None, str, datetime | None]:
    """Subject, name, names, detail and end of a reason."""
    match entry:
        case Blackout():
            return entry.id, entry.name, None, entry.reason, entry.end
        case WholeDay():
            return entry.day.isoformat(), entry.day.isoformat(), entry.name, "", entry.end
        case Freeze():
            return entry.release_id, entry.version, None, "", entry.ends
        case SlotFreeze():
            return entry.day.isoformat(), entry.day.isoformat(), None, "", entry.ends
        case _:
            assert_never(entry)


def _rules(calendar: Calendar, question: Question, at: datetime) -> list[Reading]:
    match question.action:
        case GateAction.DEPLOY:
            rules = question.rules
            return [
                *_lock(calendar, at),
                *_blackouts(calendar, question, at),
                *_holidays(calendar, rules.holidays, at),
                *_windows(calendar, rules.window, at),
                *_no_deploy_hours(calendar, rules.no_deploy_hours, at),
                *_eves(calendar, rules.holidays, at),
                *_business_hours(calendar, rules.window, at),
            ]
        case GateAction.MERGE_FEATURE:
            freezes = _freezes(calendar, question, at)
            return freezes if _goes_to_own_branch(question) else [*freezes, *_slot_freezes(calendar, at)]
        case GateAction.MERGE_FIX:
            return []  # fixes are what a freeze is for
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


def _lock(calendar: Calendar, at: datetime) -> tuple[Reading, ...]:
    lock = calendar.lock
    if lock is None:
        return ()
    return (Reading(None, lock.since) if at < lock.since else Reading(Verdict.CLOSED, None),)


def _blackouts(calendar: Calendar, question: Question, at: datetime) -> list[Reading]:
    now, following = calendar.blackout_times(at).around(at)
    found = [Reading(None, following)]
    if now:
        kind, where = question.release_type, question.environment
        binding = (blackout for blackout in now if blackout.scope.binds(kind, where))
        found += [Reading(Verdict.CLOSED, one.end, GateRule.BLACKOUT, one) for one in binding]
    return found


def _holidays(calendar: Calendar, means: HolidayRule, at: datetime) -> list[Reading]:
    on_it = calendar.rules.holidays.deploys
    if means is HolidayRule.EXEMPT or on_it is DayRule.OPEN:
        return []
    closes = on_it is DayRule.CLOSED and means is HolidayRule.BOUND
    return _days(GateRule.HOLIDAY, calendar.days_off(at).holidays, at, closes=closes)


def _eves(calendar: Calendar, means: HolidayRule, at: datetime) -> list[Reading]:
    on_it = calendar.rules.holidays.deploys_on_eves
    if means is HolidayRule.EXEMPT or on_it is DayRule.OPEN:
        return []
    closes = on_it is DayRule.CLOSED and means is HolidayRule.BOUND
    return _days(GateRule.HOLIDAY_EVE, calendar.days_off(at).eves, at, closes=closes)


def _days(rule: GateRule, days: Intervals[WholeDay], at: datetime, *, closes: bool) -> list[Reading]:
    now, following = days.around(at)
    found = [Reading(None, following or _next_year(at))]
    if now:
        verdict = Verdict.CLOSED if closes else Verdict.WARN
        found += [Reading(verdict, day.end, rule, day) for day in now]
    return found


def _windows(calendar: Calendar, rule: WindowRule, at: datetime) -> tuple[Reading, ...]:
    if rule is not WindowRule.REQUIRED:
        return ()
    if not calendar.rules.windows:
        return (Reading(Verdict.CLOSED, None, GateRule.NO_WINDOWS),)
    within, until = calendar.windows.state(at)
    return (Reading(None if within else Verdict.CLOSED, until, GateRule.WINDOW),)


def _business_hours(calendar: Calendar, rule: WindowRule, at: datetime) -> tuple[Reading, ...]:
    if rule is not WindowRule.BUSINESS_HOURS_PREFERRED:
        return ()
    within, until = calendar.business_hours.state(at)
    return (Reading(None if within else Verdict.WARN, until, GateRule.BUSINESS_HOURS),)


def _no_deploy_hours(calendar: Calendar, rule: NoDeployRule, at: datetime) -> tuple[Reading, ...]:
    if rule is NoDeployRule.EXEMPT:
        return ()
    within, until = calendar.no_deploy_hours.state(at)
    return (Reading(Verdict.CLOSED if within else None, until, GateRule.NO_DEPLOY_HOURS),)


# --- merges -----------------------------------------------------------------------------------------------


def _goes_to_own_branch(question: Question) -> bool:
    return question.release_type is ReleaseType.FEATURE and question.release_id is not None


def _freezes(calendar: Calendar, question: Question, at: datetime) -> list[Reading]:
    now, following = calendar.freeze_times.around(at)
    covering = (freeze for freeze in now if _covers(freeze, question))
    found = [Reading(Verdict.CLOSED, freeze.ends, GateRule.CODE_FREEZE, freeze) for freeze in covering]
    return [*found, Reading(None, following)]


def _covers(freeze: Freeze, question: Question) -> bool:
    if freeze.release_id == question.release_id:
        return True
    return freeze.cover is Cover.MAIN_LINE and not _goes_to_own_branch(question)


def _slot_freezes(calendar: Calendar, at: datetime) -> list[Reading]:
    now, following = calendar.slot_freezes(at).around(at)
    found = [Reading(Verdict.CLOSED, freeze.ends, GateRule.CODE_FREEZE, freeze) for freeze in now]
    return [*found, Reading(None, following or _next_year(at))]


def _next_year(at: datetime) -> datetime:
    """Where the layout of a year says nothing more, the next year's is asked."""
    return datetime(at.year + 1, 1, 1, tzinfo=UTC)
