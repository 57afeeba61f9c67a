"""Whether a rollout may go on by itself."""

from __future__ import annotations

from commands.context import Case
from commands.criteria.holding import holding
from commands.health import fine
from domain.rollout.fine import Breached, NotFine, Unmeasured, reasons
from storage.db import Tx


def not_fine(tx: Tx, found: Case) -> tuple[NotFine, ...]:
    """Every reason why the live step does not go on by itself; empty when all that is watched is fine."""
    rollout = found.release.rollout
    if rollout is None or rollout.complete:
        return ()
    live = rollout.times_of(rollout.done).live or found.at
    breaches = holding(tx, found)
    unclear = {breach.metric for breach in breaches if breach.unclear}  # these say the same, and why
    said = (
        one
        for one in reasons(rollout.planned(rollout.done), fine.now(tx, found), live)
        if not (isinstance(one, Unmeasured) and one.reading.metric in unclear)
    )
    return (*said, *(Breached(breach=breach) for breach in breaches))
