"""`/release digest`: how it is set, or a change of it."""

from __future__ import annotations

from bot import answers
from bot.desk import Call
from bot.slash.answer import Answer
from commands import slash
from commands.digests.choose import may_choose
from commands.digests.plan import setting_of
from commands.requests import ChooseDigest
from storage.db import Tx


def answer(tx: Tx, call: Call, command: slash.DigestText) -> Answer:
    """Raises Refused."""
    if command.on is not None:
        return ChooseDigest(on=command.on, at=command.at)
    person = may_choose(tx, call.origin)
    return answers.shown(call.reader, setting_of(tx, person.user))
