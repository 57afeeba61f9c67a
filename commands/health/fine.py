"""What of a release's health speaks against going on by itself."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from commands.context import Case
from commands.health.look import health_of
from domain.health.asking import own_metrics
from domain.health.model import Reading
from domain.health.newest import concerns
from domain.health.now import Health
from domain.types import Environment
from storage import readings
from storage.db import Tx


def out_of_range(tx: Tx, found: Case) -> tuple[Reading, ...]:
    """The newest readings that are out of their ranges."""
    return now(tx, found).out


def inconclusive(tx: Tx, found: Case) -> tuple[Reading, ...]:
    """The newest readings without a number: a person has to look."""
    return now(tx, found).unknown


def taken(tx: Tx, found: Case, metrics: Sequence[str], since: datetime) -> list[Reading]:
    """What was measured of production for this release, or of all users, oldest first."""
    own, production = own_metrics(found.project.policy.health), Environment.PRODUCTION
    known = readings.since(tx, found.project.key, production, since, metrics)
    return [one for one in known if concerns(own, production, one, found.release.id)]


def now(tx: Tx, found: Case) -> Health:
    """`fine` of it is only true of fresh readings that all are in range."""
    return health_of(tx, found.project, found.release, found.at)
