"""Buttons and modals of rollback criteria and pages."""

from __future__ import annotations

from bot.modals import View
from bot.payloads import Pressed, Unreadable
from commands.criteria import show
from commands.requests import AnswerPage, ConfirmBreach, Request
from commands.show.release import look
from domain.criteria.model import Reported
from messages.ids import Press, Target
from messages.modals import breach as modal
from messages.texts import Reader
from storage.db import Tx

AT_ONCE = frozenset({Press.BREACH_CONFIRM, Press.PAGE_ANSWER})


def request_of(pressed: Pressed) -> Request:
    if pressed.press is Press.PAGE_ANSWER:
        return AnswerPage(page=pressed.target.key)
    return ConfirmBreach(breach=pressed.target.key)


def report(tx: Tx, reader: Reader, target: Target) -> View:
    """The target's state is the criterion that was named already, if any."""
    try:
        chosen = Reported(target.state) if target.state else None
    except ValueError as error:
        raise Unreadable(Press.BREACH_REPORT) from error
    return modal.report(reader, look(tx, target.release).release, chosen)


def dismiss(tx: Tx, reader: Reader, target: Target) -> View:
    return modal.dismiss(reader, show.breach(tx, target.key))
