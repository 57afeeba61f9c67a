"""Freeze exceptions: one as it is asked for, decided, used and judged, each change as a pure function."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from domain.calendar.entries import Calendar, GateRule, Permit
from domain.calendar.exception_rules import ExceptionRules
from domain.calendar.fields import MIDNIGHT
from domain.calendar.reasons import GateReason
from domain.calendar.zones import instant, local_day
from domain.names import Names
from domain.people import Role

SHORTEST = timedelta(minutes=15)
USUAL = timedelta(hours=2)
UNANSWERED_AFTER = timedelta(days=7)
"""As a request for approval (spec 4)."""


class ExceptionState(StrEnum):
    """Where an exception stands. One that nobody decided on in time has expired as well."""

    ASKED = "asked"
    GRANTED = "granted"
    DENIED = "denied"
    USED = "used"
    EXPIRED = "expired"
    REVOKED = "revoked"


class ExceptionResult(StrEnum):
    """What became of the deploy, or of what was merged."""

    SUCCEEDED = "succeeded"
    FAILED = "failed"
    UNUSED = "unused"


@dataclass(frozen=True, kw_only=True)
class Restriction:
    """What one exception opens: one subject of one rule, named as the gate's reason names it."""

    rule: GateRule
    subject: str = ""
    name: str = ""
    names: Names | None = None

    @property
    def key(self) -> str:
        """The same for the same subject of the same rule: `blackout:<id>`, `window:`."""
        return f"{self.rule}:{self.subject}"


@dataclass(frozen=True, kw_only=True)
class Judgement:
    """What people found afterwards: did it fail, was it urgent, was the reason true."""

    result: ExceptionResult
    urgent: bool
    reason_true: bool
    by: str
    at: datetime
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class FreezeException:
    """A permission in spite of one restriction.

    `release` is the one that may be deployed; for merges into a code freeze the one that is frozen, empty
    while the slot has none. `wanted_from` None is as soon as it is granted; `length` is how long it is
    wanted. `closed_until` is when the restriction ended by itself, as it was known when it was asked.
    `over_budget`: the month's budget was used up already. `since` and `until` are set once it is granted.
    `ended_at` is when it ended before its time: used up, revoked, or with nothing left to deploy; `ended_by`
    is who revoked it, `ended_note` why.
    """

    id: str
    project: str
    release: str
    restriction: Restriction
    state: ExceptionState
    asked_by: str
    asked_at: datetime
    what: str
    why: str
    risk: str
    way_back: str
    single_use: bool = True
    wanted_from: datetime | None = None
    length: timedelta = USUAL
    closed_until: datetime | None = None
    over_budget: bool = False
    decided_by: str = ""
    decided_at: datetime | None = None
    since: datetime | None = None
    until: datetime | None = None
    note: str = ""
    used_at: datetime | None = None
    ended_at: datetime | None = None
    ended_by: str = ""
    ended_note: str = ""
    judgement: Judgement | None = None

    @property
    def merges(self) -> bool:
        """Whether it is for merging into a code freeze, else for deploying."""
        return self.restriction.rule is GateRule.CODE_FREEZE

    @property
    def lapses_at(self) -> datetime:
        """From when on an answer would come too late."""
        ends = [self.asked_at + UNANSWERED_AFTER]
        ends += [self.closed_until] if self.closed_until else []
        ends += [self.wanted_from + self.length] if self.wanted_from else []
        return min(ends)

    @property
    def ends_at(self) -> datetime | None:
        """When time alone ends what it is now; None when nothing does."""
        match self.state:
            case ExceptionState.ASKED:
                return self.lapses_at
            case ExceptionState.GRANTED:
                return self.until
            case _:
                return None

    @property
    def was_granted(self) -> bool:
        return self.since is not None

    @property
    def is_over(self) -> bool:
        """Granted once, and now used, run out, or revoked after it was used: it can be judged."""
        if self.state is ExceptionState.REVOKED:
            return self.used_at is not None
        return self.was_granted and self.state in {ExceptionState.USED, ExceptionState.EXPIRED}


def restriction(reason: GateReason) -> Restriction:
    return Restriction(rule=reason.rule, subject=reason.subject, name=reason.name, names=reason.names)


def fingerprint(restrictions: Iterable[Restriction]) -> str:
    """The same for the same restrictions, in whatever order and however they are called by now."""
    keys = "\n".join(sorted({found.key for found in restrictions}))
    return hashlib.sha256(keys.encode()).hexdigest()[:16]


