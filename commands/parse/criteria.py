"""`breach`: what was breached on a release, and what somebody saw."""

from __future__ import annotations

from datetime import date

from commands import slash
from commands.parse.common import only_release, take_release, unreadable
from commands.parse.tokens import Words, phrase
from commands.parse.vocabulary import NEW, REPORTED, SUBS, Sub

_EXAMPLE = "/release breach 1.5.0 data orders are there twice"


def breach(words: Words, _today: date) -> slash.ShowBreaches | slash.BreachText:
    """`breach`, `breach list 1.5.0`, `breach 1.5.0 data orders twice`, `breach report`."""
    listing = phrase(words, SUBS) if words else None
    if listing is not None and listing[0] is Sub.SHOW:
        return slash.ShowBreaches(**only_release(listing[1]))
    meant, rest = take_release(words)
    if not rest:
        return slash.ShowBreaches(**meant)
    if rest.first.key in NEW and len(rest.tokens) == 1:
        return slash.BreachText(**meant)
    found = phrase(rest, REPORTED)
    if found is None:
        raise unreadable("criterion", rest, REPORTED, _EXAMPLE)
    reported, rest = found
    if rest and meant["release"] is None:  # the kind may come first
        meant, rest = take_release(rest)
    return slash.BreachText(**meant, reported=reported, seen=rest.rest)
