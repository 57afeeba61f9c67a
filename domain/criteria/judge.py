"""Rules against readings: fine, breached, or not to be told, and why (spec 6.1). Pure and total."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise
from types import MappingProxyType

from domain.criteria.limits import Limit, limit_of
from domain.criteria.model import Judgement, Verdict, Why
from domain.criteria.rules import CriterionRule
from domain.criteria.series import Numbers, Series, by_metric, readable
from domain.health.baselines import Baseline
from domain.health.model import REQUESTS, Reading

INTERVAL = timedelta(minutes=1)
GAP = 3
"""So many intervals without a reading are a gap."""
PACE = 2
"""Pipelines and people may leave so many times what a breach must last between two readings."""


@dataclass(frozen=True, kw_only=True)
class Moment:
    """When it is judged, and how far the rollout is. The release takes requests since `since`; `begun` are
    the rollout's steps that have begun, `began` when, as far as it is known, `canary` whether only some users
    are on the new version. `measured` are the metrics that were ever measured for the release,
    `elsewhere` those that are measured for another one that has come since.
    """

    at: datetime
    since: datetime
    begun: tuple[str, ...] = ()
    began: Mapping[str, datetime] = field(default_factory=dict)
    complete: bool = False
    canary: bool = False
    interval: timedelta = INTERVAL
    measured: frozenset[str] = frozenset()
    elsewhere: frozenset[str] = frozenset()

    def reached(self, step: str) -> bool:
        return not step or self.complete or step in self.begun

    def counts_from(self, step: str) -> datetime:
        """What was measured before it began says nothing of it."""
        return max(self.since, self.began.get(step, self.since))


def judge(
    rules: Mapping[str, CriterionRule],
    readings: Iterable[Reading],
    moment: Moment,
    usual: Mapping[str, Baseline] = MappingProxyType({}),
) -> tuple[Judgement, ...]:
    """Every rule's judgement, in their order. The order of readings, and doubles, do not matter.

    What was usual before the deploy is given, else it follows from the baseline among the readings.
    """
    asked = {rule.metric for rule in rules.values() if rule.metric}
    series = by_metric(readings, asked | {REQUESTS})
    for metric, known in usual.items():
        if metric in series:
            series[metric].known = known
    return tuple(_judged(key, rule, series, moment) for key, rule in rules.items())


def _judged(key: str, rule: CriterionRule, series: Mapping[str, Series], moment: Moment) -> Judgement:
    unasked = _unasked(rule, series, moment)
    if unasked is not None:
        return Judgement(rule=key, verdict=Verdict.NOT_ASKED, why=unasked)
    of = series[rule.metric]
    begin, apart = _reach(rule, of, moment)
    window, good = of.between(begin, moment.at), of.numbers.between(begin, moment.at)
    limit = limit_of(rule, of)
    unclear = _unclear(key, window, _hole(window, good, [begin, *good.times, moment.at], apart), good)
    if unclear is None and begin > moment.at - rule.sustained:
        return _by_hand(key, limit, of, window) or _short(key, limit, good.values[-1])
    if unclear is None and rule.least:
        asked = series[REQUESTS].numbers.between(begin, moment.at)
        unclear = _too_few(key, rule, window, good, asked)
    if unclear is not None:
        return _by_hand(key, limit, of, window) or unclear
    if limit.breached_by_all(good.values):
        return _breached(key, of.numbers.between(moment.counts_from(rule.from_step), moment.at), limit, apart)
    value = good.values[-1]
    if limit.unknown is not None and not limit.surely_fine(good.values):
        return Judgement(rule=key, verdict=Verdict.INCONCLUSIVE, why=limit.unknown, value=value)
    return Judgement(rule=key, verdict=Verdict.FINE, value=value, threshold=limit.shown)


def _unasked(rule: CriterionRule, series: Mapping[str, Series], moment: Moment) -> Why | None:
    if rule.reported is not None:
        return Why.BY_PEOPLE
    if not moment.reached(rule.from_step):
        return Why.BEFORE_STEP
    if rule.canary_only and not moment.canary:
        return Why.ONLY_CANARY
    if rule.metric in moment.elsewhere:
        return Why.ELSEWHERE
    if not series[rule.metric].measured and rule.metric not in moment.measured:
        return Why.NOT_MEASURED
    return Why.EARLY if moment.at - moment.counts_from(rule.from_step) < rule.sustained else None


# --- whether it can be told at all ------------------------------------------------------------------------


def _reach(rule: CriterionRule, of: Series, moment: Moment) -> tuple[datetime, timedelta]:
    """From when on readings are heeded, and how far apart they may lie.

    Naru asks at its interval. Pipelines and people tell at their own pace: what they told last before the
    time that it must last still counts; where there is none, what they told does not reach back so far.
    """
    begin = moment.at - rule.sustained
    if not of.given:
        return begin, GAP * moment.interval
    apart = max(GAP * moment.interval, PACE * rule.sustained)
    told = of.between(max(moment.counts_from(rule.from_step), begin - apart), moment.at)
    before = [one.at for one in told if one.at <= begin]
    return before[-1] if before else told[0].at if told else begin, apart


def _unclear(key: str, window: list[Reading], why: Why | None, good: Numbers) -> Judgement | None:
    """No readings, unreadable ones, or too many missing in between."""
    if why is None:
        return None
    bad = next((one for one in reversed(window) if not readable(one)), None)
    value = good.values[-1] if good.values else None
    seen = "" if bad is None or why is not Why.UNREADABLE else (bad.why.value if bad.why else "nan")
    return Judgement(rule=key, verdict=Verdict.INCONCLUSIVE, why=why, value=value, seen=seen)


def _hole(window: list[Reading], good: Numbers, moments: list[datetime], apart: timedelta) -> Why | None:
    if not window:
        return Why.NO_READINGS
    gaps = any(later - earlier > apart for earlier, later in pairwise(moments))
    if good.times and not gaps:
        return None
    return Why.GAPS if len(good.times) == len(window) else Why.UNREADABLE


def _short(key: str, limit: Limit, value: float) -> Judgement:
    """A first word of something bad needs a person to look; of something good, nobody."""
    if limit.breached_by(value):
        return Judgement(rule=key, verdict=Verdict.INCONCLUSIVE, why=Why.SHORT, value=value)
    return Judgement(rule=key, verdict=Verdict.NOT_ASKED, why=Why.EARLY)


def _by_hand(key: str, limit: Limit, of: Series, window: list[Reading]) -> Judgement | None:
    """What a person reads off now and then, and finds in range, needs no other person to look."""
    if not of.typed or (window and limit.breached_by(window[-1].value)):
        return None
    return Judgement(rule=key, verdict=Verdict.NOT_ASKED, why=Why.NOT_MEASURED)


def _too_few(
    key: str, rule: CriterionRule, window: list[Reading], good: Numbers, requests: Numbers
) -> Judgement | None:
    """Whether it was measured over enough requests: as its readings say, else as requests were counted."""
    counted = [count for count in good.samples if count is not None] or [int(one) for one in requests.values]
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


def _breached(key: str, of: Numbers, limit: Limit, apart: timedelta) -> Judgement:
    """Since the first reading from which on all breach, without a gap in between."""
    last = first = len(of.times) - 1
    while first and limit.breached_by(of.values[first - 1]):
        if of.times[first] - of.times[first - 1] > apart:
            break
        first -= 1
    return Judgement(
        rule=key,
        verdict=Verdict.BREACHED,
        since=of.times[first],
        value=of.values[last],
        threshold=limit.shown,
        baseline=limit.baseline,
    )
