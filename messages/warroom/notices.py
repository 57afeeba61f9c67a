"""Beside the steps that tell people outside: the form of their notice, and which went out (spec 6.2)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from domain.events import NoticeSent
from domain.notices import NoticeAudience, NoticeKind
from domain.rollback import Room, RoomState, Step, StepKey, StepState
from domain.rollback.model import ENDED
from domain.rollback.turns import waits_for
from domain.views import RoomView
from messages.blocks import Element
from messages.notices.draft import AUDIENCES
from messages.notices.opening import OPENS, notice_button
from messages.parts import indented, stamp
from messages.texts import Reader

_TOLD: Mapping[StepKey, frozenset[NoticeKind]] = {
    StepKey.OUTAGE_NOTICE: frozenset({NoticeKind.ROLLBACK, NoticeKind.PROGRESS}),
    StepKey.COMPLETION_NOTICE: frozenset({NoticeKind.RECOVERY}),
}
"""All kinds that count as told by the step's notice."""


def notice_buttons(reader: Reader, room: Room, step: Step) -> list[Element]:
    """As long as somebody may still have to be told; of the completion also once the service is normal."""
    over = step.key is StepKey.COMPLETION_NOTICE and room.state is RoomState.RESOLVED
    if step.key not in OPENS or not (
        over or (room.active and step.state not in ENDED and not waits_for(room, step))
    ):
        return []
    return [notice_button(reader, release=room.release, room=room.id, step=step.key)]


def notices(reader: Reader, view: RoomView, step: Step) -> str:
    """Beneath the step: whom its notices went to, and who has channels and was not told."""
    kinds = _TOLD.get(step.key)
    if kinds is None or step.state is StepState.SKIPPED:
        return ""
    return "".join(indented(line) for line in _lines(reader, view, step, kinds))


def _lines(reader: Reader, view: RoomView, step: Step, kinds: frozenset[NoticeKind]) -> Iterator[str]:
    t = reader.t
    sent: dict[NoticeAudience, str] = {}
    for entry in view.entries:
        if isinstance(entry.event, NoticeSent) and entry.event.kind in kinds:
            sent[entry.event.audience] = stamp(reader, entry.at)
    if sent:
        told = ", ".join(f"{t(AUDIENCES[one])} {at}" for one, at in sent.items())
        yield t("Notices sent: {told}", told=told)
    elif step.state is StepState.DONE:
        yield t("No notice was sent through Naru.")
    waiting = [t(AUDIENCES[one]) for one in view.audiences if one not in sent]
    if waiting and step.state is not StepState.WAITING:
        yield t("Not told yet: {audiences}", audiences=", ".join(waiting))
