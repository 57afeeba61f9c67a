"""Beside the steps that tell people outside: the form of their notice, and which went out (spec 6.2)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from domain.events import NoticeSent
from domain.notices import NoticeAudience, NoticeKind
from domain.rollback import Room, RoomState, Step, StepKey, StepState
from domain.rollback.model import ENDED
from domain.rollback.turns import waits_for
from domain.views import RoomView
from messages.blocks import Element
from messages.buttons import press_button
from messages.ids import Press, Target
from messages.notices.draft import AUDIENCES
from messages.parts import indented, stamp
from messages.texts import Reader


@dataclass(frozen=True)
class _Told:
    """The turn that a step's notice opens with, and all that count as told by it."""

    opens: NoticeKind
    kinds: frozenset[NoticeKind]


_TOLD: Mapping[StepKey, _Told] = {
    StepKey.OUTAGE_NOTICE: _Told(NoticeKind.ROLLBACK, frozenset({NoticeKind.ROLLBACK, NoticeKind.PROGRESS})),
    StepKey.COMPLETION_NOTICE: _Told(NoticeKind.RECOVERY, frozenset({NoticeKind.RECOVERY})),
}


def notice_buttons(reader: Reader, room: Room, step: Step) -> list[Element]:
    """As long as somebody may still have to be told; of the completion also once the service is normal."""
    of = _TOLD.get(step.key)
    over = step.key is StepKey.COMPLETION_NOTICE and room.state is RoomState.RESOLVED
    if of is None or not (over or (room.active and step.state not in ENDED and not waits_for(room, step))):
        return []
    target = Target(release=room.release, room=room.id, state=of.opens)
    return [press_button(reader.t("Send notice…"), Press.NOTICE, target, key=step.key)]


def notices(reader: Reader, view: RoomView, step: Step) -> str:
    """Beneath the step: whom its notices went to, and who has channels and was not told."""
    of = _TOLD.get(step.key)
    if of is None or step.state is StepState.SKIPPED:
        return ""
    return "".join(indented(line) for line in _lines(reader, view, step, of))


def _lines(reader: Reader, view: RoomView, step: Step, of: _Told) -> Iterator[str]:
    t = reader.t
    sent: dict[NoticeAudience, str] = {}
    for entry in view.entries:
        if isinstance(entry.event, NoticeSent) and entry.event.kind in of.kinds:
            sent[entry.event.audience] = stamp(reader, entry.at)
    if sent:
        told = ", ".join(f"{t(AUDIENCES[one])} {at}" for one, at in sent.items())
        yield t("Notices sent: {told}", told=told)
    elif step.state is StepState.DONE:
        yield t("No notice was sent through Naru.")
    waiting = [t(AUDIENCES[one]) for one in view.audiences if one not in sent]
    if waiting and step.state is not StepState.WAITING:
        yield t("Not told yet: {audiences}", audiences=", ".join(waiting))
