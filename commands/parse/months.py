"""Months as people write them in both languages: `2026-03`, `3월`, `March 2027`, `next`, `지난 달`.

A month without a year is this year's, unless it ended more than half a year ago: then it is next year's.
"""

from __future__ import annotations

import re
from datetime import date

from commands.parse.dates import MONTHS, YEARS
from commands.parse.tokens import Token, Words, closest, phrase
from domain.month import month_after
from domain.refusals import Refused, Unreadable

EXAMPLE = "2026-03"
_HALF_A_YEAR = 6
# A project may be called much as a month is: only what is hardly anything else is taken for a misspelt one.
_CLOSE = 0.8
_SHOWN = 80

_ISO = re.compile(r"([0-9]{4})[-/.]([0-9]{1,2})")
_COMPACT = re.compile(r"([0-9]{4})([0-9]{2})")
_KOREAN = re.compile(r"(?:([0-9]{4})년)?([0-9]{1,2})월")
_YEAR = re.compile(r"([0-9]{4})년?")
_STARTS_AS_ONE = re.compile(r"[0-9]{1,4}(?:[-/.년월]|$)|[0-9]{6}$")

_RELATIVE = {
    "this month": 0,
    "now": 0,
    "이번 달": 0,
    "이번달": 0,
    "금월": 0,
    "당월": 0,
    "next": 1,
    "next month": 1,
    "다음": 1,
    "다음 달": 1,
    "다음달": 1,
    "내달": 1,
    "last": -1,
    "last month": -1,
    "previous": -1,
    "previous month": -1,
    "지난 달": -1,
    "지난달": -1,
    "저번 달": -1,
    "저번달": -1,
    "전월": -1,
}
_NAMES = {name: number for number, month in enumerate(MONTHS, start=1) for name in (month, month[:3])} | {
    "sept": 9
}


def take_month(words: Words, today: date) -> tuple[date, Words] | None:
    """The first day of the month with which the words begin. Raises Refused for one that cannot be."""
    found = phrase(words, _RELATIVE)
    if found:
        return month_after(today, found[0]), found[1]
    dated = _korean(words, today) or _numbers(words) or _english(words, today)
    if dated:
        return dated
    _refuse_what_was_meant_as_one(words.first)
    return None


def need_month(words: Words, today: date) -> tuple[date, Words]:
    """The same where nothing else can stand. Raises Refused."""
    found = take_month(words, today)
    if found is None:
        raise no_month(words.first)
    return found


def _numbers(words: Words) -> tuple[date, Words] | None:
    found = _ISO.fullmatch(words.first.key) or _COMPACT.fullmatch(words.first.key)
    return (_month(words.first, int(found[1]), int(found[2])), words.after(1)) if found else None


def _korean(words: Words, today: date) -> tuple[date, Words] | None:
    """`3월`, `2026년 3월`: one to four words."""
    for count in range(min(4, len(words.tokens)), 0, -1):
        found = _KOREAN.fullmatch("".join(token.key for token in words.tokens[:count]))
        if found:
            number = int(found[2])
            year = int(found[1]) if found[1] else _year_of(number, today)
            return _month(words.first, year, number), words.after(count)
    return None


def _english(words: Words, today: date) -> tuple[date, Words] | None:
    """`March`, `mar 2027`."""
    number = _NAMES.get(words.first.key.rstrip(".,"))
    if number is None:
        return None
    rest = words.after(1)
    year = _YEAR.fullmatch(rest.first.key) if rest else None
    if year:
        return _month(words.first, int(year[1]), number), rest.after(1)
    return _month(words.first, _year_of(number, today), number), rest


def _year_of(month: int, today: date) -> int:
    return today.year + 1 if today.month - month > _HALF_A_YEAR else today.year


def _month(token: Token, year: int, number: int) -> date:
    if year not in YEARS or not 1 <= number <= 12:  # noqa: PLR2004 - the months of a year
        raise no_month(token)
    return date(year, number, 1)


def _refuse_what_was_meant_as_one(token: Token) -> None:
    """A number or a misspelt name is no project: it is said how a month is written. Raises Refused."""
    guess = closest(token.text, [*MONTHS, *_RELATIVE], _CLOSE)
    if guess or _STARTS_AS_ONE.match(token.key):
        raise no_month(token, guess)


def no_month(token: Token, guess: str = "") -> Refused:
    """The refusal of a word that is no month, with the way to write one."""
    return Refused(Unreadable("month", token.text[:_SHOWN], EXAMPLE, guess))
