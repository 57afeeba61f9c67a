"""The dates that follow from the cadence and from a deploy moved by hand."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from domain.calendar.fields import Weekday
from domain.calendar.rules import Cadence, CalendarRules, Every, FreezeRule, WeeklyWindow
from domain.calendar.slots import Slot, SlotFreeze, plan, qa_ends, slot_freezes, slots
from domain.calendar.type_rules import TYPE_FREEZES
from domain.types import ReleaseType

SEOUL = ZoneInfo("Asia/Seoul")
BERLIN = ZoneInfo("Europe/Berlin")
NEW_YORK = ZoneInfo("America/New_York")


def seoul(month: int, day: int, hour: int, minute: int = 0, *, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=SEOUL).astimezone(UTC)


def march_slot(freeze: int, qa_first: int, qa_last: int, deploy: int) -> Slot:
    return Slot(
        day=date(2026, 3, deploy),
        freeze_at=seoul(3, freeze, 14),
        branch_at=seoul(3, freeze, 14),
        qa_first_day=date(2026, 3, qa_first),
        qa_last_day=date(2026, 3, qa_last),
        deploy_at=seoul(3, deploy, 14),
        window_close_at=seoul(3, deploy, 17),
    )


MARCH = (
    march_slot(2, 3, 4, 5),
    march_slot(9, 10, 11, 12),
    march_slot(16, 17, 18, 19),
    march_slot(23, 24, 25, 26),
)


def of_march(cadence: Cadence | None) -> tuple[Slot, ...]:
    rules = CalendarRules(cadence=cadence)
    return slots(rules, zone=SEOUL, first=date(2026, 3, 1), until=date(2026, 4, 1))


def test_slots_of_march_2026_are_the_example_of_the_specification() -> None:
    assert of_march(Cadence()) == MARCH


def test_slots_with_the_freeze_set_outright_to_monday_are_the_same() -> None:
    assert of_march(Cadence(freeze=FreezeRule(weekday=Weekday.MONDAY, at=time(14)))) == MARCH


def test_slots_without_a_cadence_are_none() -> None:
    assert of_march(None) == ()


def test_slots_of_every_two_weeks_follow_their_anchor_over_the_turn_of_the_year() -> None:
    anchor_in_a_deploy_week = date(2026, 12, 20)  # a Sunday; its week's Thursday is the 17th
    rules = CalendarRules(cadence=Cadence(every=Every.BIWEEKLY, anchor=anchor_in_a_deploy_week))
    found = slots(rules, zone=SEOUL, first=date(2026, 11, 20), until=date(2027, 1, 28))
    assert [slot.day for slot in found] == [
        date(2026, 12, 3),
        date(2026, 12, 17),
        date(2026, 12, 31),
        date(2027, 1, 14),
    ]


def test_slots_keep_the_wall_clock_when_the_clocks_change() -> None:
    found = slots(CalendarRules(), zone=BERLIN, first=date(2026, 3, 26), until=date(2026, 4, 3))
    assert [(slot.freeze_at, slot.deploy_at) for slot in found] == [
        (datetime(2026, 3, 23, 13, tzinfo=UTC), datetime(2026, 3, 26, 13, tzinfo=UTC)),
        (datetime(2026, 3, 30, 12, tzinfo=UTC), datetime(2026, 4, 2, 12, tzinfo=UTC)),
    ]


def freeze_of_march_5(windows: tuple[WeeklyWindow, ...]) -> tuple[SlotFreeze, ...]:
    rules = CalendarRules(windows=windows)
    return slot_freezes(rules, zone=SEOUL, first=date(2026, 3, 5), until=date(2026, 3, 6))


def test_slot_freeze_ends_when_the_window_of_its_deploy_closes() -> None:
    assert freeze_of_march_5(CalendarRules().windows) == (
        SlotFreeze(date(2026, 3, 5), seoul(3, 2, 14), seoul(3, 5, 17)),
    )


def test_slot_freeze_ends_at_the_end_of_the_last_of_windows_that_touch() -> None:
    morning = WeeklyWindow(weekday=Weekday.THURSDAY, from_=time(10), to=time(15))
    evening = WeeklyWindow(weekday=Weekday.THURSDAY, from_=time(15), to=time(20))
    assert [freeze.ends for freeze in freeze_of_march_5((morning, evening))] == [seoul(3, 5, 20)]


def test_slot_freeze_ends_at_its_deploy_where_no_window_closes() -> None:
    always = tuple(WeeklyWindow(weekday=day, from_=time(0), to=time(0)) for day in Weekday)
    assert [freeze.ends for freeze in freeze_of_march_5(always)] == [seoul(3, 5, 14)]
    assert [freeze.ends for freeze in freeze_of_march_5(())] == [seoul(3, 5, 14)]


def moved(deploy_at: datetime, release_type: ReleaseType, rules: CalendarRules | None = None) -> Slot:
    return plan(deploy_at, rules=rules or CalendarRules(), zone=SEOUL, freeze=TYPE_FREEZES[release_type])


def test_plan_of_a_regular_release_moved_to_wednesday_freezes_three_days_earlier() -> None:
    assert moved(seoul(3, 11, 10, 30), ReleaseType.REGULAR) == Slot(
        day=date(2026, 3, 11),
        freeze_at=seoul(3, 8, 10, 30),
        branch_at=seoul(3, 8, 10, 30),
        qa_first_day=date(2026, 3, 9),
        qa_last_day=date(2026, 3, 10),
        deploy_at=seoul(3, 11, 10, 30),
        window_close_at=seoul(3, 11, 17),
    )


def test_plan_of_a_feature_release_freezes_seven_days_earlier() -> None:
    assert moved(seoul(3, 12, 14), ReleaseType.FEATURE) == Slot(
        day=date(2026, 3, 12),
        freeze_at=seoul(3, 5, 14),
        branch_at=seoul(3, 5, 14),
        qa_first_day=date(2026, 3, 6),
        qa_last_day=date(2026, 3, 11),
        deploy_at=seoul(3, 12, 14),
        window_close_at=seoul(3, 12, 17),
    )


@pytest.mark.parametrize("release_type", [ReleaseType.EMERGENCY, ReleaseType.HOTFIX])
def test_plan_of_urgent_work_has_no_freeze_and_no_qa_days(release_type: ReleaseType) -> None:
    assert moved(seoul(3, 14, 2), release_type) == Slot(
        day=date(2026, 3, 14),
        freeze_at=None,
        branch_at=None,
        qa_first_day=None,
        qa_last_day=None,
        deploy_at=seoul(3, 14, 2),
        window_close_at=None,
    )


@pytest.mark.parametrize(
    ("days_before", "qa"),
    [
        (0, (date(2026, 3, 12), date(2026, 3, 12))),
        (1, (date(2026, 3, 11), date(2026, 3, 11))),
        (2, (date(2026, 3, 11), date(2026, 3, 11))),
        (4, (date(2026, 3, 9), date(2026, 3, 11))),
    ],
)
def test_plan_with_a_short_freeze_has_qa_on_the_nearest_day_there_is(
    days_before: int, qa: tuple[date, date]
) -> None:
    rule = FreezeRule(days_before=days_before)
    slot = plan(seoul(3, 12, 14), rules=CalendarRules(cadence=None), zone=SEOUL, freeze=rule)
    assert (slot.qa_first_day, slot.qa_last_day) == qa


@pytest.mark.parametrize(
    ("deploy_at", "freeze_at"),
    [
        (seoul(3, 12, 14), seoul(3, 9, 14)),
        (seoul(3, 9, 15), seoul(3, 9, 14)),
        (seoul(3, 9, 14), seoul(3, 2, 14)),
        (seoul(3, 9, 13), seoul(3, 2, 14)),
        (seoul(3, 8, 13), seoul(3, 2, 14)),
    ],
)
def test_plan_with_a_freeze_weekday_takes_the_last_one_before_the_deploy(
    deploy_at: datetime, freeze_at: datetime
) -> None:
    monday = FreezeRule(weekday=Weekday.MONDAY, at=time(14))
    assert plan(deploy_at, rules=CalendarRules(), zone=SEOUL, freeze=monday).freeze_at == freeze_at


def test_plan_over_a_clock_change_counts_days_not_hours() -> None:
    deploy_at = datetime(2026, 3, 10, 14, tzinfo=NEW_YORK).astimezone(UTC)
    slot = plan(deploy_at, rules=CalendarRules(), zone=NEW_YORK, freeze=FreezeRule(days_before=3))
    assert slot.freeze_at == deploy_at - timedelta(days=3) + timedelta(hours=1)


# --- the end of QA ----------------------------------------------------------------------------------------


def test_qa_ends_with_the_business_hours_of_its_last_day() -> None:
    assert qa_ends(MARCH[0], rules=CalendarRules(), zone=SEOUL) == seoul(3, 4, 18)


def test_qa_ends_with_its_last_day_where_that_has_no_business_hours() -> None:
    assert qa_ends(MARCH[0], rules=CalendarRules(business_hours=()), zone=SEOUL) == seoul(3, 5, 0)


def test_qa_into_the_deploy_day_ends_with_the_deploy() -> None:
    slot = replace(MARCH[0], qa_last_day=date(2026, 3, 5))
    assert qa_ends(slot, rules=CalendarRules(), zone=SEOUL) == seoul(3, 5, 14)


def test_without_planned_qa_nothing_ends() -> None:
    slot = replace(MARCH[0], qa_first_day=None, qa_last_day=None)
    assert qa_ends(slot, rules=CalendarRules(), zone=SEOUL) is None
