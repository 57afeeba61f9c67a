"""Whether a rollout may go on by itself."""

from __future__ import annotations

from commands.context import Case
from domain.rollout.fine import NoReading, NotFine
from storage.db import Tx


def not_fine(tx: Tx, found: Case) -> tuple[NotFine, ...]:  # noqa: ARG001  # readings are not stored yet
    """Every reason why the live step does not go on by itself; empty when all that is watched is fine."""
    rollout = found.release.rollout
    if rollout is None or rollout.complete:
        return ()
    return tuple(NoReading(metric=metric) for metric in rollout.planned(rollout.done).health)
