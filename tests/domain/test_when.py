"""The earliest legal time of a release, the rule that binds, and what would make it earlier."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.approvals import Slot, Tally
from domain.calendar.blackouts import Blackout
from domain.calendar.compiled import Closed
from domain.calendar.earliest import Preparation, Wait
from domain.calendar.entries import Calendar, DeployLock, GateRule
from domain.calendar.holidays import HolidayRules
from domain.calendar.reasons import GateReason
from domain.calendar.rules import CalendarRules, FreezeRule
from domain.calendar.type_rules import BlackoutRule
from domain.people import Role
from domain.preparations import Rules, Standing
from domain.type_policy import DEFAULT_TYPES
from domain.types import ReleaseType, Stage
from domain.when import Alternative, Asked, Change, alternatives, nobody_for, prospect, types_instead
from tests.domain.calendar.drawn import INSTANTS, calendars

SEOUL = ZoneInfo("Asia/Seoul")
PLAIN = Calendar(zone="Asia/Seoul", rules=CalendarRules(holidays=HolidayRules(country=None)))
C, R, S = Change, ReleaseType, Stage
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
VOTES = {
    kind: Tally(
        slots=tuple(Slot(rule.role) for rule in DEFAULT_TYPES[kind].approvals),
        rejected_by="",
        can_give={rule.role: (f"U{rule.role}",) for rule in DEFAULT_TYPES[kind].approvals},
    )
    for kind in R
}


def seoul(day: int, hour: int, minute: int = 0, month: int = 3) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=SEOUL).astimezone(UTC)


def asked(kind: ReleaseType = R.REGULAR, calendar: Calendar = PLAIN, **of: Any) -> Asked:
    policy = DEFAULT_TYPES[kind]
    rules = Rules(
        type=policy,
        calendar=calendar.rules,
        zone=calendar.tz,
        freeze=policy.freeze,
        tally=VOTES[kind],
        zones={},
    )
    return Asked(standing=Standing(type=kind, **of), rules=rules, release="r1")


OTHERS = [replace(asked(kind), release="") for kind in types_instead(R.REGULAR)]
READY = asked(stage=S.APPROVED)


def sale(start: datetime, end: datetime) -> Blackout:
    return Blackout(id="b1", name="sale", start=start, end=end)


def what(found: tuple[Alternative, ...]) -> list[tuple[Change, datetime | None]]:
    return [(one.change, one.prospect.earliest.at) for one in found]


def binds(of: object) -> object:
    return of.rule if isinstance(of, GateReason) else of.wait if isinstance(of, Preparation) else of


# --- the time ---------------------------------------------------------------------------------------------


def test_the_freeze_binds_a_release_started_within_window_hours() -> None:
    found = prospect(PLAIN, asked(), seoul(2, 11))
    assert (found.earliest.at, binds(found.earliest.binds)) == (seoul(5, 11), Wait.FREEZE)
    assert found.slot is not None
    assert (found.slot.freeze_at, str(found.slot.qa_first_day), str(found.slot.qa_last_day)) == (
        seoul(2, 11),
        "2026-03-03",
        "2026-03-04",
    )
    assert found.approvers == (Role.RELEASE_MANAGER,)


def test_a_freeze_that_has_not_begun_moves_with_the_deploy_and_all_else_with_it() -> None:
    """From Friday on there is no window before Tuesday: the freeze may begin on Saturday."""
    found = prospect(PLAIN, asked(), seoul(6, 9))
    assert (found.earliest.at, found.slot and found.slot.freeze_at) == (seoul(10, 10), seoul(7, 10))
    assert [(one.wait, one.until) for one in found.preparations] == [
        (Wait.FREEZE, seoul(10, 10)),
        (Wait.SOAK, seoul(8, 10)),
        (Wait.APPROVERS, seoul(9, 9)),
    ]


def test_a_freeze_that_has_begun_stays_and_what_is_past_qa_shows_none() -> None:
    begun = prospect(PLAIN, asked(stage=S.QA, freeze_at=seoul(2, 14)), seoul(3, 9))
    assert (begun.earliest.at, begun.slot and begun.slot.freeze_at) == (seoul(5, 14), seoul(2, 14))
    assert prospect(PLAIN, READY, seoul(3, 9)).slot is None


def test_the_blackout_binds_although_the_window_after_it_ends_last() -> None:
    calendar = replace(PLAIN, blackouts=(sale(seoul(3, 0), seoul(5, 0)),))
    found = prospect(calendar, READY, seoul(2, 15)).earliest
    assert (found.at, binds(found.binds)) == (seoul(5, 10), GateRule.BLACKOUT)
    assert [reason.rule for reason in found.in_the_way] == [GateRule.WINDOW, GateRule.BLACKOUT]


def test_a_blackout_that_no_exception_opens_binds_as_well() -> None:
    calendar = replace(PLAIN, blackouts=(sale(seoul(3, 0), seoul(5, 0)),))
    strict = READY.rules.type.gate.model_copy(update={"blackout": BlackoutRule.NO_EXCEPTION})
    policy = READY.rules.type.model_copy(update={"gate": strict})
    of = replace(READY, rules=replace(READY.rules, type=policy))
    assert binds(prospect(calendar, of, seoul(2, 15)).earliest.binds) is GateRule.BLACKOUT
    assert what(alternatives(calendar, of, (), seoul(2, 15))) == [(C.EXCEPTION, seoul(2, 15))]


def test_a_year_of_blackouts_in_a_row_is_gone_through() -> None:
    row = tuple(
        replace(sale(seoul(3, 0) + n * DAY, seoul(4, 1) + n * DAY), id=f"b{n}", name=f"day {n}")
        for n in range(300)
    )
    found = prospect(replace(PLAIN, blackouts=row), READY, seoul(3, 11)).earliest
    # The last of them ends on Monday 28 December at 1:00; the next window is Tuesday's.
    assert (found.at, binds(found.binds)) == (seoul(29, 10, month=12), GateRule.BLACKOUT)
    assert len(found.in_the_way) > 150


# --- what would make it earlier ---------------------------------------------------------------------------


def test_what_could_go_now_needs_no_alternative() -> None:
    assert alternatives(PLAIN, READY, OTHERS, seoul(3, 11)) == ()


def test_a_blackout_is_opened_for_the_next_window_or_with_the_window_at_once() -> None:
    calendar = replace(PLAIN, blackouts=(sale(seoul(3, 0), seoul(5, 0)),))
    first, second = alternatives(calendar, READY, (), seoul(2, 15))
    assert [(reason.rule, reason.grantors) for reason in first.reasons] == [
        (GateRule.BLACKOUT, (Role.PM,)),
    ]
    assert [(reason.rule, reason.grantors) for reason in second.reasons] == [
        (GateRule.WINDOW, (Role.RELEASE_MANAGER,)),
    ]
    assert what((first, second)) == [(C.EXCEPTION, seoul(3, 10)), (C.EXCEPTION, seoul(2, 15))]


def test_the_longest_shorter_freeze_that_helps_is_named() -> None:
    """Ready on Friday at 11:00 after three days; after two there is still a window, on Thursday."""
    found = alternatives(PLAIN, asked(), (), seoul(3, 11))
    assert [(one.freeze_days, one.prospect.earliest.at) for one in found if one.change is C.FREEZE] == [
        (2, seoul(5, 11))
    ]
    assert found[0].prospect.slot is not None
    assert found[0].prospect.slot.freeze_at == seoul(3, 11)


def test_a_freeze_is_never_shorter_than_the_soak() -> None:
    """A feature soaks for three days of its seven; the next earlier window needs five of them."""
    found = alternatives(PLAIN, asked(R.FEATURE), (), seoul(2, 11))
    assert [one.freeze_days for one in found if one.change is C.FREEZE] == [3]
    only_soak = replace(asked(R.FEATURE).rules, freeze=FreezeRule(days_before=3))
    shorter = alternatives(PLAIN, replace(asked(R.FEATURE), rules=only_soak), (), seoul(3, 18))
    assert [one for one in shorter if one.change is C.FREEZE] == []


def test_urgent_fixes_may_go_as_emergency_or_hotfix_which_start_anew() -> None:
    found = [one for one in alternatives(PLAIN, asked(), OTHERS, seoul(2, 11)) if one.change is C.TYPE]
    assert [(one.type, one.prospect.earliest.at, one.roles) for one in found] == [
        (R.EMERGENCY, seoul(2, 11, 30), (Role.TECH_LEAD, Role.PM)),
        (R.HOTFIX, seoul(2, 11), (Role.INCIDENT_COMMANDER,)),
    ]


def test_a_type_that_nobody_can_approve_is_no_way_out() -> None:
    lonely = [
        replace(one, rules=replace(one.rules, tally=replace(one.rules.tally, can_give={}))) for one in OTHERS
    ]
    assert [one.change for one in alternatives(PLAIN, READY, lonely, seoul(2, 11))] == [C.EXCEPTION]
    assert nobody_for(lonely[0].rules.tally) == (Role.TECH_LEAD, Role.PM)


@pytest.mark.parametrize(
    ("kind", "instead"),
    [
        (R.REGULAR, (R.EMERGENCY, R.HOTFIX)),
        (R.FEATURE, (R.EMERGENCY, R.HOTFIX)),
        (R.EMERGENCY, (R.HOTFIX,)),
        (R.HOTFIX, ()),
    ],
)
def test_no_type_is_offered_that_is_slower_by_its_nature(
    kind: ReleaseType, instead: tuple[ReleaseType, ...]
) -> None:
    assert types_instead(kind) == instead


def test_a_lock_is_ended_by_people_and_another_type_does_not_help() -> None:
    locked = replace(PLAIN, lock=DeployLock(reason="rolled back", since=seoul(1, 0)))
    found = prospect(locked, READY, seoul(3, 11)).earliest
    assert (found.at, binds(found.binds)) == (None, GateRule.LOCK)
    (unlocked,) = alternatives(locked, READY, OTHERS, seoul(3, 11))
    assert (unlocked.change, unlocked.prospect.earliest.at) == (C.UNLOCKED, seoul(3, 11))
    assert unlocked.roles == (Role.RELEASE_MANAGER, Role.INCIDENT_COMMANDER)


def test_a_project_without_windows_is_open_for_urgent_types_only() -> None:
    closed = replace(PLAIN, rules=PLAIN.rules.model_copy(update={"windows": ()}))
    found = prospect(closed, READY, seoul(3, 11)).earliest
    assert (found.at, binds(found.binds)) == (None, GateRule.NO_WINDOWS)
    assert what(alternatives(closed, READY, OTHERS, seoul(3, 11))) == [
        (C.TYPE, seoul(3, 11, 30)),
        (C.TYPE, seoul(3, 11)),
    ]


# --- nothing before it is legal ---------------------------------------------------------------------------

standings = st.builds(
    Standing,
    type=st.sampled_from(R),
    stage=st.sampled_from([S.CANDIDATE, S.BUILDING, S.STAGING, S.QA, S.APPROVAL, S.APPROVED, S.FIXING]),
    freeze_at=st.none() | INSTANTS,
    freeze_lifted=st.booleans(),
    soak_until=st.none() | INSTANTS,
)


def ready_from(of: Asked, at: datetime) -> datetime:
    """When the release itself is ready, by the words of the rules."""
    standing, rules = of.standing, of.rules
    unstaged = standing.stage in {S.CANDIDATE, S.BUILDING, S.STAGING, S.FIXING}
    soaked = at + rules.type.soak if unstaged else standing.soak_until or at
    if rules.freeze is None or standing.freeze_lifted or not (unstaged or standing.stage is S.QA):
        return max(at, soaked)
    begun = standing.freeze_at is not None and standing.freeze_at <= at
    frozen = (standing.freeze_at if begun and standing.freeze_at else at) + rules.freeze.days * DAY
    return max(at, soaked, frozen)


@settings(max_examples=60, deadline=None)
@given(calendars(), standings, INSTANTS)
def test_nothing_before_the_earliest_time_is_legal_and_it_is(
    drawn: Calendar, standing: Standing, at: datetime
) -> None:
    """In a zone without clock changes, whose approvers work around the clock."""
    rules = drawn.rules.model_copy(update={"business_hours": ()})
    calendar = replace(drawn, zone="Asia/Seoul", rules=rules)
    of = replace(asked(standing.type, calendar), standing=standing)
    found = prospect(calendar, of, at).earliest.at
    ready, closed = ready_from(of, at), Closed(calendar, of.question)
    ahead = (ready + n * MINUTE for n in range(30 * 24 * 60))
    assert found == next((one for one in ahead if not closed.at(one)), found)
    assert found is None or (found >= ready and not closed.at(found))


@settings(max_examples=40, deadline=None)
@given(calendars(), standings, INSTANTS)
def test_every_alternative_is_earlier_and_legal_once_its_price_is_paid(
    drawn: Calendar, standing: Standing, at: datetime
) -> None:
    calendar = replace(drawn, zone="Asia/Seoul")
    of = replace(asked(standing.type, calendar), standing=standing)
    others = [replace(asked(kind, calendar), release="") for kind in types_instead(standing.type)]
    now = prospect(calendar, of, at).earliest
    for one in alternatives(calendar, of, others, at):
        then = one.prospect.earliest
        assert then.before(now)
        assert then.at is not None
        assert then.at >= at
        if one.change is C.EXCEPTION:
            assert then.at >= now.ready_at
            assert all(reason.exceptionable for reason in one.reasons)
