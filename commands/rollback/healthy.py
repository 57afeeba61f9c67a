"""What was measured speaks against a health check that somebody says is done."""

from __future__ import annotations

from commands.health.look import health_of
from commands.rollback.case import RoomCase
from domain.health.model import Reading
from domain.rollback.healthy import ends_health_check, out_since
from storage.db import Tx


def against(tx: Tx, found: RoomCase, step: str, state: str) -> tuple[Reading, ...]:
    """The readings of now that are out of range, where `state` would end the health check."""
    if found.release is None or not ends_health_check(found.room, step, state):
        return ()
    return out_since(found.room.mitigated_at, health_of(tx, found.project, found.release, found.at))
