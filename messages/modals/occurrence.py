"""Move or cancel one occurrence of what recurs: a release window, no-deploy hours, a deploy of the cadence.

Fields (block ids): `day` (select: ISO days on which it is due), `what` (select: `move`, `cancel`,
`restore`), `start` and `end` (pickers: unix seconds; of a deploy the start only), `reason` (text). The
target's `state` is the key of what recurs.
"""

from __future__ import annotations

from domain.calendar.changes import SLOT
from domain.views import DueOccurrence, OccurrenceForm
from messages import blocks
from messages.blocks import Block
from messages.dates import day, moment, span
from messages.entries import occurrence_name
from messages.ids import Form, Target
from messages.modals.fields import View, date_time, form, words
from messages.names import capital
from messages.texts import Reader

DAY, WHAT, START, END, REASON = "day", "what", "start", "end", "reason"
MOVE, CANCEL, RESTORE = "move", "cancel", "restore"


def occurrence(reader: Reader, of: OccurrenceForm) -> View:
    t = reader.t
    days = [blocks.option(_due(reader, one), one.day.isoformat()) for one in of.due]
    whats = [
        blocks.option(t("Cancel it this once"), CANCEL),
        blocks.option(t("Move it this once"), MOVE),
        blocks.option(t("Leave it as usual"), RESTORE),
    ]
    told = t("All others stay as they are. Whoever was told is told of the change.")
    content: list[Block] = [
        blocks.section(f"*{capital(occurrence_name(reader, of.of))}*\n{told}"),
        blocks.field(t("Which one"), blocks.select(DAY, days), DAY),
        blocks.field(t("What about it"), blocks.select(WHAT, whats, initial=whats[0]), WHAT),
        blocks.field(t("Moved to"), date_time(START), START, hint=t("In your time zone."), optional=True),
    ]
    if of.of != SLOT:
        content.append(
            blocks.field(t("Until"), date_time(END), END, hint=t("In your time zone."), optional=True)
        )
    content.append(words(t("Reason"), REASON, optional=True))
    target = Target(project=of.project.key, state=of.of)
    return form(reader, Form.OCCURRENCE, t("One date only"), content, submit=t("Change"), target=target)


def _due(reader: Reader, one: DueOccurrence) -> str:
    t = reader.t
    on = day(reader, one.day)
    if one.start is None:
        return t("{day} · cancelled", day=on)
    shown = moment(reader, one.start) if one.end is None else span(reader, one.start, one.end)
    return t("{day} · moved to {at}", day=on, at=shown) if one.changed else shown
