"""The buttons beside a breach: declare, confirm, not this time."""

from __future__ import annotations

from domain.criteria.model import Breach
from messages.blocks import Element
from messages.buttons import press_button
from messages.ids import Press, Target
from messages.texts import Reader


def breach_buttons(reader: Reader, of: Breach, candidate: int) -> list[Element]:
    """A press that is refused says why; of a dry run there is nothing to press."""
    t = reader.t
    if of.dry_run:
        return []
    mine = Target(release=of.release, key=of.id)
    declare = Target(release=of.release, candidate=candidate, key=of.id)
    found = []
    if of.waits:
        found.append(press_button(t("I see it too"), Press.BREACH_CONFIRM, mine, key=of.id, style="primary"))
    if not of.unclear:
        style = "" if of.waits else "danger"
        found.append(press_button(t("Declare rollback"), Press.ROLLBACK, declare, key=of.id, style=style))
    found.append(press_button(t("Not this time…"), Press.BREACH_DISMISS, mine, key=of.id))
    return found
