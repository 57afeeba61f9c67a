"""Whatever a host sends: times or faults, never an error, never both, and in bounded time."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from storage.feeds import read
from tests.storage.feeds.ics import AT, event, file

WHOLE = file(
    "BEGIN:VTIMEZONE",
    "TZID:Own",
    "BEGIN:STANDARD",
    "DTSTART:20200101T000000",
    "RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=1SU",
    "TZOFFSETFROM:-0400",
    "TZOFFSETTO:-0500",
    "END:STANDARD",
    "END:VTIMEZONE",
    event("DTSTART;TZID=Own:20260310T010000", "DURATION:PT2H", "RRULE:FREQ=WEEKLY;BYDAY=TU", dated=False),
    event("RECURRENCE-ID;TZID=Own:20260317T010000", "DTSTART:20260318T010000Z", "DURATION:P1D", dated=False),
    event("EXDATE:20260310T010000Z,20260311T010000Z", "RDATE;VALUE=DATE:20260312", uid="b"),
).split(b"\r\n")
PIECES = st.sampled_from(
    [
        b"BEGIN:VEVENT",
        b"END:VEVENT",
        b"BEGIN:VALARM",
        b"END:VCALENDAR",
        b"DTSTART:99991231T235959Z",
        b"DTEND;VALUE=DATE:00010101",
        b"DURATION:-P1W",
        b"RRULE:FREQ=YEARLY;COUNT=0",
        b"RRULE:FREQ=WEEKLY;UNTIL=00010101T000000Z",
        b"RDATE;VALUE=PERIOD:20260310T000000Z/P1D",
        b"RECURRENCE-ID;RANGE=THISANDFUTURE:20260310",
        b"STATUS:CANCELLED",
        b"CALSCALE:CHINESE",
        b"TZOFFSETTO:+9999",
        b'X;Y="a:b":c',
        b" folded",
        b"\xff\xfe",
        b":",
        b"\x00",
    ]
)


@st.composite
def mangled(draw: st.DrawFn) -> bytes:
    lines = list(WHOLE)
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(lines) - 1))
        match draw(st.sampled_from(["drop", "double", "put", "cut", "swap"])):
            case "drop" if len(lines) > 1:
                del lines[at]
            case "double":
                lines.insert(at, lines[at])
            case "put":
                lines.insert(at, draw(PIECES))
            case "cut":
                lines[at] = lines[at][: draw(st.integers(0, 20))]
            case _:
                other = draw(st.integers(0, len(lines) - 1))
                lines[at], lines[other] = lines[other], lines[at]
    return b"\r\n".join(lines)


def test_the_file_is_good_before_it_is_mangled() -> None:
    found = read(b"\r\n".join(WHOLE), zone="Asia/Seoul", at=AT)
    assert (found.faults, len(found.times) > 100) == ((), True)


@settings(max_examples=300)
@given(mangled() | st.binary(max_size=300))
def test_what_is_mangled_gives_times_or_faults(raw: bytes) -> None:
    found = read(raw, zone="America/New_York", at=AT)
    assert not (found.times and found.faults)
    assert all(one.start < one.end for one in found.times)
    assert len({one.key for one in found.times}) == len(found.times)
