"""The way back shown privately, and the modals that it leads to."""

from __future__ import annotations

from bot import answers
from bot.desk import Call, Desk
from bot.modals import View
from bot.payloads import Pressed
from commands.show import readiness as show
from commands.show.release import look
from domain.refusals import Gone, NoMigration, Refused
from messages.ids import Target
from messages.message import Message
from messages.modals import rehearsal, schema, way_back
from messages.texts import Reader
from storage.db import Tx


async def tell(desk: Desk, call: Call, pressed: Pressed) -> None:
    """To who pressed, beside the message whose button it was. Raises Refused."""
    await desk.whisper(call, await desk.look(_told, call, pressed.target))


def _told(tx: Tx, call: Call, target: Target) -> Message:
    return answers.shown(call.reader, show.readiness(tx, target.release))


def give(tx: Tx, reader: Reader, target: Target) -> View:
    view = show.readiness(tx, target.release)
    if not view.readiness.ways:
        raise Refused(NoMigration(str(view.release.version), "", ()))
    return way_back.way_back(reader, view)


def rehearsed(tx: Tx, reader: Reader, target: Target) -> View:
    return rehearsal.rehearsal(reader, look(tx, target.release).release)


def begin(tx: Tx, reader: Reader, target: Target) -> View:
    return schema.begin(reader, show.begin_form(tx, target.release))


def link(tx: Tx, reader: Reader, target: Target) -> View:
    form = show.change_form(tx, target.change)
    if form.change is None:
        raise Refused(Gone("schema_change"))
    return schema.link(reader, form, form.change)


def end(tx: Tx, reader: Reader, target: Target) -> View:
    form = show.change_form(tx, target.change)
    if form.change is None:
        raise Refused(Gone("schema_change"))
    return schema.end(reader, form, form.change)
