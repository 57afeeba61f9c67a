"""What a rule's readings are held against, as far as it is known (spec 6.1). Pure."""

from __future__ import annotations

import math
from dataclasses import dataclass

from domain.criteria.model import Why
from domain.criteria.rules import ERRORS, CriterionRule
from domain.criteria.series import Series

FLOOR = 0.01
"""Multiples of the baseline are not heeded while errors are under this."""
DIGITS = 12
"""Behind the point: three times 0.1 s is 0.3 s, not a hair more."""


@dataclass(frozen=True, kw_only=True)
class Limit:
    """`beyond` breaches past it, `from_on` at it as well; None where there is none. `unknown` says that a
    part of the rule cannot be judged, `spared` which values it would not heed anyway.
    """

    low: bool
    beyond: float | None = None
    from_on: float | None = None
    baseline: float | None = None
    unknown: Why | None = None
    spared: float | None = None

    def breached_by(self, value: float | None) -> bool:
        if value is None:
            return False
        sign = -1 if self.low else 1
        past = self.beyond is not None and sign * value > sign * self.beyond
        return past or (self.from_on is not None and sign * value >= sign * self.from_on)

    def breached_by_all(self, values: list[float]) -> bool:
        """The one that is nearest to being in range says it of all."""
        return self.breached_by((max if self.low else min)(values))

    def surely_fine(self, values: list[float]) -> bool:
        """Whether any is so, even though a part of the rule is unknown."""
        return self.spared is not None and min(values) < self.spared

    @property
    def shown(self) -> float | None:
        known = [limit for limit in (self.beyond, self.from_on) if limit is not None]
        return (max if self.low else min)(known, default=None)


def limit_of(rule: CriterionRule, of: Series) -> Limit:
    beyond = rule.below if rule.below is not None else rule.above
    multiple, why, base = _from_baseline(rule, of)
    spared = FLOOR if rule.metric in ERRORS and rule.z_score is None else None
    known = [limit for limit in (rule.at_least, multiple) if limit is not None]
    from_on = (max if rule.low else min)(known, default=None)
    return Limit(low=rule.low, beyond=beyond, from_on=from_on, baseline=base, unknown=why, spared=spared)


def _from_baseline(rule: CriterionRule, of: Series) -> tuple[float | None, Why | None, float | None]:
    """The limit that follows from the baseline, or why there is none, and the baseline."""
    if not rule.needs_baseline:
        return None, None, None
    usual = of.usual
    if usual is None or (rule.z_score is not None and usual.count < rule.baseline_readings):
        return None, Why.NO_BASELINE, None
    found: list[float] = []
    why = None
    base = usual.median
    if rule.baseline is not None:
        floor = FLOOR if rule.metric in ERRORS else 0.0
        if base <= 0 and not floor:
            why = Why.NO_BASELINE
        else:
            found.append(max(round(base * rule.baseline, DIGITS), floor))
    if rule.z_score is not None:
        base = usual.mean
        if 0 < usual.spread < math.inf:
            found.append(round(base + rule.z_score * usual.spread, DIGITS))
        else:
            why = Why.NO_SPREAD
    return (max if rule.low else min)(found, default=None), why, base
