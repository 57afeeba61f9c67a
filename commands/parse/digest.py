"""The verb `digest`: on, off, or at what time."""

from __future__ import annotations

from datetime import date

from commands.parse.common import leftover, unreadable
from commands.parse.dates import skip, take_clock
from commands.parse.tokens import Words, phrase
from commands.parse.vocabulary import SWITCH
from commands.slash import DigestText

_EXAMPLE = "/release digest 08:30"


def digest(words: Words, _today: date) -> DigestText:
    """`digest`, `digest on`, `digest off`, `digest 08:30`, `digest on 8:30`."""
    on, rest = phrase(words, SWITCH) or (None, words)
    clock = take_clock(skip(rest)) if on is not False else None
    if clock:
        return leftover(clock[1], DigestText(on=True, at=clock[0].at))
    if rest and on is None:
        raise unreadable("switch", rest, SWITCH, _EXAMPLE)
    return leftover(rest, DigestText(on=on))
