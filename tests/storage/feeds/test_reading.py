"""Files read as others read them: recurring-ical-events, asked directly, is the oracle."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import chain
from zoneinfo import ZoneInfo

import recurring_ical_events
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar as File

from domain.calendar.imports import Imported
from storage.feeds import HORIZON, PAST, read
from tests.storage.feeds.ics import AT, event, file

SINCE, UNTIL = AT - PAST, AT + HORIZON
SEOUL = "Asia/Seoul"
MINUTE = timedelta(minutes=1)
ZONES = ("America/New_York", "Europe/Berlin", "Australia/Lord_Howe", "Africa/Casablanca", "Asia/Seoul", "UTC")

# Clocks change at night, to the minute.
STARTS = st.builds(
    lambda day, minute: datetime.combine(date(2026, 1, 1) + timedelta(days=day), time()) + MINUTE * minute,
    st.integers(-400, 500),
    st.integers(0, 300),
)
LENGTHS = st.integers(1, 4 * 24 * 60).map(lambda minutes: timedelta(minutes=minutes))
RULES = st.sampled_from(
    (
        "",
        "FREQ=DAILY;COUNT=40",
        "FREQ=WEEKLY",
        "FREQ=WEEKLY;INTERVAL=2;BYDAY=SU,SA",
        "FREQ=WEEKLY;UNTIL=20261231T000000Z",
        "FREQ=MONTHLY;BYDAY=2SU",
        "FREQ=MONTHLY;BYMONTHDAY=-1",
        "FREQ=YEARLY;BYMONTH=3,10;BYDAY=-1SU",
    )
)


def stamped(moment: datetime, zone: str) -> str:
    if zone == "UTC":
        return f":{moment:%Y%m%dT%H%M%S}Z"
    return f";TZID={zone}:{moment:%Y%m%dT%H%M%S}" if zone else f":{moment:%Y%m%dT%H%M%S}"


@st.composite
def events(draw: st.DrawFn, uid: str) -> list[str]:
    """A series with what is left out, added and moved of it; each time of its own in the zone of the series."""
    zone, start, length = draw(st.sampled_from(("", *ZONES))), draw(STARTS), draw(LENGTHS)
    rule = draw(RULES)
    until = rule.replace("Z", "") if not zone else rule
    lines = [f"DTSTART{stamped(start, zone)}", f"DTEND{stamped(start + length, zone)}"]
    lines += [f"RRULE:{until}"] if rule else []
    weeks = st.integers(0, 50).map(lambda n: start + timedelta(weeks=n))
    lines += [f"EXDATE{stamped(at, zone)}" for at in draw(st.lists(weeks, max_size=3))] if rule else []
    lines += [f"RDATE{stamped(at, zone)}" for at in draw(st.lists(STARTS, max_size=2))]
    found = [event(*lines, uid=uid, summary=f"Series {uid}", dated=False)]
    for at in draw(st.lists(weeks, max_size=2, unique=True)) if rule else []:
        moved = draw(STARTS)
        override = [
            f"RECURRENCE-ID{stamped(at, zone)}",
            f"DTSTART{stamped(moved, zone)}",
            f"DTEND{stamped(moved + draw(LENGTHS), zone)}",
        ]
        found.append(event(*override, uid=uid, summary=f"Moved {uid}", dated=False))
    return found


FILES = st.integers(1, 3).flatmap(
    lambda n: st.tuples(*(events(f"u{i}") for i in range(n))).map(
        lambda found: file(*chain.from_iterable(found))
    )
)


def as_lived(moment: date | datetime) -> datetime:
    """The instant at which a clock of the zone first shows the time, or jumps over it."""
    if not isinstance(moment, datetime):
        moment = datetime.combine(moment, time())
    zone = moment.tzinfo or ZoneInfo(SEOUL)
    wall = moment.replace(tzinfo=None)
    at = (wall.replace(tzinfo=zone) - timedelta(hours=3)).astimezone(UTC)
    while at.astimezone(zone).replace(tzinfo=None) < wall:
        at += MINUTE
    return at


def oracle(raw: bytes) -> list[tuple[str, str, datetime, datetime]]:
    query = recurring_ical_events.of(File.from_ical(raw))
    found = []
    for one in query.between(SINCE - timedelta(days=7), UNTIL + timedelta(days=7)):
        start, end = as_lived(one.start), as_lived(one.end)
        if start < end and start < UNTIL and end > SINCE:
            found.append((str(one["UID"]), str(one["SUMMARY"]), start, end))
    return sorted(found)


@settings(max_examples=120)
@given(FILES)
def test_a_file_is_read_as_others_read_it(raw: bytes) -> None:
    found = read(raw, zone=SEOUL, at=AT)
    assert found.faults == ()
    assert sorted((one.uid, one.name, one.start, one.end) for one in found.times) == oracle(raw)
    assert len({one.key for one in found.times}) == len(found.times)


def times(*components: str, zone: str = SEOUL) -> list[Imported]:
    found = read(file(*components), zone=zone, at=AT)
    assert found.faults == ()
    return list(found.times)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def test_an_event_that_does_not_recur_is_known_by_its_uid_alone() -> None:
    assert times(event()) == [
        Imported(uid="a", name="Sale", start=utc("2026-03-10T01:00"), end=utc("2026-03-10T03:00"))
    ]


def test_occurrences_are_told_apart_by_the_time_that_their_rule_has_for_them() -> None:
    series = event(
        "DTSTART;TZID=Asia/Seoul:20260307T020000",
        "DURATION:PT2H",
        "RRULE:FREQ=WEEKLY;COUNT=5",
        "EXDATE;TZID=Asia/Seoul:20260314T020000",
        "RDATE;TZID=Asia/Seoul:20260318T020000",
        summary="DB",
        dated=False,
    )
    moved = event(
        "RECURRENCE-ID;TZID=Asia/Seoul:20260321T020000",
        "DTSTART;TZID=Asia/Seoul:20260322T040000",
        "DTEND;TZID=Asia/Seoul:20260322T050000",
        summary="DB (moved)",
        dated=False,
    )
    assert [(one.occurrence, one.name, f"{one.start:%d %H:%M}") for one in times(series, moved)] == [
        ("20260306T170000Z", "DB", "06 17:00"),
        ("20260317T170000Z", "DB", "17 17:00"),
        ("20260320T170000Z", "DB (moved)", "21 19:00"),
        ("20260327T170000Z", "DB", "27 17:00"),
        ("20260403T170000Z", "DB", "03 17:00"),
    ]


def test_whole_days_are_days_of_the_project() -> None:
    days = event("DTSTART;VALUE=DATE:20260308", "DTEND;VALUE=DATE:20260310", dated=False)
    one_day = event("DTSTART;VALUE=DATE:20260308", uid="b", dated=False)
    assert [(one.start, one.end) for one in times(days, one_day, zone="America/New_York")] == [
        (utc("2026-03-08T05:00"), utc("2026-03-10T04:00")),
        (utc("2026-03-08T05:00"), utc("2026-03-09T04:00")),
    ]


def test_times_without_a_zone_are_those_of_the_project() -> None:
    floating = event("DTSTART:20260310T100000", "DTEND:20260310T120000", dated=False)
    assert [one.start for one in times(floating)] == [utc("2026-03-10T01:00")]
    assert [one.start for one in times(floating, zone="Europe/Berlin")] == [utc("2026-03-10T09:00")]


def test_a_zone_may_be_of_the_files_own_or_be_called_as_windows_calls_it() -> None:
    standard = ("DTSTART:20200101T000000", "TZOFFSETFROM:+0845", "TZOFFSETTO:+0845")
    lines = ("TZID:Plant 2", "BEGIN:STANDARD", *standard, "END:STANDARD")
    own = "\r\n".join(("BEGIN:VTIMEZONE", *lines, "END:VTIMEZONE"))
    factory = event("DTSTART;TZID=Plant 2:20260310T094500", "DURATION:PT1H", dated=False)
    windows = event("DTSTART;TZID=Korea Standard Time:20260310T100000", "DURATION:PT1H", uid="b", dated=False)
    assert [one.start for one in times(own, factory, windows)] == [utc("2026-03-10T01:00")] * 2


def test_times_without_a_zone_recur_by_the_clocks_of_the_project() -> None:
    daily = event("DTSTART:20260307T013000", "DURATION:PT1H", "RRULE:FREQ=DAILY;COUNT=3", dated=False)
    assert [(one.occurrence, one.start) for one in times(daily, zone="America/New_York")] == [
        ("20260307T013000", utc("2026-03-07T06:30")),
        ("20260308T013000", utc("2026-03-08T06:30")),
        ("20260309T013000", utc("2026-03-09T05:30")),
    ]


def test_an_rdate_may_have_a_length_of_its_own() -> None:
    found = times(event("RDATE;VALUE=PERIOD:20260311T000000Z/PT30M,20260312T000000Z/20260312T040000Z"))
    assert [(one.start, one.end) for one in found] == [
        (utc("2026-03-10T01:00"), utc("2026-03-10T03:00")),
        (utc("2026-03-11T00:00"), utc("2026-03-11T00:30")),
        (utc("2026-03-12T00:00"), utc("2026-03-12T04:00")),
    ]


def test_from_one_occurrence_on_all_can_be_moved() -> None:
    series = event("RRULE:FREQ=WEEKLY;COUNT=4")
    later = event(
        "RECURRENCE-ID;RANGE=THISANDFUTURE:20260324T010000Z",
        "DTSTART:20260324T050000Z",
        "DTEND:20260324T060000Z",
        dated=False,
    )
    found = times(series, later)
    assert [(one.occurrence, f"{one.start:%d %H}", f"{one.end:%d %H}") for one in found] == [
        ("20260310T010000Z", "10 01", "10 03"),
        ("20260317T010000Z", "17 01", "17 03"),
        ("20260324T010000Z/20260324T050000Z", "24 05", "24 06"),
        ("20260324T010000Z/20260331T050000Z", "31 05", "31 06"),
    ]


def test_a_skipped_hour_never_makes_an_event_begin_after_its_end() -> None:
    night = event(
        "DTSTART;TZID=America/New_York:20260307T023000",
        "DTEND;TZID=America/New_York:20260307T033000",
        "RRULE:FREQ=DAILY;COUNT=3",
        dated=False,
    )
    assert [(one.start, one.end) for one in times(night)] == [
        (utc("2026-03-07T07:30"), utc("2026-03-07T08:30")),
        (utc("2026-03-08T07:00"), utc("2026-03-08T07:30")),
        (utc("2026-03-09T06:30"), utc("2026-03-09T07:30")),
    ]


def test_what_never_ends_is_read_for_two_years_and_what_is_long_over_is_not() -> None:
    weekly = times(event("RRULE:FREQ=WEEKLY"))
    assert (weekly[0].start, weekly[-1].start) == (utc("2026-03-10T01:00"), utc("2028-02-29T01:00"))
    assert times(event("DTSTART:20251201T000000Z", "DURATION:P1D", dated=False)) == []


def test_cancelled_events_and_other_components_hold_nothing() -> None:
    todo = "BEGIN:VTODO\r\nUID:t\r\nDUE:20260310T000000Z\r\nEND:VTODO"
    assert times(event("STATUS:CANCELLED"), todo, event(uid="b")) == times(event(uid="b"))


def test_a_cancelled_occurrence_of_a_series_is_left_out() -> None:
    series = event("RRULE:FREQ=WEEKLY;COUNT=3")
    off = event(
        "RECURRENCE-ID:20260317T010000Z",
        "DTSTART:20260317T010000Z",
        "DTEND:20260317T030000Z",
        "STATUS:CANCELLED",
        dated=False,
    )
    assert [one.start.day for one in times(series, off)] == [10, 24]
