"""Health shown privately, its pages, and the form that enters a reading."""

from __future__ import annotations

from bot import answers
from bot.desk import Call, Desk
from bot.modals import View
from bot.payloads import Pressed
from commands.show import health as show
from messages.ids import Target
from messages.message import Message
from messages.modals import reading
from messages.texts import Reader
from storage.db import Tx


async def tell(desk: Desk, call: Call, pressed: Pressed) -> None:
    """Another page, to who pressed. Raises Refused."""
    await desk.whisper(call, await desk.look(_told, call, pressed.target))


def _told(tx: Tx, call: Call, target: Target) -> Message:
    return answers.shown(call.reader, show.health(tx, target.release, target.page))


def enter(tx: Tx, reader: Reader, target: Target) -> View:
    return reading.reading(reader, show.health(tx, target.release), target.key)
