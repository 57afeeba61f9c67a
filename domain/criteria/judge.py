"""Rules against readings: fine, breached, or not to be told, and why (spec 6.1). Pure and total."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from itertools import pairwise
from statistics import median
from types import MappingProxyType

from domain.criteria.model import Judgement, Verdict, Why
from domain.criteria.rules import ERRORS, CriterionRule
from domain.health.baselines import Baseline
from domain.health.model import REQUESTS, Reading, Source
from domain.types import Environment

INTERVAL = timedelta(minutes=1)
GAP = 3
"""So many intervals without a reading are a gap."""
FLOOR = 0.01
"""Multiples of the baseline are not heeded while errors are under this."""


@dataclass(frozen=True, kw_only=True)
class Moment:
    """When it is judged, and how far the rollout is. The release takes requests since `since`; `begun` are
    the rollout's steps that have begun, `canary` whether only some users are on the new version.
    `measured` are the metrics that were ever measured for the release.
    """

    at: datetime
    since: datetime
    begun: tuple[str, ...] = ()
    complete: bool = False
    canary: bool = False
    interval: timedelta = INTERVAL
    measured: frozenset[str] = frozenset()

    def reached(self, step: str) -> bool:
        return not step or self.complete or step in self.begun


def judge(
    rules: Mapping[str, CriterionRule],
    readings: Iterable[Reading],
    moment: Moment,
    usual: Mapping[str, Baseline] = MappingProxyType({}),
) -> tuple[Judgement, ...]:
    """Every rule's judgement, in their order. The order of readings, and doubles, do not matter.

    What was usual before the deploy is given, else it follows from the baseline among the readings.
    """
    series = _by_metric(readings, {rule.metric for rule in rules.values()} | {REQUESTS})
    for metric, known in usual.items():
        if metric in series:
            series[metric].known = known
    return tuple(_judged(key, rule, series, moment) for key, rule in rules.items())


class _Series:
    """The readings of one metric, looked at once for all rules."""

    def __init__(self) -> None:
        self.baseline: list[Reading] = []
        self.taken: list[Reading] = []
        self.known: Baseline | None = None

    @cached_property
    def now(self) -> list[Reading]:
        """Oldest first, each once."""
        return sorted(dict.fromkeys(self.taken), key=_in_order)

    @cached_property
    def usual(self) -> Baseline | None:
        """What it was before the deploy; None where that was not measured."""
        if self.known is not None:
            return self.known
        found = {one.at: one.value for one in self.baseline}
        given: Iterable[float | None] = found.values()
        if len(found) < len(self.baseline):  # doubles, or two at one moment
            given = [value for _, value in {(one.at, one.value) for one in self.baseline}]
        values = sorted([value for value in given if value is not None and math.isfinite(value)])
        if not values:
            return None
        mean, spread = _spread(values)
        metric = self.baseline[0].metric
        return Baseline(metric, median(values), mean, spread, len(values))


def _spread(values: list[float]) -> tuple[float, float]:
    """Mean and standard deviation; of differences, so that no digits are lost."""
    first, count = values[0], len(values)
    apart = [value - first for value in values]
    mean = sum(apart) / count
    return first + mean, math.sqrt(sum([(value - mean) ** 2 for value in apart]) / count)


def _by_metric(readings: Iterable[Reading], wanted: set[str]) -> dict[str, _Series]:
    found = {metric: _Series() for metric in wanted if metric}
    baselines = {metric: series.baseline.append for metric, series in found.items()}
    taken = {metric: series.taken.append for metric, series in found.items()}
    production = Environment.PRODUCTION
    for one in readings:
        if one.metric in found and one.environment is production:
            (baselines if one.baseline else taken)[one.metric](one)
    return found


def _judged(key: str, rule: CriterionRule, series: Mapping[str, _Series], moment: Moment) -> Judgement:
    unasked = _unasked(rule, series, moment)
    if unasked is not None:
        return Judgement(rule=key, verdict=Verdict.NOT_ASKED, why=unasked)
    of = series[rule.metric]
    window = _within(of.now, moment.at - rule.sustained, moment.at)
    limit = _limit(rule, of)
    unclear = _unclear(key, rule, window, moment)
    if unclear is None and rule.least:
        unclear = _too_few(key, rule, window, series[REQUESTS], moment)
    if unclear is not None:
        return _by_hand(key, limit, of, window) or unclear
    good = [one for one in window if _readable(one)]
    if all(limit.breached_by(one.value) for one in good):
        return _breached(key, of.now, limit, moment)
    value = good[-1].value
    if limit.unknown is not None and not any(limit.surely_fine(one.value) for one in good):
        return Judgement(rule=key, verdict=Verdict.INCONCLUSIVE, why=limit.unknown, value=value)
    return Judgement(rule=key, verdict=Verdict.FINE, value=value, threshold=limit.shown)


def _unasked(rule: CriterionRule, series: Mapping[str, _Series], moment: Moment) -> Why | None:
    if rule.reported is not None:
        return Why.BY_PEOPLE
    if not moment.reached(rule.from_step):
        return Why.BEFORE_STEP
    if rule.canary_only and not moment.canary:
        return Why.ONLY_CANARY
    if not series[rule.metric].taken and rule.metric not in moment.measured:
        return Why.NOT_MEASURED
    return Why.EARLY if moment.at - moment.since < rule.sustained else None


def _within(readings: list[Reading], begin: datetime, end: datetime) -> list[Reading]:
    found = []
    for one in reversed(readings):
        if one.at < begin:
            break
        if one.at <= end:
            found.append(one)
    return found[::-1]


def _in_order(reading: Reading) -> tuple[datetime, str, bool, float, int]:
    """By time, and of the same moment always alike."""
    good = _readable(reading)
    value = reading.value if good and reading.value is not None else 0.0
    return reading.at, reading.source, good, value, reading.samples or 0


def _readable(reading: Reading) -> bool:
    return reading.value is not None and math.isfinite(reading.value)


# --- whether it can be told at all ------------------------------------------------------------------------


def _unclear(key: str, rule: CriterionRule, window: list[Reading], moment: Moment) -> Judgement | None:
    """No readings, unreadable ones, or too many missing in between."""
    why = _hole(window, moment.at - rule.sustained, moment)
    if why is None:
        return None
    bad = next((one for one in reversed(window) if not _readable(one)), None)
    value = next((one.value for one in reversed(window) if _readable(one)), None)
    seen = "" if bad is None or why is not Why.UNREADABLE else (bad.why.value if bad.why else "nan")
    return Judgement(rule=key, verdict=Verdict.INCONCLUSIVE, why=why, value=value, seen=seen)


def _hole(window: list[Reading], begin: datetime, moment: Moment) -> Why | None:
    if not window:
        return Why.NO_READINGS
    times = [begin, *(one.at for one in window if _readable(one)), moment.at]
    longest = max(later - earlier for earlier, later in pairwise(times))
    if longest <= GAP * moment.interval and len(times) > 2:  # noqa: PLR2004 - more than its ends
        return None
    return Why.GAPS if all(map(_readable, window)) else Why.UNREADABLE


def _by_hand(key: str, limit: _Limit, of: _Series, window: list[Reading]) -> Judgement | None:
    """What a person reads off now and then, and finds in range, needs no other person to look."""
    typed = bool(of.taken) and all(one.source is Source.PERSON for one in of.taken)
    if not typed or (window and limit.breached_by(window[-1].value)):
        return None
    return Judgement(rule=key, verdict=Verdict.NOT_ASKED, why=Why.NOT_MEASURED)


def _too_few(
    key: str, rule: CriterionRule, window: list[Reading], requests: _Series, moment: Moment
) -> Judgement | None:
    """Whether it was measured over enough requests: as its readings say, else as requests were counted."""
    counted = [one.samples for one in window if one.samples is not None and _readable(one)]
    if not counted:
        asked = _within(requests.now, moment.at - rule.sustained, moment.at)
        counted = [int(one.value) for one in asked if one.value is not None and math.isfinite(one.value)]
    if not counted:
        return Judgement(rule=key, verdict=Verdict.INCONCLUSIVE, why=Why.SAMPLES_UNKNOWN)
    if sum(counted) >= rule.least:
        return None
    return Judgement(
        rule=key,
        verdict=Verdict.INCONCLUSIVE,
        why=Why.TOO_FEW,
        value=window[-1].value,
        samples=sum(counted),
    )


# --- the limit --------------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class _Limit:
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

    def surely_fine(self, value: float | None) -> bool:
        """Even though a part of the rule is unknown."""
        return value is not None and self.spared is not None and value < self.spared

    @property
    def shown(self) -> float | None:
        known = [limit for limit in (self.beyond, self.from_on) if limit is not None]
        return (max if self.low else min)(known, default=None)


def _limit(rule: CriterionRule, of: _Series) -> _Limit:
    beyond = rule.below if rule.below is not None else rule.above
    multiple, why, base = _from_baseline(rule, of)
    spared = FLOOR if rule.metric in ERRORS and rule.z_score is None else None
    known = [limit for limit in (rule.at_least, multiple) if limit is not None]
    from_on = (max if rule.low else min)(known, default=None)
    return _Limit(low=rule.low, beyond=beyond, from_on=from_on, baseline=base, unknown=why, spared=spared)


def _from_baseline(rule: CriterionRule, of: _Series) -> tuple[float | None, Why | None, float | None]:
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
            found.append(max(base * rule.baseline, floor))
    if rule.z_score is not None:
        base = usual.mean
        if usual.spread > 0:
            found.append(base + rule.z_score * usual.spread)
        else:
            why = Why.NO_SPREAD
    return (max if rule.low else min)(found, default=None), why, base


def _breached(key: str, readings: list[Reading], limit: _Limit, moment: Moment) -> Judgement:
    """Since the first reading from which on all breach, without a gap in between."""
    until = [one for one in readings if one.at <= moment.at and _readable(one)]
    first = until[-1]
    for one in reversed(until):
        if not limit.breached_by(one.value) or first.at - one.at > GAP * moment.interval:
            break
        first = one
    return Judgement(
        rule=key,
        verdict=Verdict.BREACHED,
        since=first.at,
        value=until[-1].value,
        threshold=limit.shown,
        baseline=limit.baseline,
    )
