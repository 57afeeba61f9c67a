"""`/release notice`: the form, drafted for the turn that is meant."""

from __future__ import annotations

from bot import asking
from bot.desk import Call
from bot.slash.answer import Answer
from commands import find, slash
from commands.notices.show import notice_form
from messages.ids import Press, Target
from messages.modals.notice import notice
from storage.db import Tx


def answer(tx: Tx, call: Call, command: slash.NoticeText) -> Answer:
    """Raises Refused when it is not clear which release is meant, or somebody else speaks for it."""
    room = find.room_of(tx, call.origin.channel)
    if room is not None and not room.release and not command.release:
        asking.may(tx, call.origin, Press.NOTICE, Target(room=room.id))
        return notice(call.reader, notice_form(tx, "", command.kind, room_id=room.id))
    release = find.release(tx, command.release, call.origin.channel, command.project)
    asking.may(tx, call.origin, Press.NOTICE, Target(release=release.id))
    return notice(call.reader, notice_form(tx, release.id, command.kind))
