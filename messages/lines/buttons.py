"""The buttons under those lines that ask somebody to do something."""

from __future__ import annotations

from domain import errands as e
from domain import events as v
from domain.errands import Said
from domain.types import Action
from messages import names
from messages.blocks import Block, Element, actions
from messages.buttons import press_button, press_for
from messages.ids import Press, Target
from messages.lines.rollout import RolloutSaid
from messages.texts import Reader

# What the release does not wait for: nothing is tried again by a press.
LEFT_AS_IT_IS = frozenset({"tag_candidate", "tag", "drop_branch"})


_DECISIONS = (Action.CONTINUE, Action.DECLARE_ROLLBACK)


def buttons_for(reader: Reader, said: Said) -> Block | None:
    """An actions block, or None where there is nothing to press."""
    t = reader.t
    match said:
        case e.MissedWindow() | e.DateTaken():
            target = Target(release=said.release)
            return actions([press_button(t("Choose another date"), Press.RETARGET, target, style="primary")])
        case v.RolloutInterrupted() | e.RolloutWaits():
            return actions([_decision(reader, said, action) for action in _DECISIONS])
        case e.SeatEmpty():
            target = Target(room=said.room)
            return actions([press_button(t("Take command"), Press.TAKE_SEAT, target, style="primary")])
        case e.OverBudget():
            target = Target(room=said.room, step=said.step, state="done")
            return actions([press_button(t("Step done"), Press.STEP, target)])
        case e.PostmortemReminder():
            target = Target(room=said.room)
            return actions([press_button(t("Close post-mortem"), Press.POSTMORTEM_DONE, target)])
        case e.TaskLeft() if said.work not in LEFT_AS_IT_IS:
            target = Target(release=said.release)
            return actions([press_button(t("Try again"), Press.RETRY, target)])
        case _:
            return None


def _decision(reader: Reader, said: RolloutSaid, action: Action) -> Element:
    """As on the card; a press that is refused says what is missing and who can settle it."""
    target = Target(release=said.release, action=action, candidate=said.candidate)
    style = "danger" if action is Action.DECLARE_ROLLBACK else ""
    return press_button(names.action(reader, action), press_for(action), target, key=action, style=style)
