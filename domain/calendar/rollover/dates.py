"""The dates that the cadence gives a year, where a holiday or a blackout takes something from them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from domain.calendar.conflicts import clear_by_distance
from domain.calendar.entries import Calendar, GateRule
from domain.calendar.gate import reasons_at
from domain.calendar.holidays import DayRule, Holiday, holidays_between
from domain.calendar.planned import PlannedRelease
from domain.calendar.reasons import GateReason, Question, Verdict
from domain.calendar.rollover.model import DateConflict, Proposal
from domain.calendar.rules import FreezeRule
from domain.calendar.slots import Slot, plan, slots
from domain.calendar.zones import local_day
from domain.types import ReleaseType

_LOOKED_AT = 24
_REGULAR = ReleaseType.REGULAR
# The nearest free times lie at most this far off (domain.calendar.free), across the year's ends too.
_AROUND = timedelta(days=31)


@dataclass(frozen=True, slots=True, kw_only=True)
class Regular:
    """What a regular deploy is bound by: the gate's question, its freeze, the releases on their way."""

    question: Question
    freeze: FreezeRule | None
    others: tuple[PlannedRelease, ...] = ()


def date_conflicts(
    calendar: Calendar, year: int, regular: Regular, proposed: tuple[Proposal, ...], at: datetime
) -> Iterator[DateConflict]:
    """Of the year's dates to come that no release has taken, as if all that is proposed were added; by day.

    Blackouts stand against deploys alone; on a holiday nobody tests or looks after a freeze either.
    """
    whole = replace(
        calendar, lock=None, blackouts=(*calendar.blackouts, *(one.blackout() for one in proposed))
    )
    names = {one.key: one for one in proposed}
    first, until = date(year, 1, 1), date(year + 1, 1, 1)
    known = slots(calendar.rules, zone=calendar.tz, first=first - _AROUND, until=until + _AROUND)
    wanted = {_cadence_day(slot): _wanting(slot) for slot in known}
    for slot in known:
        day = _cadence_day(slot)
        if not first <= slot.day < until or slot.deploy_at <= at or day in calendar.taken:
            continue
        found = _conflict(whole, slot, regular.question, names)
        if found is None:
            continue
        others = (*regular.others, *(other for key, other in wanted.items() if key != day))
        move_to = _move_to(whole, slot, replace(regular, others=others), at)
        if move_to:  # what one is offered, no other is
            wanted[day] = replace(wanted[day], deploy_at=move_to)
        yield replace(found, move_to=move_to)


def _cadence_day(slot: Slot) -> date:
    return slot.moved_from or slot.day


def _wanting(slot: Slot) -> PlannedRelease:
    return PlannedRelease(
        id=f"date {_cadence_day(slot)}", version="", type=_REGULAR, deploy_at=slot.deploy_at
    )


def _conflict(
    calendar: Calendar, slot: Slot, question: Question, names: Mapping[str, Proposal]
) -> DateConflict | None:
    reasons = tuple(_reasons(calendar, slot, question, names))
    freeze, qa = _off(calendar, slot)
    if not (reasons or freeze or qa):
        return None
    return DateConflict(
        day=_cadence_day(slot), deploy_at=slot.deploy_at, reasons=reasons, freeze=freeze, qa=qa
    )


def _reasons(
    calendar: Calendar, slot: Slot, question: Question, names: Mapping[str, Proposal]
) -> Iterator[GateReason]:
    """A day before a holiday counts where the policy closes it; a warning is lived with every time."""
    for reason in reasons_at(calendar, question=question, at=slot.deploy_at):
        closed = reason.verdict is Verdict.CLOSED
        if reason.rule in {GateRule.BLACKOUT, GateRule.HOLIDAY} or (
            reason.rule is GateRule.HOLIDAY_EVE and closed
        ):
            proposal = names.get(reason.subject)
            yield replace(reason, names=proposal.names) if proposal else reason


def _off(calendar: Calendar, slot: Slot) -> tuple[Holiday | None, tuple[Holiday, ...]]:
    """The holidays on which its freeze begins and its QA would take place."""
    rules = calendar.rules.holidays
    if rules.deploys is DayRule.OPEN or not (slot.freeze_at and slot.qa_first_day and slot.qa_last_day):
        return None, ()
    day = local_day(slot.freeze_at, calendar.tz)
    freeze = next(iter(holidays_between(rules, day, day)), None)
    weekend = calendar.rules.weekend
    qa = holidays_between(rules, slot.qa_first_day, slot.qa_last_day)
    return freeze, tuple(one for one in qa if one.day.weekday() not in weekend)


def _move_to(calendar: Calendar, slot: Slot, regular: Regular, at: datetime) -> datetime | None:
    """The nearest time at which nothing warns and nobody else deploys, with freeze and QA on no holiday."""
    clear = clear_by_distance(
        calendar,
        question=regular.question,
        others=regular.others,
        around=slot.deploy_at,
        at=at,
        freeze=regular.freeze,
        among=_LOOKED_AT,
    )
    for time in clear:
        planned = plan(time, rules=calendar.rules, zone=calendar.tz, freeze=regular.freeze)
        if not any(_off(calendar, planned)):
            return time
    return None
