"""The press that opens the form of a notice, for the steps of the way back that tell people outside."""

from __future__ import annotations

from collections.abc import Mapping

from domain.notices import NoticeKind
from domain.rollback import StepKey
from messages.blocks import Element
from messages.buttons import press_button
from messages.ids import Press, Target
from messages.texts import Reader

OPENS: Mapping[str, NoticeKind] = {
    StepKey.OUTAGE_NOTICE: NoticeKind.ROLLBACK,
    StepKey.COMPLETION_NOTICE: NoticeKind.RECOVERY,
}
"""The turn of the release that the step's notice opens with."""


def notice_button(reader: Reader, *, release: str, room: str, step: str) -> Element:
    """`step` is one of those in `OPENS`."""
    target = Target(release=release, room=room, state=OPENS[step])
    return press_button(reader.t("Send notice…"), Press.NOTICE, target, key=step)
