"""A step of a rollback, or a breach, as a line of what waits for somebody: what to do about it, and where."""

from __future__ import annotations

from collections.abc import Mapping

from domain.criteria.model import Breach
from domain.rollback import StepKey
from domain.views import Task, ToDo
from messages import names
from messages.blocks import channel
from messages.criteria import words
from messages.names import word
from messages.parts import quote
from messages.texts import Reader

_TO_DO: Mapping[ToDo, str] = {
    ToDo.BEGIN: word("Start your step of the rollback: {what}"),
    ToDo.FINISH: word("Your step of the rollback is under way, say when it is done: {what}"),
    ToDo.CONFIRM: word("Confirm this breach if you see it too: {what}"),
    ToDo.ANSWER: word("You are called, say that you are on it: {what}"),
    ToDo.SETTLE: word("You are on it: see it to its end, or have the rollback declared: {what}"),
    ToDo.DECIDE: word("A rollback is recommended, declare it or put it aside: {what}"),
    ToDo.LOOK: word("Look at this breach, then declare a rollback or put it aside: {what}"),
}
_LONGEST = 150


def told(reader: Reader, to_do: ToDo, of: StepKey | Breach) -> str:
    what = names.step(reader, of) if isinstance(of, StepKey) else _breach(reader, of)
    return reader.t(_TO_DO[to_do], what=what)


def place(reader: Reader, of: Task) -> str:
    """Slack may have made a room no channel; the card of a release may not have been posted yet."""
    t = reader.t
    if of.in_room:
        return (
            t("war room {room}", room=channel(of.channel)) if of.channel else t("war room without a channel")
        )
    if of.channel:
        return t("the release's thread in {channel}", channel=channel(of.channel))
    return quote(of.project, 60)


def _breach(reader: Reader, of: Breach) -> str:
    """`Errors 7.2 %`, or what was reported and what was seen."""
    what = words.rule(reader, of)
    if of.reported is None:
        return f"{what} {words.value(reader, of, of.value)}"
    return f"{what} · {quote(of.evidence, _LONGEST)}" if of.evidence else what
