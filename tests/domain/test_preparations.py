"""What a release still needs of time, stage by stage; nothing for what is done."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from domain.approvals import Slot, Tally
from domain.calendar.earliest import Preparation, Wait
from domain.calendar.fields import Weekday
from domain.calendar.rules import CalendarRules, FreezeRule
from domain.people import Role
from domain.preparations import Rules, Standing, preparations, standing
from domain.release import Hold
from domain.type_policy import DEFAULT_TYPES, TypePolicy
from domain.types import ReleaseType, Stage
from tests.support.builders import AT, release

SEOUL = ZoneInfo("Asia/Seoul")
RM, PM = Role.RELEASE_MANAGER, Role.PM
DAYS_3 = FreezeRule(days_before=3)
S, R, W = Stage, ReleaseType, Wait


def seoul(day: int, hour: int, minute: int = 0, month: int = 3) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=SEOUL).astimezone(UTC)


NOW = seoul(2, 9, 30)  # a Monday


def waits_for(*slots: Slot, **people: tuple[str, ...]) -> Tally:
    return Tally(slots=slots, rejected_by="", can_give={Role(role): users for role, users in people.items()})


ONE = waits_for(Slot(RM), release_manager=("U0RM2",))
GIVEN = waits_for(Slot(RM, "U0RM2"), release_manager=())


def rules(kind: ReleaseType = R.REGULAR, **changes: Any) -> Rules:
    policy: TypePolicy = DEFAULT_TYPES[kind]
    base = Rules(type=policy, calendar=CalendarRules(), zone=SEOUL, freeze=policy.freeze, tally=ONE, zones={})
    return replace(base, **changes)


def needs(of: Standing, by: Rules | None = None, at: datetime = NOW) -> dict[Wait, datetime]:
    found = preparations(of, by or rules(of.type), at)
    assert len({one.wait for one in found}) == len(found)
    return {one.wait: one.until for one in found}


# --- the freeze -------------------------------------------------------------------------------------------


def test_release_started_now_needs_its_whole_freeze_its_soak_and_its_approver() -> None:
    assert preparations(Standing(type=R.REGULAR), rules(), NOW) == (
        Preparation(W.FREEZE, seoul(5, 9, 30)),
        Preparation(W.SOAK, seoul(3, 9, 30)),
        Preparation(W.APPROVERS, seoul(4, 9)),  # on the last QA day, at work
    )


def test_freeze_that_is_planned_for_later_could_begin_now() -> None:
    assert needs(Standing(type=R.REGULAR, freeze_at=seoul(9, 14)))[W.FREEZE] == seoul(5, 9, 30)


def test_freeze_that_has_begun_counts_from_its_own_start() -> None:
    begun = Standing(type=R.REGULAR, freeze_at=seoul(1, 14))
    assert needs(begun) == {W.FREEZE: seoul(4, 14), W.SOAK: seoul(3, 9, 30), W.APPROVERS: seoul(3, 9)}


@pytest.mark.parametrize("stage", [S.APPROVAL, S.APPROVED])
def test_freeze_has_done_its_work_once_qa_is_passed(stage: Stage) -> None:
    assert needs(Standing(type=R.REGULAR, stage=stage, freeze_at=seoul(9, 14))) == {}


def test_lifted_freeze_holds_nothing_up() -> None:
    lifted = Standing(type=R.REGULAR, stage=S.QA, freeze_at=seoul(1, 14), freeze_lifted=True)
    assert needs(lifted) == {}


def test_freeze_by_weekday_begins_on_that_day_and_leaves_a_day_for_qa() -> None:
    by = rules(freeze=FreezeRule(weekday=Weekday.MONDAY, at=seoul(2, 14).astimezone(SEOUL).time()))
    found = needs(Standing(type=R.REGULAR), by)
    # Cut at Monday 14:00, QA on Tuesday, a deploy from Wednesday on.
    assert found == {W.FREEZE: seoul(4, 0), W.SOAK: seoul(3, 14), W.APPROVERS: seoul(3, 9)}


def test_freeze_by_a_weekday_whose_time_is_over_begins_a_week_later() -> None:
    by = rules(freeze=FreezeRule(weekday=Weekday.MONDAY, at=NOW.astimezone(SEOUL).time()))
    assert needs(Standing(type=R.REGULAR), by)[W.FREEZE] == seoul(4, 0)
    assert needs(Standing(type=R.REGULAR), by, NOW + timedelta(minutes=1))[W.FREEZE] == seoul(11, 0)


@pytest.mark.parametrize("kind", [R.EMERGENCY, R.HOTFIX])
def test_urgent_types_wait_for_no_freeze_and_nobodys_working_hours(kind: ReleaseType) -> None:
    soak = {W.SOAK: NOW + timedelta(minutes=30)} if kind is R.EMERGENCY else {}
    assert needs(Standing(type=kind)) == soak


# --- the soak ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("stage", [S.BUILDING, S.STAGING, S.FIXING])
def test_candidate_that_is_not_on_staging_soaks_for_the_whole_time_from_now(stage: Stage) -> None:
    left_over = Standing(type=R.REGULAR, stage=stage, freeze_lifted=True, soak_until=seoul(2, 10))
    assert needs(left_over)[W.SOAK] == seoul(3, 9, 30)


@pytest.mark.parametrize("stage", [S.QA, S.APPROVAL, S.APPROVED])
def test_soak_that_runs_lasts_until_its_end_and_one_that_is_over_is_none(stage: Stage) -> None:
    running = Standing(type=R.REGULAR, stage=stage, freeze_lifted=True, soak_until=seoul(2, 10))
    assert needs(running) == {W.SOAK: seoul(2, 10)}
    assert needs(running, at=seoul(2, 10)) == {}
    assert needs(replace(running, soak_until=None)) == {}


def test_seconds_are_rounded_up_so_that_the_minute_that_is_read_is_late_enough() -> None:
    soak = Standing(type=R.REGULAR, stage=S.APPROVED, soak_until=seoul(2, 10) + timedelta(seconds=1))
    assert needs(soak) == {W.SOAK: seoul(2, 10, 1)}


# --- the approvers ----------------------------------------------------------------------------------------

WAITING = Standing(type=R.REGULAR, stage=S.APPROVAL)


def test_approval_comes_from_the_soonest_of_a_role_and_the_latest_role() -> None:
    votes = waits_for(Slot(RM), Slot(PM), release_manager=("U1", "U2"), pm=("U3",))
    zones = {"U1": "America/New_York", "U2": "Asia/Seoul", "U3": "Europe/Berlin"}
    by = rules(tally=votes, zones=zones)
    # At 20:00 in Seoul it is 12:00 in Berlin and 6:00 in New York.
    assert needs(WAITING, by, seoul(2, 20)) == {W.APPROVERS: seoul(2, 23)}
    assert needs(WAITING, by, seoul(2, 16)) == {W.APPROVERS: seoul(2, 17)}


def test_two_places_of_one_role_wait_for_the_second_of_its_people() -> None:
    votes = waits_for(Slot(RM), Slot(RM), release_manager=("U1", "U2"))
    by = rules(tally=votes, zones={"U1": "America/New_York"})
    assert needs(WAITING, by, seoul(2, 10)) == {W.APPROVERS: seoul(2, 23)}


def test_approver_at_work_approval_given_and_approval_that_nobody_can_give_are_not_waited_for() -> None:
    assert needs(WAITING, at=seoul(2, 10)) == {}
    assert needs(WAITING, rules(tally=GIVEN), seoul(2, 20)) == {}
    assert needs(WAITING, rules(tally=waits_for(Slot(PM), pm=())), seoul(2, 20)) == {}


def test_without_business_hours_approvers_are_there_at_any_time() -> None:
    by = rules(calendar=CalendarRules(business_hours=()))
    assert needs(WAITING, by, seoul(2, 20)) == {}


# --- from a release ---------------------------------------------------------------------------------------


def test_release_on_hold_stands_where_it_came_from() -> None:
    hold = Hold(source=S.APPROVAL, by="U0PM", at=AT, reason="legal")
    held = release(S.ON_HOLD, hold=hold)
    assert standing(held) == Standing(
        type=R.REGULAR, stage=S.APPROVAL, freeze_at=held.freeze_at, soak_until=held.soak_until
    )


def test_standing_knows_of_a_lifted_freeze() -> None:
    assert standing(release(S.QA, freeze_lifted_at=AT)).freeze_lifted
