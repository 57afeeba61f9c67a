"""`/release exception`: ask, revoke, those in force, the ledger."""

from __future__ import annotations

from dataclasses import replace

from bot import answers, exception_modals, opening
from bot.asking import may
from bot.desk import Call
from bot.slash.answer import Answer
from bot.slash.where import project
from commands import find, slash
from commands.show import exceptions as shows
from commands.slash import SlashCommand
from messages.ids import Press, Target
from messages.modals.exceptions import MERGE
from storage.db import Tx


def answer(tx: Tx, call: Call, command: SlashCommand) -> Answer:
    """A list, the ledger, or the form. Raises Refused."""
    match command:
        case slash.AskExceptionText():
            return _ask(tx, call, command)
        case slash.RevokeExceptionText():
            return _revoke(tx, call, command)
        case slash.ShowLedger(month=month, project=named):
            return answers.shown(call.reader, shows.ledger(tx, project(tx, call, named).key, month))
        case _:
            key = project(tx, call, getattr(command, "project", None)).key
            return answers.shown(call.reader, shows.live(tx, key))


def _ask(tx: Tx, call: Call, command: slash.AskExceptionText) -> Answer:
    """To deploy a release is meant; to merge one only where its own branch is."""
    channel = call.origin.channel
    if command.merge and not command.release:
        target = Target(project=project(tx, call, command.project).key, state=MERGE)
    else:
        found = find.release(tx, command.release, channel, command.project)
        target = Target(project=found.project, release=found.id, state=MERGE if command.merge else "")
    may(tx, call.origin, Press.EXCEPTION_ASK, target)
    return exception_modals.ask(tx, call.reader, target, by=call.origin.actor.user)


def _revoke(tx: Tx, call: Call, command: slash.RevokeExceptionText) -> Answer:
    """The form where only one can be meant, else the list to choose from."""
    channel = call.origin.channel
    of = project(tx, call, command.project)
    view = shows.live(tx, of.key)
    if command.release:
        release = find.release(tx, command.release, channel, command.project)
        meant = [one for one in view.exceptions if one.exception.release == release.id]
    else:
        meant = list(view.exceptions)
    if len(meant) == 1:
        target = Target(exception=meant[0].exception.id)
        return opening.asked(tx, call, Press.EXCEPTION_REVOKE, target)
    return answers.shown(call.reader, replace(view, exceptions=tuple(meant)))
