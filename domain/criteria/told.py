"""A breach in terms of a rollback: which criterion it is, and evidence that reads alike in every language."""

from __future__ import annotations

from collections.abc import Mapping

from domain.criteria.model import Breach, Reported
from domain.health.model import (
    AVAILABILITY,
    CANARY_ERROR_RATE,
    CPU,
    ERROR_RATE,
    HEALTH,
    MEMORY,
    NETWORK_LATENCY,
    P95,
    RESPONSE_TIME,
    SECONDS,
    SHARES,
)
from domain.rollback.model import Criterion

LONGEST = 2000
"""As much as the evidence of a rollback may have."""

_OF_METRIC: Mapping[str, Criterion] = {
    ERROR_RATE: Criterion.ERROR_RATE,
    CANARY_ERROR_RATE: Criterion.ERROR_RATE,
    P95: Criterion.LATENCY,
    RESPONSE_TIME: Criterion.LATENCY,
    NETWORK_LATENCY: Criterion.LATENCY,
    AVAILABILITY: Criterion.AVAILABILITY,
    HEALTH: Criterion.AVAILABILITY,
    CPU: Criterion.RESOURCES,
    MEMORY: Criterion.RESOURCES,
}
_OF_REPORT: Mapping[Reported, Criterion] = {
    Reported.CORE_FUNCTION: Criterion.CORE_FUNCTION,
    Reported.FUNCTIONS: Criterion.CORE_FUNCTION,
    Reported.DATA: Criterion.DATA,
    Reported.SECURITY: Criterion.SECURITY,
    Reported.OUTAGE: Criterion.AVAILABILITY,
}


def criterion(breach: Breach) -> Criterion:
    """What a person would tick for it."""
    if breach.reported is not None:
        return _OF_REPORT.get(breach.reported, Criterion.OTHER)
    return _OF_METRIC.get(breach.metric, Criterion.OTHER)


def stops(breach: Breach) -> bool | None:
    """Whether the service stops by what is breached; None where nobody can tell by that."""
    return True if breach.reported is Reported.OUTAGE or breach.metric == HEALTH else None


def evidence(breach: Breach) -> str:
    """`error_rate 7.2 % > 5 % (baseline 0.8 %)`, or what people saw."""
    if breach.reported is not None:
        return "\n".join(one.seen for one in breach.witnesses)[:LONGEST] or breach.rule
    parts = [breach.metric, written(breach.metric, breach.value)]
    if breach.threshold is not None:
        parts += ["<" if breach.low else "≥", written(breach.metric, breach.threshold)]
    if breach.baseline is not None:
        parts.append(f"(baseline {written(breach.metric, breach.baseline)})")
    return " ".join(parts)


def written(metric: str, value: float | None) -> str:
    """`7.2 %`, `3.1 s`, `120 ms`, `42`."""
    if value is None:
        return "?"
    if metric in SHARES:
        return f"{value * 100:.3g} %"
    if metric in SECONDS:
        return f"{value:.3g} s" if abs(value) >= 1 else f"{value * 1000:.3g} ms"
    return f"{value:.4g}"
