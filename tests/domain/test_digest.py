from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.calendar.agenda import Item, ItemKind
from domain.calendar.rules import CalendarRules
from domain.digest import DigestSetting, by_default, coming, dates_of, is_news, is_worked, of_day
from domain.reminders import Reminder
from domain.types import ReminderKind
from tests.support.world import policy

DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
NINE = time(9)
SEOUL, BERLIN = ZoneInfo("Asia/Seoul"), ZoneInfo("Europe/Berlin")
ZONES = ("Asia/Seoul", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu")
times = st.times().map(lambda at: at.replace(second=0, microsecond=0))
zones = st.sampled_from(ZONES).map(ZoneInfo)
days = st.dates(date(2020, 1, 1), date(2035, 12, 31))


# --- when it is due ---------------------------------------------------------------------------------------


def test_it_is_due_at_nine_and_late_until_noon_of_the_persons_own_clock() -> None:
    assert of_day("U0RM", date(2026, 3, 4), NINE, SEOUL) == Reminder(
        key="digest:U0RM:2026-03-04",
        kind=ReminderKind.DIGEST,
        subject="U0RM",
        due=datetime(2026, 3, 4, 0, tzinfo=UTC),
        expires=datetime(2026, 3, 4, 3, tzinfo=UTC),
        about="2026-03-04",
    )


@pytest.mark.parametrize(
    ("zone", "day", "at", "due", "until"),
    [
        # Nine o'clock on the day of a change is nine o'clock.
        ("Europe/Berlin", date(2026, 3, 29), time(9), "07:00", "10:00"),
        ("Europe/Berlin", date(2026, 10, 25), time(9), "08:00", "11:00"),
        # A time that the clocks skip is the moment of the jump.
        ("Europe/Berlin", date(2026, 3, 29), time(2, 30), "01:00", "10:00"),
        ("America/New_York", date(2026, 3, 8), time(2), "07:00", "16:00"),
        # A time that comes twice is its first occurrence.
        ("Europe/Berlin", date(2026, 10, 25), time(2, 30), "00:30", "11:00"),
        ("America/New_York", date(2026, 11, 1), time(1, 30), "05:30", "17:00"),
        # A change of half an hour.
        ("Australia/Lord_Howe", date(2026, 10, 4), time(2, 15), "15:30", "01:00"),
        # Near noon and after it there is an hour.
        ("UTC", date(2026, 3, 4), time(11, 0), "11:00", "12:00"),
        ("UTC", date(2026, 3, 4), time(11, 30), "11:30", "12:30"),
        ("UTC", date(2026, 3, 4), time(23, 30), "23:30", "00:30"),
    ],
)
def test_the_moment_on_days_on_which_the_clocks_change(
    zone: str, day: date, at: time, due: str, until: str
) -> None:
    found = of_day("U0RM", day, at, ZoneInfo(zone))
    assert (f"{found.due:%H:%M}", f"{found.expires:%H:%M}") == (due, until)


@given(day=days, at=times, zone=zones)
def test_each_local_day_has_one_moment_which_lies_in_it(day: date, at: time, zone: ZoneInfo) -> None:
    found, after = of_day("U", day, at, zone), of_day("U", day + DAY, at, zone)
    assert found.due.astimezone(zone).date() == day
    assert found.due < found.expires < after.due + DAY
    assert DAY - HOUR <= after.due - found.due <= DAY + HOUR
    shown = found.due.astimezone(zone).time()
    assert shown >= at  # only a time that is skipped is not met exactly


@given(
    now=st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1), timezones=st.just(UTC)), at=times, zone=zones
)
def test_whatever_the_time_the_next_days_are_planned_and_nothing_that_is_too_late(
    now: datetime, at: time, zone: ZoneInfo
) -> None:
    found = coming("U", at, zone, now)
    today = now.astimezone(zone).date()
    assert all(one.expires > now for one in found)
    assert [one.about for one in found][-3:] == [(today + n * DAY).isoformat() for n in (1, 2, 3)]
    assert any(now < one.due <= now + 3 * DAY for one in found)


