from __future__ import annotations

import time

import pytest

from domain.calendar.imports import FeedFault, FeedWhy
from storage.feeds import Reading, read
from tests.storage.feeds.ics import AT, event, file

WHY = FeedWhy


def refused(raw: bytes) -> list[tuple[FeedWhy, int, str, str]]:
    found = read(raw, zone="Asia/Seoul", at=AT)
    assert found.times == ()
    return [(fault.why, fault.line, fault.event, fault.detail) for fault in found.faults]


@pytest.mark.parametrize(
    ("raw", "fault"),
    [
        (b"", (WHY.NOT_A_CALENDAR, 1, "", "")),
        (b"   \r\n\r\n", (WHY.NOT_A_CALENDAR, 1, "", "")),
        (b"<html><body>Sign in</body></html>", (WHY.NOT_A_CALENDAR, 1, "", "")),
        (b'{"error": "not found"}', (WHY.NOT_A_CALENDAR, 1, "", "")),
        (b"hello", (WHY.NOT_A_CALENDAR, 1, "", "")),
        (b"\x89PNG\r\n\x1a\n", (WHY.NOT_TEXT, 1, "", "")),
        (file(event()).replace(b"Sale", "세일".encode("euc-kr")), (WHY.NOT_TEXT, 7, "", "")),
        (file(event()) + b"x" * 1_048_576, (WHY.TOO_LARGE, 0, "", "")),
        (file("BEGIN:VEVENT"), (WHY.UNBALANCED, 5, "", "VCALENDAR")),
        (b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n", (WHY.UNBALANCED, 2, "", "VEVENT")),
        (file("BEGIN:VEVENT", event(), "END:VEVENT"), (WHY.UNBALANCED, 5, "", "VEVENT")),
        (file("BEGIN:VCALENDAR", event(), "END:VCALENDAR"), (WHY.UNBALANCED, 4, "", "VCALENDAR")),
        (b"BEGIN:VEVENT\r\nEND:VEVENT\r\n", (WHY.NOT_A_CALENDAR, 1, "", "")),
        (file(event()) + b"UID:x\r\n", (WHY.NOT_A_CALENDAR, 12, "", "")),
        (file("what is this"), (WHY.BROKEN_LINE, 4, "", "")),
        (file(*["BEGIN:X"] * 9, *["END:X"] * 9), (WHY.TOO_COMPLEX, 9, "", "")),
        (file(*[event(uid=str(n)) for n in range(5001)]), (WHY.TOO_MANY_EVENTS, 35004, "", "5000")),
    ],
)
def test_a_file_that_is_no_calendar_is_refused_with_the_line(
    raw: bytes, fault: tuple[FeedWhy, int, str, str]
) -> None:
    assert refused(raw) == [fault]


def zone(*rules: str) -> str:
    lines = ["TZID:Own", "BEGIN:STANDARD", "DTSTART:20200101T000000", *rules]
    offsets = ["TZOFFSETFROM:+0900", "TZOFFSETTO:+0900", "END:STANDARD"]
    return "\r\n".join(["BEGIN:VTIMEZONE", *lines, *offsets, "END:VTIMEZONE"])


@pytest.mark.parametrize(
    ("lines", "why", "line", "detail"),
    [
        (("DTSTART:2026031x", "DTEND:20260311"), WHY.UNREADABLE, 8, "DTSTART"),
        (("DTSTART:20260310T010000Z", "DTEND:20260310T250000Z"), WHY.UNREADABLE, 9, "DTEND"),
        (("DTSTART:20260310T010000Z", "DTEND;VALUE=DATE:20260311"), WHY.UNREADABLE, 9, "DTEND"),
        (("DTSTART;TZID=Nowhere:", "DURATION:PT1H"), WHY.UNREADABLE, 8, "DTSTART"),
        (("DTEND:20260310T010000Z",), WHY.MISSING, 4, "DTSTART"),
        (("DTSTART:20260310T010000Z",), WHY.NO_LENGTH, 8, ""),
        (("DTSTART:20260310T010000Z", "DTEND:20260310T010000Z"), WHY.NO_LENGTH, 9, ""),
        (("DTSTART;VALUE=DATE:20260310", "DTEND;VALUE=DATE:20260310"), WHY.NO_LENGTH, 9, ""),
        (("DTSTART:20260310T010000Z", "DTEND:20260309T010000Z"), WHY.ENDS_BEFORE_START, 9, ""),
        (("DTSTART:20260310T010000Z", "DURATION:-PT1H"), WHY.ENDS_BEFORE_START, 9, ""),
        (
            ("DTSTART;TZID=Asia/Seoul:20260310T100000", "DTEND:20260310T003000Z"),
            WHY.ENDS_BEFORE_START,
            9,
            "",
        ),
        (("DTSTART;VALUE=DATE:19691231", "DTEND;VALUE=DATE:20260310"), WHY.OUT_OF_RANGE, 8, ""),
        (("DTSTART;VALUE=DATE:20260310", "DTEND;VALUE=DATE:22000101"), WHY.OUT_OF_RANGE, 9, ""),
        (("DTSTART;TZID=Seoul Time:20260310T100000", "DURATION:PT1H"), WHY.UNKNOWN_ZONE, 8, "Seoul Time"),
        (
            ("DTSTART:20260310T010000Z", "DURATION:PT1H", "EXDATE;TZID=Nowhere:20260310T100000"),
            WHY.UNKNOWN_ZONE,
            10,
            "Nowhere",
        ),
        (("DTSTART:20260310T010000Z", "DTSTART:20260311T010000Z"), WHY.GIVEN_TWICE, 8, "DTSTART"),
        (("DTSTART:20260310T010000Z", "DURATION:PT1H", "EXRULE:FREQ=DAILY"), WHY.NOT_SUPPORTED, 10, "EXRULE"),
        (("DTSTART:20260310T010000Z", "DURATION:P99999999999D"), WHY.UNREADABLE, 9, "DURATION"),
        (("DTSTART:20260310T010000Z", "DURATION:P9999999D"), WHY.UNREADABLE, 4, ""),
        (("DTSTART:20260310T010000Z", "DURATION:PT1H", "RDATE:soon"), WHY.UNREADABLE, 10, "RDATE"),
        (
            (
                "DTSTART:20260310T010000Z",
                "DURATION:PT1H",
                "RDATE;VALUE=PERIOD:20260311T010000Z/20260310T010000Z",
            ),
            WHY.UNREADABLE,
            4,
            "",
        ),
    ],
)
def test_an_event_that_cannot_be_is_refused_with_its_line_and_name(
    lines: tuple[str, ...], why: FeedWhy, line: int, detail: str
) -> None:
    assert refused(file(event(*lines, dated=False)))[0] == (why, line, "Sale", detail)


@pytest.mark.parametrize(
    ("rule", "why", "detail"),
    [
        ("FREQ=HOURLY", WHY.SUB_DAILY, "FREQ=HOURLY"),
        ("FREQ=MINUTELY;COUNT=2", WHY.SUB_DAILY, "FREQ=MINUTELY"),
        ("FREQ=SECONDLY;INTERVAL=86400", WHY.SUB_DAILY, "FREQ=SECONDLY"),
        ("FREQ=DAILY;BYHOUR=9,17", WHY.SUB_DAILY, "BYHOUR=9,17"),
        ("FREQ=WEEKLY;BYDAY=MO;BYMINUTE=0,30", WHY.SUB_DAILY, "BYMINUTE=0,30"),
        ("FREQ=YEARLY;BYSECOND=0,1", WHY.SUB_DAILY, "BYSECOND=0,1"),
        ("FREQ=DAILY;INTERVAL=0", WHY.UNREADABLE, "INTERVAL"),
        ("FREQ=DAILY;INTERVAL=-1", WHY.UNREADABLE, "INTERVAL"),
        ("FREQ=FORTNIGHTLY", WHY.UNREADABLE, "RRULE"),
        ("FREQ=WEEKLY;BYDAY=XX", WHY.UNREADABLE, "RRULE"),
        ("every day", WHY.UNREADABLE, "RRULE"),
        ("BYDAY=MO", WHY.UNREADABLE, "RRULE"),
        ("FREQ=DAILY;UNTIL=someday", WHY.UNREADABLE, "RRULE"),
        ("FREQ=DAILY;COUNT=-3", WHY.UNREADABLE, "RRULE"),
        ("FREQ=DAILY;BYSETPOS=0", WHY.UNREADABLE, "RRULE"),
        ("FREQ=MONTHLY;BYDAY=99MO", WHY.UNREADABLE, "RRULE"),
        ("FREQ=DAILY;INTERVAL=99999999999999999999", WHY.UNREADABLE, "RRULE"),
        ("RSCALE=CHINESE;FREQ=YEARLY", WHY.UNREADABLE, "RRULE"),
    ],
)
def test_a_rule_that_cannot_be_or_comes_more_than_once_a_day_is_refused(
    rule: str, why: FeedWhy, detail: str
) -> None:
    assert refused(file(event(f"RRULE:{rule}"))) == [(why, 10, "Sale", detail)]


def test_everything_that_is_wrong_is_told_in_the_order_of_the_lines_and_nothing_is_read() -> None:
    raw = file(
        event(uid="good"),
        event("RRULE:FREQ=HOURLY", uid="b", summary="Batch"),
        event("DTSTART:20260310T010000Z", "DTEND:20260309T010000Z", uid="c", summary="점검", dated=False),
    )
    assert refused(raw) == [
        (WHY.SUB_DAILY, 17, "Batch", "FREQ=HOURLY"),
        (WHY.ENDS_BEFORE_START, 24, "점검", ""),
    ]


def test_a_property_is_told_with_the_line_on_which_it_begins_however_lines_are_folded() -> None:
    raw = file(event("DESCRIPTION:a long", "  text", "\tof three", "RRULE:FREQ=", " HOUR", " LY"))
    assert refused(raw) == [(WHY.SUB_DAILY, 13, "Sale", "FREQ=HOURLY")]


@pytest.mark.parametrize("uid", ["x" * 256, "a\u0007b", "a\u202eb"])
def test_a_uid_that_cannot_be_kept_is_refused(uid: str) -> None:
    ((why, line, _, detail),) = refused(file(event(uid=uid)))
    assert (why, line, detail) == (WHY.UNREADABLE, 5, "UID")


@pytest.mark.parametrize("recurrence", ["", "RECURRENCE-ID:20260310T010000Z"])
def test_two_events_with_the_same_uid_are_refused(recurrence: str) -> None:
    twice = event(*([recurrence] if recurrence else []))
    assert refused(file(twice, twice))[0][0] is WHY.SAME_EVENT


def test_a_zone_of_the_files_own_changes_by_yearly_rules_only() -> None:
    raw = file(zone("RRULE:FREQ=SECONDLY"), event())
    assert refused(raw) == [(WHY.ZONE_RULE, 8, "", "")]


def test_too_many_times_are_refused() -> None:
    raw = file(*[event("RRULE:FREQ=DAILY", uid=str(n), summary=f"Batch {n}") for n in range(3)])
    assert refused(raw) == [(WHY.TOO_MANY_OCCURRENCES, 12, "Batch 1", "1000")]


def test_rules_that_never_come_cannot_take_all_the_time() -> None:
    never = "RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"
    raw = file(*[event(never, uid=str(n)) for n in range(500)])
    begun = time.monotonic()
    found = read(raw, zone="Asia/Seoul", at=AT, seconds=0.2)
    assert time.monotonic() - begun < 15
    assert [fault.why for fault in found.faults] == [WHY.TOO_COMPLEX]


def test_a_file_of_a_mebibyte_is_read_in_seconds() -> None:
    filler = "DESCRIPTION:" + "x" * 1800
    raw = file(*[event(filler, uid=str(n)) for n in range(500)])
    assert 900_000 < len(raw) < 1_048_576
    begun = time.monotonic()
    assert len(read(raw, zone="Asia/Seoul", at=AT).times) == 500
    assert time.monotonic() - begun < 20


@pytest.mark.parametrize(
    ("summary", "name"),
    [
        ("설날 🧧 할인", "설날 🧧 할인"),
        ("👩‍💻 on call", "👩‍💻 on call"),
        ("صيانة قاعدة البيانات", "صيانة قاعدة البيانات"),
        ("\u202eevil\u202c \u2066x\u2069", "evil x"),
        ("a\\nb\tc\x07d\u200b", "a b cd"),
        ("x" * 100, "x" * 79 + "…"),
        ("", "a"),
    ],
)
def test_names_are_kept_on_one_line_without_controls_and_trimmed(summary: str, name: str) -> None:
    (fault,) = read(file(event("RRULE:FREQ=HOURLY", summary=summary)), zone="Asia/Seoul", at=AT).faults
    assert fault == FeedFault(why=WHY.SUB_DAILY, line=10, event=name, detail="FREQ=HOURLY")


@pytest.mark.parametrize("cut", range(0, 600, 7))
def test_a_file_that_breaks_off_anywhere_is_refused_or_empty(cut: int) -> None:
    raw = file(event("RRULE:FREQ=WEEKLY;COUNT=3", "EXDATE:20260317T010000Z"), event(uid="b"))[:cut]
    found = read(raw, zone="Asia/Seoul", at=AT)
    assert found.times == () or raw.rstrip().endswith(b"END:VCALENDAR")
    assert isinstance(found, Reading)
