"""Whether what is measured speaks against a health check that somebody says is done (spec 6.2)."""

from __future__ import annotations

from datetime import datetime

from domain.health.model import Reading
from domain.health.now import Health
from domain.rollback.model import ENDED, Room, RoomState, StepKey
from domain.rollback.moves import Move
from domain.rollback.turns import waits_for


def ends_health_check(room: Room, step: str, state: str) -> bool:
    """Whether it says that all is well, where that step may be told to be done."""
    check = room.step(StepKey.HEALTH_CHECK)
    if (step, state) != (StepKey.HEALTH_CHECK, Move.DONE) or check is None:
        return False
    return room.state is RoomState.ROLLING_BACK and check.state not in ENDED and not waits_for(room, check)


def out_since(restored: datetime | None, of: Health) -> tuple[Reading, ...]:
    """The readings of now that are out of range; those from before all was restored say nothing of it."""
    fresh = (one for one in of.out if one.at >= of.at - of.too_old)
    return tuple(one for one in fresh if restored is None or one.at > restored)
