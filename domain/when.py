"""When a release can be deployed at the earliest, and what would make it earlier (spec 3.2)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import assert_never

from domain.approvals import Tally
from domain.calendar.earliest import Earliest, Preparation, earliest, with_exception
from domain.calendar.entries import Calendar
from domain.calendar.gate import gate
from domain.calendar.reasons import GateAction, GateReason, Question
from domain.calendar.rules import FreezeRule
from domain.calendar.slots import Slot, plan
from domain.needs import Missing
from domain.people import Role
from domain.preparations import Rules, Standing, preparations
from domain.release import WHO_LIFTS, Release
from domain.types import ReleaseType
from domain.views import ProjectView

_DAY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A release as it stands and the rules it goes by; `release` is its id, empty before there is one."""

    standing: Standing
    rules: Rules
    release: str = ""

    @property
    def question(self) -> Question:
        return Question(
            action=GateAction.DEPLOY,
            release_type=self.standing.type,
            rules=self.rules.type.gate,
            release_id=self.release,
        )


@dataclass(frozen=True, kw_only=True)
class Prospect:
    """The earliest time and the way to it. `slot` are the dates that follow from a deploy at that time, None
    where there is none or no freeze counts any more; `approvers` are the roles whose approval is open.
    """

    earliest: Earliest
    preparations: tuple[Preparation, ...]
    slot: Slot | None = None
    approvers: tuple[Role, ...] = ()


class Change(StrEnum):
    """What would make it earlier."""

    FREEZE = "freeze"
    EXCEPTION = "exception"
    TYPE = "type"
    UNLOCKED = "unlocked"


@dataclass(frozen=True, kw_only=True)
class Alternative:
    """An earlier time and its price: a freeze of only `freeze_days`; exceptions from `reasons`, or a lock
    lifted by one of `roles`; another `type`, which starts anew and is approved by `roles`.
    """

    change: Change
    prospect: Prospect
    reasons: tuple[GateReason, ...] = ()
    roles: tuple[Role, ...] = ()
    freeze_days: int = 0
    type: ReleaseType | None = None


@dataclass(frozen=True, kw_only=True)
class WhenView:
    """The answer to `/release when`. `release` is None for a regular one that is started now.

    `missing` is what no clock settles: other releases that go first, open conditions. `nobody` are roles with
    an open place that nobody can fill. `freeze_days` is how long before its deploy the freeze begins.
    """

    project: ProjectView
    type: ReleaseType
    prospect: Prospect
    at: datetime
    release: Release | None = None
    freeze_days: int | None = None
    alternatives: tuple[Alternative, ...] = ()
    missing: tuple[Missing, ...] = ()
    nobody: tuple[Role, ...] = ()
    may_retarget: bool = False
    may_ask: bool = False


def prospect(calendar: Calendar, asked: Asked, at: datetime) -> Prospect:
    """The earliest time for a release, and its steps on the way there."""
    needed = preparations(asked.standing, asked.rules, at)
    found = earliest(calendar, question=asked.question, preparations=needed, at=at)
    return _way(asked, found, needed, at)


def _way(asked: Asked, found: Earliest, needed: tuple[Preparation, ...], at: datetime) -> Prospect:
    """The steps when the freeze moves with the deploy, unless the soak needs it to begin earlier."""
    slot = _slot(asked, found.at, at) if found.at else None
    if slot and slot.freeze_at and found.at and not asked.standing.freeze_begun(at):
        moved = preparations(asked.standing, asked.rules, at, slot.freeze_at)
        needed = moved if all(one.until <= found.at for one in moved) else needed
    approvers = tuple(dict.fromkeys(place.role for place in asked.rules.tally.open_slots))
    return Prospect(earliest=found, preparations=needed, slot=slot, approvers=approvers)


def _slot(asked: Asked, deploy_at: datetime, at: datetime) -> Slot | None:
    """A freeze that has begun stays as it is; another one moves with the deploy."""
    rules, of = asked.rules, asked.standing
    if rules.freeze is None or not of.frozen:
        return None
    slot = plan(deploy_at, rules=rules.calendar, zone=rules.zone, freeze=rules.freeze)
    return replace(slot, freeze_at=of.freeze_at) if of.freeze_begun(at) else slot


