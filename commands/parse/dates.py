"""Dates and times as people write them in both languages, read to local wall-clock values.

A date without a year is this year's, unless that lies more than half a year back: then it is next year's.
A weekday is the coming one, today included.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, time, timedelta

from commands.parse.tokens import Token, Words
from commands.slash import LocalWhen
from domain.calendar.fields import MIDNIGHT, Weekday
from domain.refusals import Refused, Unreadable

DAY = timedelta(days=1)
EXAMPLE = "2026-03-05 14:00"
_HALF_A_YEAR = timedelta(days=183)
_NOON = 12
YEARS = range(2000, 2200)

_ISO = re.compile(r"([0-9]{4})[-/]([0-9]{1,2})[-/]([0-9]{1,2})(?:t(.+))?")
_SHORT = re.compile(r"([0-9]{1,2})/([0-9]{1,2})")
_KOREAN = re.compile(r"(?:([0-9]{4})년)?([0-9]{1,2})월([0-9]{1,2})일(?:\([월화수목금토일]\))?")
_CLOCK = re.compile(r"([0-9]{1,2})(?::([0-9]{2}))?(am|pm)?")
_KOREAN_CLOCK = re.compile(r"(오전|오후|아침|저녁|밤)?([0-9]{1,2})시(?:([0-9]{1,2})분|(반))?")
_DAY_OF_MONTH = re.compile(r"([0-9]{1,2})(?:st|nd|rd|th)?,?")
_PARTICLES = re.compile(r"(?<=[0-9일시분반후정자목월화수금토요레])(?:부터|까지|에)$")
_FILLERS = frozenset(
    {"at", "on", "from", "to", "until", "till", "by", "에", "부터", "까지", "-", "~", "–", "—"}
)
_BETWEEN = re.compile(r"\s*[~–—]\s*")

_DAYS = {
    "today": 0,
    "오늘": 0,
    "tomorrow": 1,
    "내일": 1,
    "모레": 2,
    "글피": 3,
}
_NEXT = frozenset({"next", "다음주", "담주"})
_THIS = frozenset({"this", "이번주", "금주"})
_KOREAN_WEEKDAYS = "월화수목금토일"
MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_NAMED_TIMES = {"noon": time(12), "정오": time(12), "자정": MIDNIGHT, "midnight": MIDNIGHT}


def _weekdays() -> dict[str, Weekday]:
    known: dict[str, Weekday] = {}
    for day, letter in zip(Weekday, _KOREAN_WEEKDAYS, strict=True):
        known |= dict.fromkeys((day.value, day.value[:3], letter, f"{letter}요일", f"({letter})"), day)
    return known | {"tues": Weekday.TUESDAY, "thur": Weekday.THURSDAY, "thurs": Weekday.THURSDAY}


WEEKDAYS = _weekdays()


@dataclass(frozen=True)
class Clock:
    """A time of day; `next_day` for 24:00, the midnight that ends the day."""

    at: time
    next_day: bool = False


def take_when(words: Words, today: date) -> tuple[LocalWhen, Words] | None:
    """The date, the time or both with which the words begin. Raises Refused for a date that cannot be."""
    found = take_day(skip(words), today)
    if found is None:
        clock = take_clock(skip(words))
        return (_joined(today, clock[0]), clock[1]) if clock else None
    day, rest = found
    clock = take_clock(skip(rest))
    return (_joined(day, clock[0]), clock[1]) if clock else (LocalWhen(day), rest)


def find_when(words: Words, today: date) -> tuple[LocalWhen | None, Words]:
    """The first date or time anywhere among the words, and the words without it."""
    for index in range(len(words.tokens)):
        if words.tokens[index].quoted:
            continue
        found = take_when(words.after(index), today)
        if found:
            when, rest = found
            return when, replace(words, tokens=words.tokens[:index] + rest.tokens)
    return None, words


def take_day(words: Words, today: date) -> tuple[date, Words] | None:
    """The date with which the words begin. Raises Refused for one that cannot be, as 30 February."""
    readers: tuple[Callable[[Words, date], tuple[date, Words] | None], ...] = (
        _numbers,
        _korean,
        _named,
        _weekday,
        _english,
    )
    return next((found for read in readers if (found := read(words, today))), None)


def take_weekday(words: Words) -> tuple[Weekday, Words] | None:
    if words and _bare(words.first) in WEEKDAYS:
        return WEEKDAYS[_bare(words.first)], words.after(1)
    return None


def take_clock(words: Words) -> tuple[Clock, Words] | None:
    """`14:00`, `2pm`, `14시 30분`, `오후 2시`, `noon`. Raises Refused for a time that cannot be."""
    if not words or words.first.quoted:
        return None
    text = _bare(words.first)
    if text in _NAMED_TIMES:
        return Clock(_NAMED_TIMES[text]), words.after(1)
    count = 2 if len(words.tokens) > 1 and words.tokens[1].key in {"am", "pm"} else 1
    found = _CLOCK.fullmatch("".join(_bare(token) for token in words.tokens[:count]))
    if found and (found[2] or found[3]):
        clock = _clock(words.first, int(found[1]), int(found[2] or 0), found[3] or "")
        return clock, words.after(count)
    return _korean_clock(words)


def split_ranges(words: Words) -> Words:
    """`3/5~3/8` as three words; a hyphen only between times: `10:00-17:00`."""
    tokens: list[Token] = []
    for token in words.tokens:
        text = re.sub(r"(?<=[0-9시분])-(?=[0-9]{1,2}(?::|시))", "~", token.text)
        parts = [token.text] if token.quoted or len(text) > 60 else [p for p in _BETWEEN.split(text) if p]  # noqa: PLR2004 - nobody writes longer dates
        tokens += [replace(token, text=part) for part in parts] if parts else [token]
    return replace(words, tokens=tuple(tokens))


def skip(words: Words) -> Words:
    """Without the little words before a date or between two of them."""
    while words and not words.first.quoted and words.first.key in _FILLERS:
        words = words.after(1)
    return words


def _joined(day: date, clock: Clock) -> LocalWhen:
    return LocalWhen(day + DAY if clock.next_day else day, clock.at)


def _bare(token: Token) -> str:
    """Without a Korean particle: `3월5일까지`, `14시부터`."""
    return "" if token.quoted else _PARTICLES.sub("", token.key)


def _numbers(words: Words, today: date) -> tuple[date, Words] | None:
    text = _bare(words.first) if words else ""
    if found := _ISO.fullmatch(text):
        day = _date(words.first, int(found[1]), int(found[2]), int(found[3]))
        rest = words.after(1)
        if found[4]:
            rest = replace(rest, tokens=(replace(words.first, text=found[4]), *rest.tokens))
        return day, rest
    if found := _SHORT.fullmatch(text):
        return _near(words.first, int(found[1]), int(found[2]), today), words.after(1)
    return None


def _korean(words: Words, today: date) -> tuple[date, Words] | None:
    """`3월5일`, `3월 5일`, `2026년 3월 5일(목)`: one to three words."""
    for count in range(min(3, len(words.tokens)), 0, -1):
        found = _KOREAN.fullmatch("".join(_bare(token) for token in words.tokens[:count]))
        if found:
            month, day = int(found[2]), int(found[3])
            rest = words.after(count)
            if rest and rest.first.key.startswith("(") and rest.first.key in WEEKDAYS:
                rest = rest.after(1)
            if found[1]:
                return _date(words.first, int(found[1]), month, day), rest
            return _near(words.first, month, day, today), rest
    return None


def _named(words: Words, today: date) -> tuple[date, Words] | None:
    text = _bare(words.first) if words else ""
    return (today + DAY * _DAYS[text], words.after(1)) if text in _DAYS else None


def _weekday(words: Words, today: date) -> tuple[date, Words] | None:
    """`thu`, `next thu`, `다음 주 목요일`; a weekday before a date is passed over: `Thu 5 Mar`."""
    week, rest = _week(words)
    found = take_weekday(rest)
    if found is None:
        return None
    weekday, after = found
    if week is None:
        dated = _numbers(after, today) or _english(after, today)
        return dated or (today + DAY * ((weekday.number - today.weekday()) % 7), after)
    monday = today - DAY * today.weekday() + DAY * 7 * week
    return monday + DAY * weekday.number, after


def _week(words: Words) -> tuple[int | None, Words]:
    """How many weeks on, where a word says so."""
    first = words.first.key if words else ""
    if first in {"다음", "이번"} and len(words.tokens) > 1 and words.tokens[1].key == "주":
        return (1 if first == "다음" else 0), words.after(2)
    if first in _NEXT:
        return 1, words.after(1)
    return (0, words.after(1)) if first in _THIS else (None, words)


def _english(words: Words, today: date) -> tuple[date, Words] | None:
    """`5 Mar`, `March 5th`, `5 Mar 2027`."""
    if len(words.tokens) < 2:  # noqa: PLR2004 - a day and a month
        return None
    first, second = words.tokens[0], words.tokens[1]
    month, number = _month(second), _DAY_OF_MONTH.fullmatch(first.key)
    if month is None:
        month, number = _month(first), _DAY_OF_MONTH.fullmatch(second.key)
    if month is None or number is None:
        return None
    rest = words.after(2)
    if rest and re.fullmatch(r"2[01][0-9]{2}", rest.first.key):
        return _date(first, int(rest.first.key), month, int(number[1])), rest.after(1)
    return _near(first, month, int(number[1]), today), rest


def _month(token: Token) -> int | None:
    name = token.key.rstrip(".,")
    whole = next((month for month in MONTHS if name in {month, month[:3]}), None)
    return MONTHS.index(whole) + 1 if whole else None


def _near(token: Token, month: int, day: int, today: date) -> date:
    """29 February is looked for in both years."""
    try:
        this = date(today.year, month, day)
    except ValueError:
        return _date(token, today.year + 1, month, day)
    return _date(token, today.year + 1, month, day) if this < today - _HALF_A_YEAR else this


def _date(token: Token, year: int, month: int, day: int) -> date:
    if year not in YEARS:
        raise Refused(Unreadable("date", token.text, EXAMPLE))
    try:
        return date(year, month, day)
    except ValueError as error:
        raise Refused(Unreadable("date", token.text, EXAMPLE)) from error


def _korean_clock(words: Words) -> tuple[Clock, Words] | None:
    for count in range(min(3, len(words.tokens)), 0, -1):
        found = _KOREAN_CLOCK.fullmatch("".join(_bare(token) for token in words.tokens[:count]))
        if found:
            half = {"오전": "am", "아침": "am", "오후": "pm", "저녁": "pm", "밤": "pm"}.get(
                found[1] or "", ""
            )
            minute = 30 if found[4] else int(found[3] or 0)
            return _clock(words.first, int(found[2]), minute, half), words.after(count)
    return None


def _clock(token: Token, hour: int, minute: int, half: str) -> Clock:
    if half and 1 <= hour <= _NOON:
        hour = hour % _NOON + (_NOON if half == "pm" else 0)
    if (hour, minute) == (24, 0):
        return Clock(MIDNIGHT, next_day=True)
    try:
        return Clock(time(hour, minute))
    except ValueError as error:
        raise Refused(Unreadable("time", token.text, "14:00")) from error
