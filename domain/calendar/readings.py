"""What each rule of the calendar says at one instant, and until when it says so."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import assert_never

from domain.calendar.entries import Blackout, Calendar, Cover, Freeze, GateRule, Permit
from domain.calendar.reasons import GateAction, GateReason, Question, Verdict
from domain.calendar.type_rules import BlackoutRule, NoDeployRule, WindowRule
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
    """What every rule that binds this action says at `at`."""
    match question.action:
        case GateAction.DEPLOY:
            yield from _lock(calendar, at)
            yield from _blackouts(calendar, question, at)
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
    for blackout in calendar.blackout_times.active(at):
        yield _blackout(calendar, question, blackout, at)
    yield Reading(None, calendar.blackout_times.next_start(at))


def _blackout(calendar: Calendar, question: Question, blackout: Blackout, at: datetime) -> Reading:
    reason = GateReason(
        rule=GateRule.BLACKOUT,
        verdict=Verdict.CLOSED,
        subject=blackout.id,
        name=blackout.name,
        detail=blackout.reason,
        until=blackout.end,
        grantors=_who_opens_blackouts(question.rules.blackout),
    )
    permits = _permits(calendar, question, reason) if reason.exceptionable else ()
    for permit in permits:
        if permit.since <= at < permit.until:
            return Reading(None, permit.until, permit)
    return Reading(reason, min([blackout.end, *(permit.since for permit in permits if permit.since > at)]))


def _who_opens_blackouts(rule: BlackoutRule) -> tuple[Role, ...]:
    match rule:
        case BlackoutRule.PM_EXCEPTION:
            return (Role.PM,)
        case BlackoutRule.NO_EXCEPTION:
            return ()
        case _:
            assert_never(rule)


def _permits(calendar: Calendar, question: Question, reason: GateReason) -> tuple[Permit, ...]:
    """The exceptions that name exactly this rule, this entry and this release."""
    return tuple(
        permit
        for permit in calendar.permits_for(question.release_id)
        if permit.rule is reason.rule and permit.subject == reason.subject
    )


def _windows(calendar: Calendar, rule: WindowRule, at: datetime) -> Iterator[Reading]:
    match rule:
        case WindowRule.REQUIRED if not calendar.rules.windows:
            yield Reading(GateReason(rule=GateRule.NO_WINDOWS, verdict=Verdict.CLOSED), None)
        case WindowRule.REQUIRED:
            now = calendar.windows.state(at)
            shut = GateReason(rule=GateRule.WINDOW, verdict=Verdict.CLOSED, until=now.until)
            yield Reading(None if now.within else shut, now.until)
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
            shut = GateReason(rule=GateRule.NO_DEPLOY_HOURS, verdict=Verdict.CLOSED, until=now.until)
            yield Reading(shut if now.within else None, now.until)
        case _:
            assert_never(rule)


def _goes_to_own_branch(question: Question) -> bool:
    return question.release_type is ReleaseType.FEATURE and question.release_id is not None


def _freezes(calendar: Calendar, question: Question, at: datetime) -> Iterator[Reading]:
    for freeze in calendar.freeze_times.active(at):
        if _covers(freeze, question):
            yield Reading(_code_freeze(freeze.release_id, freeze.version, freeze.ends), freeze.ends)
    yield Reading(None, calendar.freeze_times.next_start(at))


def _covers(freeze: Freeze, question: Question) -> bool:
    if freeze.release_id == question.release_id:
        return True
    return freeze.cover is Cover.MAIN_LINE and not _goes_to_own_branch(question)


def _code_freeze(subject: str, name: str, until: datetime | None) -> GateReason:
    return GateReason(
        rule=GateRule.CODE_FREEZE, verdict=Verdict.CLOSED, subject=subject, name=name, until=until
    )


def _slot_freezes(calendar: Calendar, at: datetime) -> Iterator[Reading]:
    freezes = calendar.slot_freezes(at)
    for freeze in freezes.active(at):
        day = freeze.day.isoformat()
        yield Reading(_code_freeze(day, day, freeze.ends), freeze.ends)
    yield Reading(None, freezes.next_start(at) or datetime(at.year + 1, 1, 1, tzinfo=UTC))