def grantors(rules: ExceptionRules, rule: GateRule) -> tuple[Role, ...]:
    """The roles that decide on exceptions to a rule."""
    return rules.blackout if rule is GateRule.BLACKOUT else rules.others


def standing(of: FreezeException, at: datetime) -> ExceptionState:
    """Where it stands at `at`, whether or not anybody has noticed that its time is over."""
    if of.ends_at is None or at < of.ends_at:
        return of.state
    return ExceptionState.USED if of.used_at else ExceptionState.EXPIRED


def is_wanted_at(of: FreezeException, begins: datetime, at: datetime) -> bool:
    """Whether what is asked for would be good at that time, were it granted at `at`."""
    since = max(at, of.wanted_from or at)
    return since <= begins < since + of.length


def granted(
    of: FreezeException,
    by: str,
    at: datetime,
    *,
    length: timedelta,
    longest: timedelta,
    single_use: bool,
    note: str,
) -> FreezeException:
    """Good from when it is wanted, at the earliest now, within what the policy allows. Merges are for a time:
    nothing tells which of them was the one.
    """
    since = max(at, of.wanted_from or at)
    return replace(
        of,
        state=ExceptionState.GRANTED,
        decided_by=by,
        decided_at=at,
        since=since,
        until=since + boxed(length, longest),
        single_use=single_use and not of.merges,
        note=note,
    )


def boxed(length: timedelta, longest: timedelta) -> timedelta:
    """A length that the policy allows; even its longest may be shorter than what is usual."""
    return min(max(length, SHORTEST), longest)


def used(of: FreezeException, at: datetime) -> FreezeException:
    """After a deploy that it let through: one for a single deploy is used up."""
    if not of.single_use:
        return replace(of, used_at=of.used_at or at)
    return replace(of, used_at=at, ended_at=at, state=ExceptionState.USED)


def merged(of: FreezeException, at: datetime) -> FreezeException:
    """After a merge that it covers was seen, which may be when its time is over."""
    state = ExceptionState.USED if of.state is ExceptionState.EXPIRED else of.state
    return replace(of, used_at=of.used_at or at, state=state)


def permit(of: FreezeException) -> Permit | None:
    """What the gate makes of it, whatever time it is asked about; None when it opens nothing at any."""
    if of.since is None or of.until is None:
        return None
    until = min(of.until, of.ended_at or of.until)
    if until <= of.since:
        return None
    found = of.restriction
    return Permit(
        id=of.id,
        rule=found.rule,
        subject=found.subject,
        release_id=of.release,
        granted_by=of.decided_by,
        since=of.since,
        until=until,
        name=found.name,
        names=found.names,
    )


def permit_on_the_way(of: FreezeException) -> Permit | None:
    """The same for the rollout of the deploy that used it: good for as long as it was granted."""
    return permit(replace(of, ended_at=None))


def opened(
    calendar: Calendar, restrictions: Iterable[Restriction], release: str, since: datetime, until: datetime
) -> Calendar:
    """The calendar as it would be with exceptions to all of these."""
    permits = (
        Permit(
            id="",
            rule=found.rule,
            subject=found.subject,
            release_id=release,
            granted_by="",
            since=since,
            until=until,
        )
        for found in restrictions
    )
    return replace(calendar, permits=(*calendar.permits, *permits))


# --- the ledger -------------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Budget:
    """How many of the exceptions asked in a month were granted, and how many are not too many."""

    month: date
    granted: int
    limit: int

    @property
    def used_up(self) -> bool:
        return self.granted >= self.limit


def month_of(at: datetime, zone: ZoneInfo) -> date:
    """The first day of the local month."""
    return local_day(at, zone).replace(day=1)


def month_bounds(month: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """The instants at which a local month begins and ends."""
    first = month.replace(day=1)
    following = (first + timedelta(days=31)).replace(day=1)
    return instant(first, MIDNIGHT, zone=zone), instant(following, MIDNIGHT, zone=zone)


def budget(asked: Iterable[FreezeException], month: date, limit: int) -> Budget:
    """`asked` are those asked in that month."""
    return Budget(month=month, granted=sum(found.was_granted for found in asked), limit=limit)


def beyond_budget(asked: Iterable[FreezeException], limit: int) -> frozenset[str]:
    """The ids of those of a month that were granted after its budget was used up."""
    in_order = sorted(
        (found for found in asked if found.was_granted),
        key=lambda found: (found.decided_at or found.asked_at, found.asked_at, found.id),
    )
    return frozenset(found.id for found in in_order[limit:])
