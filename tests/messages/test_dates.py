from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.calendar.fields import Weekday
from messages import dates
from messages.texts import Reader

EN = Reader("en", "Asia/Seoul")
KO = Reader("ko", "Asia/Seoul")
EN_FAR = Reader("en", "Asia/Seoul", "Europe/Berlin")
KO_FAR = Reader("ko", "Asia/Seoul", "Europe/Berlin")
DEPLOY = datetime(2026, 3, 5, 5, tzinfo=UTC)


def test_a_moment_is_told_in_the_readers_zone_and_language() -> None:
    assert dates.moment(EN, DEPLOY) == "Thu 5 Mar 14:00"
    assert dates.moment(KO, DEPLOY) == "3월 5일(목) 14:00"
    assert dates.moment(KO, DEPLOY, year=True) == "2026년 3월 5일(목) 14:00"


def test_the_projects_time_stands_beside_where_the_clocks_differ() -> None:
    assert dates.moment(EN_FAR, DEPLOY) == "Thu 5 Mar 14:00 (Berlin 06:00)"
    assert dates.moment(KO_FAR, DEPLOY) == "3월 5일(목) 14:00 (베를린 06:00)"
    night = datetime(2026, 3, 4, 22, tzinfo=UTC)
    assert dates.moment(EN_FAR, night) == "Thu 5 Mar 07:00 (Berlin Wed 4 Mar 23:00)"


def test_the_projects_time_is_left_out_where_the_clocks_agree() -> None:
    assert dates.moment(Reader("en", "Asia/Tokyo", "Asia/Seoul"), DEPLOY) == "Thu 5 Mar 14:00"
    summer = datetime(2026, 7, 1, 12, tzinfo=UTC)
    london = Reader("en", "Europe/London", "UTC")
    assert dates.moment(london, DEPLOY) == "Thu 5 Mar 05:00"
    assert dates.moment(london, summer) == "Wed 1 Jul 13:00 (UTC 12:00)"


def test_a_span_names_the_day_once_or_both_days() -> None:
    assert dates.span(EN, DEPLOY, DEPLOY + timedelta(hours=3)) == "Thu 5 Mar 14:00–17:00"
    assert dates.span(KO, DEPLOY, DEPLOY + timedelta(days=4)) == "3월 5일(목) 14:00 – 3월 9일(월) 14:00"
    assert (
        dates.span(EN_FAR, DEPLOY, DEPLOY + timedelta(hours=3))
        == "Thu 5 Mar 14:00–17:00 (Berlin Thu 5 Mar 06:00–09:00)"
    )


def test_times_of_a_day_leave_the_day_out_where_it_is_the_same() -> None:
    night = DEPLOY + timedelta(hours=10)
    assert dates.clock_times(EN, DEPLOY) == "14:00"
    assert dates.clock_times(EN_FAR, DEPLOY) == "14:00 (Berlin 06:00)"
    assert dates.clock_times(EN, DEPLOY, DEPLOY + timedelta(hours=3)) == "14:00–17:00"
    assert (
        dates.clock_times(EN_FAR, DEPLOY, DEPLOY + timedelta(hours=3)) == "14:00–17:00 (Berlin 06:00–09:00)"
    )
    assert dates.clock_times(EN, DEPLOY, night) == "14:00–24:00"
    assert dates.clock_times(EN, DEPLOY, night + timedelta(hours=1)) == "Thu 5 Mar 14:00 – Fri 6 Mar 01:00"
    far = dates.clock_times(EN_FAR, DEPLOY - timedelta(hours=9), DEPLOY)
    assert far == "05:00–14:00 (Berlin Wed 4 Mar 21:00 – Thu 5 Mar 06:00)"
    west = Reader("en", "Europe/Berlin", "Asia/Seoul")
    assert dates.clock_times(west, DEPLOY, night) == "06:00–16:00 (Seoul 14:00–24:00)"


def test_a_channel_date_is_slacks_with_the_projects_time_behind() -> None:
    assert (
        dates.slack_date(KO, DEPLOY)
        == "<!date^1772686800^{date_short_pretty} {time}|3월 5일(목) 14:00> (서울 3월 5일(목) 14:00)"
    )


@pytest.mark.parametrize(
    ("length", "english", "korean"),
    [
        (timedelta(), "less than a minute", "1분 미만"),
        (timedelta(seconds=59), "less than a minute", "1분 미만"),
        (timedelta(minutes=1), "1 min", "1분"),
        (timedelta(hours=2, minutes=30), "2 hr 30 min", "2시간 30분"),
        (timedelta(days=1), "1 day", "1일"),
        (timedelta(days=3, hours=2, minutes=5), "3 days 2 hr", "3일 2시간"),
        (-timedelta(minutes=5), "5 min", "5분"),
    ],
)
def test_a_duration_is_told_by_its_two_largest_units(length: timedelta, english: str, korean: str) -> None:
    assert dates.duration(EN, length) == english
    assert dates.duration(KO, length) == korean


def test_days_weekdays_clocks_and_hours() -> None:
    assert dates.day(EN, date(2026, 3, 5)) == "Thu 5 Mar"
    assert dates.day(KO, date(2026, 3, 5), year=True) == "2026년 3월 5일(목)"
    assert [dates.weekday(KO, on) for on in Weekday] == list("월화수목금토일")
    assert dates.weekday(EN, Weekday.SUNDAY) == "Sun"
    assert dates.clock(EN, time(9, 5)) == "09:05"
    assert dates.hours(KO, "tuesday 10:00-17:00") == "화 10:00–17:00"
    assert dates.hours(EN, "something else") == "something else"


@given(
    st.datetimes(min_value=datetime(1990, 1, 1), max_value=datetime(2150, 1, 1), timezones=st.just(UTC)),
    st.sampled_from(sorted(available_timezones() - {"localtime", "Factory"})),
    st.sampled_from(["en", "ko"]),
)
def test_every_zone_can_be_told(at: datetime, zone: str, language: str) -> None:
    told = dates.moment(Reader(language, zone, "Asia/Seoul"), at)
    assert f"{at.astimezone(ZoneInfo(zone)):%H:%M}" in told
    assert not set(told) & set("<>&|")
    assert dates.slack_date(Reader(language, zone), at).startswith(f"<!date^{int(at.timestamp())}^")
