"""What readings prove of the items of a checklist."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from domain.health.model import AVAILABILITY, CPU, ERROR_RATE, HEALTH, MEMORY, P95, Reading
from domain.health.now import Health
from domain.health.ranges import Judged

METRICS_IN_RANGE, HEALTH_ENDPOINT, PERFORMANCE_IN_RANGE, COMPARED = (
    "metrics_in_range",
    "health_endpoint",
    "performance_in_range",
    "compared",
)
_SERVICE = frozenset({ERROR_RATE, P95})
_COMPARED = _SERVICE | {CPU, MEMORY}
"""What the items speak of: without one of these the others prove nothing."""
_NO_PERFORMANCE = frozenset({HEALTH, AVAILABILITY, ERROR_RATE})


@dataclass(frozen=True, kw_only=True)
class HealthEvidence:
    """`holds` is None where nobody knows: nothing fresh was measured, or not all. `readings` show it: those
    that are out of range where it does not hold. `at` is when the newest was taken.
    """

    holds: bool | None
    readings: tuple[Reading, ...] = ()
    at: datetime | None = None


def evidence(of: Health) -> Mapping[str, HealthEvidence]:
    return {
        METRICS_IN_RANGE: _of(of, lambda _: True, _SERVICE),
        COMPARED: _of(of, lambda _: True, _COMPARED, compared=True),
        HEALTH_ENDPOINT: _of(of, lambda metric: metric == HEALTH),
        PERFORMANCE_IN_RANGE: _of(of, lambda metric: metric not in _NO_PERFORMANCE),
    }


def _of(
    of: Health,
    concerns: Callable[[str], bool],
    least: frozenset[str] = frozenset(),
    *,
    compared: bool = False,
) -> HealthEvidence:
    """What is out of range is so however old it is; that all is fine must be fresh, and of all in `least`."""
    found = [one for one in of.measured if concerns(one.reading.metric)]
    out = tuple(one.reading for one in found if one.judged is Judged.OUT)
    newest = max((one.reading.at for one in found), default=None)
    if out:
        return HealthEvidence(holds=False, readings=out, at=newest)
    old = newest is None or newest < of.at - of.too_old
    known = {one.reading.metric for one in found if one.baseline is not None or not compared}
    whole = not old and known >= least and all(one.judged is Judged.FINE for one in found)
    readings = tuple(one.reading for one in found)
    return HealthEvidence(holds=True if whole else None, readings=readings, at=newest)
