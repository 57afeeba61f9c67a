"""A rollback is declared: nothing is recommended any more."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from domain.criteria.model import STANDING, BreachState
from storage import breaches
from storage.db import Tx


def settle(tx: Tx, release: str, by: str, at: datetime) -> None:
    """What stands is what it was declared for; what could not be judged is of no more use."""
    for breach in breaches.live(tx, release):
        if breach.unclear:
            breaches.save(tx, replace(breach, state=BreachState.OVER, changed_at=at))
        elif breach.state in STANDING and not breach.dry_run:
            held = replace(breach, by=by, held=breach.value, changed_at=at, stood_down=False)
            breaches.save(tx, replace(held, state=BreachState.DECLARED, for_rollback=True))
