"""Whether a rollout may go on by itself."""

from __future__ import annotations

from commands.context import Case
from commands.criteria.holding import holding
from commands.health import fine
from domain.rollout.fine import Breached, NotFine, Unmeasured, reasons
from domain.rollout.steady import LOOKS_BACK, Gap, NotLong
from storage.db import Tx


def not_fine(tx: Tx, found: Case) -> tuple[NotFine, ...]:
    """Every reason why the live step does not go on by itself; empty when all that is watched is fine."""
    rollout = found.release.rollout
    if rollout is None or rollout.complete:
        return ()
    live = rollout.times_of(rollout.done).live or found.at
    step = rollout.planned(rollout.done)
    taken = fine.taken(tx, found, step.health, max(live, found.at - LOOKS_BACK))
    breaches = holding(tx, found)
    unclear = {breach.metric for breach in breaches if breach.unclear} - {""}  # these say the same, and why
    said = (one for one in reasons(step, fine.now(tx, found), live, taken) if _unknown(one) not in unclear)
    return (*said, *(Breached(breach=breach) for breach in breaches))


def _unknown(one: NotFine) -> str:
    """The metric of which nobody knows, or lately knew, how it is; empty where it is known."""
    match one:
        case Gap(metric=metric):
            return metric
        case Unmeasured(reading=reading) | NotLong(reading=reading) if reading.value is None:
            return reading.metric
        case _:
            return ""
