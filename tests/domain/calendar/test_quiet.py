"""Quiet hours: what can wait is told when they are over."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from domain.calendar.announcements import Announcement, AnnouncementKind
from domain.calendar.quiet import CAN_WAIT, QuietHours
from domain.reminders import of_announcement

SEOUL = ZoneInfo("Asia/Seoul")
NIGHT = QuietHours(from_=time(22), to=time(8))
NOON = QuietHours(from_=time(12), to=time(13))
HOUR = timedelta(hours=1)


def seoul(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 3, day, hour, minute, tzinfo=SEOUL).astimezone(UTC)


def announced(kind: AnnouncementKind, due: datetime) -> Announcement:
    return Announcement(kind=kind, subject="r1", moment=due + HOUR, due=due, expires=due + 24 * HOUR)


@pytest.mark.parametrize(
    ("hours", "at", "over"),
    [
        (NIGHT, seoul(3, 21, 59), None),
        (NIGHT, seoul(3, 22), seoul(4, 8)),
        (NIGHT, seoul(4, 0), seoul(4, 8)),
        (NIGHT, seoul(4, 7, 59), seoul(4, 8)),
        (NIGHT, seoul(4, 8), None),
        (NOON, seoul(4, 12, 30), seoul(4, 13)),
        (NOON, seoul(4, 13), None),
    ],
)
def test_quiet_hours_begin_and_end_on_the_projects_clocks(
    hours: QuietHours, at: datetime, over: datetime | None
) -> None:
    assert hours.over_at(at, SEOUL) == over


@given(
    st.sampled_from(["Asia/Seoul", "America/New_York", "Australia/Lord_Howe"]),
    st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1)),
)
def test_what_waits_comes_out_of_the_quiet_hours_within_a_day(zone: str, local: datetime) -> None:
    at, tz = local.replace(tzinfo=UTC), ZoneInfo(zone)
    over = NIGHT.over_at(at, tz)
    shown = at.astimezone(tz).time()
    if over is None:
        assert time(8) <= shown < time(22)
    else:
        assert at < over <= at + timedelta(hours=11)
        assert NIGHT.over_at(over, tz) is None


def test_what_can_wait_waits_and_what_begins_or_ends_does_not() -> None:
    at = seoul(3, 23)
    due = {kind: of_announcement(announced(kind, at), NIGHT, SEOUL).due for kind in AnnouncementKind}
    assert due == {kind: seoul(4, 8) if kind in CAN_WAIT else at for kind in AnnouncementKind}
    held = of_announcement(announced(AnnouncementKind.FREEZE_IN_A_DAY, at), NIGHT, SEOUL)
    plain = of_announcement(announced(AnnouncementKind.FREEZE_IN_A_DAY, at))
    assert (held.waited, plain.waited, held.key == plain.key) == (True, False, True)


def test_quiet_hours_without_an_end_are_refused() -> None:
    with pytest.raises(ValidationError) as caught:
        QuietHours(from_=time(22), to=time(22))
    assert [error["type"] for error in caught.value.errors()] == ["span_is_empty"]
