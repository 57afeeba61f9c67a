"""The two long parts of a rollback, with a budget of their own beside those of their steps (spec 6.2)."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import assert_never

from domain.policy import RollbackPolicy
from domain.rollback.model import ENDED, RESTORING, VERIFYING, Room, RoomState, StepState


class Part(StrEnum):
    """The values stand in reminders, where a step's key stands otherwise."""

    RESTORE = "restore"
    VERIFY = "verify"


def over_at(room: Room, part: Part, policy: RollbackPolicy) -> datetime | None:
    """When the budget of the whole part is used up; None before it begins and once it is over.

    Where the step that it began with still runs, that one's own warning comes at the same moment.
    """
    if room.state is not RoomState.ROLLING_BACK:
        return None
    keys, began, budget = RESTORING, room.restore_began_at, policy.restore_budget
    match part:
        case Part.RESTORE:
            over = room.mitigated_at is not None
        case Part.VERIFY:
            keys, began, budget = VERIFYING, room.mitigated_at, policy.verify_budget
            over = all(step.state in ENDED for step in room.steps if step.key in VERIFYING)
        case _:
            assert_never(part)
    running = [step for step in room.steps if step.key in keys and step.state is StepState.RUNNING]
    if began is None or over or any(step.started_at == began for step in running):
        return None
    return began + budget
