"""What a release still needs of time before its deploy (spec 3.2, `/release when`).

It is the earliest that the rules allow: a build, a deploy to staging and QA are taken to be done as soon as
they may be, a hold to be over now, and a rejection to be withdrawn. Where there is a freeze, QA passes on the
last of its QA days.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from domain.approvals import Tally
from domain.calendar.earliest import Preparation, Wait
from domain.calendar.fields import MIDNIGHT
from domain.calendar.rules import Cadence, CalendarRules, FreezeRule
from domain.calendar.slots import plan
from domain.calendar.zones import instant, local_day
from domain.release import Release
from domain.reminders import working_time
from domain.type_policy import TypePolicy
from domain.types import URGENT, ReleaseType, Stage

_DAY = timedelta(days=1)
_MINUTE = timedelta(minutes=1)
_WEEK_DAYS = 7
_UNSTAGED = frozenset({Stage.CANDIDATE, Stage.BUILDING, Stage.STAGING, Stage.FIXING})
_BEFORE_QA_PASSED = _UNSTAGED | {Stage.QA}


@dataclass(frozen=True, kw_only=True)
class Standing:
    """What of a release decides how long it still takes; by default one that is started now."""

    type: ReleaseType
    stage: Stage = Stage.CANDIDATE
    freeze_at: datetime | None = None
    freeze_lifted: bool = False
    soak_until: datetime | None = None

    @property
    def frozen(self) -> bool:
        """Whether its freeze, and QA in it, still counts: QA is not passed and nobody has lifted it."""
        return self.stage in _BEFORE_QA_PASSED and not self.freeze_lifted

    def freeze_begun(self, at: datetime) -> bool:
        return self.freeze_at is not None and self.freeze_at <= at


def standing(release: Release) -> Standing:
    """Of a release before its deploy; one on hold stands where it came from."""
    return Standing(
        type=release.type,
        stage=release.place,
        freeze_at=release.freeze_at,
        freeze_lifted=release.freeze_lifted_at is not None,
        soak_until=release.soak_until,
    )


@dataclass(frozen=True, kw_only=True)
class Rules:
    """The rules of a type in a project: `freeze` its code freeze if any, `tally` the state of its approvals,
    `zones` those of the approvers by user id.
    """

    type: TypePolicy
    calendar: CalendarRules
    zone: ZoneInfo
    freeze: FreezeRule | None
    tally: Tally
    zones: Mapping[str, str]


def preparations(
    of: Standing, rules: Rules, at: datetime, freeze_from: datetime | None = None
) -> tuple[Preparation, ...]:
    """What takes until after `at`, to the whole minute: freeze, soak, approvers.

    A freeze that has not begun begins at `freeze_from`, by default as soon as it may.
    """
    freeze = rules.freeze if of.frozen else None
    begins = freeze_from or (freeze_begins(of, freeze, rules.zone, at) if freeze else at)
    # The branch is cut when the freeze has begun; what is cut already is built and staged now.
    staged = max(at, begins) if of.stage is Stage.CANDIDATE else at
    found = [Preparation(Wait.FREEZE, _long_enough(begins, freeze, rules))] if freeze else []
    soak_until = staged + rules.type.soak if of.stage in _UNSTAGED else of.soak_until
    if soak_until:
        found.append(Preparation(Wait.SOAK, soak_until))
    asked = max(staged, _qa_ends(begins, freeze, rules)) if freeze else staged
    found += [Preparation(Wait.APPROVERS, until) for until in _approved(of, rules, asked)]
    whole = (Preparation(one.wait, _whole_minute(one.until)) for one in found)
    return tuple(one for one in whole if one.until > at)


def freeze_begins(of: Standing, rule: FreezeRule, zone: ZoneInfo, at: datetime) -> datetime:
    """When it began, else the earliest that it may: now, or at the weekday and time that the rule names."""
    if of.freeze_at is not None and of.freeze_begun(at):
        return of.freeze_at
    if rule.weekday is None or rule.at is None:
        return at
    today = local_day(at, zone)
    day = today + _DAY * ((rule.weekday.number - today.weekday()) % _WEEK_DAYS)
    found = instant(day, rule.at, zone=zone)
    return found if found >= at else instant(day + _DAY * _WEEK_DAYS, rule.at, zone=zone)


def _long_enough(begins: datetime, rule: FreezeRule, rules: Rules) -> datetime:
    """The first time for whose deploy the freeze begins early enough.

    One that begins on a weekday is as long as it leaves room for a day of QA between it and the deploy.
    """
    local = begins.astimezone(rules.zone)
    if rule.weekday is None:
        return instant(local.date() + _DAY * rule.days, local.time(), zone=rules.zone)
    cadence = rules.calendar.cadence or Cadence()
    days = max(1, cadence.qa_days_after_freeze + cadence.qa_days_before_deploy)
    return instant(local.date() + _DAY * days, MIDNIGHT, zone=rules.zone)


def _qa_ends(begins: datetime, rule: FreezeRule, rules: Rules) -> datetime:
    """The beginning of the last QA day: in its course QA passes and the approval is asked."""
    deploy_at = _long_enough(begins, rule, rules)
    slot = plan(deploy_at, rules=rules.calendar, zone=rules.zone, freeze=rule)
    return instant(slot.qa_last_day or slot.day, MIDNIGHT, zone=rules.zone)


def _approved(of: Standing, rules: Rules, asked: datetime) -> Iterator[datetime]:
    """When the last of the open places can be filled, each role by the soonest of its people at work.

    Whoever approves an urgent release is called at any hour. A place that nobody can fill is not waited for.
    """
    hours = rules.calendar.business_hours
    if of.stage is Stage.APPROVED or of.type in URGENT or not hours:
        return
    filled = []
    for role, places in Counter(slot.role for slot in rules.tally.open_slots).items():
        zones = (ZoneInfo(rules.zones.get(user, rules.zone.key)) for user in rules.tally.can_give[role])
        soonest = sorted(working_time(asked, timedelta(0), hours, zone) for zone in zones)
        filled += soonest[places - 1 : places]
    if filled:
        yield max(filled)


def _whole_minute(at: datetime) -> datetime:
    """People name minutes: the time that they read must not lie before the one that is meant."""
    below = at.replace(second=0, microsecond=0)
    return at if at == below else below + _MINUTE
