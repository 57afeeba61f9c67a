"""`notice`: which turn of which release people outside of it are told of."""

from __future__ import annotations

from datetime import date

from commands import slash
from commands.parse.common import take_release, unreadable
from commands.parse.tokens import Words, phrase
from commands.parse.vocabulary import NOTICES


def notice(words: Words, _today: date) -> slash.NoticeText:
    """`notice`, `notice 1.5.0 done`, `공지 1.5.0 지연`."""
    meant, rest = take_release(words)
    if not rest:
        return slash.NoticeText(**meant)
    found = phrase(rest, NOTICES)
    if found is None or found[1]:
        raise unreadable("notice", rest, NOTICES, "/release notice 1.5.0 done")
    return slash.NoticeText(**meant, kind=found[0])
