"""What stands against a rollout going on by itself."""

from __future__ import annotations

from commands.context import Case
from domain.criteria.model import Breach
from storage import breaches
from storage.db import Tx


def holding(tx: Tx, found: Case) -> tuple[Breach, ...]:
    """The breaches, and what cannot be judged, that nobody has put aside yet."""
    return tuple(breach for breach in breaches.live(tx, found.release.id) if breach.counts)