# --- what would make it earlier ---------------------------------------------------------------------------


def alternatives(
    calendar: Calendar, asked: Asked, others: Iterable[Asked], at: datetime
) -> tuple[Alternative, ...]:
    """Only what makes it earlier, each found as the time itself is found. `others` are it as other types."""
    now = prospect(calendar, asked, at)
    found = [
        *_unlocked(calendar, asked, at),
        *_shorter_freeze(calendar, asked, at, now),
        *_by_exception(calendar, asked, at, now),
        *_as_other_types(calendar, others, at),
    ]
    return tuple(one for one in found if one.prospect.earliest.before(now.earliest))


def _unlocked(calendar: Calendar, asked: Asked, at: datetime) -> Iterator[Alternative]:
    if calendar.lock is not None:
        unlocked = replace(calendar, lock=None)
        yield Alternative(change=Change.UNLOCKED, prospect=prospect(unlocked, asked, at), roles=WHO_LIFTS)


def _shorter_freeze(calendar: Calendar, asked: Asked, at: datetime, now: Prospect) -> Iterator[Alternative]:
    """The longest shorter freeze that helps: down to one day, and to what the soak takes."""
    rule = asked.rules.freeze
    if rule is None or rule.weekday is not None or not asked.standing.frozen:
        return
    least = max(1, -(-asked.rules.type.soak // _DAY))
    for days in range(rule.days - 1, least - 1, -1):
        rules = replace(asked.rules, freeze=FreezeRule(days_before=days))
        shorter = prospect(calendar, replace(asked, rules=rules), at)
        if shorter.earliest.before(now.earliest):
            yield Alternative(change=Change.FREEZE, prospect=shorter, freeze_days=days)
            return


def _by_exception(calendar: Calendar, asked: Asked, at: datetime, now: Prospect) -> Iterator[Alternative]:
    """From the rule that binds; and from all that closes once it is ready, to go out at once."""
    found = now.earliest
    times = {found.ready_at}
    if isinstance(found.binds, GateReason):
        opened = with_exception(calendar, asked.question, found.binds, found.ready_at)
        instead = earliest(opened, question=asked.question, preparations=(), at=found.ready_at)
        times |= {instead.at} if instead.at else set()
    for time in sorted(times, reverse=True):
        closing = gate(calendar, question=asked.question, at=time).closing
        if closing and all(reason.exceptionable for reason in closing):
            then = Earliest(at=time, ready_at=found.ready_at, binds=None)
            way = _way(asked, then, preparations(asked.standing, asked.rules, at), at)
            yield Alternative(change=Change.EXCEPTION, prospect=way, reasons=closing)


def types_instead(kind: ReleaseType) -> tuple[ReleaseType, ...]:
    """As what an urgent fix could go out instead: never as something that waits longer by its nature."""
    match kind:
        case ReleaseType.REGULAR | ReleaseType.FEATURE:
            return ReleaseType.EMERGENCY, ReleaseType.HOTFIX
        case ReleaseType.EMERGENCY:
            return (ReleaseType.HOTFIX,)
        case ReleaseType.HOTFIX:
            return ()
        case _:
            assert_never(kind)


def _as_other_types(calendar: Calendar, others: Iterable[Asked], at: datetime) -> Iterator[Alternative]:
    """Those that can be approved, each only where it is earlier than the ones before it."""
    soonest: Prospect | None = None
    for other in others:
        found = prospect(calendar, other, at)
        helps = soonest is None or found.earliest.before(soonest.earliest)
        if helps and other.rules.tally.slots and not nobody_for(other.rules.tally):
            soonest = found
            yield Alternative(
                change=Change.TYPE, prospect=found, type=other.standing.type, roles=found.approvers
            )


def nobody_for(tally: Tally) -> tuple[Role, ...]:
    """The roles with more open places than people who could fill them."""
    places = Counter(place.role for place in tally.open_slots)
    return tuple(role for role, open_ in places.items() if open_ > len(tally.can_give.get(role, ())))
