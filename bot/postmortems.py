"""Forms of a post-mortem, filled from state as it is now, and the way to its page on the web."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from bot.desk import Call, Desk
from bot.payloads import Pressed
from bot.settings import Settings
from commands.postmortem.files import AskFiles, ask
from commands.postmortem.page import may_read
from commands.postmortem.show import proposed_due, redeploys
from commands.requests import EndActionItem, ReopenActionItem
from commands.rollback.look import room_look
from domain.calendar.zones import local_day
from domain.postmortem.moves import item_of
from messages.ids import Press, Target
from messages.modals import postmortem as modal
from messages.postmortem.page import given
from messages.texts import Reader
from storage.db import Tx
from web.links import Links

View = dict[str, Any]
AT_ONCE = frozenset({Press.ITEM_DONE, Press.ITEM_REOPEN})


def request_of(pressed: Pressed) -> EndActionItem | ReopenActionItem:
    """Of a press that needs no more words."""
    target = pressed.target
    if pressed.press is Press.ITEM_DONE:
        return EndActionItem(room=target.room, item=target.key)
    return ReopenActionItem(room=target.room, item=target.key)


async def files(desk: Desk, call: Call, pressed: Pressed) -> None:
    """They appear in the room. Raises Refused."""
    await desk.note(ask, AskFiles(room=pressed.target.room), call.origin)


async def page(desk: Desk, call: Call, pressed: Pressed) -> None:
    """Its address on the web, for who pressed alone. Raises Refused."""
    room, language = pressed.target.room, call.reader.language
    wall = await desk.look(may_read, room, call.origin)
    url = desk.links.url(room, language, wall) if desk.links else ""
    await desk.respond(call, pressed.answer_to, given(call.reader, url), replace=False)


def links_of(settings: Settings, team: str) -> Links:
    """Every replica has the same secrets, and so reads what another one signed."""
    secret = settings.slack_signing_secret or settings.slack_bot_token
    return Links(secret.get_secret_value() if secret else "", team, settings.base_url)


def write(tx: Tx, reader: Reader, target: Target) -> View:
    return modal.write(reader, room_look(tx, target.room).room)


def add(tx: Tx, reader: Reader, target: Target) -> View:
    found = room_look(tx, target.room)
    return modal.add_item(reader, found.room, proposed_due(found))


def end(tx: Tx, reader: Reader, target: Target) -> View:
    found = room_look(tx, target.room)
    item = item_of(found.room, target.key)
    due = local_day(item.due, ZoneInfo(found.project.policy.zone))
    return modal.end_item(reader, found.room, item, due)


def redeploy(tx: Tx, reader: Reader, target: Target) -> View:
    found = room_look(tx, target.room)
    return modal.redeploy(reader, found.room, redeploys(tx, found))
