"""Two people press opposite buttons on a rollout: the careful one holds, and the other is told."""

from __future__ import annotations

from datetime import datetime, timedelta

from domain.people import is_machine
from domain.rollout.model import WentOn
from domain.rollout.rollout import Rollout
from domain.types import Action

CAREFUL = frozenset({Action.PAUSE, Action.STOP, Action.DECLARE_ROLLBACK})

RIGHT_AFTER = timedelta(minutes=2)
"""Who presses a careful button so soon has read a card from before the go: a reason takes about as long to
type. What comes later answers to the step that began, and the thread tells it.
"""


def gone_on(rollout: Rollout | None, by: str, *, step: str, paused: bool) -> WentOn | None:
    """Whose go `by` had not seen, who pressed what was shown for `step`, while it was `paused` or not.

    None where it was shown for no step, where nobody has gone on since, or only `by`.
    """
    went = rollout.went if rollout else None
    if rollout is None or went is None or not step or went.by == by:
        return None
    return went if step != rollout.step_under_way or (paused and not rollout.paused) else None


def overtaken(rollout: Rollout | None, by: str, at: datetime) -> WentOn | None:
    """The go right before what `by` does at `at`, where somebody else gave it who can be told."""
    went = rollout.went if rollout else None
    if went is None or not went.by or is_machine(went.by) or went.by == by:
        return None
    return went if at - went.at <= RIGHT_AFTER else None
