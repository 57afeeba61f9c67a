"""What readings prove of the items of a checklist."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from domain.health.model import AVAILABILITY, ERROR_RATE, HEALTH, Reading
from domain.health.now import Health
from domain.health.ranges import Judged

METRICS_IN_RANGE, HEALTH_ENDPOINT, PERFORMANCE_IN_RANGE = (
    "metrics_in_range",
    "health_endpoint",
    "performance_in_range",
)
_NO_PERFORMANCE = frozenset({HEALTH, AVAILABILITY, ERROR_RATE})


@dataclass(frozen=True, kw_only=True)
class HealthEvidence:
    """`holds` is None where nobody knows: nothing fresh was measured, or not all. `at` is the newest."""

    holds: bool | None
    readings: tuple[Reading, ...] = ()
    at: datetime | None = None


def evidence(of: Health) -> Mapping[str, HealthEvidence]:
    return {
        METRICS_IN_RANGE: _of(of, lambda _: True),
        HEALTH_ENDPOINT: _of(of, lambda metric: metric == HEALTH),
        PERFORMANCE_IN_RANGE: _of(of, lambda metric: metric not in _NO_PERFORMANCE),
    }


def _of(of: Health, concerns: Callable[[str], bool]) -> HealthEvidence:
    """What is out of range is so however old it is; that all is fine must be fresh."""
    found = [one for one in of.measured if concerns(one.reading.metric)]
    readings = tuple(one.reading for one in found)
    newest = max((one.at for one in readings), default=None)
    judged = {one.judged for one in found}
    if Judged.OUT in judged:
        return HealthEvidence(holds=False, readings=readings, at=newest)
    old = newest is None or newest < of.at - of.too_old
    known = not old and Judged.UNKNOWN not in judged
    return HealthEvidence(holds=True if known else None, readings=readings, at=newest)
