"""What readings prove of the items of a checklist."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from domain.health.model import AVAILABILITY, CPU, ERROR_RATE, GIVEN, HEALTH, MEMORY, P95, Reading
from domain.health.now import Health
from domain.health.ranges import Judged

METRICS_IN_RANGE, HEALTH_ENDPOINT, PERFORMANCE_IN_RANGE, COMPARED = (
    "metrics_in_range",
    "health_endpoint",
    "performance_in_range",
    "compared",
)
SERVICE = frozenset({ERROR_RATE, P95})
_COMPARED = SERVICE | {CPU, MEMORY}
"""What the items speak of: without one of these the others prove nothing."""
_NO_PERFORMANCE = frozenset({HEALTH, AVAILABILITY, ERROR_RATE})


@dataclass(frozen=True, kw_only=True)
class HealthEvidence:
    """`holds` is None where nobody knows: nothing fresh was measured, or not all. `readings` show it: those
    that are out of range where it does not hold. `at` is when the oldest of them was taken where it holds,
    else when the newest was.
    """

    holds: bool | None
    readings: tuple[Reading, ...] = ()
    at: datetime | None = None


def evidence(of: Health) -> Mapping[str, HealthEvidence]:
    return {
        METRICS_IN_RANGE: _of(of, lambda _: True, SERVICE),
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
    """What is out of range is so however old it is; that all is fine must be fresh in each metric, and of all
    in `least`. What people and pipelines told a while ago proves nothing either way; a monitor that fell
    silent leaves it open.
    """
    found = [one for one in of.measured if concerns(one.reading.metric)]
    out = tuple(one.reading for one in found if one.judged is Judged.OUT)
    newest = max((one.reading.at for one in found), default=None)
    if out:
        return HealthEvidence(holds=False, readings=out, at=newest)
    fresh = [one for one in found if one.reading.at >= of.at - of.too_old]
    silent = any(one not in fresh and one.reading.source not in GIVEN for one in found)
    known = {one.reading.metric for one in fresh if one.baseline is not None or not compared}
    if not fresh or silent or not known >= least or any(one.judged is not Judged.FINE for one in fresh):
        return HealthEvidence(holds=None, readings=tuple(one.reading for one in found), at=newest)
    readings = tuple(one.reading for one in fresh)
    return HealthEvidence(holds=True, readings=readings, at=min(one.at for one in readings))
