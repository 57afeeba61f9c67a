"""The calendar's rules as the policy file holds them: defaults, spellings, and every error's plain code."""

from datetime import date, time
from typing import Any

import pytest
from pydantic import BaseModel, TypeAdapter, ValidationError

from domain.calendar.fields import Weekday
from domain.calendar.rules import (
    Cadence,
    CalendarRules,
    Every,
    FreezeRule,
    WeeklyMoment,
    WeeklySpan,
    WeeklyWindow,
)
from domain.calendar.type_rules import (
    TYPE_FREEZES,
    TYPE_GATES,
    BlackoutRule,
    HolidayRule,
    NoDeployRule,
    TypeGate,
    WindowRule,
)
from domain.calendar.zones import ZoneName
from domain.types import ReleaseType


def codes(model: type[BaseModel], data: object) -> list[tuple[str, tuple[Any, ...]]]:
    with pytest.raises(ValidationError) as caught:
        model.model_validate(data)
    return [(error["type"], error["loc"]) for error in caught.value.errors()]


def window(weekday: Weekday, opens: int, closes: int) -> WeeklyWindow:
    return WeeklyWindow(weekday=weekday, from_=time(opens), to=time(closes))


def test_rules_without_a_word_are_the_defaults_of_the_specification() -> None:
    assert CalendarRules.model_validate({}) == CalendarRules(
        cadence=Cadence(
            every=Every.WEEKLY,
            anchor=None,
            deploy_weekday=Weekday.THURSDAY,
            deploy_time=time(14),
            freeze=FreezeRule(),
            qa_days_after_freeze=1,
            qa_days_before_deploy=1,
        ),
        windows=(
            window(Weekday.TUESDAY, 10, 17),
            window(Weekday.WEDNESDAY, 10, 17),
            window(Weekday.THURSDAY, 10, 17),
        ),
        no_deploy_hours=(
            WeeklySpan(
                from_=WeeklyMoment(weekday=Weekday.FRIDAY, at=time(15)),
                to=WeeklyMoment(weekday=Weekday.MONDAY, at=time(9)),
            ),
        ),
        business_hours=(
            window(Weekday.MONDAY, 9, 18),
            window(Weekday.TUESDAY, 9, 18),
            window(Weekday.WEDNESDAY, 9, 18),
            window(Weekday.THURSDAY, 9, 18),
            window(Weekday.FRIDAY, 9, 18),
        ),
    )


def test_freeze_without_a_word_is_three_days_before() -> None:
    assert FreezeRule().days == 3
    assert FreezeRule(days_before=0).days == 0


def test_rules_read_from_yaml_like_data_whatever_the_case_and_length_of_weekdays() -> None:
    data = {
        "cadence": {
            "every": "biweekly",
            "anchor": "2026-03-05",
            "deploy_weekday": "Wed",
            "deploy_time": "11:30",
            "freeze": {"weekday": "FRIDAY", "at": "18:00"},
        },
        "windows": [
            {"weekday": "wed", "from": "22:00", "to": "24:00"},
            {"weekday": "Wednesday", "from": "10:00", "to": "12:00"},
        ],
        "no_deploy_hours": [
            {"from": {"weekday": "sat", "at": "00:00"}, "to": {"weekday": "mon", "at": "00:00"}}
        ],
        "business_hours": [],
    }
    assert CalendarRules.model_validate(data) == CalendarRules(
        cadence=Cadence(
            every=Every.BIWEEKLY,
            anchor=date(2026, 3, 5),
            deploy_weekday=Weekday.WEDNESDAY,
            deploy_time=time(11, 30),
            freeze=FreezeRule(weekday=Weekday.FRIDAY, at=time(18)),
        ),
        windows=(window(Weekday.WEDNESDAY, 10, 12), window(Weekday.WEDNESDAY, 22, 0)),
        no_deploy_hours=(
            WeeklySpan(
                from_=WeeklyMoment(weekday=Weekday.SATURDAY, at=time(0)),
                to=WeeklyMoment(weekday=Weekday.MONDAY, at=time(0)),
            ),
        ),
        business_hours=(),
    )


