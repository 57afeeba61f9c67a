"""The presses of the month's list: another month in its place, and the pictures."""

from __future__ import annotations

from datetime import date

from bot.answers import told
from bot.desk import Call, Desk
from bot.payloads import Pressed, Unreadable
from commands import picture
from commands.picture import AskPicture
from commands.show import lists
from domain.errands import Picture, ToPerson
from messages.ids import Press, Target
from messages.lists import month_list
from messages.lists.month import month_of
from messages.message import Message
from messages.pictures import on_its_way
from storage.db import Tx

_PICTURES = {Press.CALENDAR_PICTURE: Picture.MONTH, Press.CALENDAR_TIMELINE: Picture.TIMELINE}
PRESSES = frozenset({Press.CALENDAR, *_PICTURES})
_DM = "D"


async def serve(desk: Desk, call: Call, pressed: Pressed) -> None:
    """Do what the press asks for. Raises Refused or Unreadable."""
    if pressed.press is Press.CALENDAR:
        message = await desk.look(_listed, call, pressed.target)
        await desk.respond(call, pressed.answer_to, message, replace=True)
        return
    target = pressed.target
    request = AskPicture(
        project=target.project, picture=_PICTURES[pressed.press], month=_month(target, pressed.press)
    )
    place = await desk.note(picture.ask, request, call.origin)
    if isinstance(place, ToPerson) and not call.origin.channel.startswith(_DM):
        await desk.respond(call, pressed.answer_to, told(on_its_way(call.reader)), replace=False)


def _listed(tx: Tx, call: Call, target: Target) -> Message:
    first = _month(target, Press.CALENDAR)
    view = lists.month(tx, target.project, first, call.origin.channel)
    return month_list(call.reader, view, page=max(0, target.page))


def _month(target: Target, press: Press) -> date:
    try:
        return month_of(target.state)
    except ValueError as error:
        raise Unreadable(press) from error
