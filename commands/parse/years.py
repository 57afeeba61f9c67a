"""Years as people write them in both languages: `2027`, `2027년`, `next year`, `내년`."""

from __future__ import annotations

import re
from datetime import date

from commands.parse.tokens import Token, Words, phrase
from domain.refusals import Refused, Unreadable

_YEAR = re.compile(r"([0-9]{4})년?")
_RELATIVE = {
    "this year": 0,
    "올해": 0,
    "금년": 0,
    "next year": 1,
    "내년": 1,
    "다음 해": 1,
    "다음해": 1,
    "새해": 1,
}
_SHOWN = 80


def take_year(words: Words, today: date) -> tuple[int, Words] | None:
    """The running year or the next, with which the words begin. Raises Refused for any other.

    A year with a month behind it is none: `2027년 3월`.
    """
    if relative := phrase(words, _RELATIVE):
        return today.year + relative[0], relative[1]
    found = _YEAR.fullmatch(words.first.key)
    rest = words.after(1)
    if rest and rest.first.key == "년":
        rest = rest.after(1)
    if found is None or (rest and rest.first.key[:1].isdecimal()):
        return None
    year = int(found[1])
    if year - today.year not in {0, 1}:
        raise no_year(words.first, today)
    return year, rest


def no_year(token: Token, today: date) -> Refused:
    """The refusal of a word that is no year to confirm, with the way to write one."""
    return Refused(Unreadable("year", token.text[:_SHOWN], str(today.year + 1)))
