"""Answers to `/release when`, found as the domain finds them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from domain.approvals import Slot, Tally
from domain.calendar.blackouts import Blackout
from domain.calendar.entries import Calendar, DeployLock
from domain.calendar.holidays import HolidayRules
from domain.calendar.rules import CalendarRules
from domain.needs import Missing, UrgentFirst
from domain.people import Role
from domain.preparations import Rules, Standing, standing
from domain.release import Release
from domain.type_policy import DEFAULT_TYPES
from domain.types import ReleaseType, Stage
from domain.when import Asked, WhenView, alternatives, prospect, types_instead
from tests.messages.surfaces.builders import DEPLOY, NOW, PROJECT, SEOUL, release

PLAIN = Calendar(zone=SEOUL, rules=CalendarRules(holidays=HolidayRules(country=None)))
APPROVED = release(stage=Stage.APPROVED, soak_until=NOW, approval_until=DEPLOY - timedelta(hours=4))
EVENING = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)  # Mon 2 March, 18:00 in Seoul
SALE = Blackout(id="b1", name="Sale", start=EVENING, end=datetime(2026, 3, 4, 15, 0, tzinfo=UTC))


def view(of: Release | None, calendar: Calendar = PLAIN, at: datetime = NOW, **more: object) -> WhenView:
    """For a release manager, who may do all about it; without a release for one started now."""
    kind = of.type if of else ReleaseType.REGULAR
    asked = _asked(standing(of) if of else Standing(type=kind), calendar, of.id if of else "")
    others = [_asked(Standing(type=other), calendar) for other in types_instead(kind)]
    found = WhenView(
        project=PROJECT,
        type=kind,
        prospect=prospect(calendar, asked, at),
        at=at,
        release=of,
        freeze_days=asked.rules.freeze.days if asked.rules.freeze else None,
        alternatives=alternatives(calendar, asked, others, at),
        may_retarget=of is not None,
        may_ask=of is not None,
    )
    return replace(found, **more)  # type: ignore[arg-type]  # names of fields, by the caller


def _asked(of: Standing, calendar: Calendar, release_id: str = "") -> Asked:
    policy = DEFAULT_TYPES[of.type]
    open_ = () if of.stage is Stage.APPROVED else policy.approvals
    votes = Tally(
        slots=tuple(Slot(rule.role) for rule in open_) or (Slot(Role.RELEASE_MANAGER, "U0RM2"),),
        rejected_by="",
        can_give={rule.role: ("U0TL",) for rule in policy.approvals},
    )
    rules = Rules(
        type=policy,
        calendar=calendar.rules,
        zone=ZoneInfo(calendar.zone),
        freeze=policy.freeze,
        tally=votes,
        zones={},
    )
    return Asked(standing=of, rules=rules, release=release_id)


NEW = view(None)
FROZEN = view(release(freeze_at=datetime(2026, 3, 2, 5, 0, tzinfo=UTC)))
SOAKING = view(release(stage=Stage.APPROVAL, deploy_at=NOW))
OPEN = view(replace(APPROVED, deploy_at=None))
BLACKOUT = view(
    APPROVED,
    replace(PLAIN, blackouts=(SALE,)),
    EVENING,
    missing=(Missing(UrgentFirst("1.4.3", ReleaseType.HOTFIX), (Role.RELEASE_MANAGER,)),),
    nobody=(Role.PM,),
)
LOCKED = view(APPROVED, replace(PLAIN, lock=DeployLock(reason="v1.4.3 was rolled back", since=EVENING)))
WINDOWLESS = view(APPROVED, replace(PLAIN, rules=PLAIN.rules.model_copy(update={"windows": ()})))
