"""Public holidays, the company's own days off, and the last working days before them."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from pydantic import ValidationError

from domain.calendar.days_off import days_off, is_working
from domain.calendar.entries import Calendar, GateRule
from domain.calendar.gate import GateAction, Question, Verdict, gate
from domain.calendar.holidays import DayOff, DayRule, Holiday, HolidayRules, holidays_of_year
from domain.calendar.rules import CalendarRules
from domain.calendar.type_rules import TYPE_GATES
from domain.names import Names
from domain.types import ReleaseType

SEOUL = ZoneInfo("Asia/Seoul")
WEEKEND = frozenset({5, 6})

# Days off of 2026 and 2027 by the almanacs that the Korea Astronomy and Space Science Institute publishes
# (월력요항), with what the Public Holidays Act (공휴일에 관한 법률) brought in 2026: Labor Day, Constitution Day
# again, and their substitute days (Ministry of Personnel Management, July 2026; presidential decree 관공서의
# 공휴일에 관한 규정, article 3: Saturday and Sunday, the lunar holidays Sunday only, not Memorial Day and New Year).
KOREA = {
    2026: {
        (1, 1): "신정연휴",
        (2, 16): "설날 전날",
        (2, 17): "설날",
        (2, 18): "설날 다음날",
        (3, 1): "삼일절",
        (3, 2): "삼일절 대체 휴일",
        (5, 1): "노동절",
        (5, 5): "어린이날",
        (5, 24): "부처님오신날",
        (5, 25): "부처님오신날 대체 휴일",
        (6, 3): "지방선거일",
        (6, 6): "현충일",
        (7, 17): "제헌절",
        (8, 15): "광복절",
        (8, 17): "광복절 대체 휴일",
        (9, 24): "추석 전날",
        (9, 25): "추석",
        (9, 26): "추석 다음날",
        (10, 3): "개천절",
        (10, 5): "개천절 대체 휴일",
        (10, 9): "한글날",
        (12, 25): "기독탄신일",
    },
    2027: {
        (1, 1): "신정연휴",
        (2, 6): "설날 전날",
        (2, 7): "설날",
        (2, 8): "설날 다음날",
        (2, 9): "설날 대체 휴일",
        (3, 1): "삼일절",
        (5, 1): "노동절",
        (5, 3): "노동절 대체 휴일",
        (5, 5): "어린이날",
        (5, 13): "부처님오신날",
        (6, 6): "현충일",
        (7, 17): "제헌절",
        (7, 19): "제헌절 대체 휴일",
        (8, 15): "광복절",
        (8, 16): "광복절 대체 휴일",
        (9, 14): "추석 전날",
        (9, 15): "추석",
        (9, 16): "추석 다음날",
        (10, 3): "개천절",
        (10, 4): "개천절 대체 휴일",
        (10, 9): "한글날",
        (10, 11): "한글날 대체 휴일",
        (12, 25): "기독탄신일",
        (12, 27): "기독탄신일 대체 휴일",
    },
}


def every_day(year: int) -> list[date]:
    return [
        date(year, 1, 1) + timedelta(days=n) for n in range((date(year + 1, 1, 1) - date(year, 1, 1)).days)
    ]


@pytest.mark.parametrize("year", KOREA)
def test_every_day_of_korea_is_what_its_almanac_says(year: int) -> None:
    found = {holiday.day: holiday.name.ko for holiday in holidays_of_year(HolidayRules(), year)}
    table = KOREA[year]
    assert [(day, found.get(day)) for day in every_day(year)] == [
        (day, table.get((day.month, day.day))) for day in every_day(year)
    ]


@pytest.mark.parametrize("year", KOREA)
def test_every_day_of_korea_is_worked_unless_it_is_off(year: int) -> None:
    worked = [day for day in every_day(year) if is_working(day, HolidayRules(), WEEKEND)]
    assert worked == [
        day for day in every_day(year) if day.weekday() < 5 and (day.month, day.day) not in KOREA[year]
    ]


def test_holidays_have_names_in_both_languages() -> None:
    first = holidays_of_year(HolidayRules(), 2026)[1]
    assert first == Holiday(date(2026, 2, 16), Names(ko="설날 전날", en="The day preceding Korean New Year"))


def test_holidays_of_another_country_are_those_of_its_table() -> None:
    found = holidays_of_year(HolidayRules(country="DE"), 2026)
    assert (found[0].day, found[0].name["en"]) == (date(2026, 1, 1), "New Year's Day")
    assert date(2026, 10, 3) in {holiday.day for holiday in found}


def test_country_that_nobody_knows_is_refused() -> None:
    with pytest.raises(ValidationError) as caught:
        HolidayRules(country="XX")
    assert [error["type"] for error in caught.value.errors()] == ["unknown_country"]


def test_company_and_government_days_are_added_and_working_days_taken_away() -> None:
    founded = DayOff(date=date(2020, 6, 12), name=Names(ko="창립기념일"), yearly=True)
    extra = DayOff(date=date(2026, 11, 13), name="임시 공휴일")
    rules = HolidayRules(
        country=None, company_days=(founded,), government_days=(extra,), working_days=(date(2027, 6, 12),)
    )
    assert [holidays_of_year(rules, year) for year in (2019, 2026, 2027)] == [
        (),
        (
            Holiday(date(2026, 6, 12), Names(ko="창립기념일")),
            Holiday(date(2026, 11, 13), Names(ko="임시 공휴일")),
        ),
        (),
    ]


def test_yearly_day_off_on_a_leap_day_comes_in_leap_years() -> None:
    leap = DayOff(date=date(2024, 2, 29), name="Leap day", yearly=True)
    rules = HolidayRules(country=None, company_days=(leap,))
    assert [len(holidays_of_year(rules, year)) for year in (2024, 2025, 2028)] == [1, 0, 1]


def test_eves_are_the_last_working_days_before_holidays_that_take_a_working_day() -> None:
    eves = days_off(HolidayRules(), WEEKEND, SEOUL, 2026).eves
    at = datetime(2026, 1, 1, 3, tzinfo=UTC)
    found: list[tuple[date, str]] = []
    while (start := eves.next_start(at)) is not None and start.year == 2026:
        found += [(day.day, day.name.ko) for day in eves.active(start)]
        at = start
    assert found == [
        (date(2026, 2, 13), "설날 전날"),
        (date(2026, 2, 27), "삼일절 대체 휴일"),
        (date(2026, 4, 30), "노동절"),
        (date(2026, 5, 4), "어린이날"),
        (date(2026, 5, 22), "부처님오신날 대체 휴일"),
        (date(2026, 6, 2), "지방선거일"),
        (date(2026, 7, 16), "제헌절"),
        (date(2026, 8, 14), "광복절 대체 휴일"),
        (date(2026, 9, 23), "추석 전날"),
        (date(2026, 10, 2), "개천절 대체 휴일"),
        (date(2026, 10, 8), "한글날"),
        (date(2026, 12, 24), "기독탄신일"),
        (date(2026, 12, 31), "신정연휴"),
    ]


# --- the gate -----------------------------------------------------------------------------------------------


def seoul(month: int, day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=SEOUL).astimezone(UTC)


def verdicts(rules: HolidayRules, at: datetime) -> dict[ReleaseType, Verdict]:
    calendar = Calendar(zone="Asia/Seoul", rules=CalendarRules(holidays=rules))
    return {
        kind: gate(
            calendar,
            question=Question(action=GateAction.DEPLOY, release_type=kind, rules=TYPE_GATES[kind]),
            at=at,
        ).verdict
        for kind in ReleaseType
    }


ELECTION = seoul(6, 3, 14)  # a Wednesday, within a release window
OPEN, WARN, CLOSED = Verdict.OPEN, Verdict.WARN, Verdict.CLOSED
R = ReleaseType


@pytest.mark.parametrize(
    ("means", "expected"),
    [
        (DayRule.CLOSED, {R.REGULAR: CLOSED, R.EMERGENCY: WARN, R.HOTFIX: OPEN, R.FEATURE: CLOSED}),
        (DayRule.WARN, {R.REGULAR: WARN, R.EMERGENCY: WARN, R.HOTFIX: OPEN, R.FEATURE: WARN}),
        (DayRule.OPEN, {R.REGULAR: OPEN, R.EMERGENCY: OPEN, R.HOTFIX: OPEN, R.FEATURE: OPEN}),
    ],
)
def test_holiday_means_for_each_type_what_the_policy_says(
    means: DayRule, expected: dict[ReleaseType, Verdict]
) -> None:
    assert verdicts(HolidayRules(deploys=means), ELECTION) == expected
    eve = ELECTION - timedelta(days=1)
    assert verdicts(HolidayRules(deploys_on_eves=means), eve) == expected


def test_holiday_closes_from_midnight_to_midnight_of_the_project_and_says_its_name() -> None:
    calendar = Calendar(
        zone="Asia/Seoul",
        rules=CalendarRules(
            holidays=HolidayRules(deploys=DayRule.CLOSED, deploys_on_eves=DayRule.OPEN), no_deploy_hours=()
        ),
    )
    asked = Question(action=GateAction.DEPLOY, release_type=R.REGULAR, rules=TYPE_GATES[R.REGULAR])
    before = gate(calendar, question=asked, at=seoul(6, 2, 16))
    during = gate(calendar, question=asked, at=seoul(6, 3, 0))
    (holiday, _window) = during.reasons
    assert before.verdict is OPEN
    assert (holiday.rule, holiday.subject, holiday.until) == (
        GateRule.HOLIDAY,
        "2026-06-03",
        seoul(6, 4, 0),
    )
    assert holiday.names == Names(ko="지방선거일", en="Local Election Day")
    assert during.next_open == seoul(6, 4, 10)
