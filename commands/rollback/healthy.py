"""What was measured speaks against a health check that somebody says is done."""

from __future__ import annotations

from commands.health.look import health_of
from commands.rollback.case import RoomCase
from domain.health.model import Reading
from domain.rollback import RoomState, StepKey
from domain.rollback.model import ENDED
from domain.rollback.moves import Move
from domain.rollback.turns import waits_for
from storage.db import Tx


def against(tx: Tx, found: RoomCase, step: str, state: str) -> tuple[Reading, ...]:
    """The readings of now that are out of range, where that step may be told to be done; those from before
    all was restored say nothing of it.
    """
    room = found.room
    check = room.step(StepKey.HEALTH_CHECK)
    if (step, state) != (StepKey.HEALTH_CHECK, Move.DONE) or check is None or found.release is None:
        return ()
    if room.state is not RoomState.ROLLING_BACK or check.state in ENDED or waits_for(room, check):
        return ()
    now, restored = health_of(tx, found.project, found.release, found.at), room.mitigated_at
    fresh = (one for one in now.out if one.at >= found.at - now.too_old)
    return tuple(one for one in fresh if restored is None or one.at > restored)
