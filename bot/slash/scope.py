"""Commands about the changes of a release."""

from __future__ import annotations

from bot import modals, opening
from bot.desk import Call
from bot.slash.answer import Answer
from commands import find, slash
from commands.requests import LeaveOut, TakeBackChange
from commands.show import scope as shows
from domain.refusals import Gone, Refused
from messages.ids import Press, Target
from messages.modals.scope import SHA
from storage.db import Tx

ScopeCommand = slash.ScopeText | slash.LeaveOutText | slash.TakeBackText | slash.CompareText


def answer(tx: Tx, call: Call, command: ScopeCommand) -> Answer:
    """The list, the small form, or the request when all was typed. Raises Refused."""
    release = find.release(tx, command.release, call.origin.channel, command.project).id
    match command:
        case slash.LeaveOutText(sha=sha, flag=flag) if sha and flag:
            return LeaveOut(release=release, sha=sha, flag=flag)
        case slash.LeaveOutText(sha=sha) if sha:
            return opening.asked(tx, call, Press.LEAVE_OUT, Target(release=release, key=sha[:SHA].lower()))
        case slash.TakeBackText(sha=sha) if sha:
            return TakeBackChange(release=release, sha=sha)
        case slash.CompareText():
            return _compare(tx, call, release)
        case _:
            return modals.scope(tx, call.reader, Target(release=release))


def _compare(tx: Tx, call: Call, release: str) -> Answer:
    built = shows.scope(tx, release).candidates
    if len(built) < 2:  # noqa: PLR2004 - one alone cannot be compared
        raise Refused(Gone("candidate"))
    return modals.compare(tx, call.reader, Target(release=release, candidate=built[-1], page=built[-2]))
