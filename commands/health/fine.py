"""What of a release's health speaks against going on by itself."""

from __future__ import annotations

from commands.context import Case
from commands.health.look import health_of
from domain.health.model import Reading
from domain.health.now import Health
from storage.db import Tx


def out_of_range(tx: Tx, found: Case) -> tuple[Reading, ...]:
    """The newest readings that are out of their ranges."""
    return now(tx, found).out


def inconclusive(tx: Tx, found: Case) -> tuple[Reading, ...]:
    """The newest readings without a number: a person has to look."""
    return now(tx, found).unknown


def now(tx: Tx, found: Case) -> Health:
    """`fine` of it is only true of fresh readings that all are in range."""
    return health_of(tx, found.project, found.release, found.at)