def test_rules_survive_being_written_and_read_again() -> None:
    rules = CalendarRules(windows=(window(Weekday.FRIDAY, 20, 0),))
    assert CalendarRules.model_validate(rules.model_dump(mode="json", by_alias=True)) == rules


def test_rules_offer_a_json_schema_that_names_the_weekdays() -> None:
    schema = CalendarRules.model_json_schema()
    assert schema["$defs"]["Weekday"]["enum"] == [day.value for day in Weekday]
    assert set(schema["$defs"]["WeeklyWindow"]["properties"]) == {"weekday", "from", "to", "zone"}


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ({"weekday": "tue", "from": "17:00", "to": "10:00"}, ("window_ends_before_start", ())),
        ({"weekday": "tue", "from": "10:00", "to": "10:00"}, ("window_ends_before_start", ())),
        ({"weekday": "someday", "from": "10:00", "to": "11:00"}, ("unknown_weekday", ("weekday",))),
        ({"weekday": 3, "from": "10:00", "to": "11:00"}, ("unknown_weekday", ("weekday",))),
        ({"weekday": "tue", "from": 600, "to": "11:00"}, ("time_not_text", ("from",))),
        ({"weekday": "tue", "from": "10:00", "to": 840}, ("time_not_text", ("to",))),
        ({"weekday": "tue", "from": "10:00:30", "to": "11:00"}, ("time_not_wall_clock", ("from",))),
        ({"weekday": "tue", "from": "10:00Z", "to": "11:00"}, ("time_not_wall_clock", ("from",))),
        ({"weekday": "tue", "from": "24:00", "to": "11:00"}, ("time_parsing", ("from",))),
        ({"weekday": "tue", "from": "25:00", "to": "11:00"}, ("time_parsing", ("from",))),
        ({"weekday": "tue", "from": "10:00", "to": "11:00", "zone": "Mars"}, ("unknown_zone", ("zone",))),
        ({"weekday": "tue", "from": "10:00", "to": "11:00", "day": 1}, ("extra_forbidden", ("day",))),
    ],
)
def test_window_that_cannot_be_is_refused_with_a_plain_code(
    data: dict[str, object], expected: tuple[str, tuple[str, ...]]
) -> None:
    assert codes(WeeklyWindow, data) == [expected]


@pytest.mark.parametrize(
    "second",
    [
        {"weekday": "thu", "from": "11:59", "to": "13:00"},
        {"weekday": "thu", "from": "09:00", "to": "10:01"},
        {"weekday": "thu", "from": "10:00", "to": "24:00"},
        {"weekday": "thu", "from": "00:00", "to": "24:00"},
    ],
)
def test_windows_that_overlap_are_refused(second: dict[str, str]) -> None:
    first = {"weekday": "thu", "from": "10:00", "to": "12:00"}
    assert codes(CalendarRules, {"windows": [first, second]}) == [("windows_overlap", ("windows",))]
    assert codes(CalendarRules, {"business_hours": [second, first]}) == [
        ("windows_overlap", ("business_hours",))
    ]


def test_windows_that_touch_or_share_hours_on_other_days_are_no_overlap() -> None:
    touching = (
        window(Weekday.THURSDAY, 10, 12),
        window(Weekday.THURSDAY, 12, 14),
        window(Weekday.FRIDAY, 10, 12),
    )
    assert CalendarRules(windows=touching).windows == touching


def test_windows_of_two_zones_may_have_time_in_common() -> None:
    there = window(Weekday.THURSDAY, 10, 12).model_copy(update={"zone": "Europe/Berlin"})
    both = (window(Weekday.THURSDAY, 10, 12), there)
    assert CalendarRules(windows=both).windows == both


