"""What is wrong with a feed or a file that is imported, in words: where, what, and what to do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from domain.calendar.imports import FeedFault, FeedWhy
from messages.names import word
from messages.texts import Reader

SENTENCES: Mapping[FeedWhy, str] = {
    FeedWhy.UNREACHABLE: word("The host cannot be reached: {detail}."),
    FeedWhy.TIMEOUT: word("The host did not answer in time."),
    FeedWhy.STATUS: word("The host answered with HTTP status {detail}."),
    FeedWhy.REDIRECT: word(
        "The host sends on to {detail}, which the policy does not name. "
        "If that is right, put the new address into the policy."
    ),
    FeedWhy.PRIVATE_ADDRESS: word("The host {detail} has a private address; feeds come from public ones."),
    FeedWhy.NO_FILE: word("The file cannot be read: {detail}."),
    FeedWhy.TOO_LARGE: word("It is larger than 1 MiB."),
    FeedWhy.NOT_TEXT: word("It is not UTF-8 text."),
    FeedWhy.NOT_A_CALENDAR: word("It is not an iCalendar file, which begins with BEGIN:VCALENDAR."),
    FeedWhy.BROKEN_LINE: word("This is not a line of an iCalendar file."),
    FeedWhy.UNBALANCED: word("BEGIN and END of {detail} do not match."),
    FeedWhy.TOO_MANY_EVENTS: word("There are more than {detail} events."),
    FeedWhy.TOO_MANY_OCCURRENCES: word("With this event there are more than {detail} times in two years."),
    FeedWhy.TOO_COMPLEX: word("Reading it takes too long: the rules are too complex."),
    FeedWhy.ZONE_RULE: word("A time zone of the file's own can change by yearly rules only."),
    FeedWhy.UNREADABLE: word("{detail} cannot be read."),
    FeedWhy.MISSING: word("{detail} is missing."),
    FeedWhy.GIVEN_TWICE: word("{detail} is given twice."),
    FeedWhy.NOT_SUPPORTED: word("{detail} is not supported; EXDATE is."),
    FeedWhy.SAME_EVENT: word("Another event has the same UID."),
    FeedWhy.UNKNOWN_ZONE: word(
        "“{detail}” is a time zone that neither the file nor the zone database knows."
    ),
    FeedWhy.OUT_OF_RANGE: word("The date is not in the years 1970 to 2199."),
    FeedWhy.ENDS_BEFORE_START: word("It ends before it starts."),
    FeedWhy.NO_LENGTH: word("It lasts no time: an end after its start is missing."),
    FeedWhy.SUB_DAILY: word("It comes more than once a day ({detail})."),
}
_NO_DETAIL: Mapping[FeedWhy, str] = {FeedWhy.UNREADABLE: word("It cannot be read.")}
_SHOWN = 10


def fault(reader: Reader, of: FeedFault) -> str:
    """`line 12 · “Batch”: It comes more than once a day (FREQ=HOURLY).`; plain text."""
    t = reader.t
    text = SENTENCES[of.why] if of.detail else _NO_DETAIL.get(of.why, SENTENCES[of.why])
    line = t("line {n}", n=of.line) if of.line else ""
    event = f"“{of.event}”" if of.event else ""
    place = " · ".join(filter(None, (line, event)))
    said = t(text, detail=of.detail.rstrip("."))
    return f"{place}: {said}" if place else said


def faults(reader: Reader, found: Sequence[FeedFault]) -> list[str]:
    """One line for each of the first ten, and how many there are beyond."""
    lines = [fault(reader, one) for one in found[:_SHOWN]]
    more = len(found) - _SHOWN
    return [*lines, reader.t("… and {n} more", n=more)] if more > 0 else lines
