"""`/release health`: how it is now, or a reading that somebody typed."""

from __future__ import annotations

from bot import answers, opening
from bot.desk import Call
from bot.slash.answer import Answer
from commands import find, slash
from commands.requests import EnterReading
from commands.show import health as shows
from messages.ids import Press, Target
from storage.db import Tx


def answer(tx: Tx, call: Call, command: slash.HealthText) -> Answer:
    """Raises Refused when it is not clear which release is meant."""
    release = find.release(tx, command.release, call.origin.channel, command.project)
    if not command.metric:
        return answers.shown(call.reader, shows.health(tx, release.id))
    if not command.value:
        return opening.asked(tx, call, Press.READING, Target(release=release.id, key=command.metric))
    return EnterReading(release=release.id, metric=command.metric, text=command.value, note=command.note)
