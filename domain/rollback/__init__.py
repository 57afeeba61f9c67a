"""Rollback and war room: seats, steps with budgets, and what follows from them (spec 6)."""

from domain.rollback.model import (
    RESTORING,
    VERIFYING,
    Criterion,
    Entry,
    Room,
    RoomState,
    Seat,
    Step,
    StepKey,
    StepState,
)
from domain.rollback.names import incident_name, rollback_name, room_names

__all__ = [
    "RESTORING",
    "VERIFYING",
    "Criterion",
    "Entry",
    "Room",
    "RoomState",
    "Seat",
    "Step",
    "StepKey",
    "StepState",
    "incident_name",
    "rollback_name",
    "room_names",
]
