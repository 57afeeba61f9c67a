"""Move or cancel one occurrence of what recurs: a release window, no-deploy hours, a deploy of the cadence.

Fields (block ids): `day` (select: ISO days on which it is due), `what` (select: `move`, `cancel`,
`restore`), `start` and `end` (pickers: unix seconds; of a deploy the start only), `reason` (text); all but
the text are dispatched. The target's `state` is the key of what recurs.
"""

from __future__ import annotations

from collections.abc import Iterator

from domain.calendar.changes import SLOT
from domain.views import DueOccurrence, OccurrenceForm
from messages import blocks
from messages.blocks import Block
from messages.dates import day, moment, span
from messages.entries import occurrence_name
from messages.ids import Form, Press, Target
from messages.modals.ahead import chosen_time, would_close
from messages.modals.fields import View, date_time, dispatched, form, words
from messages.names import capital
from messages.texts import Reader

DAY, WHAT, START, END, REASON = "day", "what", "start", "end", "reason"
MOVE, CANCEL, RESTORE = "move", "cancel", "restore"
_TIMES = Press.OCCURRENCE_TIMES.value


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
        dispatched(blocks.field(t("Which one"), blocks.select(_TIMES, days), DAY)),
        dispatched(blocks.field(t("What about it"), blocks.select(_TIMES, whats, initial=whats[0]), WHAT)),
        *(_picker(reader, label, name) for label, name in _pickers(reader, of)),
    ]
    if of.taken is not None:
        content.append(blocks.section(would_close(reader, (("", one) for one in of.taken))))
    if of.moved:
        content.append(blocks.section(chosen_time(reader, of.moved)))
    content.append(words(t("Reason"), REASON, optional=True))
    target = Target(project=of.project.key, state=of.of)
    return form(reader, Form.OCCURRENCE, t("One date only"), content, submit=t("Change"), target=target)


def _pickers(reader: Reader, of: OccurrenceForm) -> Iterator[tuple[str, str]]:
    """A deploy is a moment, hours have an end."""
    yield reader.t("Moved to"), START
    if of.of != SLOT:
        yield reader.t("Until"), END


def _picker(reader: Reader, label: str, name: str) -> Block:
    hint = reader.t("In your time zone.")
    return dispatched(blocks.field(label, date_time(_TIMES), name, hint=hint, optional=True))


def _due(reader: Reader, one: DueOccurrence) -> str:
    t = reader.t
    on = day(reader, one.day)
    if one.start is None:
        return t("{day} · cancelled", day=on)
    shown = moment(reader, one.start) if one.end is None else span(reader, one.start, one.end)
    return t("{day} · moved to {at}", day=on, at=shown) if one.changed else shown