@pytest.mark.parametrize("zone", [None, "America/New_York"])
@pytest.mark.parametrize("to", [17, 0])
def test_weekly_hours_are_known_by_their_keys(zone: str | None, to: int) -> None:
    hours = window(Weekday.THURSDAY, 10, to).model_copy(update={"zone": zone})
    assert WeeklyWindow.of_key(hours.key) == hours
    quiet = CalendarRules().no_deploy_hours[0].model_copy(update={"zone": zone})
    assert WeeklySpan.of_key(quiet.key) == quiet


@pytest.mark.parametrize("key", ["", "deploy", "thursday", "thursday 10:00", "thursday 10:00-17:00 Mars"])
def test_other_texts_are_no_keys_of_windows(key: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - of whatever kind
        WeeklyWindow.of_key(key)


def test_no_deploy_hours_of_no_length_are_refused() -> None:
    moment = {"weekday": "fri", "at": "15:00"}
    assert codes(WeeklySpan, {"from": moment, "to": moment}) == [("span_is_empty", ())]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ({"weekday": "mon"}, ("freeze_half_given", ())),
        ({"at": "14:00"}, ("freeze_half_given", ())),
        ({"weekday": "mon", "at": "14:00", "days_before": 3}, ("freeze_given_twice", ())),
        ({"days_before": -1}, ("greater_than_equal", ("days_before",))),
        ({"days_before": 29}, ("less_than_equal", ("days_before",))),
    ],
)
def test_freeze_of_two_forms_or_half_a_form_is_refused(
    data: dict[str, object], expected: tuple[str, tuple[str, ...]]
) -> None:
    assert codes(FreezeRule, data) == [expected]


def test_cadence_of_every_two_weeks_without_an_anchor_is_refused() -> None:
    assert codes(Cadence, {"every": "biweekly"}) == [("anchor_missing", ())]


@pytest.mark.parametrize("name", ["Asia/Nowhere", "Seoul", "", "America", "../../etc/passwd", "a\x00b"])
def test_zone_that_is_not_known_is_refused(name: str) -> None:
    with pytest.raises(ValidationError) as caught:
        TypeAdapter(ZoneName).validate_python(name)
    assert [error["type"] for error in caught.value.errors()] == ["unknown_zone"]


def test_zone_that_is_known_stays_as_it_is_written() -> None:
    assert TypeAdapter(ZoneName).validate_python("Australia/Lord_Howe") == "Australia/Lord_Howe"


def test_type_gates_are_the_table_of_the_specification() -> None:
    assert dict(TYPE_GATES) == {
        ReleaseType.REGULAR: TypeGate(
            window=WindowRule.REQUIRED,
            no_deploy_hours=NoDeployRule.BLOCKED,
            blackout=BlackoutRule.PM_EXCEPTION,
        ),
        ReleaseType.EMERGENCY: TypeGate(
            window=WindowRule.BUSINESS_HOURS_PREFERRED,
            no_deploy_hours=NoDeployRule.EXEMPT,
            blackout=BlackoutRule.PM_EXCEPTION,
            holidays=HolidayRule.WARNED,
        ),
        ReleaseType.HOTFIX: TypeGate(
            window=WindowRule.ANY_TIME,
            no_deploy_hours=NoDeployRule.EXEMPT,
            blackout=BlackoutRule.PM_EXCEPTION,
            holidays=HolidayRule.EXEMPT,
        ),
        ReleaseType.FEATURE: TypeGate(
            window=WindowRule.REQUIRED,
            no_deploy_hours=NoDeployRule.BLOCKED,
            blackout=BlackoutRule.PM_EXCEPTION,
        ),
    }


def test_type_freezes_are_the_table_of_the_specification() -> None:
    assert dict(TYPE_FREEZES) == {
        ReleaseType.REGULAR: FreezeRule(days_before=3),
        ReleaseType.EMERGENCY: None,
        ReleaseType.HOTFIX: None,
        ReleaseType.FEATURE: FreezeRule(days_before=7),
    }
