"""The emergency contacts, shown privately, and their pages."""

from __future__ import annotations

from bot import answers
from bot.desk import Call, Desk
from bot.payloads import Pressed
from commands.notices.show import contacts
from messages.ids import Target
from messages.message import Message
from storage.db import Tx


async def tell(desk: Desk, call: Call, pressed: Pressed) -> None:
    """Another page, to who pressed. Raises Refused."""
    await desk.whisper(call, await desk.look(_told, call, pressed.target))


def _told(tx: Tx, call: Call, target: Target) -> Message:
    return answers.shown(call.reader, contacts(tx, target.project, target.page))
