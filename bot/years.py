"""The presses of a year's list: the answers that they stand for, and the list again where it is private."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from bot.desk import Call, Desk
from bot.payloads import Pressed, Unreadable
from commands.requests import AddAllOfYear, AnswerYear, Request, TakeBackOfYear
from commands.year.look import year_view
from domain.calendar.rollover.model import Choice
from messages.ids import Press, Target
from messages.lists import year_list
from messages.lists.year import CHANNEL
from messages.message import Message
from storage.db import Tx

_CHOICES: Mapping[Press, Choice] = {
    Press.YEAR_ADD: Choice.ADDED,
    Press.YEAR_NOT_NEEDED: Choice.NOT_NEEDED,
    Press.YEAR_MOVE: Choice.MOVED,
    Press.YEAR_SKIP: Choice.SKIPPED,
    Press.YEAR_LEAVE: Choice.LEFT,
}
ANSWERS = frozenset({*_CHOICES, Press.YEAR_ADD_ALL, Press.YEAR_BACK})
_YEARS = range(2000, 2200)


def request_of(press: Press, target: Target) -> Request:
    """The answer that a press of `ANSWERS` stands for. Raises Unreadable."""
    year = _year(press, target)
    if press is Press.YEAR_ADD_ALL:
        return AddAllOfYear(project=target.project, year=year)
    if press is Press.YEAR_BACK:
        return TakeBackOfYear(project=target.project, year=year, key=target.key)
    to = _moment(press, target.at) if target.at else None
    return AnswerYear(project=target.project, year=year, key=target.key, choice=_CHOICES[press], to=to)


async def show_again(desk: Desk, call: Call, pressed: Pressed) -> None:
    """The private list as it is now, in its own place; the channel's message follows by itself.

    Raises Refused or Unreadable.
    """
    if pressed.target.page != CHANNEL:
        year = _year(pressed.press, pressed.target)
        message = await desk.look(_listed, call, pressed.target, year)
        await desk.respond(call, pressed.answer_to, message, replace=True)


def _listed(tx: Tx, call: Call, target: Target, year: int) -> Message:
    return year_list(call.reader, year_view(tx, target.project, year), target.page)


def _year(press: Press, target: Target) -> int:
    if not (target.state.isdecimal() and target.state.isascii()) or int(target.state[:5]) not in _YEARS:
        raise Unreadable(press)
    return int(target.state)


def _moment(press: Press, text: str) -> datetime:
    try:
        found = datetime.fromisoformat(text)
    except ValueError as error:
        raise Unreadable(press) from error
    if found.tzinfo is None:
        raise Unreadable(press)
    return found
