"""`correct`: a commit, and the first line that it should have had."""

from __future__ import annotations

import re
from datetime import date

from commands import slash
from commands.parse import vocabulary
from commands.parse.common import SHOWN
from commands.parse.tokens import Words
from domain.refusals import Refused, Unreadable

_COMMIT = re.compile(r"[0-9a-f]{7,64}|[#!][0-9]{1,9}", re.IGNORECASE)


def correct(words: Words, _today: date) -> slash.CorrectText:
    """`correct 1a2b3c4 fix: the cart`, `correct #812 기능: 쿠폰`, `correct 1a2b3c4 original`."""
    if not words:
        return slash.CorrectText()
    commit = words.first.text.rstrip(":,;")
    if not _COMMIT.fullmatch(commit):
        raise Refused(Unreadable("commit", words.first.text[:SHOWN], "/release correct 1a2b3c4 fix: …"))
    rest = words.after(1)
    if not rest:
        return slash.CorrectText(commit=commit)
    back = len(rest.tokens) == 1 and rest.first.key in vocabulary.ORIGINAL
    return slash.CorrectText(commit=commit, message="" if back else rest.rest)