# --- on which days ----------------------------------------------------------------------------------------


def rules(**changes: object) -> CalendarRules:
    return CalendarRules.model_validate(changes)


def test_a_day_counts_when_one_of_the_projects_works() -> None:
    korea, germany = rules(), rules(holidays={"country": "DE"})
    sunday, substitute, monday = date(2026, 3, 1), date(2026, 3, 2), date(2026, 3, 9)
    assert not is_worked(sunday, [korea, germany])
    assert not is_worked(substitute, [korea])
    assert is_worked(substitute, [korea, germany])
    assert is_worked(monday, [korea])
    assert not is_worked(monday, [])


def test_the_default_is_on_unless_every_project_has_it_off() -> None:
    loud, quiet = policy(), policy(mute=["digest"])
    off = DigestSetting(on=False)
    assert by_default([]) == by_default([loud]) == by_default([loud, quiet]) == DigestSetting()
    assert by_default([quiet]) == by_default([quiet, quiet]) == off


# --- which dates ------------------------------------------------------------------------------------------


def item(kind: ItemKind, start: datetime, length: timedelta, **facts: object) -> Item:
    return Item(kind=kind, key=f"{kind}/1", start=start, end=start + length, **facts)  # type: ignore[arg-type]  # Item's own


TUESDAY = date(2026, 3, 3)
SINCE = datetime(2026, 3, 2, 15, tzinfo=UTC)  # the beginning of Tuesday in Seoul


@pytest.mark.parametrize(
    ("start", "length", "falls"),
    [
        (timedelta(0), timedelta(0), True),
        (-HOUR, HOUR, False),
        (-HOUR, HOUR + MINUTE, True),
        (DAY - MINUTE, HOUR, True),
        (DAY, HOUR, False),
        (-3 * DAY, 9 * DAY, True),
    ],
)
def test_a_date_falls_on_a_day_of_which_it_has_a_part(
    start: timedelta, length: timedelta, *, falls: bool
) -> None:
    ban = item(ItemKind.BLACKOUT, SINCE + start, length)
    assert dates_of(TUESDAY, [ban], SEOUL) == ((ban,) if falls else ())


def test_whole_days_count_by_their_date_wherever_the_reader_is() -> None:
    """Tuesday in Seoul begins on Monday in Berlin, and is Tuesday all the same."""
    qa = item(ItemKind.QA, SINCE, 2 * DAY, days=(TUESDAY, TUESDAY + DAY))
    assert [dates_of(TUESDAY + n * DAY, [qa], BERLIN) for n in (-1, 0, 1, 2)] == [(), (qa,), (qa,), ()]


def test_no_deploy_hours_are_left_to_the_gate() -> None:
    assert dates_of(TUESDAY, [item(ItemKind.NO_DEPLOY_HOURS, SINCE, DAY)], SEOUL) == ()


@pytest.mark.parametrize(
    ("found", "news"),
    [
        (item(ItemKind.DEPLOY, SINCE + HOUR, timedelta(0)), True),
        (item(ItemKind.FREEZE, SINCE - 9 * DAY, 30 * DAY), False),
        (item(ItemKind.FREEZE, SINCE - 9 * DAY, 10 * DAY), True),
        (item(ItemKind.BLACKOUT, SINCE + DAY, 30 * DAY), True),
        (item(ItemKind.BLACKOUT, SINCE - DAY, DAY), False),
        (item(ItemKind.BLACKOUT, SINCE + 2 * DAY, DAY), False),
        (item(ItemKind.WINDOW, SINCE + HOUR, 7 * HOUR), False),
        (item(ItemKind.WINDOW, SINCE + HOUR, 7 * HOUR, moved=True), True),
        (item(ItemKind.HOLIDAY, SINCE, DAY), False),
    ],
)
def test_what_begins_or_ends_and_is_not_as_every_week_is_news(found: Item, *, news: bool) -> None:
    assert is_news(found, SINCE, SINCE + 2 * DAY) is news
