"""Commands that change a project's rules – blackouts, windows, roles, authors – and how commits are told."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from bot import answers, asking, modals, opening
from bot.desk import Call
from bot.modals import View
from bot.slash import looks
from bot.slash.answer import Answer
from bot.slash.where import moment, project
from commands import slash
from commands.requests import (
    AddBlackout,
    AddWindow,
    CorrectMessage,
    GiveRole,
    LinkAuthor,
    RemoveBlackout,
    RemoveWindow,
    TakeRole,
)
from commands.show import lists
from commands.show.calendar_forms import Entered
from commands.slash import LocalWhen, SlashCommand
from domain.project import Project
from domain.refusals import EndsBeforeStart, Refused, TextMissing
from domain.verbs import Verb
from messages.ids import Press, Target
from storage.db import Tx

_DAY = timedelta(days=1)


def correct(tx: Tx, call: Call, command: slash.CorrectText) -> Answer:
    """Tell a commit otherwise, or as git has it again; a commit alone opens the form of its whole message,
    nothing says how it is written. Raises Refused.
    """
    if not command.commit:
        return looks.look(tx, call, slash.HelpText(verb=Verb.CORRECT))
    of = project(tx, call, None)
    if command.message is None:
        return opening.asked(tx, call, Press.CORRECT, Target(project=of.key, key=command.commit))
    return CorrectMessage(project=of.key, commit=command.commit, message=command.message)


def change(tx: Tx, call: Call, command: SlashCommand) -> Answer:
    """A change when all is there, else its modal or the list to choose from. Raises Refused."""
    of = project(tx, call, None)
    reader, target = call.reader, Target(project=of.key)
    match command:
        case slash.AddBlackoutText():
            return _add_blackout(tx, call, of, command)
        case slash.RemoveBlackoutText(blackout=blackout):
            if not blackout:
                return answers.shown(reader, lists.blackouts(tx, of.key))
            return RemoveBlackout(project=of.key, blackout=blackout)
        case slash.AddWindowText(window=window):
            add = window and AddWindow(project=of.key, window=window)
            return add or opening.asked(tx, call, Press.WINDOW_ADD, target)
        case slash.RemoveWindowText(window=window):
            remove = window and RemoveWindow(project=of.key, window=window)
            return remove or answers.shown(reader, lists.windows(tx, of.key))
        case slash.GiveRoleText(role=role, holder=holder):
            give = role and holder and GiveRole(project=of.key, role=role, holder=holder)
            return give or opening.asked(tx, call, Press.ROLE_GIVE, target)
        case slash.TakeRoleText(role=role, holder=holder):
            take = role and holder and TakeRole(project=of.key, role=role, holder=holder)
            return take or opening.asked(tx, call, Press.ROLE_TAKE, target)
        case slash.LinkAuthorText(email=email, user=user):
            if not email or not user:
                raise Refused(TextMissing("email" if not email else "person"))
            return LinkAuthor(project=of.key, email=email, user=user)
        case _:
            raise TypeError(type(command).__name__)


def _add_blackout(tx: Tx, call: Call, of: Project, command: slash.AddBlackoutText) -> Answer:
    if not (command.name and command.start and command.end):
        return _ask_blackout(tx, call, of, command)
    starts, ends = moment(of, command.start), moment(of, _whole(command.end))
    if ends <= starts:
        raise Refused(EndsBeforeStart(_typed(of, command.start), _typed(of, command.end)))
    last_day = None if command.end.at else command.end.day
    return AddBlackout(
        project=of.key,
        name=command.name,
        start=starts,
        end=ends,
        last_day=last_day,
        reason=command.reason,
    )


def _ask_blackout(tx: Tx, call: Call, of: Project, command: slash.AddBlackoutText) -> View:
    """The modal for what is missing, with what was typed in it. Raises Refused."""
    target = Target(project=of.key)
    asking.may(tx, call.origin, Press.BLACKOUT_ADD, target)
    entered = Entered(
        name=command.name,
        reason=command.reason,
        start=moment(of, command.start) if command.start else None,
        end=moment(of, _whole(command.end)) if command.end else None,
    )
    return modals.blackout(tx, call.reader, target, entered, by=call.origin.actor.user)


def _whole(end: LocalWhen) -> LocalWhen:
    """A last day without a time is taken whole."""
    return end if end.at else LocalWhen(end.day + _DAY, time(0))


def _typed(of: Project, when: LocalWhen) -> datetime | date:
    """A day without a time is named as the day it is, not by the midnight that it reaches to."""
    return moment(of, when) if when.at else when.day
