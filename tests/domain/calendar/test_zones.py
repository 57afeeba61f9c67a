"""Wall-clock times on the days when clocks change."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from domain.calendar.zones import instant, local_day


@pytest.mark.parametrize(
    ("zone", "day", "clock", "expected"),
    [
        ("Asia/Seoul", date(2026, 3, 8), time(2, 30), datetime(2026, 3, 7, 17, 30, tzinfo=UTC)),
        ("America/New_York", date(2026, 3, 8), time(1, 59), datetime(2026, 3, 8, 6, 59, tzinfo=UTC)),
        ("America/New_York", date(2026, 3, 8), time(2, 0), datetime(2026, 3, 8, 7, 0, tzinfo=UTC)),
        ("America/New_York", date(2026, 3, 8), time(2, 30), datetime(2026, 3, 8, 7, 0, tzinfo=UTC)),
        ("America/New_York", date(2026, 3, 8), time(3, 0), datetime(2026, 3, 8, 7, 0, tzinfo=UTC)),
        ("America/New_York", date(2026, 3, 8), time(3, 1), datetime(2026, 3, 8, 7, 1, tzinfo=UTC)),
        ("America/New_York", date(2026, 11, 1), time(1, 30), datetime(2026, 11, 1, 5, 30, tzinfo=UTC)),
        ("America/New_York", date(2026, 11, 1), time(2, 0), datetime(2026, 11, 1, 7, 0, tzinfo=UTC)),
        ("Europe/Berlin", date(2026, 3, 29), time(2, 45), datetime(2026, 3, 29, 1, 0, tzinfo=UTC)),
        ("Europe/Berlin", date(2026, 10, 25), time(2, 45), datetime(2026, 10, 25, 0, 45, tzinfo=UTC)),
        ("Australia/Lord_Howe", date(2026, 10, 4), time(2, 15), datetime(2026, 10, 3, 15, 30, tzinfo=UTC)),
        ("Australia/Lord_Howe", date(2026, 4, 5), time(1, 45), datetime(2026, 4, 4, 14, 45, tzinfo=UTC)),
        ("Pacific/Apia", date(2011, 12, 30), time(12, 0), datetime(2011, 12, 30, 10, 0, tzinfo=UTC)),
    ],
)
def test_instant_is_the_first_at_which_the_clocks_reach_that_time(
    zone: str, day: date, clock: time, expected: datetime
) -> None:
    assert instant(day, clock, zone=ZoneInfo(zone)) == expected


@pytest.mark.parametrize(
    "zone", ["America/New_York", "Australia/Lord_Howe", "Africa/Casablanca", "America/Nuuk"]
)
def test_instants_of_later_wall_times_are_never_earlier(zone: str) -> None:
    tz = ZoneInfo(zone)
    quarters = [datetime(2026, 1, 1) + timedelta(minutes=15 * n) for n in range(365 * 96)]
    found = [instant(wall.date(), wall.time(), zone=tz) for wall in quarters]
    assert found == sorted(found)


def test_local_day_is_the_zone_s_own() -> None:
    at = datetime(2026, 3, 4, 15, 0, tzinfo=UTC)
    assert (local_day(at, ZoneInfo("Asia/Seoul")), local_day(at, ZoneInfo("UTC"))) == (
        date(2026, 3, 5),
        date(2026, 3, 4),
    )
