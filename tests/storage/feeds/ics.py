"""iCalendar files as tests write them."""

from __future__ import annotations

from datetime import UTC, datetime

AT = datetime(2026, 3, 2, 0, 30, tzinfo=UTC)
"""Monday 2 March 2026, 09:30 in Seoul."""


def event(*lines: str, uid: str = "a", summary: str = "Sale", dated: bool = True) -> str:
    """An event on 10 March 2026 in UTC, unless it is dated otherwise."""
    times = ("DTSTART:20260310T010000Z", "DTEND:20260310T030000Z") if dated else ()
    known = (f"UID:{uid}", "DTSTAMP:20260101T000000Z", f"SUMMARY:{summary}")
    return "\r\n".join(["BEGIN:VEVENT", *known, *times, *lines, "END:VEVENT"])


def file(*components: str) -> bytes:
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Test//EN", *components, "END:VCALENDAR", ""]
    return "\r\n".join(lines).encode()
