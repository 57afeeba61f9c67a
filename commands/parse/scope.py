"""`scope`: the changes of a release, one of them left out or taken back, two candidates compared."""

from __future__ import annotations

from datetime import date

from commands import slash
from commands.parse.common import Meant, leftover, only_release, take_release
from commands.parse.tokens import Words, phrase
from commands.parse.vocabulary import SCOPE_SUBS, ScopeSub

Scoped = slash.ScopeText | slash.LeaveOutText | slash.TakeBackText | slash.CompareText


def scope(words: Words, _today: date) -> Scoped:
    """`scope`, `scope 1.5.0`, `scope 1.5.0 leave-out 1a2b3c4 new-checkout`, `scope compare 1.5.0`.

    A release stands before the second word: after it, a commit or a flag could be taken for one.
    """
    meant, rest = take_release(words)
    found = phrase(words, SCOPE_SUBS)
    if found:
        meant = {"release": None, "project": None}
    elif rest:
        found = phrase(rest, SCOPE_SUBS)
    if found is None:
        return slash.ScopeText(**only_release(words))
    sub, rest = found
    match sub:
        case ScopeSub.COMPARE:
            return slash.CompareText(**(leftover(rest, meant) if meant["release"] else only_release(rest)))
        case ScopeSub.LEAVE_OUT:
            return _leave_out(meant, rest)
        case ScopeSub.TAKE_BACK:
            return leftover(rest.after(1), slash.TakeBackText(**meant, sha=_word(rest, 0)))


def _leave_out(meant: Meant, rest: Words) -> slash.LeaveOutText:
    command = slash.LeaveOutText(**meant, sha=_word(rest, 0), flag=_word(rest, 1))
    return leftover(rest.after(2), command)


def _word(words: Words, at: int) -> str:
    return words.tokens[at].text if len(words.tokens) > at else ""
