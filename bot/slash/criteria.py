"""`/release breach`: the list of a release, a report, or its form."""

from __future__ import annotations

from bot import answers, opening
from bot.desk import Call
from bot.slash.answer import Answer
from commands import find, slash
from commands.criteria import show
from commands.requests import ReportBreach
from messages.ids import Press, Target
from storage.db import Tx


def answer(tx: Tx, call: Call, command: slash.ShowBreaches | slash.BreachText) -> Answer:
    """Of the release that goes out, is out, or is taken back. Raises Refused where that is not clear."""
    release = find.to_report_on(tx, command.release, call.origin.channel, command.project)
    if isinstance(command, slash.ShowBreaches):
        return answers.shown(call.reader, show.listed(tx, release.id))
    if command.reported is None or not command.seen:
        target = Target(release=release.id, state=command.reported or "")
        return opening.asked(tx, call, Press.BREACH_REPORT, target)
    return ReportBreach(release=release.id, reported=command.reported, seen=command.seen)
