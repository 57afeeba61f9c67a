"""`exception`: those in force; `ask`, `revoke`, and the `ledger` of a month."""

from __future__ import annotations

from datetime import date
from typing import assert_never

from commands import slash
from commands.parse.common import maybe_project, only_release, unreadable
from commands.parse.months import take_month
from commands.parse.tokens import Words, phrase, pick
from commands.parse.vocabulary import EXCEPTION_SUBS, MERGE, ExceptionSub

Exceptions = slash.ShowExceptions | slash.AskExceptionText | slash.RevokeExceptionText | slash.ShowLedger
_EXAMPLE = "/release exception ask 1.5.0"


def exception(words: Words, today: date) -> Exceptions:
    """`exception ask 1.5.0`, `exception ask merge`, `예외 대장 2월`."""
    sub, rest = phrase(words, EXCEPTION_SUBS) or (_shown(words), words)
    match sub:
        case ExceptionSub.SHOW:
            return slash.ShowExceptions(project=maybe_project(rest))
        case ExceptionSub.ASK:
            merge, rest = pick(rest, MERGE)
            return slash.AskExceptionText(**only_release(rest), merge=bool(merge))
        case ExceptionSub.REVOKE:
            return slash.RevokeExceptionText(**only_release(rest))
        case ExceptionSub.LEDGER:
            return _ledger(rest, today)
        case _:
            assert_never(sub)


def _ledger(words: Words, today: date) -> slash.ShowLedger:
    """A month without a year that is still to come is the last one of that name: ledgers look back."""
    found = take_month(words, today) if words else None
    if found is None:
        return slash.ShowLedger(project=maybe_project(words))
    month, rest = found
    return slash.ShowLedger(month=_past(month, today), project=maybe_project(rest))


def _past(month: date, today: date) -> date:
    return month.replace(year=month.year - 1) if month > today else month


def _shown(words: Words) -> ExceptionSub:
    """A project's name alone shows its exceptions; what looks like a misspelt subcommand is none."""
    if len(words.tokens) > 1:
        raise unreadable("subcommand", words, EXCEPTION_SUBS, _EXAMPLE)
    return ExceptionSub.SHOW
